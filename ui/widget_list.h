// The side list: everything a frame drew that a person can read or tap. It feeds the layout rules,
// the test driver and accessibility, so a widget that isn't in it doesn't exist for them.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ui/rect.h"

namespace batchwright::ui {

// What a widget is decides how large it must be (ui/layout_rules.h).
enum class WidgetKind {
  kText,         // read only; no target
  kStatus,       // badge, lamp, progress: read only, state by shape and word
  kButton,       // ordinary target: R1, 15 mm
  kField,        // a well that opens the pad or keyboard when tapped: R1
  kChoice,       // one of several answers: R2, 20 mm
  kRow,          // a line of a list that can be tapped: R1
  kPrimary,      // the way on, and everything tapped often: R2
  kKey,          // numeric pad key: R2
  kKeySmall,     // text keyboard key: 19 mm at full size, 15 mm where the panel is narrow (R20)
  kConfirm,      // Sign, Confirm, alarm acknowledge: R3, 40 x 25 mm
  kDestructive,  // Abort, Make safe: R3, held, far from kConfirm
};

// False for kText and kStatus.
[[nodiscard]] bool is_target(WidgetKind kind);
[[nodiscard]] std::string_view to_string(WidgetKind kind);

// Ids are stable names of our own, unique in a frame, e.g. "next", "deviation",
// "entry:temperature", and for keys "key:" plus what the key types ("key:7", "key:a", "key:.") or
// does: "key:ok", "key:clear", "key:backspace", "key:sign", "key:space", "key:shift",
// "key:symbols", "key:enter", "key:cancel". The driver types by these.
struct Widget {
  std::string id = {};
  Rect rect = {};  // the hit rectangle of a target, the bounding box of a text
  std::string label = {};
  WidgetKind kind = WidgetKind::kText;
  bool enabled = true;
  std::string reason = {};  // why it is disabled, as shown beside it; empty when enabled
  // Targets of one group have outcomes alike (keys, answers): they may be 3 mm apart.
  std::string group = {};
  int layer = 0;  // set by WidgetList
};

class WidgetList {
 public:
  // A frame holds at most this many; more are counted, not kept.
  static constexpr std::size_t kWidgetsMax = 4096;

  void clear();
  void add(Widget widget);

  // What follows lies over everything so far and takes all taps: a dialog or a sheet with its
  // scrim.
  void raise_layer() { ++layer_; }

  [[nodiscard]] std::span<const Widget> all() const { return widgets_; }
  [[nodiscard]] int top_layer() const { return layer_; }
  [[nodiscard]] std::size_t dropped() const { return dropped_; }

  // Null when absent. Looks at every layer; the later one wins.
  [[nodiscard]] const Widget* find(std::string_view id) const;
  // The first target with exactly this label on the top layer, else null.
  [[nodiscard]] const Widget* find_label(std::string_view label) const;
  // The target on the top layer under a point, enabled or not; null when the tap is dead (R34).
  [[nodiscard]] const Widget* at(float x, float y) const;
  // True when a label or reason on any layer contains the text.
  [[nodiscard]] bool shows(std::string_view text) const;
  // One line per widget, for messages of failing tests.
  [[nodiscard]] std::string describe() const;

 private:
  std::vector<Widget> widgets_;
  int layer_ = 0;
  std::size_t dropped_ = 0;
};

}  // namespace batchwright::ui
