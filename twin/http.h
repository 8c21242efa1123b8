// One HTTP exchange as the twin's rules see it: values, no library type.
#pragma once

#include <cstdint>
#include <string>
#include <variant>

namespace batchwright::twin {

struct HttpRequest {
  std::string method, path;  // path as received, without the query
  std::string query;         // after '?'
  std::string host, origin, content_type, content_digest, if_none_match;
  std::string body;
};

struct HttpReply {
  int status = 200;
  std::string content_type = "application/json";
  std::string etag;  // with quotes; empty = none
  std::int64_t retry_after_s = 0;
  std::string body;
};

// A long poll with nothing to tell yet: asked again when the feed grows, answered with
// `nothing_new` when time is up.
struct FeedWait {
  HttpRequest request;
  std::int64_t wait_s = 0;
  HttpReply nothing_new;
};

using Handled = std::variant<HttpReply, FeedWait>;

}  // namespace batchwright::twin
