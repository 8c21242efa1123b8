// What only the panel's glass knows: which sheet is open, what was typed and not yet given. Owned
// by whoever calls draw_app(); nothing of it is a record. Passwords are wiped when they were given
// or the dialog closes.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "ui/camera_view.h"
#include "ui/widgets/key_layout.h"
#include "ui/widgets/number_buffer.h"

namespace batchwright::ui {

// Over the screen, opened by the ui itself. The text sheet may lie over any of the others.
enum class Sheet {
  kNone,
  kMenu,
  kCorrection,
  kDeviation,
  kRelease,
  kNotApplicable,
  kHandOver,
  kPutRight,
  kDecide
};

// What the text keyboard writes.
enum class TextUse {
  kNone,
  kEntry,
  kCorrectedValue,
  kCorrectionReason,
  kObservation,
  kDeviation,
  kReleaseReason,
  kSkipReason,
  kWayReason,
  kHandOverNote,
  kProcessState,
  kCheckReason,
  kSignPassword,
};

struct TextSheet {
  TextUse use = TextUse::kNone;
  std::string caption, text;
  bool secret = false;
};

struct UiState {
  // Step screen: what is selected, and for which step and focus that was chosen.
  std::string step, entry, focus_seen;
  bool pad_open = false;     // compact layout: the pad lies over the step
  NumberBuffer number;       // numeric pad, for value or correction
  std::string choice;        // chosen, not yet OK
  std::string digits;        // date-time pad, up to 12 digits
  std::string submitted;     // entry whose value was given and is not yet seen in the view
  int submitted_values = 0;  // how many it had then

  Sheet sheet = Sheet::kNone;
  bool make_safe = false;  // its sheet lies over everything
  TextSheet text;
  KeyLayer layer = KeyLayer::kLower;
  bool revealed = false;  // a finger holds "show"

  std::string password, new_password;
  bool on_new_password = false;  // which field of the first sign-in the keys go to
  std::string password_for;      // whose screen the password was typed on

  std::string dialog;  // identity of the presenter's dialog the picks below belong to
  std::string observation, reason, deviation, process_state, corrected, note;
  std::string decision;         // "ok" or "not_ok", of a camera check; not yet confirmed
  std::string way, way_reason;  // of the ways screen: "chart:transition", and why

  std::map<std::string, int> pages;  // list name -> page shown
  std::string page_followed;         // the entry whose page was opened last

  // Teaching: where the first corner of a region was tapped, in parts of the picture.
  std::optional<std::pair<float, float>> first_corner;

  // The room the camera's picture had in the last frame that drew one; 0 = none was drawn.
  std::pair<int, int> camera_picture_px{0, 0};
  std::vector<PictureRef> pictures;  // of the last frame: alive until it was rendered

  // The last tap that led to nothing, and why (R34); shown for a moment.
  std::string dead_tap_reason, dead_tap_id;
  std::int64_t dead_tap_ms = 0;

  std::string held_id;  // target under a finger that must stay
  std::int64_t held_since_ms = 0;

  // Words that did not fit their place in the last frame, for tests.
  std::vector<std::string> overflows;
};

// Overwrites the characters before it lets go of them.
void wipe(std::string& secret);

// Forgets what was typed for the entry selected.
void clear_entry_input(UiState& state);

}  // namespace batchwright::ui
