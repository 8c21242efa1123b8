// Everything a screen or widget needs for one frame, handed down by reference.
#pragma once

#include <string>
#include <string_view>

#include "ui/frame.h"
#include "ui/intents.h"
#include "ui/text/words.h"
#include "ui/ui_state.h"
#include "ui/view_model.h"
#include "ui/widgets/painter.h"

namespace batchwright::ui {

struct Ui {
  Frame& frame;
  const AppView& view;
  const Words& tr;
  UiState& state;
  Intents& intents;
  Painter& paint;
  const LookView* look = nullptr;
  bool covered = false;  // something lies over what is drawn now: it shows, but takes no taps
  int texts = 0;         // names of texts in the side list

  [[nodiscard]] float px(double mm) const { return frame.px(mm); }
  [[nodiscard]] const Colours& colours() const { return frame.theme.colours; }
  [[nodiscard]] const Sizes& sizes() const { return frame.theme.sizes_mm; }
  [[nodiscard]] bool is_wide() const { return frame.display.layout() == LayoutClass::kWide; }
  [[nodiscard]] Rect whole() const {
    return {0, 0, static_cast<float>(frame.display.width_px),
            static_cast<float>(frame.display.height_px)};
  }
  void send(Intent intent) { intents.push_back(std::move(intent)); }
};

}  // namespace batchwright::ui
