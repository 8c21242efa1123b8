// From a recipe source and a library to a complete record.
#include <algorithm>
#include <map>

#include "base/bytes.h"
#include "base/text.h"
#include "workflows/internal/json_object.h"
#include "workflows/internal/library_limits.h"
#include "workflows/step_library.h"

namespace batchwright::workflows {

namespace {

constexpr std::string_view kFormat = "batchwright/recipe-source/1";
constexpr std::string_view kPinLine = "library block ";
constexpr std::string_view kPinHash = " sha256 ";

class Builder {
 public:
  Builder(const StepLibrary& library, const std::vector<BlockName>& adopt, Report& report)
      : library_(library), adopt_(adopt), adopted_(adopt.size(), false), report_(report) {}

  // Replaces every use in the lists below `json`. Depth is bounded by the parser.
  void write_out(Json& json, const JsonPlace& place) {
    if (json.is_array()) {
      for (std::size_t i = 0; i < json.size(); ++i) {
        if (json[i].is_object() && json[i].contains("use"))
          json[i] = step_of(json[i], place.item(i));
        else
          write_out(json[i], place.item(i));
      }
    } else if (json.is_object()) {
      for (auto& [key, value] : json.items()) write_out(value, place.member(key));
    }
  }

  void finish() {
    for (std::size_t i = 0; i < adopt_.size(); ++i) {
      if (adopted_[i]) continue;
      report_.error("adopt.unused", adopt_[i].block,
                    "The source doesn't use this block, so that no version of it can be adopted.");
    }
  }

  [[nodiscard]] std::vector<BlockPin> pins() const {
    std::vector<BlockPin> pins;
    pins.reserve(pins_.size());
    for (const auto& [name, hash] : pins_) pins.push_back({name.first, name.second, hash});
    return pins;
  }

 private:
  // A step with the id of the use; on a finding one that holds nothing else, so that reading goes
  // on.
  Json step_of(const Json& use, const JsonPlace& place) {
    JsonObject object(use, place, report_);
    const auto id = object.element_id("id", Need::kRequired);
    Json step = Json::object();
    step["id"] = id.empty() ? "block" : id;
    step["title"] = "?";
    const auto text = object.text("use", Need::kRequired);
    const Json* with = object.find("with");
    object.finish();
    if (++uses_ > kUsesMax) {
      if (uses_ == kUsesMax + 1)
        report_.error("use.count", place.text(), "There are more than 10,000 uses of blocks.");
      return step;
    }
    const auto* block = find_block(text, place.member("use"));
    if (block == nullptr) return step;
    for (const auto& [key, value] : block->step.items())
      if (key != "id") step[key] = value;
    if (with != nullptr) override_title(*with, place.member("with"), step);
    pins_[{block->id, block->version}] = to_hex(block->hash);
    return step;
  }

  const LibraryBlock* find_block(const std::string& text, const JsonPlace& place) {
    auto name = block_name_from_text(text);
    if (!name) {
      report_.error("use.name", place.text(), name.error().message);
      return nullptr;
    }
    for (std::size_t i = 0; i < adopt_.size(); ++i) {
      if (adopt_[i].block != name->block) continue;
      name->version = adopt_[i].version;
      adopted_[i] = true;
    }
    const auto* block = library_.find(name->block, name->version);
    if (block != nullptr) return block;
    const int newest = library_.newest(name->block);
    report_.error("use.unknown", place.text(),
                  newest == 0 ? "The library " + library_.id + " has no block " + name->block + "."
                              : "The library " + library_.id + " has no version " +
                                    std::to_string(name->version) + " of " + name->block +
                                    "; its newest is " + std::to_string(newest) + ".");
    return nullptr;
  }

  void override_title(const Json& with, const JsonPlace& place, Json& step) {
    JsonObject object(with, place, report_);
    const Json* title = object.find("title");
    object.finish();  // anything else is a finding: what a block does isn't changed in passing
    if (title != nullptr) step["title"] = *title;
  }

  const StepLibrary& library_;
  const std::vector<BlockName>& adopt_;
  std::vector<bool> adopted_;
  Report& report_;
  std::map<std::pair<std::string, int>, std::string> pins_;
  std::size_t uses_ = 0;
};

std::string pin_line(const BlockPin& pin) {
  return std::string(kPinLine) + pin.block + "@" + std::to_string(pin.version) +
         std::string(kPinHash) + pin.sha256;
}

// The author's own words first, then one line for each block.
void put_provenance(Json& json, const std::vector<BlockPin>& pins, Report& report) {
  std::string text;
  if (const auto own = json.find("provenance"); own != json.end() && own->is_string())
    text = own->get<std::string>();
  if (text.starts_with(kPinLine) || text.contains("\n" + std::string(kPinLine)))
    report.error("provenance.pin", "/provenance",
                 "Lines that begin with \"library block\" are written by the build. Remove them.");
  for (const auto& pin : pins) text += (text.empty() ? "" : "\n") + pin_line(pin);
  if (count_characters(text) > kTextCharactersMax) {
    report.error("provenance.long", "/provenance",
                 "With a line for each of " + std::to_string(pins.size()) +
                     " blocks the provenance is longer than 2,000 characters. Use fewer blocks or "
                     "write less here.");
    return;
  }
  if (!text.empty()) json["provenance"] = text;
}

}  // namespace

Result<SourceBuilding> build_source(std::string_view text, const StepLibrary& library,
                                    const std::vector<BlockName>& adopt) {
  auto json = parse_json(text, {.bytes_max = kLibraryBytesMax, .depth_max = kLibraryDepthMax});
  if (!json) return std::unexpected(std::move(json.error()));
  if (auto right = check_library_format(*json, kFormat, "a recipe source"); !right)
    return std::unexpected(std::move(right.error()));
  Report report;
  Builder builder(library, adopt, report);
  const JsonPlace root;
  if (const auto procedure = json->find("procedure"); procedure != json->end())
    builder.write_out(*procedure, root.member("procedure"));
  builder.finish();
  SourceBuilding building;
  building.pins = builder.pins();
  put_provenance(*json, building.pins, report);
  (*json)["format"] = "batchwright/mbr/1";
  auto reading = read_mbr(to_text(*json));
  if (!reading) return std::unexpected(std::move(reading.error()));
  building.reading = std::move(*reading);
  if (report.has_errors()) building.reading.mbr.text.clear();  // not what the source means
  for (Finding& finding : building.reading.findings) report.add(std::move(finding));
  building.reading.findings = report.take();
  return building;
}

std::vector<BlockPin> pins_of(const Mbr& mbr) {
  std::vector<BlockPin> pins;
  std::string_view rest = mbr.provenance;
  while (!rest.empty()) {
    const auto end = rest.find('\n');
    auto line = rest.substr(0, end);
    rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
    if (!line.starts_with(kPinLine)) continue;
    line.remove_prefix(kPinLine.size());
    const auto hash = line.find(kPinHash);
    if (hash == std::string_view::npos) continue;
    const auto name = block_name_from_text(line.substr(0, hash));
    const auto digest = line.substr(hash + kPinHash.size());
    if (!name || digest.size() != 64 || !bytes_from_hex(digest)) continue;
    pins.push_back({name->block, name->version, std::string(digest)});
  }
  return pins;
}

}  // namespace batchwright::workflows
