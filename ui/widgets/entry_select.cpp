#include "ui/widgets/entry_select.h"

#include <algorithm>

namespace batchwright::ui {
namespace {

void start_step(UiState& state, const StepView& step) {
  clear_entry_input(state);
  state.step = step.step;
  state.entry = step.focus_entry;
  state.focus_seen = step.focus_entry;
  state.submitted.clear();
  state.pad_open = false;
  state.pages.erase("entries");
  state.pages.erase("instruction");
  const bool belongs_to_step = state.sheet == Sheet::kCorrection ||
                               state.sheet == Sheet::kRelease ||
                               state.sheet == Sheet::kNotApplicable ||
                               state.sheet == Sheet::kPutRight || state.sheet == Sheet::kDecide;
  if (belongs_to_step) state.sheet = Sheet::kNone;
  if (state.text.use != TextUse::kNone && state.sheet == Sheet::kNone) state.text = {};
}

void notice_stored(UiState& state, const StepView& step) {
  const auto entry = std::ranges::find(step.entries, state.submitted, &EntryView::id);
  if (entry == step.entries.end() || entry->values <= state.submitted_values) return;
  state.submitted.clear();
  clear_entry_input(state);
  state.pad_open = false;
}

}  // namespace

void follow_step(UiState& state, const StepView& step) {
  if (state.step != step.step) start_step(state, step);
  if (!state.submitted.empty()) notice_stored(state, step);
  if (state.focus_seen != step.focus_entry) {
    state.focus_seen = step.focus_entry;
    state.entry = step.focus_entry;
    clear_entry_input(state);
  }
}

void select_entry(Ui& ui, const StepView& step, const EntryView& entry) {
  UiState& state = ui.state;
  if (state.entry != entry.id) clear_entry_input(state);
  state.entry = entry.id;
  if (ui.is_wide() || !step.begun) return;
  if (entry.input == EntryView::Input::kCorrection) {
    open_correction(ui, entry);
  } else if (entry.input != EntryView::Input::kNone) {
    state.pad_open = true;
  }
}

const EntryView* selected_entry(const UiState& state, const StepView& step) {
  const auto entry = std::ranges::find(step.entries, state.entry, &EntryView::id);
  return entry == step.entries.end() ? nullptr : &*entry;
}

void submit_value(Ui& ui, const StepView& step, const EntryView& entry, std::string raw) {
  ui.state.submitted = entry.id;
  ui.state.submitted_values = entry.values;
  ui.send(SubmitValue{step.step, entry.id, std::move(raw)});
}

void open_correction(Ui& ui, const EntryView& entry) {
  UiState& state = ui.state;
  clear_entry_input(state);
  state.entry = entry.id;
  state.pad_open = false;
  state.reason.clear();
  state.corrected.clear();
  state.sheet = Sheet::kCorrection;
}

}  // namespace batchwright::ui
