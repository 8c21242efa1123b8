// Noto Sans in the sizes of the theme, and the signs it lacks (tick, triangles, backspace) drawn by
// us as glyphs, so that any text may hold them. A character that no font has is reported, never
// shown as '?' unnoticed (R27).
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "ui/backend/renderer.h"
#include "ui/display.h"
#include "ui/theme/tokens.h"

struct ImFont;
struct ImFontAtlas;

namespace batchwright::ui {

enum class TextRole {
  kValue,     // bold, the echo of what was entered, 14 mm
  kTitle,     // bold, step title and pad digits, 8.6 mm
  kAction,    // bold, words on buttons, 6.4 mm
  kBody,      // 5.6 mm
  kBodyBold,  // names inside instructions
  kSmall,     // 4.8 mm, everything else
  kSmallBold,
};
inline constexpr int kTextRoles = 7;

// The folder that holds NotoSans-Regular.ttf: kNotFound names the Debian package to install.
[[nodiscard]] Result<std::filesystem::path> find_font_folder();

class Fonts {
 public:
  // Rasterises ASCII, Latin-1 and common punctuation, our own signs, and every character of `texts`
  // (all catalogue and recipe strings).
  [[nodiscard]] static Result<std::unique_ptr<Fonts>> build(
      const Display& display, const Theme& theme, const std::filesystem::path& folder,
      const std::vector<std::string>& texts = {});
  ~Fonts();

  // Valid until rebuild().
  [[nodiscard]] ImFont* font(TextRole role) const;
  // Em size as it came out, in pixels.
  [[nodiscard]] float em_px(TextRole role) const;

  // Text that will be shown and may hold new characters (a name, a recipe that was just loaded).
  // Cheap when it doesn't.
  void want(std::string_view utf8);
  [[nodiscard]] bool needs_rebuild() const { return !wanted_.empty(); }
  // Between frames only; the frame loop does it.
  [[nodiscard]] Result<void> rebuild();

  // Characters asked for that neither Noto Sans nor our signs have: a defect of the text or of the
  // language's support.
  [[nodiscard]] const std::set<char32_t>& missing() const { return missing_; }
  [[nodiscard]] bool covers(std::string_view utf8) const;

  [[nodiscard]] ImFontAtlas* atlas() const { return atlas_.get(); }

 private:
  struct AtlasDeleter {
    void operator()(ImFontAtlas* atlas) const;
  };
  Fonts(const Display& display, const Theme& theme);
  [[nodiscard]] Result<void> build_atlas();

  Display display_;
  TypeSizes type_mm_;
  std::vector<std::uint8_t> regular_, bold_;  // the font files
  std::set<char32_t> characters_, wanted_, missing_;
  std::unique_ptr<ImFontAtlas, AtlasDeleter> atlas_;
  ImFont* fonts_[kTextRoles] = {};
  Texture texture_;
};

}  // namespace batchwright::ui
