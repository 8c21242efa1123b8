// The record of one rich batch, line by line, with what each made of the state; and what a panel
// sees ahead from any point of it. Requirements B3, B10.
#include "tests/workflows/rich_run.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <set>

#include "base/json.h"
#include "tests/workflows/recipe_files.h"

namespace batchwright::workflows::test {
namespace {

// Hashes, keys and statements differ each time or tell a reader nothing.
bool tells_nothing(const std::string& text) {
  return text.starts_with('{') ||
         (text.size() >= 32 && text.find_first_not_of("0123456789abcdef-") == std::string::npos);
}

std::string text_of(const Json& value) {
  if (!value.is_string()) return value.dump();
  const auto text = value.get<std::string>();
  if (tells_nothing(text)) return "*";
  return text.empty() ? "-" : text;
}

// What an item of a list is called.
std::string name_of(const Json& item, std::size_t place) {
  for (const char* key : {"number", "step", "entry", "id", "element", "place", "chart", "gate",
                          "requirement", "meaning", "what"}) {
    if (item.is_object() && item.contains(key)) return text_of(item.at(key));
  }
  return std::to_string(place);
}

using Facts = std::map<std::string, std::string>;

void flatten(const Json& json, const std::string& path, Facts& facts) {
  const std::string below = path.empty() ? "" : path + "/";
  if (json.is_object()) {
    for (const auto& [key, value] : json.items()) flatten(value, below + key, facts);
  } else if (json.is_array()) {
    const bool texts = !json.empty() && json[0].is_string();
    if (texts) facts[path] = fmt::format("{}", json.size());
    std::map<std::string, int> seen;
    for (std::size_t i = 0; i < json.size(); ++i) {
      if (json[i].is_array()) {  // name and value
        facts[below + text_of(json[i][0])] = text_of(json[i][1]);
        continue;
      }
      const std::string name = name_of(json[i], i);
      const int again = seen[name]++;
      flatten(json[i], below + name + (again == 0 ? "" : fmt::format("'{}", again)), facts);
    }
  } else {
    facts[path] = text_of(json);
  }
}

// What the lines say themselves, and what is as it was at the beginning, is left out.
bool is_shown(const std::string& path, const std::string& value) {
  static const std::set<std::string> kSaid = {
      "class",   "entry", "value",       "limit",   "plan",   "message",     "id",
      "number",  "raw",   "step",        "element", "place",  "gate",        "mark",
      "meaning", "name",  "requirement", "unit",    "role",   "chart",       "note",
      "detail",  "time",  "format",      "run",     "events", "last_unix_ms"};
  const std::string key = path.substr(path.rfind('/') + 1);
  const bool hash = value == "*" && key != "voided_by" && key != "held_by" && key != "exception";
  const bool nothing = hash || value == "-" || value == "0" || value == "false";
  return !nothing && !path.contains("/lines/") && !path.contains("/covered/") &&
         !key.ends_with("_time") && !kSaid.contains(key);
}

Facts facts_of_state(const RunState& state) {
  Facts facts;
  flatten(parse_json(state_text(state)).value(), "", facts);
  std::erase_if(facts, [](const auto& fact) { return !is_shown(fact.first, fact.second); });
  return facts;
}

std::string lines_since(const RunDriver& run, std::size_t& shown) {
  std::string text;
  for (; shown < run.lines.size(); ++shown) {
    const record::Line& line = run.lines[shown].line;
    if (line.type == "commit") continue;
    text += fmt::format("  {} {}", line.type, line.step);
    for (const auto& [key, value] : line.body.items()) {
      const std::string words = text_of(value);
      if (words != "-" && words != "*" && words != "[]") text += fmt::format(" {}={}", key, words);
    }
    text += "\n";
  }
  return text;
}

std::string changes(const Facts& before, const Facts& after) {
  std::string text;
  for (const auto& [path, value] : before) {
    if (!after.contains(path)) text += fmt::format("    {}: {} -> nothing\n", path, value);
  }
  for (const auto& [path, value] : after) {
    const auto old = before.find(path);
    if (old == before.end()) text += fmt::format("    {}: {}\n", path, value);
    if (old != before.end() && old->second != value) {
      text += fmt::format("    {}: {} -> {}\n", path, old->second, value);
    }
  }
  return text;
}

TEST(RichRun, IsRecordedLineByLineAsEver) {
  std::string text;
  std::size_t shown = 0;
  Facts before;
  const RunDriver run = play_rich_run([&](const std::string& what, const RunDriver& now) {
    const Facts after = facts_of_state(now.state);
    text += what + "\n" + lines_since(now, shown) + changes(before, after);
    before = after;
  });
  EXPECT_EQ(run.state.status, RunStatus::kComplete);
  EXPECT_TRUE(run.state.conflicts.empty());
  const std::string path = testing::TempDir() + "rich_run.txt";
  std::ofstream(path, std::ios::binary) << text;
  EXPECT_EQ(text, repository_file("tests/workflows/records/rich_run.txt")) << "Now: " << path;
}

}  // namespace
}  // namespace batchwright::workflows::test
