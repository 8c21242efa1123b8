#include "client/sync/first_key.h"

#include "base/bytes.h"
#include "client/sync/ask.h"
#include "client/sync/curl_transport.h"

namespace batchwright::client::sync {

Result<void> give_first_key(Transport& transport, const FirstKey& first) {
  Json body = Json::object();
  body["secret"] = first.one_time_secret;
  body["key"] = to_hex(first.key);
  body["wrapped"] = first.wrapped;
  // Ids are letters, digits, '.', '_' and '-'.
  auto answer = ask(transport, json_post("/v1/people/" + first.person + "/key", body));
  if (!answer) return std::unexpected(answer.error());
  return {};
}

Result<void> give_first_key(const std::string& url, const FirstKey& first) {
  auto transport = make_curl_transport(url);
  if (!transport) return std::unexpected(transport.error());
  return give_first_key(**transport, first);
}

}  // namespace batchwright::client::sync
