// What the lists and keys of an MBR mean when two are compared. Everything that is not named here
// is compared too: an unknown list keeps its order, an unknown key is a setting.
#pragma once

#include <array>
#include <string_view>

namespace batchwright::workflows {

enum class ListMeaning {
  kOrdered,    // place in the list counts
  kUnordered,  // only what is in it counts
  kRange,      // [low, high]
};

struct ListRule {
  std::string_view key;
  ListMeaning meaning;
};
inline constexpr std::array kListRules{
    ListRule{"children", ListMeaning::kUnordered},  // their chart says the order
    ListRule{"nodes", ListMeaning::kUnordered},
    ListRule{"parameters", ListMeaning::kUnordered},
    ListRule{"reaction_plans", ListMeaning::kUnordered},
    ListRule{"languages", ListMeaning::kUnordered},
    ListRule{"entries", ListMeaning::kOrdered},  // the screen shows them so
    ListRule{"signatures", ListMeaning::kOrdered},
    ListRule{"choices", ListMeaning::kOrdered},
    ListRule{"alert", ListMeaning::kRange},
    ListRule{"action", ListMeaning::kRange},
    ListRule{"hard", ListMeaning::kRange},
};

struct SubjectRule {
  std::string_view key, subject;
};
inline constexpr std::array kSubjectRules{
    SubjectRule{"title", "medium"},         SubjectRule{"description", "medium"},
    SubjectRule{"instruction", "medium"},   SubjectRule{"picture", "medium"},
    SubjectRule{"target", "limit"},         SubjectRule{"alert", "limit"},
    SubjectRule{"action", "limit"},         SubjectRule{"hard", "limit"},
    SubjectRule{"signatures", "signature"}, SubjectRule{"parameters", "parameter"},
    SubjectRule{"condition", "transition"}, SubjectRule{"condition_source", "transition"},
    SubjectRule{"entries", "entry"},        SubjectRule{"reaction_plans", "reaction_plan"},
    SubjectRule{"children", "step"},        SubjectRule{"nodes", "node"},
    SubjectRule{"links", "link"},
};

// The order in which an approver reads the groups, and what each is headed.
struct SubjectHeading {
  std::string_view subject, heading;
};
inline constexpr std::array kSubjects{SubjectHeading{"document", "Document"},
                                      SubjectHeading{"step", "Steps"},
                                      SubjectHeading{"entry", "Entries"},
                                      SubjectHeading{"limit", "Limits"},
                                      SubjectHeading{"signature", "Signatures"},
                                      SubjectHeading{"medium", "Words and pictures"},
                                      SubjectHeading{"setting", "Settings"},
                                      SubjectHeading{"parameter", "Parameters"},
                                      SubjectHeading{"reaction_plan", "Reaction plans"},
                                      SubjectHeading{"transition", "Transitions"},
                                      SubjectHeading{"node", "Nodes of charts"},
                                      SubjectHeading{"link", "Links of charts"}};

[[nodiscard]] constexpr const ListRule* find_list_rule(std::string_view key) {
  for (const auto& rule : kListRules)
    if (rule.key == key) return &rule;
  return nullptr;
}

[[nodiscard]] constexpr std::string_view find_subject(std::string_view key) {
  for (const auto& rule : kSubjectRules)
    if (rule.key == key) return rule.subject;
  return {};
}

}  // namespace batchwright::workflows
