// What a panel needs to draw: theme, fonts, words of every language, and what is only on the glass.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <utility>

#include "base/error.h"
#include "ui/app_view.h"
#include "ui/display.h"
#include "ui/theme/fonts.h"
#include "ui/theme/tokens.h"

namespace batchwright::client {

class PanelScreen {
 public:
  // kNotFound names what is missing: fonts (Debian package), theme or words.
  [[nodiscard]] static Result<std::unique_ptr<PanelScreen>> load(const ui::Display& display);

  // Draws `view`, with what a camera sees where one is on, and appends what was asked for. UI
  // thread.
  void draw(ui::Frame& frame, const ui::AppView& view, ui::Intents& intents,
            const ui::LookView* look = nullptr);
  // Room for the camera's picture in the last frame; 0 = none.
  [[nodiscard]] std::pair<int, int> camera_picture_px() const { return state_.camera_picture_px; }

  [[nodiscard]] const ui::Theme& theme() const { return theme_; }
  [[nodiscard]] ui::Fonts& fonts() { return *fonts_; }

 private:
  ui::Theme theme_;
  std::unique_ptr<ui::Fonts> fonts_;
  std::map<std::string, ui::Words> words_;
  ui::UiState state_;
};

}  // namespace batchwright::client
