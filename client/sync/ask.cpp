#include "client/sync/ask.h"

#include "client/sync/judge.h"

namespace batchwright::client::sync {

Request json_post(std::string path, const Json& body) {
  Request post;
  post.method = "POST";
  post.path = std::move(path);
  post.content_type = "application/json";
  post.body = to_text(body);
  return post;
}

Result<Json> ask(Transport& transport, const Request& request) {
  auto judged = judge(exchange(transport, request));
  switch (judged.verdict) {
    case Verdict::kOk: return std::move(judged.json);
    case Verdict::kRetry: return fail(ErrorCode::kUnreachable, judged.words);
    case Verdict::kDenied: return fail(ErrorCode::kDenied, judged.words);
    case Verdict::kFork:
    case Verdict::kTooLarge:
    case Verdict::kRejected: break;
  }
  return fail(ErrorCode::kRefused, judged.words);
}

}  // namespace batchwright::client::sync
