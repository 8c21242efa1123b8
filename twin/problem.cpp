#include "twin/problem.h"

#include "base/json.h"

namespace batchwright::twin {

HttpReply problem(int status, const std::string& type, const std::string& title,
                  std::uint64_t seq) {
  Json json = Json::object();
  json["type"] = "urn:batchwright:problem:" + type;
  json["title"] = title;
  json["status"] = status;
  if (seq != 0) json["seq"] = seq;
  return {.status = status,
          .content_type = "application/problem+json",
          .etag = {},
          .retry_after_s = status == 503 ? 5 : 0,
          .body = to_text(json)};
}

HttpReply problem(const Error& error) {
  switch (error.code) {
    case ErrorCode::kMalformed:
    case ErrorCode::kUnsupported: return problem(400, "malformed", error.message);
    case ErrorCode::kNotFound: return problem(404, "not-found", error.message);
    case ErrorCode::kRefused: return problem(422, "refused", error.message);
    case ErrorCode::kConflict: return problem(409, "conflict", error.message);
    case ErrorCode::kDenied:
      if (error.place == "token") return problem(403, "token", error.message);
      if (error.place == "device") return problem(403, "unknown-device", error.message);
      if (error.place == "signature") return problem(403, "signature", error.message);
      return problem(403, "secret", error.message);
    case ErrorCode::kAltered:
    case ErrorCode::kInUse:
    case ErrorCode::kUnreadable:
    case ErrorCode::kFull:
    case ErrorCode::kIo:
    case ErrorCode::kUnreachable:
    case ErrorCode::kCancelled: break;
  }
  return problem(
      503, "storage",
      "The twin can't store or read at the moment. Nothing was confirmed; keep everything "
      "and try again.");
}

}  // namespace batchwright::twin
