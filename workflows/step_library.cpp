#include "workflows/step_library.h"

#include <algorithm>
#include <charconv>

#include "base/bytes.h"
#include "workflows/internal/diff_walk.h"
#include "workflows/internal/identifier.h"
#include "workflows/internal/library_limits.h"
#include "workflows/internal/mbr_reader.h"

namespace batchwright::workflows {

namespace {

constexpr std::string_view kFormat = "batchwright/library/1";

void check_hash(const Json& json, const JsonPlace& place, const LibraryBlock& block,
                Report& report) {
  const auto actual = to_hex(block.hash);
  const auto given = json.find("sha256");
  if (given == json.end()) {
    report.error("block.hash.missing", place.text(),
                 "The block has no \"sha256\". As it stands now it is " + actual + ".");
  } else if (*given != actual) {
    report.error("block.hash", place.member("sha256").text(),
                 "The block isn't what this hash says; it is " + actual +
                     ". A changed block needs a new version.");
  }
}

// The step is read as an MBR would read it, under a stand-in id.
void check_step(const Json& step, const JsonPlace& place, Report& report) {
  if (!step.is_object()) {
    report.error("json.type", place.text(), "An object { } is expected here.");
    return;
  }
  for (const char* key : {"id", "children", "chart", "use", "level"}) {
    if (!step.contains(key)) continue;
    report.error("block.step", place.member(key).text(),
                 "A block is one step; its id and place come from the recipe that uses it. Remove "
                 "this key.");
  }
  Json whole = step;
  whole["id"] = "block";
  whole.erase("children");
  (void)ElementReader(report).read(whole, place, 1);
}

LibraryBlock read_block(const Json& json, const JsonPlace& place, Report& report) {
  LibraryBlock block;
  JsonObject object(json, place, report);
  block.id = object.slug("id", Need::kRequired);
  block.version = object.whole("version", kBlockVersionMax);
  if (block.version < 1)
    report.error("block.version", place.text(),
                 "A block has a \"version\", a whole number from 1 on.");
  if (const Json* step = object.find("step", Need::kRequired)) {
    check_step(*step, place.member("step"), report);
    block.step = *step;
    block.hash = block_hash(*step);
    (void)object.find("sha256");
    check_hash(json, place, block, report);
  }
  object.finish();
  return block;
}

}  // namespace

const LibraryBlock* StepLibrary::find(std::string_view block, int version) const {
  const auto found = std::ranges::find_if(
      blocks, [&](const LibraryBlock& b) { return b.id == block && b.version == version; });
  return found == blocks.end() ? nullptr : &*found;
}

int StepLibrary::newest(std::string_view block) const {
  int version = 0;
  for (const auto& candidate : blocks)
    if (candidate.id == block) version = std::max(version, candidate.version);
  return version;
}

Digest block_hash(const Json& step) {
  return sha256(to_text(sorted_keys(step)));
}

Result<LibraryReading> read_library(std::string_view text) {
  auto json = parse_json(text, {.bytes_max = kLibraryBytesMax, .depth_max = kLibraryDepthMax});
  if (!json) return std::unexpected(std::move(json.error()));
  if (auto right = check_library_format(*json, kFormat, "a step library"); !right)
    return std::unexpected(std::move(right.error()));
  Report report;
  LibraryReading reading;
  const JsonPlace root;
  JsonObject object(*json, root, report);
  (void)object.find("format");
  reading.library.id = object.slug("id", Need::kRequired);
  std::size_t index = 0;
  for (const Json& item : object.list("blocks", kBlocksMax, Need::kRequired)) {
    const JsonPlace list = object.at("blocks");
    const JsonPlace place = list.item(index++);
    auto block = read_block(item, place, report);
    if (!block.id.empty() && reading.library.find(block.id, block.version) != nullptr)
      report.error("block.duplicate", place.text(),
                   block.id + "@" + std::to_string(block.version) +
                       " stands here twice. A changed block needs a new version.");
    reading.library.blocks.push_back(std::move(block));
  }
  object.finish();
  reading.findings = report.take();
  return reading;
}

Result<BlockName> block_name_from_text(std::string_view text) {
  const auto at = text.rfind('@');
  BlockName name;
  if (at != std::string_view::npos && is_slug(text.substr(0, at))) {
    name.block = text.substr(0, at);
    const auto digits = text.substr(at + 1);
    const auto [end, error] =
        std::from_chars(digits.data(), digits.data() + digits.size(), name.version);
    const bool plain = !digits.empty() && digits.front() != '0' && digits.front() != '-';
    if (plain && error == std::errc() && end == digits.data() + digits.size() &&
        name.version <= kBlockVersionMax)
      return name;
  }
  return fail(ErrorCode::kMalformed,
              "A block is named with its version, for example line-clearance@2.",
              std::string(text.substr(0, 100)));
}

}  // namespace batchwright::workflows
