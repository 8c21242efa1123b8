#include "record/line.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/bytes.h"
#include "record/internal/line_rules.h"

namespace batchwright::record {
namespace {

constexpr int kDepthMax = 32;
constexpr std::array<std::string_view, 14> kKeys = {
    "device",  "seq",  "prev",  "hlc",  "time",         "type", "v",
    "subject", "step", "actor", "role", "performed_by", "lang", "body"};

std::unexpected<Error> refused(std::string_view key, std::string_view problem) {
  return fail(ErrorCode::kMalformed, fmt::format("In this line, \"{}\" {}.", key, problem),
              std::string(key));
}

// The members of an envelope whose keys were found complete and in order. Moves strings out.
struct Envelope {
  Json::object_t& members;

  Json& at(std::size_t index) { return members.data()[index].second; }
  std::string* text(std::size_t index) { return at(index).get_ptr<std::string*>(); }
};

Result<Line> line_from(Envelope envelope) {
  for (const std::size_t i : {0u, 2u, 3u, 4u, 5u, 8u, 9u, 10u, 11u, 12u}) {
    if (!envelope.at(i).is_string()) return refused(kKeys[i], "is not a string");
  }
  for (const std::size_t i : {1u, 6u}) {
    if (!envelope.at(i).is_number_unsigned()) return refused(kKeys[i], "is not a whole number");
  }
  const auto prev = array_from_hex<std::tuple_size_v<Digest>>(*envelope.text(2));
  if (!prev) return refused("prev", "is not a SHA-256 in lower-case hex digits");
  const auto hlc = hlc_from_text(*envelope.text(3));
  if (!hlc) return refused("hlc", "is not 16 lower-case hex digits");
  const Json& subject = envelope.at(7);
  if (!subject.is_object() || subject.size() != 2 || !subject.contains("kind") ||
      !subject.contains("id") || !subject["kind"].is_string() || !subject["id"].is_string()) {
    return refused("subject", "is not a kind and an id");
  }
  const auto version = envelope.at(6).get<std::uint64_t>();
  if (version > 1'000'000) return refused("v", "is out of range");

  Line line;
  line.device = std::move(*envelope.text(0));
  line.seq = envelope.at(1).get<std::uint64_t>();
  line.prev = *prev;
  line.hlc = *hlc;
  line.time = std::move(*envelope.text(4));
  line.type = std::move(*envelope.text(5));
  line.v = static_cast<int>(version);
  line.subject = {subject["kind"].get<std::string>(), subject["id"].get<std::string>()};
  line.step = std::move(*envelope.text(8));
  line.actor = std::move(*envelope.text(9));
  line.role = std::move(*envelope.text(10));
  line.performed_by = std::move(*envelope.text(11));
  line.lang = std::move(*envelope.text(12));
  line.body = std::move(envelope.at(13));
  return line;
}

Result<Line> parse_line(std::string_view bytes) {
  auto json = parse_json(bytes, {.bytes_max = kLineBytesMax, .depth_max = kDepthMax});
  if (!json) return std::unexpected(json.error());
  if (!json->is_object()) return fail(ErrorCode::kMalformed, "This line is not a JSON object.");
  auto& members = json->get_ref<Json::object_t&>();
  for (std::size_t i = 0; i < std::max(members.size(), kKeys.size()); ++i) {
    if (i >= members.size()) return refused(kKeys[i], "is missing");
    if (i >= kKeys.size()) return refused(members.data()[i].first, "is not known");
    if (members.data()[i].first != kKeys[i])
      return refused(kKeys[i], "is missing or not in its place");
  }
  return line_from({members});
}

}  // namespace

std::string encode(const Line& line) {
  Json::object_t members;
  members.reserve(kKeys.size());
  const auto add = [&](Json value) {
    members.emplace_back(std::string(kKeys[members.size()]), std::move(value));
  };
  Json subject = Json::object();
  subject["kind"] = line.subject.kind;
  subject["id"] = line.subject.id;
  add(line.device);
  add(line.seq);
  add(to_hex(line.prev));
  add(to_text(line.hlc));
  add(line.time);
  add(line.type);
  add(line.v);
  add(std::move(subject));
  add(line.step);
  add(line.actor);
  add(line.role);
  add(line.performed_by);
  add(line.lang);
  add(line.body);
  return batchwright::to_text(Json(std::move(members)));
}

Result<StoredLine> decode(std::string_view bytes) {
  auto line = parse_line(bytes);
  if (!line) return std::unexpected(line.error());
  if (auto error = internal::find_rule_broken(*line)) return std::unexpected(*error);
  // One meaning, one spelling: anything that would be written in other bytes is refused.
  if (encode(*line) != bytes) {
    return fail(ErrorCode::kMalformed,
                "This line is not in canonical form (spaces, key order or escapes).");
  }
  return StoredLine{std::move(*line), std::string(bytes), sha256(bytes)};
}

}  // namespace batchwright::record
