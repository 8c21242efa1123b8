// One HTTP exchange as values. No library type, so that the protocol and its tests know nothing of
// libcurl.
#pragma once

#include <cstdint>
#include <string>

namespace batchwright::client::sync {

struct Request {
  std::string method = "GET";
  std::string path;  // beginning with '/', already percent-encoded, with the query
  std::string content_type;
  std::string body;
  std::string content_digest;                // RFC 9530 value for the body; empty = none is sent
  std::int64_t timeout_ms = 30'000;          // whole exchange
  std::size_t answer_bytes_max = 64u << 10;  // a longer answer is cut off and counts as unreachable
};

struct Answer {
  int status = 0;
  std::string content_type;
  std::int64_t retry_after_s = 0;  // 0 when the server named none
  std::string body;
};

}  // namespace batchwright::client::sync
