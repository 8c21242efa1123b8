// The transport over libcurl: HTTP/1.1, outward only, no redirects, no proxies from the
// environment, bounded answers.
#pragma once

#include <memory>
#include <string>

#include "client/sync/transport.h"

namespace batchwright::client::sync {

// `url` is the twin's address: http://127.0.0.1:8080. Plain HTTP is accepted for this machine only
// (127.0.0.1, ::1, localhost): kRefused otherwise, until mutual TLS exists. kMalformed when it is
// no such address.
[[nodiscard]] Result<std::unique_ptr<Transport>> make_curl_transport(const std::string& url);

}  // namespace batchwright::client::sync
