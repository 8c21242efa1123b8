#include "vision/challenge_manifest.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>

#include "base/bytes.h"
#include "base/sha256.h"
#include "vision/internal/check_reader.h"

namespace batchwright::vision {

namespace {

constexpr const char* kFormat = "batchwright/challenge-manifest/1";
constexpr std::array kSplits{"develop", "tune", "sealed"};
constexpr std::array kGroups{"in_gate", "out_of_gate"};
constexpr std::array kWrongs{"", "plausible", "random"};

template <typename Name, typename List>
std::optional<Name> named(const List& names, std::string_view name) {
  const auto at = std::ranges::find(names, name);
  if (at == names.end()) return std::nullopt;
  return static_cast<Name>(at - names.begin());
}

bool is_file_name(std::string_view name) {
  return !name.empty() && name.size() <= 120 && name.front() != '.' &&
         std::ranges::all_of(name, [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                  c == '-' || c == '_' || c == '.';
         });
}

bool is_date(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return false;
  for (const std::size_t i : {0u, 1u, 2u, 3u, 5u, 6u, 8u, 9u})
    if (text[i] < '0' || text[i] > '9') return false;
  return true;
}

ExpectedValues read_values(const ObjectReader& json, const char* key) {
  ExpectedValues values;
  for (const auto& one : json.objects(key, 0, kReadingsMax)) {
    one.only({"name", "value"});
    values.emplace_back(one.text("name"), one.text("value", kSymbolTextBytesMax));
  }
  return values;
}

template <typename Name, typename List>
Name read_name(const ObjectReader& json, const char* key, const List& names, Name fallback) {
  if (!json.has(key)) return fallback;
  if (const auto name = named<Name>(names, json.text(key))) return *name;
  json.report(key, "This name is not known here.");
  return fallback;
}

void read_images(const ObjectReader& json, ChallengeCase& one) {
  if (json.has("card") == json.has("images"))
    json.report("images", "Either pictures or a card belong here.");
  if (json.has("card")) one.card = json.words("card");
  if (!json.has("images")) return;
  for (const auto& image : json.objects("images", 1, kCaseImagesMax)) {
    image.only({"file", "sha256"});
    one.images.push_back({image.text("file"), image.text("sha256", 64)});
    if (!is_file_name(one.images.back().file))
      image.report("file", "The name of a file in this folder belongs here, without a path.");
    const auto& hash = one.images.back().sha256_hex;
    if (hash.size() != 64 || !bytes_from_hex(hash))
      image.report("sha256", "A SHA-256 as 64 hexadecimal digits belongs here.");
  }
}

ChallengeCase read_case(const ObjectReader& json) {
  json.only({"id", "split", "group", "images", "card", "values", "truth", "readings", "wrong",
             "parameters"});
  ChallengeCase one;
  one.id = json.text("id", 80);
  one.split = read_name(json, "split", kSplits, Split::kDevelop);
  one.group = read_name(json, "group", kGroups, CaseGroup::kInGate);
  read_images(json, one);
  one.values = read_values(json, "values");
  one.readings = read_values(json, "readings");
  one.wrong = read_name(json, "wrong", kWrongs, WrongKind::kNone);
  const auto truth = verdict_from_text(json.text("truth", 40));
  if (!truth || *truth == Verdict::kNotPerformed)
    json.report("truth", "pass, fail or undecided belongs here.");
  one.truth = truth.value_or(Verdict::kPass);
  if (one.truth == Verdict::kPass && one.wrong != WrongKind::kNone)
    json.report("wrong", "What must pass is not wrong.");
  if (one.truth != Verdict::kPass && !one.readings.empty())
    json.report("readings", "Only of what must pass it is known what must be read.");
  if (json.has("parameters")) {
    const auto parameters = json.object("parameters");
    const auto names = parameters.keys();
    if (names.size() > kParametersMax)
      json.report("parameters", fmt::format("At most {} parameters.", kParametersMax));
    for (const auto& name : names) {
      if (name.empty() || name.size() > 60)
        json.report("parameters", "A parameter's name has 1 to 60 bytes.");
      else if (one.parameters.size() < kParametersMax)
        one.parameters[name] = parameters.number(name.c_str(), -1e12, 1e12);
    }
  }
  return one;
}

ChallengeManifest read_manifest(const ObjectReader& json) {
  json.only({"format", "id", "made", "generator", "seed", "rendered", "cases"});
  ChallengeManifest manifest;
  if (json.text("format") != kFormat)
    json.report("format", fmt::format("Only {} is known.", kFormat));
  manifest.id = json.text("id", 80);
  manifest.made = json.text("made", 10);
  if (!is_date(manifest.made)) json.report("made", "A date as YYYY-MM-DD belongs here.");
  manifest.generator = json.text_or("generator", "", 300);
  manifest.seed = json.text_or("seed", "", 40);
  manifest.rendered = json.flag_or("rendered", true);
  std::set<std::string> ids;
  for (const auto& one : json.objects("cases", 1, kCasesMax)) {
    manifest.cases.push_back(read_case(one));
    if (!ids.insert(manifest.cases.back().id).second)
      one.report("id", fmt::format("The id '{}' is there twice.", manifest.cases.back().id));
  }
  const auto is_card = [](const ChallengeCase& one) { return !one.card.empty(); };
  if (static_cast<std::size_t>(std::ranges::count_if(manifest.cases, is_card)) > kCardsMax)
    json.report("cases", fmt::format("At most {} cards.", kCardsMax));
  return manifest;
}

Json values_json(const ExpectedValues& values) {
  Json json = Json::array();
  for (const auto& [name, value] : values) json.push_back({{"name", name}, {"value", value}});
  return json;
}

Json case_json(const ChallengeCase& one) {
  Json images = Json::array();
  for (const auto& image : one.images)
    images.push_back({{"file", image.file}, {"sha256", image.sha256_hex}});
  Json parameters = Json::object();
  for (const auto& [name, value] : one.parameters) parameters[name] = value;
  Json json = {{"id", one.id},
               {"split", to_string(one.split)},
               {"group", to_string(one.group)},
               {"values", values_json(one.values)},
               {"truth", to_string(one.truth)},
               {"readings", values_json(one.readings)},
               {"wrong", to_string(one.wrong)},
               {"parameters", parameters}};
  if (one.card.empty())
    json["images"] = images;
  else
    json["card"] = one.card;
  return json;
}

}  // namespace

const char* to_string(Split split) {
  return kSplits[static_cast<std::size_t>(split)];
}

const char* to_string(CaseGroup group) {
  return kGroups[static_cast<std::size_t>(group)];
}

const char* to_string(WrongKind wrong) {
  return kWrongs[static_cast<std::size_t>(wrong)];
}

std::optional<Split> split_from_text(std::string_view name) {
  return named<Split>(kSplits, name);
}

ManifestReading manifest_from_json(std::string_view bytes) {
  ManifestReading reading;
  const auto json = parse_json(bytes, {kManifestBytesMax, 6});
  if (!json) {
    reading.findings.push_back(
        {Severity::kError, "manifest.json", json.error().place, json.error().message});
    return reading;
  }
  auto manifest = read_manifest(ObjectReader(*json, "", reading.findings));
  manifest.sha256_hex = to_hex(sha256(bytes));
  if (!has_errors(reading.findings)) reading.manifest = std::move(manifest);
  return reading;
}

std::string file_of(const ChallengeManifest& manifest) {
  Json cases = Json::array();
  for (const auto& one : manifest.cases) cases.push_back(case_json(one));
  return batchwright::to_text({{"format", kFormat},
                               {"id", manifest.id},
                               {"made", manifest.made},
                               {"generator", manifest.generator},
                               {"seed", manifest.seed},
                               {"rendered", manifest.rendered},
                               {"cases", cases}});
}

}  // namespace batchwright::vision
