#include "workflows/internal/decision.h"

#include <fmt/format.h>

#include <array>

#include "base/text.h"
#include "workflows/internal/apply_event.h"
#include "workflows/internal/identifier.h"
#include "workflows/internal/run_values.h"
#include "workflows/internal/tokens.h"

namespace batchwright::workflows {
namespace {

struct DefaultSeverity {
  const char* exception_class;
  const char* severity;
};

// Until a quality role classes the exception. A reaction plan's own severity comes first.
constexpr std::array kDefaultSeverities = {
    DefaultSeverity{"alert_limit", "minor"},       DefaultSeverity{"action_limit", "major"},
    DefaultSeverity{"implausible_value", "major"}, DefaultSeverity{"unexpected_answer", "major"},
    DefaultSeverity{"time_exceeded", "minor"},     DefaultSeverity{"formula_error", "major"},
    DefaultSeverity{"correction", "minor"},        DefaultSeverity{"manual_deviation", "major"},
    DefaultSeverity{"interruption", "minor"},      DefaultSeverity{"run_held", "major"},
    DefaultSeverity{"run_aborted", "critical"},    DefaultSeverity{"conflict", "major"},
};

std::string severity_of(const Trouble& trouble, const Mbr& mbr) {
  if (!trouble.severity.empty()) return trouble.severity;
  if (const ReactionPlan* plan = mbr.find_plan(trouble.plan)) return plan->severity;
  const auto known = std::ranges::find(kDefaultSeverities, trouble.exception_class,
                                       &DefaultSeverity::exception_class);
  return known == kDefaultSeverities.end() ? "major" : known->severity;
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
  emit(ExceptionOpened{id, fmt::format("{}-{:04}", context_.prefix, number),
                       trouble.exception_class, severity_of(trouble, *index().mbr), trouble.entry,
                       trouble.value, trouble.limit, trouble.plan, trouble.message},
       step);
  return id;
}

Checked Decision::advance() {
  const std::size_t events_max = drafts_.size() + 10 * index().node_count + 100;
  bool moved = true;
  while (moved && state_.scalars().status == RunStatus::kRunning) {
    const std::size_t before = drafts_.size();
    for (const std::string& chart : state_.active_charts()) {
      for (const std::string& place : state_.places(chart)) make_move(chart, place);
    }
    moved = drafts_.size() > before;
    if (drafts_.size() > events_max) {
      return refuse("run.endless",
                    "The procedure runs in a circle without a step in it. Nothing was saved. Call "
                    "the author of the master batch record.");
    }
  }
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
