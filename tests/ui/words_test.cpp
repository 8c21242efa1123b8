// Words by key: complete in every language, none unused, every character drawable. Proves R26, R27.
#include "ui/text/words.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <regex>
#include <set>
#include <sstream>

#include "tests/ui/screen_panel.h"

namespace batchwright::ui {
namespace {

const std::vector<std::string> kLanguages{"en", "de"};

std::string text_of(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

// Every literal in ui/ that has the form of a key whose group the strings file has.
std::set<std::string> keys_in_sources(const Words& words) {
  std::set<std::string> groups;
  for (const auto& [key, text] : words.all()) groups.insert(key.substr(0, key.find('.')));
  std::set<std::string> keys;
  const std::regex literal("\"([a-z_]+)\\.([a-z_]+)\"");
  for (const auto& file :
       std::filesystem::recursive_directory_iterator(std::string(BATCHWRIGHT_SOURCE_DIR) + "/ui")) {
    if (file.path().extension() != ".cpp" && file.path().extension() != ".h") continue;
    const std::string source = text_of(file.path());
    for (std::sregex_iterator at(source.begin(), source.end(), literal), end; at != end; ++at) {
      if (groups.contains((*at)[1])) keys.insert((*at)[1].str() + "." + (*at)[2].str());
    }
  }
  return keys;
}

std::multiset<std::string> marks_of(const std::string& text) {
  std::multiset<std::string> marks;
  const std::regex mark("\\{[a-z_]+\\}|\\*\\*");
  for (std::sregex_iterator at(text.begin(), text.end(), mark), end; at != end; ++at)
    marks.insert(at->str());
  return marks;
}

TEST(ShippedWords, HaveExactlyTheKeysTheScreensUse) {
  for (const std::string& language : kLanguages) {
    const Words words = test::shipped_words(language);
    std::set<std::string> keys;
    for (const auto& [key, text] : words.all()) keys.insert(key);
    EXPECT_EQ(keys, keys_in_sources(words)) << language;
  }
}

TEST(ShippedWords, FillInTheSameThingsInEveryLanguage) {
  const Words english = test::shipped_words("en");
  for (const std::string& language : kLanguages) {
    const Words words = test::shipped_words(language);
    for (const auto& [key, text] : english.all()) {
      EXPECT_EQ(marks_of(text), marks_of(std::string(words(key)))) << language << " " << key;
      EXPECT_FALSE(words(key).empty()) << language << " " << key;
    }
  }
}

TEST(ShippedWords, AreDrawnWithoutAMissingCharacter) {
  for (const std::string& language : kLanguages) {
    std::vector<std::string> texts{"●✓▲▼⌫‹›–±×°µ€§²³"};
    const Words words = test::shipped_words(language);
    for (const auto& [key, text] : words.all()) texts.push_back(text);
    auto folder = find_font_folder();
    ASSERT_TRUE(folder.has_value());
    const auto fonts = Fonts::build(test::compact_panel(), test::shipped_theme(), *folder, texts);
    ASSERT_TRUE(fonts.has_value());
    for (const std::string& text : texts)
      EXPECT_TRUE((*fonts)->covers(text)) << language << ": " << text;
  }
}

TEST(WordsOfALanguage, ShowTheKeyWhenItIsMissing) {
  const auto words = Words::from_json(R"({"a.b":"x"})");
  ASSERT_TRUE(words.has_value());
  EXPECT_EQ((*words)("a.b"), "x");
  EXPECT_EQ((*words)("a.c"), "a.c");
}

TEST(WordsOfALanguage, NeverFillInWhatWasFilledIn) {
  const auto words = Words::from_json(R"({"k":"{a} and {b} and {c"})");
  ASSERT_TRUE(words.has_value());
  EXPECT_EQ((*words)("k", {{"a", "{b}"}, {"b", "two"}}), "{b} and two and {c");
}

TEST(WordsOfALanguage, RefuseWhatIsNotAFlatObjectOfStrings) {
  for (const char* json :
       {"[]", "{\"a\":1}", "{\"a\":{\"b\":\"c\"}}", "{\"a\":\"1\",\"a\":\"2\"}", "{", ""}) {
    EXPECT_FALSE(Words::from_json(json).has_value()) << json;
  }
}

TEST(WordsOfALanguage, AreNotReadFromElsewhere) {
  const std::string folder = std::string(BATCHWRIGHT_SOURCE_DIR) + "/resources/strings";
  for (const char* tag : {"../strings/en", "", "xx", "en.json"}) {
    const auto words = Words::load(folder, tag);
    ASSERT_FALSE(words.has_value()) << tag;
    EXPECT_EQ(words.error().code, ErrorCode::kNotFound) << tag;
  }
}

TEST(WordsOfALanguage, ChangeOnlyTheSeparatorOfANumber) {
  EXPECT_EQ(test::shipped_words("de").number("-1234.50"), "-1234,50");
  EXPECT_EQ(test::shipped_words("en").number("-1234.50"), "-1234.50");
}

}  // namespace
}  // namespace batchwright::ui
