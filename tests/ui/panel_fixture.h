// The reference panels of the touch rules, the shipped theme, and fonts built once per panel.
#pragma once

#include <gtest/gtest.h>

#include <array>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "ui/backend/headless.h"
#include "ui/display.h"
#include "ui/theme/fonts.h"
#include "ui/theme/tokens.h"

namespace batchwright::ui::test {

struct Panel {
  const char* name;
  Display display;
};

inline const std::array<Panel, 4>& reference_panels() {
  static const std::array<Panel, 4> panels = {{
      {"P1 15.6in", Display::from_diagonal(1920, 1080, 15.6)},
      {"P2 21.5in", Display::from_diagonal(1920, 1080, 21.5)},
      {"P3 10.1in", Display::from_diagonal(1280, 800, 10.1)},
      {"P4 12.1in", Display::from_diagonal(1280, 800, 12.1)},
  }};
  return panels;
}

inline const Display& wide_panel() {
  return reference_panels()[0].display;
}
inline const Display& compact_panel() {
  return reference_panels()[2].display;
}

inline const Theme& shipped_theme() {
  static const Theme theme = [] {
    const std::filesystem::path source = BATCHWRIGHT_SOURCE_DIR;
    auto loaded = load_theme(source / "resources/theme/default.toml");
    EXPECT_TRUE(loaded.has_value()) << loaded.error().message;
    return loaded.value_or(Theme{});
  }();
  return theme;
}

// Shared by all tests of a program that use this display.
inline Fonts& fonts_for(const Display& display) {
  static std::map<double, std::unique_ptr<Fonts>> built;
  std::unique_ptr<Fonts>& fonts = built[display.dpi];
  if (!fonts) {
    auto folder = find_font_folder();
    EXPECT_TRUE(folder.has_value()) << folder.error().message;
    auto made = Fonts::build(display, shipped_theme(), folder.value_or("."));
    EXPECT_TRUE(made.has_value()) << made.error().message;
    fonts = std::move(*made);
  }
  return *fonts;
}

// ASSERT_OK(panel.tap("next")): names what went wrong, with what was on the screen.
#define ASSERT_OK(expression)                                    \
  do {                                                           \
    const auto& result_ = (expression);                          \
    ASSERT_TRUE(result_.has_value()) << result_.error().message; \
  } while (false)

}  // namespace batchwright::ui::test
