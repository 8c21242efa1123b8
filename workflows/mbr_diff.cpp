#include "workflows/mbr_diff.h"

#include <fmt/format.h>

#include "base/bytes.h"
#include "base/ensure.h"
#include "workflows/internal/diff_rules.h"
#include "workflows/internal/diff_walk.h"
#include "workflows/mbr_json.h"

namespace batchwright::workflows {

namespace {

constexpr int kJsonDepthMax = 256;

Json document_of(const Mbr& mbr) {
  auto json =
      parse_json(mbr.text.empty() ? write_mbr(mbr) : mbr.text, {.depth_max = kJsonDepthMax});
  ensure(json.has_value(), "the canonical text of an MBR is JSON");
  return *std::move(json);
}

Json side_of(const Mbr& mbr) {
  Json side = Json::object();
  side["id"] = mbr.id;
  side["version"] = mbr.version;
  side["hash"] = to_hex(sha256(mbr.text.empty() ? write_mbr(mbr) : mbr.text));
  return side;
}

std::string text_of(const Mbr& before, const Mbr& after, const std::vector<MbrChange>& changes) {
  Json json = Json::object();
  json["format"] = "batchwright/mbr-diff/1";
  json["before"] = side_of(before);
  json["after"] = side_of(after);
  Json& list = json["changes"] = Json::array();
  for (const MbrChange& change : changes) {
    Json item = Json::object();
    item["kind"] = to_string(change.kind);
    item["subject"] = change.subject;
    item["place"] = change.place;
    item["field"] = change.field;
    item["before"] = change.before;
    item["after"] = change.after;
    list.push_back(std::move(item));
  }
  return to_text(json);
}

// A value below the line of what was added or removed whole, one leaf per line.
void put_value(std::string& out, const Json& value, const std::string& name) {
  if (value.is_object() || value.is_array()) {
    std::size_t index = 0;
    for (const auto& [key, item] : value.items()) {
      ++index;
      const std::string part = value.is_array() ? std::to_string(index) : key;
      put_value(out, item, name.empty() ? part : fmt::format("{}.{}", name, part));
    }
    return;
  }
  out += fmt::format("      {}: {}\n", name, to_text(value));
}

void put_change(std::string& out, const MbrChange& change) {
  out += fmt::format("  {:<8}{}{}{}", to_string(change.kind), change.place,
                     change.field.empty() ? "" : " - ", change.field);
  const bool whole = change.before.is_null() || change.after.is_null();
  const Json& value = change.after.is_null() ? change.before : change.after;
  if (whole && value.is_object()) {
    out += '\n';
    put_value(out, value, {});
  } else if (whole) {
    out += fmt::format(": {}\n", to_text(value));
  } else {
    out += fmt::format(": {} -> {}\n", to_text(change.before), to_text(change.after));
  }
}

}  // namespace

std::vector<MbrChange> diff_documents(const Json& before, const Json& after) {
  const Json old_document = sorted_keys(before);
  const Json new_document = sorted_keys(after);
  return DiffWalk().run(old_document, new_document);
}

MbrDiff diff_mbr(const Mbr& before, const Mbr& after) {
  MbrDiff diff;
  diff.changes = diff_documents(document_of(before), document_of(after));
  diff.text = text_of(before, after, diff.changes);
  diff.hash = sha256(diff.text);
  return diff;
}

std::string describe(const MbrDiff& diff) {
  std::string out;
  for (const auto& [subject, heading] : kSubjects) {
    bool first = true;
    for (const MbrChange& change : diff.changes) {
      if (change.subject != subject) continue;
      if (first) out += fmt::format("{}\n", heading);
      first = false;
      put_change(out, change);
    }
  }
  out += diff.empty() ? "No difference.\n" : fmt::format("{} differences.\n", diff.changes.size());
  return out + "diff: " + to_hex(diff.hash) + '\n';
}

}  // namespace batchwright::workflows
