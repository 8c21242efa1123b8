// What the screens show: plain values, made by the presenter, drawn by ui/. No ImGui, no rules of a
// batch.
//
// Words that belong to the procedure (titles, instructions, reaction plans, reasons of a refusal)
// come in here ready to read, in AppView::language. Words that belong to the product (buttons,
// labels) are keys in resources/strings and are looked up by ui/. Measured values are text with
// '.'; ui/ shows the separator of the language.
//
// Owned by whoever made them; draw() only reads. UI thread.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "ui/camera_view.h"
#include "ui/teach_view.h"

namespace batchwright::ui {

// How far the entries of this panel have travelled. The badge counts copies.
struct SyncView {
  enum class State { kOffline, kConnected, kConfirmed, kWedged };
  State state = State::kOffline;
  int entries_only_here = 0;  // not yet covered by a receipt
  int entries_total = 0;
  std::string last_contact = {};   // clock text, e.g. "09:41"; empty = never
  std::string wedged_reason = {};  // kWedged: what the server refused, for people
};

// The context line on top of every screen. Empty parts are left out.
struct BarView {
  std::string product, batch, mbr;  // "Tris-saline buffer 100 L", "B-2417", "BUF-0117 v3"
  std::string panel, room;          // shown while no batch is open: "MIX-2", "Room 114"
  std::string user, user_short,
      role;           // "Mary Okafor", "M. Okafor", "Operator"; empty = nobody signed in
  std::string clock;  // "14:05"
  SyncView sync;
  bool training = false;  // draws the frame nobody can miss
};

struct PersonView {
  std::string id, name, role, initials;
};

struct TimerView {
  std::string label;  // "Dissolve, B-2417"
  std::string text;   // "12:30 left"
  bool overdue = false;
};

// ---- Screens

struct SignInView {
  std::vector<PersonView> people;
  int running_batches = 0;
  std::string error;  // what happened, what was saved, what to do now; empty = none
};

// The password of the person chosen, for signing in or for going on after a lock.
struct PasswordView {
  PersonView person;
  bool unlocks = false;     // true: continues what was locked
  bool first_time = false;  // the one-time secret is asked, and a new password is chosen after it
  bool busy = false;        // the check is running; input waits
  std::string error;
};

struct RunView {
  std::string id;  // what OpenRun or StartIssued carries
  std::string number, product, mbr;
  std::string step;    // "Step 15 of 32 · Measure the temperature"; empty for an issued batch
  std::string status;  // "Running", "Held", ...: a word, in the language
  // kHeld: also paused, and on the way there; kAborted: also stopped.
  enum class State { kIssued, kRunning, kHeld, kComplete, kAborted };
  State state = State::kRunning;
  int exceptions = 0;
};

struct RunListView {
  std::vector<RunView> runs;    // open or complete, here
  std::vector<RunView> issued;  // may be started
  std::string error;
};

enum class Progress { kTodo, kCurrent, kDone, kException };

struct RailItemView {
  std::string path;  // step reference ChooseStep carries; empty = not to be opened
  std::string title;
  int number = 0;  // display number
  Progress progress = Progress::kTodo;
};

struct ChoiceView {
  std::string raw;    // what SubmitValue carries
  std::string words;  // what people read
};

struct EntryView {
  enum class Kind {
    kDecimal,
    kText,
    kChoice,
    kYesNo,
    kDateTime,
    kAcknowledge,
    kPhoto,
    kComputed,
    kCamera
  };
  enum class State { kEmpty, kFilled, kOut };  // kOut: outside limits or not the expected answer
  // What a tap may lead to: a first value, one more measurement under the reaction plan, a
  // correction with reason, none.
  enum class Input { kValue, kRemeasure, kCorrection, kNone };
  std::string id, title;
  Kind kind = Kind::kText;
  State state = State::kEmpty;
  Input input = Input::kValue;
  bool required = true;
  std::string unit;                   // empty = pure number
  int places = 0;                     // decimals that may be typed
  std::string target, low, high;      // action limits as text with '.'; empty = none
  std::string alert_low, alert_high;  // alert limits
  std::string hard_low,
      hard_high;  // plausible range; the pad shows it only when there is no other limit
  std::vector<ChoiceView> choices;  // kChoice
  std::string raw;                  // in force, as recorded; empty while kEmpty
  std::string
      value;  // in force, for people ("25.3", "Yes", "attached"); separators as in the record
  std::string time;       // clock text of the value in force
  int values = 0;         // recorded so far, superseded ones included
  std::string note;       // why it is not asked: "Result awaited, due ...", "Does not apply: ..."
  bool may_skip = false;  // a person may say that it does not apply, with a reason
  std::string stands_in_for;  // "scale", "camera", "scan", "late result": typed for now, and the
                              // screen says so
};

struct NextView {
  enum class Label { kNext, kSign, kBegin, kComplete, kContinue };
  Label label = Label::kNext;
  bool enabled = false;
  std::string reason;  // what is missing, by name, when not enabled
};

// A reaction plan stopped the step until a role lets it go on.
struct HoldView {
  std::string exception, exception_number;
  std::string plan;          // "R5"
  std::string words;         // what the plan says
  std::string role;          // who may release
  bool may_release = false;  // the person signed in has that role
};

struct StepView {
  std::string step;  // path#instance; a change resets what was typed
  int number = 0, total = 0;
  std::string operation, title;
  std::string instruction;  // **bold** marks
  std::string picture;      // vessel, scale, filter, label, checklist; empty = none
  std::string then;         // title of the next step; empty = none or not known
  std::vector<RailItemView> rail;
  std::vector<EntryView> entries;
  std::string focus_entry;              // the first one still to do; ui selects it when it changes
  bool begun = true;                    // false: entries show, but wait for BeginStep
  std::vector<std::string> signatures;  // given already: "Performed · Mary Okafor · 14:06"
  std::vector<TimerView> timers;
  std::optional<HoldView> hold;
  std::optional<CameraView> camera;  // stands in the place of the entries while it is asked
  std::vector<std::string> correction_reasons;  // phrases of the site; empty = the product's own
  int exceptions = 0;                           // open ones of the run
  NextView next;
};

struct SummaryRowView {
  std::string label, value;
};

struct ExceptionView {
  std::string id, number, text, step, severity, time;
  bool open = true;
};

struct ExceptionListView {
  std::vector<ExceptionView> exceptions;
};

struct CompletedView {
  std::string headline;              // empty = the product's own words
  std::vector<SummaryRowView> rows;  // batch, procedure, started, ended, ...
  int steps = 0, entries = 0, signatures = 0;
  std::vector<ExceptionView> exceptions;
  std::string waiting_for;  // "2 results"; empty = nothing
};

struct MapNodeView {
  std::string path, title;
  Progress progress = Progress::kTodo;
  std::string who;  // "M. Okafor · MIX-2"; empty = nobody
};

// One band of the map, top to bottom. One branch = plain sequence; several stand between bars.
struct MapRowView {
  std::vector<std::vector<MapNodeView>> branches;
  bool parallel = true;  // double bars (all of them); false: single bars (one of them)
};

// Nothing else is open: a person says which way the procedure goes on.
struct WayView {
  std::string chart, transition;  // what ChooseWay carries
  std::string words;              // where it leads
};

struct WaysView {
  std::vector<WayView> ways;
  std::string role, role_words;  // who may choose
  bool may_choose = false;       // the person signed in has that role
};

struct MapView {
  std::vector<MapRowView> rows;
  std::vector<std::string> notes;  // "Filtration must start by 21:50"
  int exceptions = 0;
};

struct LockView {
  std::string locked_by;           // name
  std::string since;               // clock text
  std::vector<PersonView> people;  // who can go on
  std::vector<TimerView> timers;
  std::vector<std::string> alarms;  // stay visible over the lock
};

using ScreenView = std::variant<SignInView, PasswordView, RunListView, StepView, CompletedView,
                                WaysView, MapView, ExceptionListView, LockView, TeachView>;

// ---- Dialogs the presenter opens
// ------------------------------------------------------------------------------------

struct OutOfLimitView {
  enum class Side { kAbove, kBelow, kUnexpected };  // kUnexpected: an answer, not a number
  std::string entry, entry_title;
  std::string value, limit, unit;  // "27.3", "26.0", "°C"
  Side side = Side::kAbove;
  bool action = true;  // false: the alert limit, nothing to do but to say what was seen
  std::string exception, exception_number;
  std::string plan, plan_words;  // "R2" and what it says now; empty = the record has no plan
  std::string calls;             // name or role who is told; empty = nobody
  std::vector<std::string> observations;  // of the site; empty = the product's own
  bool may_remeasure = false;
};

// Exactly what is about to be signed.
struct SignView {
  std::string step,
      meaning;  // what ConfirmSign answers: path#instance and the key, e.g. "performed"
  std::string meaning_words;  // "I performed this step as written and the entries are true."
  std::vector<SummaryRowView> rows;
  int entries = 0;
  std::string mark;                       // "7F3A 91C2"
  std::string signer, signer_name, role;  // signer = person id; empty = choose from `people`
  std::string time;                       // "2026-11-22 14:05 +01:00"
  std::vector<PersonView>
      people;  // who may give this signature when it must be another person; empty = the user
  bool busy = false;
  std::string error;
};

// After power cut, restart or break: the gap, the rule, and the question for the process state.
struct RecoveryView {
  std::string step, step_title;
  std::string gap;   // "12 min"
  std::string rule;  // what the record says: resume, repeat, ask the supervisor; words
  std::vector<std::string> states;  // phrases to choose from; empty = the product's own
};

struct MessageView {
  bool alarm = false;  // red sign instead of a plain one
  std::string title, text;
};

using DialogView = std::variant<OutOfLimitView, SignView, RecoveryView, MessageView>;

// ---- Everything

struct LanguageView {
  std::string tag;   // BCP 47: "en"
  std::string name;  // in its own words: "English"
};

// Who answers for the open batch: what "More" offers to the person signed in.
struct ShiftView {
  bool may_hand_over = false, may_take_over = false;
};

struct AppView {
  std::string language = "en";
  std::vector<LanguageView>
      languages;  // of the product and, in a run, of its record; fewer than 2 = no choice
  BarView bar;
  ShiftView shift;
  ScreenView screen;
  std::optional<DialogView> dialog;
  std::string notice;  // why the last tap changed nothing; stays until DismissNotice or the next
                       // accepted intent
  std::string
      now;  // local date and time for the "Now" key, "2026-11-22T14:05"; empty = no such key
  int locks_in_s = 0;                        // > 0: the panel locks soon, any touch stays
  std::vector<std::string> running_batches;  // numbers; what make safe would hold
};

}  // namespace batchwright::ui
