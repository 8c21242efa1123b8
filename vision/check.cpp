#include "vision/check.h"

#include <algorithm>
#include <array>
#include <set>

#include "base/base64.h"
#include "base/bytes.h"
#include "base/sha256.h"
#include "vision/internal/check_reader.h"

namespace batchwright::vision {

namespace {

constexpr const char* kFormat = "batchwright/check/1";
// In the order of CheckRule's alternatives.
constexpr std::array kKinds{"label",   "layout", "clearance", "sequence",
                            "display", "gauge",  "lamps"};
constexpr int kPlaneSideMax = 8192;

bool is_slug(std::string_view text) {
  return !text.empty() && text.size() <= 60 && std::ranges::all_of(text, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
  });
}

QualityLimits read_quality(const ObjectReader& json) {
  json.only(
      {"contrast_min", "sharpness_min", "glare_share_max", "extreme_share_max", "module_px_min"});
  QualityLimits limits;
  limits.contrast_min = json.number_or("contrast_min", limits.contrast_min, 0, 255);
  limits.sharpness_min = json.number_or("sharpness_min", limits.sharpness_min, 0, 1);
  limits.glare_share_max = json.number_or("glare_share_max", limits.glare_share_max, 0, 1);
  limits.extreme_share_max = json.number_or("extreme_share_max", limits.extreme_share_max, 0, 1);
  limits.module_px_min = json.number_or("module_px_min", limits.module_px_min, 0, 100);
  return limits;
}

Station read_station(const ObjectReader& json) {
  json.only({"dictionary", "width_mm", "height_mm", "px_per_mm", "tags_min", "tags"});
  Station station;
  station.dictionary = json.text("dictionary");
  if (station.dictionary != "apriltag_36h11" && station.dictionary != "aruco_4x4_50")
    json.report("dictionary", "Known are apriltag_36h11 and aruco_4x4_50.");
  station.width_mm = json.number("width_mm", 1, 5000);
  station.height_mm = json.number("height_mm", 1, 5000);
  station.px_per_mm = json.number("px_per_mm", 0.1, 50);
  if (std::max(station.width_mm, station.height_mm) * station.px_per_mm > kPlaneSideMax)
    json.report("px_per_mm", "The plane would have more than 8192 pixels on one side.");
  std::set<int> ids;
  for (const auto& one : json.objects("tags", 2, kTagsMax)) {
    one.only({"id", "x_mm", "y_mm", "side_mm"});
    station.tags.push_back({one.whole("id", 0, 10'000), one.number("x_mm", -1000, 6000),
                            one.number("y_mm", -1000, 6000), one.number("side_mm", 1, 500)});
    if (!ids.insert(station.tags.back().id).second) one.report("id", "This tag is there twice.");
  }
  station.tags_min = json.whole_or("tags_min", 2, 1, static_cast<int>(kTagsMax));
  return station;
}

Region read_region(const ObjectReader& json) {
  json.only({"id", "title", "x", "y", "width", "height"});
  Region region;
  region.id = json.text("id");
  if (!is_slug(region.id)) json.report("id", "Small letters, digits, - and _ only.");
  region.title = json.words("title");
  region.box = {json.whole("x", 0, kSideMax), json.whole("y", 0, kSideMax),
                json.whole("width", 1, kSideMax), json.whole("height", 1, kSideMax)};
  return region;
}

Reference read_reference(const ObjectReader& json) {
  json.only({"id", "png"});
  Reference reference{json.text("id"), {}};
  auto bytes = bytes_from_base64(json.text("png", kCheckBytesMax));
  if (!bytes || bytes->empty()) json.report("png", "A picture as Base64 text belongs here.");
  if (bytes) reference.png = std::move(*bytes);
  return reference;
}

Taught read_taught(const ObjectReader& json) {
  json.only({"when", "good", "bad", "false_accept_upper", "false_reject_upper"});
  return {json.text("when", 10), json.whole("good", 0, 1'000'000), json.whole("bad", 0, 1'000'000),
          json.number("false_accept_upper", 0, 1), json.number("false_reject_upper", 0, 1)};
}

template <typename List>
void refuse_doubles(const ObjectReader& json, const char* key, const List& list) {
  std::set<std::string_view> ids;
  for (const auto& one : list)
    if (!ids.insert(one.id).second) json.report(key, "The id '" + one.id + "' is there twice.");
}

CheckRule read_rule(const ObjectReader& json, const Check& check) {
  const auto kind = json.text("kind");
  if (std::ranges::find(kKinds, kind) == kKinds.end()) {
    json.report("kind", "Known are label, layout, clearance, sequence, display, gauge and lamps.");
    return LabelCheck{};
  }
  const auto rule = json.object("rule");
  if (kind == "label") return read_label_rule(rule, check);
  if (kind == "layout") return read_layout_rule(rule, check);
  if (kind == "clearance") return read_clearance_rule(rule, check);
  if (kind == "sequence") return read_sequence_rule(rule, check);
  if (kind == "display") return read_display_rule(rule, check);
  if (kind == "gauge") return read_gauge_rule(rule, check);
  return read_lamps_rule(rule, check);
}

Check read_check(const ObjectReader& json) {
  json.only({"format", "id", "version", "title", "camera", "kind", "quality", "station", "regions",
             "references", "taught", "rule"});
  Check check;
  if (json.text("format") != kFormat)
    json.report("format", std::string("Only ") + kFormat + " is known.");
  check.id = json.text("id");
  if (!is_slug(check.id)) json.report("id", "Small letters, digits, - and _ only.");
  check.version = json.text("version", 40);
  check.title = json.words("title");
  check.camera = json.text("camera", 60);
  if (json.has("quality")) check.quality = read_quality(json.object("quality"));
  if (json.has("station")) check.station = read_station(json.object("station"));
  for (const auto& one : json.objects("regions", 0, kRegionsMax))
    check.regions.push_back(read_region(one));
  refuse_doubles(json, "regions", check.regions);
  for (const auto& one : json.objects("references", 0, kReferencesMax))
    check.references.push_back(read_reference(one));
  refuse_doubles(json, "references", check.references);
  if (json.has("taught")) check.taught = read_taught(json.object("taught"));
  check.rule = read_rule(json, check);
  return check;
}

Json words_json(const Words& words) {
  Json json = Json::object();
  for (const auto& [language, text] : words) json[language] = text;
  return json;
}

Json station_json(const Station& station) {
  Json tags = Json::array();
  for (const auto& tag : station.tags)
    tags.push_back(
        {{"id", tag.id}, {"x_mm", tag.x_mm}, {"y_mm", tag.y_mm}, {"side_mm", tag.side_mm}});
  return {{"dictionary", station.dictionary}, {"width_mm", station.width_mm},
          {"height_mm", station.height_mm},   {"px_per_mm", station.px_per_mm},
          {"tags_min", station.tags_min},     {"tags", tags}};
}

}  // namespace

const Region* Check::region(std::string_view region_id) const {
  const auto at = std::ranges::find(regions, region_id, &Region::id);
  return at == regions.end() ? nullptr : &*at;
}

const Reference* Check::reference(std::string_view reference_id) const {
  const auto at = std::ranges::find(references, reference_id, &Reference::id);
  return at == references.end() ? nullptr : &*at;
}

const char* kind_of(const Check& check) {
  return kKinds[check.rule.index()];
}

namespace {

CheckReading read_file(std::string_view bytes, bool is_draft) {
  CheckReading reading;
  const auto json = parse_json(bytes, {kCheckBytesMax, 12});
  if (!json) {
    reading.findings.push_back(
        {Severity::kError, "check.json", json.error().place, json.error().message});
    return reading;
  }
  auto check = read_check(ObjectReader(*json, "", reading.findings, is_draft));
  check.sha256_hex = to_hex(sha256(bytes));
  if (!has_errors(reading.findings)) reading.check = std::move(check);
  return reading;
}

}  // namespace

CheckReading check_from_json(std::string_view bytes) {
  return read_file(bytes, false);
}

CheckReading draft_from_json(std::string_view bytes) {
  return read_file(bytes, true);
}

std::string file_of(const Check& check) {
  Json json{{"format", kFormat},        {"id", check.id},
            {"version", check.version}, {"title", words_json(check.title)},
            {"camera", check.camera},   {"kind", kind_of(check)}};
  json["quality"] = {{"contrast_min", check.quality.contrast_min},
                     {"sharpness_min", check.quality.sharpness_min},
                     {"glare_share_max", check.quality.glare_share_max},
                     {"extreme_share_max", check.quality.extreme_share_max},
                     {"module_px_min", check.quality.module_px_min}};
  if (check.station) json["station"] = station_json(*check.station);
  json["regions"] = Json::array();
  for (const auto& region : check.regions)
    json["regions"].push_back({{"id", region.id},
                               {"title", words_json(region.title)},
                               {"x", region.box.x},
                               {"y", region.box.y},
                               {"width", region.box.width},
                               {"height", region.box.height}});
  json["references"] = Json::array();
  for (const auto& reference : check.references)
    json["references"].push_back({{"id", reference.id}, {"png", to_base64(reference.png)}});
  if (check.taught)
    json["taught"] = {{"when", check.taught->when},
                      {"good", check.taught->good},
                      {"bad", check.taught->bad},
                      {"false_accept_upper", check.taught->false_accept_upper},
                      {"false_reject_upper", check.taught->false_reject_upper}};
  json["rule"] = std::visit([](const auto& rule) { return to_json(rule); }, check.rule);
  return batchwright::to_text(json);
}

}  // namespace batchwright::vision
