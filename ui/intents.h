// What a person asked for, by touch. Values handed to the presenter, which decides; nothing here is
// done yet.
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "base/secret.h"
#include "ui/teach_view.h"

namespace batchwright::ui {

// Sign-in, lock and people.
struct ChoosePerson {
  std::string person;
};
struct SubmitPassword {
  std::string person;
  Secret password;
  Secret new_password;  // PasswordView::first_time only: what replaces the one-time secret
};
struct Lock {};
struct SwitchUser {};  // lock, and show who can go on
struct ChooseLanguage {
  std::string tag;
};

// Getting around. Back leaves the screen towards the list or the step it came from.
struct Back {};
struct ShowRuns {};
struct ShowMap {};
struct ShowExceptions {};
struct OpenRun {
  std::string run;
};
struct StartIssued {
  std::string issue;
};
struct ChooseStep {
  std::string step;
};

// Work at a step. `step` is path#instance as in StepView.
struct BeginStep {
  std::string step;
};
struct SubmitValue {
  std::string step, entry;
  std::string raw;  // decimal with '.', "yes"/"no", a choice's raw, RFC 3339 local time, "done"
};
struct SubmitCorrection {
  std::string step, entry, raw, reason;
};
struct AttachPhoto {
  std::string step, entry;
};
// Camera checks. A check looks at pictures until they decide; what it came to arrives as a view.
struct StartCheck {
  std::string step, entry;
};
struct CancelCheck {
  std::string step, entry;
};
struct CardShown {  // to the camera, as it was asked for
  std::string step, entry;
  int request = 0;
};
struct PutRight {
  std::string step, entry, reason;
};
struct DecideCheck {
  std::string step, entry;
  bool ok = false;
  std::string reason;
};
struct TakeReadings {
  std::string step, entry;
};
// The camera did its check: it stands in for the signature of a second person.
struct ConfirmCheckWorked {
  std::string step, entry;
};
struct MarkNotApplicable {
  std::string step, entry, reason;
};
struct CompleteStep {
  std::string step;
};
struct Recover {
  std::string step, process_state;
};

// Exceptions. Observe also closes the dialog; `text` is empty when nothing was chosen.
struct Observe {
  std::string exception, text;
};
struct ReportDeviation {
  std::string step;  // empty outside a step
  std::string text;
};
struct ReleaseHold {
  std::string step, exception, reason;
};

// A way that a person chooses, as WaysView offers it.
struct ChooseWay {
  std::string chart, transition, role, reason;
};

// Who answers for the batch changes; both sign.
struct HandOver {
  std::string note;
};
struct TakeOver {};

// Signing: open the dialog, choose who, confirm with the secret, or leave nothing behind.
struct OpenSign {
  std::string step;
};
struct ChooseSigner {
  std::string person;
};
struct ConfirmSign {
  std::string step, meaning, person;
  Secret password;
};
struct CancelSign {};

// Held for a second by somebody who may not be signed in; recorded as "person not identified".
struct MakeSafe {};

// Teaching a camera check; only where TeachView is shown.
struct Teach {
  enum class Act {
    kSelect,  // `what`: a region, a subject, "good" or "bad"
    kTake,    // a picture: to draw on, of the selected subject, or a sample
    kDraw,    // the selected region is `box`, or a new one is
    kRemove,  // the selected region, or the last picture or sample of what is selected
    kNext,
    kBack,
    kSave,
    kLeave
  };
  Act act = Act::kTake;
  std::string what;
  PictureBox box{};
};

struct DismissDialog {};  // MessageView
struct DismissNotice {};

using Intent =
    std::variant<ChoosePerson, SubmitPassword, Lock, SwitchUser, ChooseLanguage, Back, ShowRuns,
                 ShowMap, ShowExceptions, OpenRun, StartIssued, ChooseStep, BeginStep, SubmitValue,
                 SubmitCorrection, AttachPhoto, StartCheck, CancelCheck, CardShown, PutRight,
                 DecideCheck, TakeReadings, ConfirmCheckWorked, MarkNotApplicable, CompleteStep,
                 Recover, Observe, ReportDeviation, ReleaseHold, ChooseWay, HandOver, TakeOver,
                 OpenSign, ChooseSigner, ConfirmSign, CancelSign, MakeSafe, Teach, DismissDialog,
                 DismissNotice>;

// In the order they were given.
using Intents = std::vector<Intent>;

}  // namespace batchwright::ui
