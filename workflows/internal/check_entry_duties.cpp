// What an entry does beyond holding a value: limits by formula, late results, identification, the
// class of its exception.
#include <set>

#include "workflows/exception_classes.h"
#include "workflows/internal/identifier.h"
#include "workflows/internal/limits_of.h"
#include "workflows/internal/mbr_checks.h"

namespace batchwright::workflows {

namespace {

void check_limit_formulas(const CheckContext& context, const Entry& entry,
                          const std::string& place) {
  const bool numeric = entry.kind == EntryKind::kDecimal || entry.kind == EntryKind::kComputed;
  std::set<std::string> seen;
  for (const LimitFormula& limit : entry.limit_formulas) {
    const std::string name(limit.limit == nullptr ? "" : name_of_limit(limit.limit));
    if (!numeric) {
      context.report.error("entry.unit_without_number", place,
                           "Limits belong to decimal and computed entries only.");
      continue;
    }
    if (name.empty()) {
      context.report.error("limit.formula", place, "This formula is for no limit. Remove it.");
      continue;
    }
    if (!seen.insert(name).second) {
      context.report.error("limit.formula", place,
                           "The limit " + name + " has two formulas. Keep one.");
    }
    if (entry.limits.*limit.limit) {
      context.report.error("limit.formula", place,
                           "The limit " + name + " is a number and a formula. Keep one.");
    }
    check_expression(context, limit.formula, ExpressionUse::kFormula, place, entry.unit);
    for (const std::string& reference : limit.formula.references()) {
      if (reference != place) continue;
      context.report.error("limit.formula", place,
                           "The limit " + name + " depends on the value it judges.");
    }
  }
}

void check_late(const CheckContext& context, const Entry& entry, const std::string& place) {
  if (!entry.late) return;
  const LateResult& late = *entry.late;
  if (entry.kind == EntryKind::kComputed) {
    context.report.error("late.computed", place,
                         "A computed value can't come late: nobody brings it. Make it decimal.");
  }
  if (late.owner.empty()) {
    context.report.error("late.owner", place,
                         "Nobody brings this result. Name the role in \"owner\".");
  }
  if (late.due_s <= 0) {
    context.report.error("late.due", place,
                         "The result is never due. Say in due_s how long it may take.");
  }
  const bool blocks = late.consequence == LateResult::Consequence::kBlocksStep;
  const Element* step = context.index.element(late.blocks);
  if (blocks && (step == nullptr || !step->step)) {
    context.report.error("late.blocks", place,
                         "The result blocks \"" + late.blocks + "\", which is no step.");
  }
  if (!blocks && !late.blocks.empty()) {
    context.report.error("late.blocks", place,
                         "Only the consequence blocks_step blocks a step. Remove \"blocks\".");
  }
}

void check_duties(const CheckContext& context, const Entry& entry, const std::string& place) {
  check_limit_formulas(context, entry, place);
  check_late(context, entry, place);
  const bool known = context.mbr.find_equipment(entry.identifies) != nullptr ||
                     context.mbr.find_material(entry.identifies) != nullptr;
  if (!entry.identifies.empty() && !known) {
    context.report.error("identifies.unknown", place,
                         "There is no equipment or material requirement \"" + entry.identifies +
                             "\". Add it or correct the id.");
  }
  const bool textual = entry.kind == EntryKind::kText || entry.kind == EntryKind::kChoice;
  if (!entry.identifies.empty() && !textual) {
    context.report.error("identifies.kind", place,
                         "Only a text or a choice can identify equipment or material.");
  }
  if (!entry.exception_class.empty() && find_exception_class(entry.exception_class) == nullptr) {
    context.report.error("exception_class.unknown", place,
                         "There is no exception class \"" + entry.exception_class +
                             "\". docs/formats/mbr.md lists them.");
  }
}

}  // namespace

void check_entry_duties(const CheckContext& context, const StepContent& step,
                        std::string_view path) {
  for (const Entry& entry : step.entries) {
    check_duties(context, entry, entry_place(path, entry.id));
  }
}

}  // namespace batchwright::workflows
