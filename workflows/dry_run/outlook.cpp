#include "workflows/dry_run/outlook.h"

#include <algorithm>

#include "workflows/dry_run/values.h"
#include "workflows/internal/expression_node.h"
#include "workflows/internal/limits_of.h"

namespace batchwright::workflows::dry {

namespace {

constexpr int kFormulaDepthMax = 16;

Value typed(const Entry& entry, const std::string& text) {
  if (entry.kind == EntryKind::kYesNo) return text == "yes";
  if (entry.kind != EntryKind::kDecimal && entry.kind != EntryKind::kComputed) return text;
  auto number = Decimal::parse(text);
  if (!number) return NoValue{};
  return number->rounded(entry.places, entry.rounding);
}

std::string step_of(std::string_view reference) {
  return std::string(reference.substr(0, reference.rfind(':')));
}

// Every part of an expression, without recursion.
template <typename Visit>
void visit_nodes(const Expression& expression, Visit visit) {
  std::vector<const ExpressionNode*> open;
  if (expression.root() != nullptr) open.push_back(expression.root());
  while (!open.empty()) {
    const ExpressionNode* node = open.back();
    open.pop_back();
    visit(*node);
    for (const ExpressionNode& operand : node->operands) open.push_back(&operand);
  }
}

// The expression and every formula it reads.
std::vector<const Expression*> with_formulas(const RunIndex& index, const Expression& expression) {
  std::vector<const Expression*> all{&expression};
  std::set<std::string> seen;
  for (std::size_t i = 0; i < all.size(); ++i) {
    for (const std::string& reference : all[i]->references()) {
      const Entry* entry = entry_at(index, reference);
      const bool computed = entry != nullptr && entry->formula;
      if (computed && seen.insert(reference).second) all.push_back(&*entry->formula);
    }
  }
  return all;
}

}  // namespace

const Entry* entry_at(const RunIndex& index, const std::string& reference) {
  const std::size_t colon = reference.rfind(':');
  if (colon == std::string::npos) return nullptr;
  const StepContent* step = index.step(reference.substr(0, colon));
  return step == nullptr ? nullptr : find_entry(*step, reference.substr(colon + 1));
}

std::optional<bool> Outlook::truth(const Expression& condition) const {
  const auto result = condition.evaluate(environment(0, true));
  const bool* truth = result ? std::get_if<bool>(&*result) : nullptr;
  return truth == nullptr ? std::nullopt : std::optional(*truth);
}

std::optional<Decimal> Outlook::number(const std::string& reference) const {
  const Value result = value(reference, 0);
  const Decimal* number = std::get_if<Decimal>(&result);
  return number == nullptr ? std::nullopt : std::optional(*number);
}

Value Outlook::value(std::string_view reference, int depth) const {
  const RunIndex& index = player_.stage.index();
  const std::string name(reference);
  if (const Parameter* parameter = index.mbr->find_parameter(name)) {
    if (parameter->text.empty()) return parameter->value.value;
    return parameter->text;
  }
  const Entry* entry = entry_at(index, name);
  if (entry == nullptr) return NoValue{};
  if (const auto given = values_.find(name); given != values_.end()) {
    return typed(*entry, given->second);
  }
  const std::string path = step_of(name);
  const auto made = player_.state.instances.find(path);
  const RecordedValue* recorded = made == player_.state.instances.end()
                                      ? nullptr
                                      : player_.value({path, made->second}, entry->id);
  const auto touched = [&] {
    return std::ranges::any_of(values_, [&](const auto& given) {
      return player_.stage.leaves(name).contains(given.first);
    });
  };
  const bool anew = path == done_ || recorded == nullptr || touched();
  if (entry->formula && depth < kFormulaDepthMax && anew) {
    const auto result = entry->formula->evaluate(environment(depth + 1, path != done_));
    const Decimal* number = result ? std::get_if<Decimal>(&*result) : nullptr;
    if (number == nullptr) return NoValue{};
    return number->rounded(entry->places, entry->rounding);
  }
  return recorded == nullptr ? Value{NoValue{}} : typed(*entry, recorded->value);
}

// `after`: seen when the step in work is complete, as conditions do.
Expression::Environment Outlook::environment(int depth, bool after) const {
  const auto count = [this, after](std::string_view path) {
    int complete = after && path == done_ ? 1 : 0;
    const auto made = player_.state.instances.find(std::string(path));
    const int instances = made == player_.state.instances.end() ? 0 : made->second;
    for (int i = 1; i <= instances; ++i) {
      const StepState& step = player_.state.steps.at({std::string(path), i});
      if (step.status == StepStatus::kComplete || step.reopened) ++complete;
    }
    return complete;
  };
  return {.value = [this, depth](std::string_view name) { return value(name, depth); },
          .completed =
              [this, count](std::string_view path) {
                const auto group = player_.state.elements.find(std::string(path));
                return count(path) > 0 ||
                       (group != player_.state.elements.end() && group->second == "complete");
              },
          .count = count,
          .unit =
              [this](std::string_view name) {
                const RunIndex& index = player_.stage.index();
                if (const Parameter* known = index.mbr->find_parameter(name)) {
                  return known->value.unit;
                }
                const Entry* entry = entry_at(index, std::string(name));
                return entry == nullptr ? std::string() : entry->unit;
              }};
}

const std::set<std::string>& Stage::leaves(const std::string& computed) const {
  const auto [at, added] = leaves_.try_emplace(computed);
  const Entry* entry = added ? entry_at(index(), computed) : nullptr;
  if (entry != nullptr && entry->formula) at->second = leaves_of(index(), *entry->formula);
  return at->second;
}

std::set<std::string> leaves_of(const RunIndex& index, const Expression& expression) {
  std::set<std::string> leaves;
  for (const Expression* part : with_formulas(index, expression)) {
    for (const std::string& reference : part->references()) {
      const Entry* entry = entry_at(index, reference);
      if (entry != nullptr && !entry->formula) leaves.insert(reference);
    }
  }
  return leaves;
}

void collect_literals(const RunIndex& index, const Expression& expression, Literals& into) {
  for (const Expression* part : with_formulas(index, expression)) {
    visit_nodes(*part, [&](const ExpressionNode& node) {
      if (const Decimal* number = std::get_if<Decimal>(&node.literal)) into.numbers.insert(*number);
      if (const std::string* text = std::get_if<std::string>(&node.literal)) {
        into.texts.insert(*text);
      }
    });
    for (const std::string& reference : part->references()) {
      const Parameter* parameter = index.mbr->find_parameter(reference);
      if (parameter == nullptr) continue;
      if (parameter->text.empty()) {
        into.numbers.insert(parameter->value.value);
      } else {
        into.texts.insert(parameter->text);
      }
    }
  }
}

std::vector<std::string> candidates(const Entry& entry, const Literals& literals) {
  std::vector<std::string> list;
  const auto add = [&](std::string raw) {
    if (!raw.empty() && std::ranges::find(list, raw) == list.end()) list.push_back(std::move(raw));
  };
  if (entry.kind == EntryKind::kYesNo) return {"yes", "no"};
  if (entry.kind == EntryKind::kChoice) return entry.choices;
  if (entry.kind == EntryKind::kText) {
    for (const std::string& text : literals.texts) add(text);
    return list;
  }
  if (entry.kind != EntryKind::kDecimal) return list;
  const Decimal unit = last_place(entry.places);
  const auto around = [&](const Decimal& middle) {
    const Decimal rounded = middle.rounded(entry.places);
    add(rounded.to_text());
    add(minus(rounded, unit).to_text());
    add(plus(rounded, unit).to_text());
  };
  for (const LimitName& known : kLimitNames) {
    const auto& limit = entry.limits.*known.limit;
    if (limit) around(*limit);
  }
  for (const Decimal& number : literals.numbers) around(number);
  return list;
}

}  // namespace batchwright::workflows::dry
