// Transition conditions as recipe authors write them in words: "TRUE", "Step X is Completed",
// "A Complete and B Complete = True". Anything else is not understood, never guessed.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace batchwright::workflows {

struct ConditionWords {
  enum class Meaning { kEmpty, kTrue, kCompleted, kNotUnderstood };

  Meaning meaning = Meaning::kNotUnderstood;
  // kCompleted: the names that must be complete. Each is a list of readings of one name: as
  // written, and without a leading "Step".
  std::vector<std::vector<std::string>> names;
};

[[nodiscard]] ConditionWords read_condition_words(std::string_view text);

}  // namespace batchwright::workflows
