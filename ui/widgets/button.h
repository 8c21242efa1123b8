// Everything that can be tapped goes through here, so that every target is in the side list,
// answers a dead tap with the reason (R34), and shows the finger at once (R10).
#pragma once

#include <string>
#include <string_view>

#include "ui/widgets/ui.h"

namespace batchwright::ui {

enum class Look {
  kPlain,    // card with an outline
  kKey,      // white key of a pad
  kPrimary,  // the way on: the only dark one
  kWarning,  // amber words: report a deviation
  kAlarm,    // red: make safe, and only that
  kQuiet,    // no outline until touched: rows, cards that draw themselves
};

struct Target {
  std::string id;  // stable name, see ui/widget_list.h
  std::string label;
  WidgetKind kind = WidgetKind::kButton;
  bool enabled = true;
  std::string reason = {};  // why not, as shown beside it
  std::string group = {};
};

struct Touched {
  bool tapped = false;   // released inside, enabled, and counted
  bool pressed = false;  // a finger is on it now
};

// Only the behaviour and the side list; the caller draws. A tap on a disabled target notes its
// reason.
Touched touch_target(Ui& ui, const Rect& rect, const Target& target);

struct ButtonLook {
  Look look = Look::kPlain;
  bool selected = false;
  TextRole role = TextRole::kAction;
  std::string note = {};  // second line, small
  bool left = false;      // words start at the left, as in a list of answers
};

// Draws it as well.
Touched touched_button(Ui& ui, const Rect& rect, const Target& target, const ButtonLook& look = {});

// The same; true when tapped.
bool button(Ui& ui, const Rect& rect, const Target& target, const ButtonLook& look = {});

// True once per press when a finger has stayed on it for a second; a ring fills meanwhile (R12).
bool hold_button(Ui& ui, const Rect& rect, const Target& target, const ButtonLook& look);

// True for two seconds after a dead tap on `id`.
[[nodiscard]] bool is_dead_tap_shown(Ui& ui, std::string_view id);

}  // namespace batchwright::ui
