#include <algorithm>
#include <set>

#include "workflows/internal/identifier.h"
#include "workflows/internal/mbr_checks.h"
#include "workflows/internal/names.h"

namespace batchwright::workflows {

namespace {

constexpr std::ptrdiff_t kInstructionLinesMax = 7;

// A child is deeper than its parent; levels may be left out. One procedure may stand directly below
// the root: recipes that wrap their procedure in a master recipe have that.
bool is_legal_below(const Element& parent, Level level, bool parent_is_root) {
  if (parent_is_root && parent.level == Level::kProcedure && level == Level::kProcedure)
    return true;
  return level > parent.level;
}

void check_level(const CheckContext& context, const Element& element, std::string_view path,
                 const Element* parent) {
  if (parent == nullptr) {
    if (element.level != Level::kProcedure) {
      context.report.error("level.root", element_place(path),
                           "The root must be of level procedure.");
    }
    return;
  }
  if (!is_legal_below(*parent, element.level, parent == &context.mbr.procedure)) {
    context.report.error("level.nesting", element_place(path),
                         "A " + std::string(name_of(kLevelNames, element.level)) +
                             " can't be inside a " +
                             std::string(name_of(kLevelNames, parent->level)) +
                             ". The order is procedure, unit procedure, operation, phase, step.");
  }
}

void check_children(const CheckContext& context, const Element& element, std::string_view path) {
  if (element.step && !element.children.empty()) {
    context.report.error("element.step_with_children", element_place(path),
                         "An element is either a step or has children, not both.");
  }
  if (!element.step && element.level == Level::kStep) {
    context.report.error("level.step_group", element_place(path),
                         "An element with children can't be of level step. Make it a phase.");
  }
  if (!element.step && element.children.empty()) {
    context.report.error("element.empty", element_place(path),
                         "This element has no children. Add steps or remove it.");
  }
  std::set<std::string_view> seen;
  for (const Element& child : element.children) {
    if (!seen.insert(child.id).second) {
      context.report.error("element.duplicate", path_below(path, child.id),
                           "Two elements have this id. Rename one.");
    }
  }
}

void check_signatures(const CheckContext& context, const StepContent& step, std::string_view path) {
  for (const SignatureRule& rule : step.signatures) {
    if (std::ranges::find(kMeanings, rule.meaning) == kMeanings.end() || rule.role.empty()) {
      context.report.error("signature.invalid", element_place(path),
                           "A signature needs a known meaning and a role.");
    }
  }
  if (!step.signatures.empty() && step.signatures.front().other_person) {
    context.report.info(
        "signature.first_other", element_place(path),
        "The first signature asks for another person, but nobody signed before. Check the order.");
  }
}

}  // namespace

void check_element(const CheckContext& context, const Element& element, std::string_view path,
                   const Element* parent) {
  if (!is_element_id(element.id)) {
    context.report.error(
        "id.invalid", element_place(path),
        "\"" + element.id + "\" is not an id. Spaces and / # { } \" < > can't be part of it.");
  }
  check_words(context, element.title, element_place(path), "title");
  check_level(context, element, path, parent);
  check_children(context, element, path);
}

void check_step(const CheckContext& context, const StepContent& step, std::string_view path) {
  const std::string place = element_place(path);
  if (!step.instruction.empty()) check_words(context, step.instruction, place, "instruction");
  for (const auto& [language, text] : step.instruction) {
    if (std::ranges::count(text, '\n') >= kInstructionLinesMax) {
      context.report.warning(
          "instruction.long", place,
          "The instruction (" + language +
              ") has more than 7 lines and won't fit the panel. Split the step.");
    }
  }
  if (step.maximum_s > 0 && step.minimum_s > step.maximum_s) {
    context.report.error("step.duration", place,
                         "The minimum duration is longer than the maximum. Correct one.");
  }
  if (step.minimum_s < 0 || step.maximum_s < 0 || step.expected_s < 0) {
    context.report.error("step.duration", place, "A duration is negative.");
  }
  check_signatures(context, step, path);
  check_entries(context, step, path);
}

}  // namespace batchwright::workflows
