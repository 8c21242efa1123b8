#include "workflows/internal/condition_words.h"

#include <algorithm>
#include <optional>

#include "workflows/internal/fold.h"

namespace batchwright::workflows {

namespace {

// Words separated by white space; "=" is always a word of its own.
std::vector<std::string> words_of(std::string_view text) {
  std::string spaced;
  for (const char c : text) {
    if (c == '=') {
      spaced += " = ";
    } else {
      spaced += c;
    }
  }
  std::vector<std::string> words;
  std::string word;
  for (const char c : one_line(spaced) + " ") {
    if (c != ' ') {
      word += c;
    } else if (!word.empty()) {
      words.push_back(std::move(word));
      word.clear();
    }
  }
  return words;
}

std::string joined(const std::vector<std::string>& words, std::size_t first) {
  std::string text;
  for (std::size_t i = first; i < words.size(); ++i) text += (i == first ? "" : " ") + words[i];
  return text;
}

std::vector<std::string> readings(std::vector<std::string> name) {
  if (name.size() > 1 && fold(name.back()) == "is") name.pop_back();
  std::vector<std::string> out{joined(name, 0)};
  if (name.size() > 1 && fold(name.front()) == "step") out.push_back(joined(name, 1));
  return out;
}

// "Complete" or "Completed", and behind it the end, "and", or "= true". Returns the words it takes,
// 0 when it is part of a name.
std::size_t completion_at(const std::vector<std::string>& words, std::size_t at) {
  const std::string word = fold(words[at]);
  if (word != "complete" && word != "completed") return 0;
  std::size_t taken = 1;
  if (at + 2 < words.size() && words[at + 1] == "=" && fold(words[at + 2]) == "true") taken = 3;
  const bool last = at + taken == words.size();
  return last || fold(words[at + taken]) == "and" ? taken : 0;
}

}  // namespace

ConditionWords read_condition_words(std::string_view text) {
  using Meaning = ConditionWords::Meaning;
  const std::vector<std::string> words = words_of(text);
  if (words.empty()) return {Meaning::kEmpty, {}};
  if (words.size() == 1 && fold(words.front()) == "true") return {Meaning::kTrue, {}};
  ConditionWords condition;
  std::vector<std::string> name;
  std::size_t at = 0;
  while (at < words.size()) {
    const std::size_t taken = name.empty() ? 0 : completion_at(words, at);
    if (taken == 0) {
      name.push_back(words[at++]);
      continue;
    }
    condition.names.push_back(readings(std::move(name)));
    name.clear();
    at += taken;
    if (at < words.size()) ++at;  // "and"
    if (at == words.size() && fold(words.back()) == "and") return {};
  }
  if (!name.empty()) return {};
  condition.meaning = Meaning::kCompleted;
  return condition;
}

}  // namespace batchwright::workflows
