#include "tests/ui/screen_cases.h"

#include <algorithm>
#include <iterator>

namespace batchwright::ui::test {
namespace {

void must(const Result<void>& result) {
  EXPECT_TRUE(result.has_value()) << result.error().message;
}

bool is_compact(ScreenPanel& panel) {
  return panel->loop().display().layout() == LayoutClass::kCompact;
}

void open_pad(ScreenPanel& panel, const std::string& entry) {
  if (is_compact(panel)) must(panel->tap("entry:" + entry));
}

AppView with_dialog(StepView step, DialogView dialog) {
  AppView view = sample_app(std::move(step));
  view.dialog = std::move(dialog);
  return view;
}

StepView step_with(EntryView::Kind kind, std::string id, std::string title) {
  StepView step = sample_step();
  step.step = "compound/" + id + "#1";
  EntryView entry;
  entry.id = id;
  entry.title = std::move(title);
  entry.kind = kind;
  entry.choices = {{"clear", "Clear, no particles"},
                   {"cloudy", "Cloudy"},
                   {"particles", "Clear with particles"}};
  step.entries = {entry};
  step.focus_entry = id;
  step.next.reason = entry.title + " is still missing";
  return step;
}

StepView filled_step() {
  StepView step = sample_step_of_three();
  EntryView& entry = step.entries[0];
  entry.state = EntryView::State::kFilled;
  entry.input = EntryView::Input::kCorrection;
  entry.raw = entry.value = "25.3";
  entry.time = "14:05";
  entry.values = 1;
  step.focus_entry.clear();
  step.next = {NextView::Label::kSign, true, ""};
  return step;
}

AppView about_to_lock() {
  AppView view = sample_app(sample_step());
  view.locks_in_s = 20;
  return view;
}

AppView with_long_instruction() {
  StepView step = sample_line_clearance();
  for (int i = 0; i < 14; ++i) {
    step.instruction += " Look at place **" + std::to_string(i + 1) +
                        "** from above, from the side and from below.";
  }
  return sample_app(step);
}

AppView not_begun() {
  StepView step = sample_step();
  step.begun = false;
  step.next = {NextView::Label::kBegin, true, ""};
  return sample_app(step);
}

AppView in_training() {
  AppView view = sample_app(sample_step());
  view.bar.training = true;
  return view;
}

AppView signed_in_list() {
  AppView view = sample_signed_out(sample_runs());
  view.bar.user = "Mary Okafor";
  view.bar.user_short = "M. Okafor";
  view.bar.role = "Operator";
  return view;
}

AppView refused_by_twin() {
  AppView view = sample_app(sample_completed());
  view.bar.sync = {.state = SyncView::State::kWedged,
                   .entries_only_here = 4,
                   .entries_total = 212,
                   .last_contact = "09:41",
                   .wedged_reason = "x"};
  return view;
}

AppView with_waiting_entries() {
  StepView step = sample_step_of_three();
  step.entries[0].may_skip = true;
  EntryView& skipped = step.entries[1];
  skipped.state = EntryView::State::kFilled;
  skipped.value = "N/A";
  skipped.time.clear();
  skipped.input = EntryView::Input::kNone;
  skipped.note = "Does not apply: Not used in this batch";
  EntryView& late = step.entries[2];
  late = {};
  late.id = "endotoxin";
  late.title = "Endotoxin";
  late.kind = EntryView::Kind::kDecimal;
  late.unit = "EU/mL";
  late.input = EntryView::Input::kNone;
  late.note = "Result awaited from Quality, due 2026-11-24 14:00";
  AppView view = sample_app(step);
  view.shift = {.may_hand_over = true, .may_take_over = false};
  return view;
}

AppView with_stopping_exceptions() {
  ExceptionListView list = sample_exceptions();
  list.exceptions[2].text += " **Stops this step until released: Supervisor.**";
  list.exceptions[3].text += " **Stops the whole batch until released: Supervisor, Quality.**";
  return sample_app(list);
}

AppView with_awaited_results() {
  MapView map = sample_map();
  map.notes = {"Endotoxin: result awaited from Quality, due 2026-11-24 14:00",
               "Bioburden: result out of specification, Quality decides"};
  return sample_app(map);
}

WaysView sample_ways(bool may_choose) {
  WaysView view;
  view.ways = {{"filter", "choice-1", "Filter again"}, {"filter", "choice-2", "Fill the bags"}};
  view.role = "supervisor";
  view.role_words = "Supervisor";
  view.may_choose = may_choose;
  return view;
}

SignView sample_release() {
  SignView view = sample_sign();
  view.meaning = "released";
  view.meaning_words = "I checked what stopped the work, and it may go on.";
  view.rows.insert(view.rows.begin(),
                   {{"Releases", "MIX2-0007: 27.3 °C is above the limit of 26.0 °C"},
                    {"Reason", "The plan was carried out"}});
  return view;
}

AppView refused_input() {
  AppView view = sample_app(sample_step());
  view.notice =
      "25.33 °C has more decimals than this entry takes. The value was not stored. Type it with 1 "
      "decimal.";
  return view;
}

std::vector<ScreenCase> screens() {
  const AppView sign_in = sample_signed_out(sample_sign_in());
  const AppView many = sample_signed_out(sample_sign_in(17));
  AppView wrong = sample_signed_out(sample_sign_in());
  std::get<SignInView>(wrong.screen).error =
      "The directory of people is older than 30 days. Batches go on; new starts wait until the "
      "panel is connected.";
  AppView password = sample_signed_out(sample_password());
  AppView wrong_password = password;
  std::get<PasswordView>(wrong_password.screen).error =
      "The password is wrong. Nothing is lost. Type it again; 4 tries are left.";
  AppView confirmed = sample_app(sample_completed());
  confirmed.bar.sync = {.state = SyncView::State::kConfirmed,
                        .entries_only_here = 0,
                        .entries_total = 212,
                        .last_contact = "17:31"};
  return {
      {"people-choose-their-name", sign_in, {}},
      {"many-people-turn-pages", many, {}},
      {"sign-in-says-what-is-wrong", wrong, {}},
      {"the-password-is-typed-on-the-keyboard", password,
       [](ScreenPanel& p) { must(p->type("blue Kite9")); }},
      {"a-wrong-password-says-what-is-left", wrong_password, {}},
      {"batches-of-this-panel-are-listed", signed_in_list(), {}},
      {"a-completed-run-says-what-it-came-to", confirmed, {}},
      {"a-refusal-of-the-twin-is-red", refused_by_twin(), {}},
      {"the-map-shows-branches-and-people", sample_app(sample_map()), {}},
      {"exceptions-are-listed", sample_app(sample_exceptions()), {}},
      {"exceptions-say-what-they-stop", with_stopping_exceptions(), {}},
      {"the-map-lists-awaited-results", with_awaited_results(), {}},
      {"a-way-waits-for-the-role-that-chooses", sample_app(sample_ways(false)), {}},
      {"a-way-is-chosen-with-a-reason", sample_app(sample_ways(true)),
       [](ScreenPanel& p) {
         must(p->tap("way:choice-2"));
         must(p->tap("way_reason:0"));
       }},
      {"the-lock-keeps-timers-and-alarms-in-sight", sample_signed_out(sample_lock()), {}},
  };
}

std::vector<ScreenCase> steps() {
  return {
      {"a-step-asks-for-the-temperature", sample_app(sample_step()), {}},
      {"a-temperature-is-typed", sample_app(sample_step()),
       [](ScreenPanel& p) {
         open_pad(p, "temperature");
         must(p->type("25.3"));
       }},
      {"a-step-with-three-entries", sample_app(sample_step_of_three()), {}},
      {"line-clearance-has-seven-entries", sample_app(sample_line_clearance()), {}},
      {"a-question-is-answered-by-yes-or-no", sample_app(sample_line_clearance()),
       [](ScreenPanel& p) { open_pad(p, "bins"); }},
      {"a-choice-is-picked-then-stored",
       sample_app(step_with(EntryView::Kind::kChoice, "look", "Look of the solution")),
       [](ScreenPanel& p) {
         open_pad(p, "look");
         must(p->tap("answer:clear"));
       }},
      {"a-date-and-time-is-typed",
       sample_app(step_with(EntryView::Kind::kDateTime, "opened", "Bottle opened")),
       [](ScreenPanel& p) {
         open_pad(p, "opened");
         must(p->type("202611"));
       }},
      {"an-instruction-is-acknowledged",
       sample_app(step_with(EntryView::Kind::kAcknowledge, "read", "Safety note read")),
       [](ScreenPanel& p) { open_pad(p, "read"); }},
      {"a-photo-is-attached",
       sample_app(step_with(EntryView::Kind::kPhoto, "photo", "Photo of the filter")),
       [](ScreenPanel& p) { open_pad(p, "photo"); }},
      {"a-text-is-written",
       sample_app(step_with(EntryView::Kind::kText, "remark", "Serial number of the filter")),
       [](ScreenPanel& p) {
         open_pad(p, "remark");
         must(p->tap("write"));
         must(p->type("FC-20931"));
       }},
      {"a-late-result-is-not-asked", with_waiting_entries(), {}},
      {"a-held-step-says-who-may-release-it", sample_app(sample_held_step()), {}},
      {"a-finished-step-waits-for-the-signature", sample_app(filled_step()), {}},
      {"training-can-not-be-missed", in_training(), {}},
      {"the-panel-says-that-it-locks-soon", about_to_lock(), {}},
      {"a-long-instruction-turns-pages", with_long_instruction(), {}},
      {"a-step-waits-to-be-begun", not_begun(), {}},
  };
}

std::vector<ScreenCase> dialogs() {
  const auto open_correction = [](ScreenPanel& p) {
    must(p->tap("entry:temperature"));
    if (!is_compact(p)) must(p->tap("correct"));
  };
  return {
      {"a-value-above-the-limit-is-saved-and-explained",
       with_dialog(sample_step(), sample_out_of_limit()),
       {}},
      {"a-value-is-corrected-with-a-reason", sample_app(filled_step()),
       [=](ScreenPanel& p) {
         open_correction(p);
         must(p->type("25.8"));
         must(p->tap("reason:0"));
       }},
      {"the-signer-sees-what-is-signed", with_dialog(filled_step(), sample_sign()), {}},
      {"the-password-of-a-signature-is-typed", with_dialog(filled_step(), sample_sign()),
       [](ScreenPanel& p) {
         must(p->tap("password"));
         must(p->type("blue Kite9"));
       }},
      {"a-signature-is-ready-to-be-given", with_dialog(filled_step(), sample_sign()),
       [](ScreenPanel& p) {
         must(p->tap("password"));
         must(p->type("blue Kite9"));
         must(p->tap("key:enter"));
       }},
      {"a-second-person-is-chosen-to-sign",
       with_dialog(filled_step(), sample_second_person_sign()),
       {}},
      {"an-interrupted-step-asks-how-the-process-is",
       with_dialog(sample_step(), sample_recovery()),
       {}},
      {"a-full-disk-is-told-in-words", with_dialog(sample_step(), sample_message()), {}},
      {"a-refused-input-says-why", refused_input(), {}},
      {"a-deviation-is-reported-by-touch", sample_app(sample_step()),
       [](ScreenPanel& p) {
         must(p->tap("deviation"));
         must(p->tap("deviation_answer:1"));
       }},
      {"a-supervisor-releases-a-held-step", sample_app(sample_held_step()),
       [](ScreenPanel& p) { must(p->tap("release")); }},
      {"a-release-is-signed", with_dialog(sample_held_step(), sample_release()), {}},
      {"an-entry-is-said-not-to-apply", with_waiting_entries(),
       [](ScreenPanel& p) {
         must(p->tap("more"));
         must(p->tap("menu:skip"));
         must(p->tap("skip_reason:0"));
       }},
      {"a-batch-is-handed-over", with_waiting_entries(),
       [](ScreenPanel& p) {
         must(p->tap("more"));
         must(p->tap("menu:hand_over"));
         must(p->tap("shift_note:0"));
       }},
      {"more-offers-the-handover", with_waiting_entries(),
       [](ScreenPanel& p) { must(p->tap("more")); }},
      {"make-safe-says-what-it-does", sample_signed_out(sample_sign_in()),
       [](ScreenPanel& p) { must(p->tap("make_safe")); }},
      {"more-opens-what-is-needed-rarely", sample_app(sample_step()),
       [](ScreenPanel& p) { must(p->tap("more")); }},
  };
}

std::vector<ScreenCase> cameras() {
  const auto at = [](std::string_view moment) { return sample_app(sample_camera_step(moment)); };
  return {
      {"a-camera-waits-to-be-asked", at("ready"), {}},
      {"a-camera-check-looks-at-pictures", at("checking"), {}},
      {"a-challenge-asks-for-a-card", at("card"), {}},
      {"a-failed-camera-check-names-what-is-wrong", at("failed"), {}},
      {"what-was-put-right-is-said", at("failed"),
       [](ScreenPanel& p) {
         must(p->tap("next"));
         must(p->tap("check_reason:1"));
       }},
      {"a-check-may-be-made-again", at("put right"), {}},
      {"no-verdict-leaves-two-ways", at("undecided"), {}},
      {"a-check-that-is-off-is-left-to-two-people", at("closed"), {}},
      {"two-people-decide", at("closed"),
       [](ScreenPanel& p) {
         must(p->tap("next"));
         must(p->tap("decision:ok"));
         must(p->tap("check_reason:0"));
       }},
      {"a-reading-waits-to-be-taken-over", at("reading"), {}},
      {"a-camera-check-passed", at("passed"), {}},
      {"a-camera-challenge-passed", at("challenge"), {}},
  };
}

std::vector<ScreenCase> teaching() {
  const auto at = [](std::string_view moment) {
    AppView view = sample_app(sample_teaching(moment));
    view.bar = {};
    view.bar.product = "Order of the clamps";
    return view;
  };
  return {
      {"teaching-begins-with-a-picture", at("new"), {}},
      {"regions-are-drawn-by-their-corners", at("regions"),
       [](ScreenPanel& p) { must(p->tap("teach-picture")); }},
      {"references-are-shown-to-the-camera", at("references"), {}},
      {"samples-give-a-threshold-with-its-errors", at("threshold"), {}},
      {"samples-that-overlap-are-named", at("overlap"), {}},
  };
}

}  // namespace

const std::vector<ScreenCase>& screen_cases() {
  static const std::vector<ScreenCase> all = [] {
    std::vector<ScreenCase> cases = screens();
    std::ranges::move(steps(), std::back_inserter(cases));
    std::ranges::move(dialogs(), std::back_inserter(cases));
    std::ranges::move(cameras(), std::back_inserter(cases));
    std::ranges::move(teaching(), std::back_inserter(cases));
    return cases;
  }();
  return all;
}

}  // namespace batchwright::ui::test
