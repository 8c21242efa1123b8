#include "record/internal/heads.h"

#include "base/bytes.h"
#include "base/text.h"
#include "record/internal/member_reader.h"

namespace batchwright::record::internal {

Json heads_to_json(const std::map<std::string, Head>& heads) {
  Json json = Json::object();
  for (const auto& [device, head] : heads) {
    Json item = Json::object();
    item["seq"] = std::to_string(head.seq);
    item["hash"] = to_hex(head.hash);
    json[device] = std::move(item);
  }
  return json;
}

Result<std::map<std::string, Head>> heads_from_json(const Json& json) {
  if (!json.is_object() || json.size() > kHeadsMax) {
    return fail(ErrorCode::kMalformed, "The list of journal heads is not an object or too long.");
  }
  std::map<std::string, Head> heads;
  for (const auto& [device, item] : json.get_ref<const Json::object_t&>()) {
    MemberReader reader(item, "journal head");
    Head head;
    head.seq = reader.number("seq");
    head.hash = reader.hex<std::tuple_size_v<Digest>>("hash");
    if (const auto error = reader.finish()) return std::unexpected(*error);
    if (!checked_text(device)) return fail(ErrorCode::kMalformed, "A device name is not valid.");
    heads.emplace(device, head);
  }
  return heads;
}

Json to_json(const CommitBody& body) {
  Json json = Json::object();
  json["first"] = std::to_string(body.first);
  json["seen"] = heads_to_json(body.seen);
  json["sig"] = to_hex(body.signature);
  return json;
}

Result<CommitBody> commit_body_from_json(const Json& json) {
  MemberReader reader(json, "commit line");
  CommitBody body;
  body.first = reader.number("first");
  auto seen = heads_from_json(reader.object("seen"));
  body.signature = reader.hex<std::tuple_size_v<Signature>>("sig");
  if (const auto error = reader.finish()) return std::unexpected(*error);
  if (!seen) return std::unexpected(seen.error());
  body.seen = std::move(*seen);
  return body;
}

}  // namespace batchwright::record::internal
