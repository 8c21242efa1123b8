#include "record/evidence.h"

#include <algorithm>

#include "base/bytes.h"

namespace batchwright::record {
namespace {

void add(std::vector<std::string>& digests, const Json& body, const char* key) {
  const auto found = body.find(key);
  if (found == body.end()) return;
  const auto add_one = [&](const Json& json) {
    if (!json.is_string()) return;
    const auto& hex = json.get_ref<const std::string&>();
    if (!array_from_hex<32>(hex)) return;
    if (std::ranges::find(digests, hex) == digests.end()) digests.push_back(hex);
  };
  if (found->is_array()) {
    for (const Json& item : *found) add_one(item);
  } else {
    add_one(*found);
  }
}

}  // namespace

std::vector<std::string> evidence_of(const Draft& line) {
  std::vector<std::string> digests;
  if (!line.body.is_object()) return digests;
  const auto kind = line.body.find("kind");
  const bool photo = line.type == "entry_recorded" && kind != line.body.end() && *kind == "photo";
  if (photo) add(digests, line.body, "raw");
  if (line.type == "camera_checked") add(digests, line.body, "frames");
  if (line.type == "camera_checked" || line.type == "camera_challenged") {
    add(digests, line.body, "evidence");
  }
  return digests;
}

}  // namespace batchwright::record
