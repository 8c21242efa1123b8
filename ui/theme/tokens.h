// The look, by meaning: no screen names a colour or a size of its own. Values are in
// resources/theme/default.toml.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string_view>

#include "base/error.h"

namespace batchwright::ui {

struct Rgb {
  std::uint8_t r = 0, g = 0, b = 0;
  bool operator==(const Rgb&) const = default;

  // ImGui's packed colour (IM_COL32).
  [[nodiscard]] constexpr std::uint32_t imgui(std::uint8_t alpha = 255) const {
    return (static_cast<std::uint32_t>(alpha) << 24) | (static_cast<std::uint32_t>(b) << 16) |
           (static_cast<std::uint32_t>(g) << 8) | r;
  }
  // Of a Canvas: 0x00RRGGBB.
  [[nodiscard]] constexpr std::uint32_t pixel() const {
    return (static_cast<std::uint32_t>(r) << 16) | (static_cast<std::uint32_t>(g) << 8) | b;
  }
};

// WCAG 2 contrast ratio, 1 to 21.
[[nodiscard]] double contrast(Rgb a, Rgb b);

struct Colours {
  Rgb ground, card, well;                      // from the back to the front; a well takes input
  Rgb ink, muted;                              // text on ground, card and well
  Rgb edge;                                    // outline of what can be tapped
  Rgb divider;                                 // outline that carries no meaning
  Rgb action, on_action;                       // the way on, the only dark button
  Rgb pressed, on_pressed;                     // any target while the finger is on it
  Rgb focus;                                   // where entry goes now
  Rgb selected, on_selected;                   // the chosen answer; also has a tick
  Rgb disabled, on_disabled;                   // with the reason beside it
  Rgb alarm, on_alarm, alarm_ink, alarm_well;  // red: out of limits, stop
  Rgb warning, on_warning, warning_ink, warning_well;  // amber: exception, deviation
  Rgb done, on_done;                                   // dark grey with a tick, not green
  Rgb bar, on_bar, bar_muted, bar_edge;                // context bar
  Rgb training, on_training;                           // the violet frame
  Rgb lens, on_lens;                                   // behind a camera's picture, and words on it
  Rgb seen_ok, seen_wrong, seen_unsure;                // lines over a picture, on a dark rim
  Rgb scrim;  // over what a sheet or dialog covers, at scrim_alpha
  std::uint8_t scrim_alpha = 0;
};

// Everything in millimetres.
struct Sizes {
  double target, target_frequent;           // R1, R2: shortest side
  double confirm_width, confirm_height;     // R3
  double key, key_gap;                      // numeric pad
  double text_key, text_key_gap;            // text keyboard
  double gap, gap_groups, gap_destructive;  // R4
  double margin;                            // R5
  double bar_height;
  double way_on_width, way_on_height;  // bottom right
  double corner, corner_small;         // radii
  double edge, edge_focus;             // stroke widths
  double padding, padding_small;       // inside cards; between text and picture
  double rail_width, pad_width;        // wide layout
  double training_frame;
};

// Em sizes in millimetres.
struct TypeSizes {
  double value, title, action, body, small;
};

struct Theme {
  Colours colours;
  Sizes sizes_mm;
  TypeSizes type_mm;
};

// Reads a theme file. Every key must be there and nothing else; all that is wrong is named at once.
[[nodiscard]] Result<Theme> theme_from_text(std::string_view toml);
[[nodiscard]] Result<Theme> load_theme(const std::filesystem::path& path);

}  // namespace batchwright::ui
