// When a redline may change a running batch (requirement A9): one set of rules for the panel that
// decides and for every machine that reads the record. Nothing that was begun is ever made
// different from what was executed, and nothing that is added can be passed over.
#pragma once

#include <expected>
#include <memory>
#include <string>
#include <string_view>

#include "workflows/internal/state_edit.h"

namespace batchwright::workflows {

inline constexpr const char* kQualityRole = "quality";

// Neither in force nor rejected: it waits for approval.
[[nodiscard]] bool is_open(const Redline& redline);

// The proposer withdraws it; who acts as supervisor or quality rejects it.
[[nodiscard]] bool may_reject(const Redline& redline, std::string_view person,
                              std::string_view role);

struct RedlineProblem {
  std::string rule;     // redline.invalid, redline.begun, redline.used
  std::string message;  // what happened and what to do
};

// The recipe as it would be with the change, from what it is by now. Refused when
//   - the change can't be read, or the static checker finds an error in the recipe with it;
//   - it replaces a step of which an execution that counts was begun, or a result is awaited;
//   - it adds a step behind one that the batch has gone on from;
//   - it sets a parameter that an executed step reads, or that decided a transition.
// An execution counts unless it is void, or was ended by an interruption and made once more.
[[nodiscard]] std::expected<std::shared_ptr<const Mbr>, RedlineProblem> amended_recipe(
    const StateEdit& state, std::string_view change);

}  // namespace batchwright::workflows
