#include "workflows/internal/decision.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "workflows/exception_classes.h"
#include "workflows/internal/apply_event.h"
#include "workflows/internal/identifier.h"
#include "workflows/internal/names.h"
#include "workflows/internal/run_values.h"
#include "workflows/internal/step_rules.h"
#include "workflows/internal/tokens.h"

namespace batchwright::workflows {
namespace {

std::string severity_of(const Trouble& trouble, const Mbr& mbr) {
  if (const ReactionPlan* plan = mbr.find_plan(trouble.plan)) return plan->severity;
  const ExceptionClass* known = find_exception_class(trouble.exception_class);
  return known == nullptr ? "major" : std::string(known->severity);
}

// What the exception stops: what its class says, or its plan when that stops now.
std::string blocks_of(const Trouble& trouble, const Mbr& mbr, const StepState* step) {
  if (!trouble.blocks.empty()) return trouble.blocks;
  const ReactionPlan* plan = mbr.find_plan(trouble.plan);
  const bool stops =
      plan != nullptr && (step == nullptr ? plan->holds : plan_stops(*plan, *step, trouble.entry));
  if (stops) {
    return std::string(name_of(kHoldLevelNames, plan->hold_level));
  }
  const ExceptionClass* known = find_exception_class(trouble.exception_class);
  return known == nullptr ? "" : std::string(known->blocks);
}

std::string release_of(const Trouble& trouble, const Mbr& mbr) {
  if (!trouble.release.empty()) return trouble.release;
  const ReactionPlan* plan = mbr.find_plan(trouble.plan);
  if (plan != nullptr && !plan->calls_role.empty()) return plan->calls_role;
  const ExceptionClass* known = find_exception_class(trouble.exception_class);
  const bool named = known != nullptr && !known->release.empty();
  return named ? std::string(known->release) : "supervisor, quality";
}

}  // namespace

std::unexpected<Refusal> refuse(std::string rule, std::string message, std::string place) {
  return std::unexpected(Refusal{std::move(rule), std::move(message), std::move(place)});
}

Decision::Decision(const RunState& state, const Context& context)
    : state_(state), context_(context), ids_(context.id_seed, context.now.unix_ms) {}

void Decision::emit(const Event& event, const std::string& step) {
  record::Draft draft = encode_event(event);
  draft.subject = {"run", state_.scalars().run};
  draft.step = step;
  draft.actor = context_.actor;
  draft.role = context_.role;
  draft.performed_by = context_.performed_by.empty() ? context_.actor : context_.performed_by;
  draft.lang = context_.lang;
  apply_event(state_, event,
              {step, context_.actor, context_.role, to_text(context_.now), context_.now.unix_ms,
               kNotSealed, "preview"});
  drafts_.push_back(std::move(draft));
}

std::string Decision::open_exception(const Trouble& trouble, const std::string& step) {
  std::string id = ids_.next();
  const std::uint64_t number = context_.exceptions_before + ++exceptions_opened_;
  const auto ref = step_ref_from_text(step);
  const StepState* state = ref ? state_.step(*ref) : nullptr;
  const std::string blocks = blocks_of(trouble, *index().mbr, state);
  emit(ExceptionOpened{id, fmt::format("{}-{:04}", context_.prefix, number),
                       trouble.exception_class, severity_of(trouble, *index().mbr), trouble.entry,
                       trouble.value, trouble.limit, trouble.plan, trouble.message, blocks,
                       blocks.empty() ? "" : release_of(trouble, *index().mbr)},
       step);
  block(trouble, blocks, id, step);
  return id;
}

// An exception that stops more than its step: the operation around it, or the batch.
void Decision::block(const Trouble& trouble, const std::string& blocks, const std::string& id,
                     const std::string& step) {
  if (blocks == "operation") {
    const std::string operation = index().operation_of(step.substr(0, step.rfind('#')));
    if (next_state(state_of(operation), ProceduralCommand::kHold) && !operation.empty()) {
      change_state(operation, ProceduralCommand::kHold, trouble.message);
    }
  }
  if (blocks != "batch" || !next_state(state_of(""), ProceduralCommand::kHold)) return;
  const ReactionPlan* plan = index().mbr->find_plan(trouble.plan);
  emit(HoldDeclared{"exception", std::to_string(plan == nullptr ? 0 : plan->hold_max_s), id});
  change_state("", ProceduralCommand::kHold, trouble.message);
}

Checked Decision::advance() {
  const std::size_t events_max = drafts_.size() + 10 * index().node_count + 100;
  bool moved = true;
  while (moved && state_.scalars().status == RunStatus::kRunning) {
    const std::size_t before = drafts_.size();
    for (const std::string& chart : state_.active_charts()) {
      if (!may_begin_below(*this, chart)) continue;
      for (const std::string& place : state_.places(chart)) make_move(chart, place);
    }
    moved = drafts_.size() > before;
    if (drafts_.size() > events_max) {
      return refuse("run.endless",
                    "The procedure runs in a circle without a step in it. Nothing was saved. Call "
                    "the author of the master batch record.");
    }
  }
  settle();
  return {};
}

void Decision::make_move(const std::string& chart, const std::string& place) {
  const auto move = next_move(state_, chart, place);
  if (!move) return;
  switch (move->kind) {
    case Move::Kind::kStart: return start_element(path_below(chart, move->node->element));
    case Move::Kind::kFire:
      return emit(TransitionFired{chart, move->node->id, move->node->condition->text(),
                                  inputs_of(*move->node->condition, state_, nullptr)});
    case Move::Kind::kPass: return emit(BarPassed{chart, move->node->id});
    case Move::Kind::kFinish: return finish_group(chart);
    case Move::Kind::kBadCondition: return report_condition(chart, *move->node, move->message);
  }
}

void Decision::start_element(const std::string& path) {
  const IndexedElement& element = *index().find(path);
  if (element.is_step()) return emit(StepReady{}, to_text({path, state_.instances(path) + 1}));
  emit(ElementStateChanged{path, state_.element(path), "running"});
  if (element.chart.nodes.empty()) finish_group(path);
}

void Decision::finish_group(const std::string& path) {
  emit(ElementStateChanged{path, "running", "complete"});
  if (path.empty()) emit(RunStateChanged{"complete", "running", "complete", {}});
}

bool Decision::can_choose(const std::string& chart, const Node& transition) const {
  return has_token_before(state_, chart, transition.id);
}

// Once per condition and inputs: the run waits, and people can see why.
void Decision::report_condition(const std::string& chart, const Node& transition,
                                const std::string& why) {
  std::string inputs;
  for (const auto& [name, value] : inputs_of(*transition.condition, state_, nullptr)) {
    inputs += fmt::format("{}{}={}", inputs.empty() ? "" : ", ", name, value);
  }
  const std::string limit = fmt::format("condition {}:{}", chart, transition.id);
  const auto* known = state_.newest_exception([&](const ExceptionState& exception) {
    return exception.limit == limit && exception.value == inputs;
  });
  if (known != nullptr) return;
  open_exception({.exception_class = "formula_error",
                  .value = inputs,
                  .limit = limit,
                  .message = fmt::format("The condition can't be evaluated. {}", why)});
}

bool has_role(const Context& context, std::string_view role) {
  return std::ranges::find(context.roles, role) != context.roles.end();
}

Checked check_role(const Decision& decision, const std::vector<std::string>& roles,
                   const std::string& rule, const std::string& what) {
  std::string names;
  for (const std::string& role : roles) {
    if (has_role(decision.context(), role)) return {};
    names += (names.empty() ? "" : " or ") + role;
  }
  return refuse(rule,
                fmt::format("Only {} may {}. Nothing was saved. Call such a person.", names, what));
}

std::expected<KnownStep, Refusal> find_step(const Decision& decision, const std::string& text) {
  const auto ref = step_ref_from_text(text);
  const StepContent* content = ref ? decision.index().step(ref->path) : nullptr;
  if (content == nullptr) {
    return refuse("step.unknown", "There is no such step in this procedure. Choose it on the list.",
                  text);
  }
  const StepState* state = decision.state().step(*ref);
  if (state == nullptr) {
    return refuse(
        "step.not_its_turn",
        "It is not the turn of this step: an earlier step is not complete. Finish the open "
        "steps first.",
        text);
  }
  return KnownStep{*ref, content, state};
}

std::expected<KnownStep, Refusal> find_running_step(const Decision& decision,
                                                    const std::string& text) {
  auto step = find_step(decision, text);
  if (!step) return step;
  if (!may_work_on(decision, *step)) {
    return refuse("step.element_state",
                  "The operation of this step is on hold or over. Nothing was saved. Call the "
                  "supervisor.",
                  text);
  }
  switch (step->state->status) {
    case StepStatus::kRunning: return step;
    case StepStatus::kHeld:
      return refuse("step.held",
                    "The step is held by its reaction plan. Call the person the plan names to "
                    "release it.",
                    text);
    case StepStatus::kComplete:
      return refuse("step.complete",
                    "The step is already complete. To change a value, correct it with a reason.",
                    text);
    case StepStatus::kAborted:
      return refuse("step.aborted", "The step was stopped. Work on its newest repetition.", text);
    default: return refuse("step.not_begun", "The step was not begun. Open it first.", text);
  }
}

Checked check_reason(const std::string& text, const std::string& place) {
  const auto good = checked_text(text, /*multiline=*/true);
  if (!good) return refuse("text.invalid", good.error().message, place);
  if (text.find_first_not_of(" \n") == std::string::npos) {
    return refuse("reason.missing", "A reason is missing. Say in a few words why.", place);
  }
  return {};
}

}  // namespace batchwright::workflows
