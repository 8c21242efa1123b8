#include "tests/ui/sample_views.h"

#include <array>

namespace batchwright::ui::test {
namespace {

const std::array<PersonView, 9> kPeople{{{"mary", "Mary Okafor", "Operator", "MO"},
                                         {"jan", "Jan Nowak", "Operator", "JN"},
                                         {"ines", "Ines Duarte", "Supervisor", "ID"},
                                         {"kenji", "Kenji Sato", "Trainer", "KS"},
                                         {"lena", "Lena Braun", "Operator", "LB"},
                                         {"petra", "Petra Weiss", "Quality reviewer", "PW"},
                                         {"tomas", "Tomás Álvarez-Lindqvist", "Operator", "TÁ"},
                                         {"aino", "Aino Virtanen", "Operator", "AV"},
                                         {"omar", "Omar Haddad", "Operator", "OH"}}};

BarView bar() {
  BarView bar;
  bar.product = "Tris-saline buffer 100 L";
  bar.batch = "B-2417";
  bar.mbr = "BUF-0117 v3";
  bar.user = "Mary Okafor";
  bar.user_short = "M. Okafor";
  bar.role = "Operator";
  bar.clock = "14:05";
  bar.sync = {.state = SyncView::State::kOffline,
              .entries_only_here = 37,
              .entries_total = 212,
              .last_contact = "09:41"};
  return bar;
}

AppView app(ScreenView screen) {
  AppView view;
  view.screen = std::move(screen);
  view.languages = {{"en", "English"}, {"de", "Deutsch"}};
  view.now = "2026-11-22T14:05";
  view.running_batches = {"B-2417", "B-2419"};
  return view;
}

EntryView number(std::string id, std::string title, std::string unit, int places, std::string low,
                 std::string high, std::string target) {
  EntryView entry;
  entry.id = std::move(id);
  entry.title = std::move(title);
  entry.kind = EntryView::Kind::kDecimal;
  entry.unit = std::move(unit);
  entry.places = places;
  entry.low = std::move(low);
  entry.high = std::move(high);
  entry.target = std::move(target);
  return entry;
}

EntryView yes_no(std::string id, std::string title) {
  EntryView entry;
  entry.id = std::move(id);
  entry.title = std::move(title);
  entry.kind = EntryView::Kind::kYesNo;
  return entry;
}

void fill(EntryView& entry, std::string raw, std::string value, std::string time) {
  entry.state = EntryView::State::kFilled;
  entry.input = EntryView::Input::kCorrection;
  entry.raw = std::move(raw);
  entry.value = std::move(value);
  entry.time = std::move(time);
  entry.values = 1;
}

std::vector<RailItemView> rail() {
  return {{"compound/charge-water#1", "Charge water", 11, Progress::kDone},
          {"compound/start-stirrer#1", "Start stirrer", 12, Progress::kException},
          {"compound/charge-powders#1", "Charge Tris and NaCl", 13, Progress::kDone},
          {"compound/dissolve#1", "Dissolve", 14, Progress::kDone},
          {"compound/temperature#1", "Temperature", 15, Progress::kCurrent},
          {"", "First acid", 16, Progress::kTodo},
          {"", "Read pH", 17, Progress::kTodo},
          {"", "Add acid", 18, Progress::kTodo},
          {"", "Fill up", 19, Progress::kTodo}};
}

}  // namespace

AppView sample_app(ScreenView screen) {
  AppView view = app(std::move(screen));
  view.bar = bar();
  return view;
}

AppView sample_signed_out(ScreenView screen) {
  AppView view = app(std::move(screen));
  view.bar.panel = "MIX-2";
  view.bar.room = "Room 114";
  view.bar.clock = "06:02";
  view.bar.sync = {.state = SyncView::State::kConnected,
                   .entries_only_here = 0,
                   .entries_total = 175,
                   .last_contact = "06:02"};
  return view;
}

SignInView sample_sign_in(int people) {
  SignInView view;
  for (int i = 0; i < people; ++i) {
    PersonView person = kPeople[static_cast<std::size_t>(i) % kPeople.size()];
    if (i >= static_cast<int>(kPeople.size())) person.id += std::to_string(i);
    view.people.push_back(person);
  }
  view.running_batches = 2;
  return view;
}

PasswordView sample_password() {
  PasswordView view;
  view.person = kPeople[0];
  return view;
}

RunListView sample_runs() {
  RunListView view;
  view.runs = {{"r1", "B-2417", "Tris-saline buffer 100 L", "BUF-0117 v3",
                "Step 15 of 32 · Measure the temperature", "Running", RunView::State::kRunning, 0},
               {"r2", "B-2419", "Cough syrup", "SYR-0042 v1",
                "Step 4 of 80 · Charge the preparation vessel", "Held", RunView::State::kHeld, 2},
               {"r3", "B-2416", "Tris-saline buffer 100 L", "BUF-0117 v3",
                "Executed 2026-11-21 18:40", "Executed", RunView::State::kComplete, 0}};
  view.issued = {{"i1", "B-2420", "Tris-saline buffer 100 L", "BUF-0117 v3", "", "Issued",
                  RunView::State::kIssued, 0}};
  return view;
}

StepView sample_step() {
  StepView view;
  view.step = "compound/temperature#1";
  view.number = 15;
  view.total = 32;
  view.operation = "Compound";
  view.title = "Measure the temperature";
  view.instruction =
      "Hold the probe of **PH-07** in the middle of **MX-03**. Read when the value has been steady "
      "for 30 s.";
  view.picture = "vessel";
  view.then = "First acid";
  view.rail = rail();
  EntryView temperature =
      number("temperature", "Temperature, PH-07", "°C", 1, "24.0", "26.0", "25.0");
  temperature.alert_low = "24.5";
  temperature.alert_high = "25.5";
  view.entries = {temperature};
  view.focus_entry = "temperature";
  view.next = {NextView::Label::kNext, false, "Temperature is still missing"};
  return view;
}

StepView sample_step_of_three() {
  StepView view = sample_step();
  view.step = "compound/temperature#2";
  EntryView steady = yes_no("steady", "Steady for 30 s");
  fill(steady, "yes", "Yes", "14:03");
  EntryView stirrer = yes_no("stirrer", "Stirrer at 250 rpm");
  fill(stirrer, "yes", "Yes", "14:01");
  view.entries.push_back(steady);
  view.entries.push_back(stirrer);
  return view;
}

StepView sample_line_clearance() {
  StepView view;
  view.step = "prepare/line-clearance#1";
  view.number = 2;
  view.total = 32;
  view.operation = "Prepare";
  view.title = "Clear the line";
  view.instruction =
      "Walk round the work place of **room 114**. Nothing of batch **2416** may be left. Jan or "
      "another second person checks with you.";
  view.then = "Room conditions";
  view.rail = {{"prepare/accept#1", "Accept the batch", 1, Progress::kDone},
               {"prepare/line-clearance#1", "Line clearance", 2, Progress::kCurrent},
               {"", "Room conditions", 3, Progress::kTodo},
               {"", "Check in equipment", 4, Progress::kTodo}};
  view.entries = {yes_no("floor", "The floor is clear"),
                  yes_no("bench", "The bench is clear"),
                  yes_no("bins", "The bins are empty"),
                  yes_no("mixer", "The mixer is clean and empty"),
                  yes_no("printer", "No label is in the printer"),
                  yes_no("labels", "No labels of batch 2416 are here")};
  EntryView photo;
  photo.id = "photo";
  photo.title = "Photo of the cleared line";
  photo.kind = EntryView::Kind::kPhoto;
  photo.stands_in_for = "camera";
  view.entries.push_back(photo);
  fill(view.entries[0], "yes", "Yes", "06:11");
  fill(view.entries[1], "no", "No", "06:12");
  view.entries[1].state = EntryView::State::kOut;
  view.focus_entry = "bins";
  view.next = {NextView::Label::kSign, false, "The bins are empty: still missing, and 4 more"};
  return view;
}

StepView sample_held_step() {
  StepView view = sample_step();
  view.step = "compound/temperature#3";
  fill(view.entries[0], "27.3", "27.3", "14:06");
  view.entries[0].state = EntryView::State::kOut;
  view.entries[0].input = EntryView::Input::kNone;
  view.focus_entry.clear();
  view.hold = HoldView{
      "x7",         "MIX2-0007",
      "R2",         "Wait with the jacket on and measure again after 10 min, at most 2 times.",
      "Supervisor", true};
  view.timers = {{"Wait before measuring again", "8:12 left", false},
                 {"Maximum of the step", "2:05 over", true}};
  view.signatures = {"Performed · Mary Okafor · 14:06"};
  view.exceptions = 1;
  view.next = {NextView::Label::kComplete, false, "MIX2-0007 holds this step"};
  return view;
}

CompletedView sample_completed() {
  CompletedView view;
  view.rows = {{"Batch", "B-2417"},
               {"Procedure", "BUF-0117 v3"},
               {"Started", "2026-11-22 06:04 +01:00"},
               {"Ended", "2026-11-22 17:31 +01:00"}};
  view.steps = 33;
  view.entries = 128;
  view.signatures = 32;
  view.waiting_for = "2 results";
  view.exceptions = sample_exceptions().exceptions;
  return view;
}

MapView sample_map() {
  MapView view;
  view.rows.push_back({{{{"prepare", "Prepare", Progress::kDone, ""},
                         {"weigh", "Weigh", Progress::kException, ""}}},
                       true});
  view.rows.push_back(
      {{{{"compound", "Compound", Progress::kCurrent, "M. Okafor · MIX-2"}},
        {{"filter-assembly", "Filter set-up", Progress::kCurrent, "J. Nowak · MIX-3"}},
        {{"labels", "Labels", Progress::kDone, ""}}},
       true});
  view.rows.push_back(
      {{{{"filter", "Filter", Progress::kTodo, ""}, {"close", "Close", Progress::kTodo, ""}}},
       true});
  view.notes = {"Filtration must start by **21:50**, 8 h after fill-up.", "**2 steps** running"};
  view.exceptions = 1;
  return view;
}

ExceptionListView sample_exceptions() {
  ExceptionListView view;
  view.exceptions = {
      {"x1", "MIX2-0005", "Lot T-3902 is expired: refused", "Identify Tris", "minor", "07:12",
       false},
      {"x2", "MIX2-0006", "Filter turned round: put right, passed at the second check",
       "Filter assembly", "minor", "09:50", true},
      {"x3", "MIX2-0007", "27.3 °C is above the limit of 26.0 °C", "Temperature", "minor", "14:06",
       true},
      {"x4", "MIX2-0008", "Label count differs by 1", "Reconcile labels", "major", "16:58", true}};
  return view;
}

LockView sample_lock() {
  LockView view;
  view.locked_by = "Mary Okafor";
  view.since = "14:10";
  view.people = {kPeople[0], kPeople[1], kPeople[2], kPeople[5]};
  view.timers = {{"Dissolve, B-2417", "12:30 left", false}};
  view.alarms = {"MIX2-0007 holds B-2417"};
  return view;
}

OutOfLimitView sample_out_of_limit() {
  OutOfLimitView view;
  view.entry = "temperature";
  view.entry_title = "Temperature, PH-07";
  view.value = "27.3";
  view.limit = "26.0";
  view.unit = "°C";
  view.exception = "x3";
  view.exception_number = "MIX2-0007";
  view.plan = "R2";
  view.plan_words = "wait with the jacket on and measure again after 10 min, at most 2 times.";
  view.calls = "Ines Duarte";
  view.may_remeasure = true;
  return view;
}

SignView sample_sign() {
  SignView view;
  view.step = "compound/temperature#2";
  view.meaning = "performed";
  view.meaning_words = "I performed this step as written and the entries are true.";
  view.rows = {{"Measure the temperature", "Step 15"},
               {"Temperature, PH-07", "25.3 °C"},
               {"Steady for 30 s", "Yes"},
               {"Exceptions at this step", "MIX2-0007"}};
  view.entries = 4;
  view.mark = "7F3A 91C2";
  view.signer = "mary";
  view.signer_name = "Mary Okafor";
  view.role = "Operator";
  view.time = "2026-11-22 14:05 +01:00";
  return view;
}

SignView sample_second_person_sign() {
  SignView view = sample_sign();
  view.meaning = "verified";
  view.meaning_words = "I was present and saw that it was done as written.";
  view.signer.clear();
  view.signer_name.clear();
  view.role.clear();
  view.people = {kPeople[1], kPeople[2], kPeople[4]};
  return view;
}

RecoveryView sample_recovery() {
  return {.step = "compound/dissolve#1",
          .step_title = "Dissolve",
          .gap = "12 min",
          .rule =
              "The record says: go on with the step. The timer has run on; everything entered "
              "before is still there.",
          .states = {}};
}

MessageView sample_message() {
  return {.alarm = true,
          .title = "The disk of this panel is full",
          .text =
              "The last value was not stored. Everything before is safe here. Use panel MIX-3 and "
              "call Ines Duarte."};
}

}  // namespace batchwright::ui::test
