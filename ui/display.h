// The panel's screen. Layouts are written in millimetres; this is the one place where they become
// pixels.
#pragma once

namespace batchwright::ui {

// Chosen by physical width, never by pixels: a key is 20 mm for a gloved finger on every panel.
enum class LayoutClass {
  kCompact,  // narrower than 300 mm: a strip instead of the rail, the pad slides over as a sheet
  kWide,     // rail, instruction and pad side by side
};

inline constexpr double kWideMinMm = 300.0;

struct Display {
  int width_px = 1920;
  int height_px = 1080;
  double dpi = 141.2;  // from commissioning, not from EDID, which is often wrong

  // From what is printed on the panel's box: resolution and diagonal. diagonal_inch > 0.
  [[nodiscard]] static Display from_diagonal(int width_px, int height_px, double diagonal_inch);

  // The same millimetres on fewer pixels, so that all of it fits into so many. Unchanged when it
  // fits already.
  [[nodiscard]] Display fitted(int width_px_max, int height_px_max) const;

  // Whole pixels, rounded up, so that no target becomes smaller than its rule.
  [[nodiscard]] int px(double mm) const;
  [[nodiscard]] double mm(double px) const { return px * 25.4 / dpi; }
  [[nodiscard]] double width_mm() const { return mm(width_px); }
  [[nodiscard]] double height_mm() const { return mm(height_px); }
  [[nodiscard]] LayoutClass layout() const {
    return width_mm() >= kWideMinMm ? LayoutClass::kWide : LayoutClass::kCompact;
  }
  bool operator==(const Display&) const = default;
};

}  // namespace batchwright::ui
