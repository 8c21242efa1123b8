#include "ui/theme/fonts.h"

#include <imgui.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <fstream>
#include <iterator>

#include "ui/theme/signs.h"

namespace batchwright::ui {
namespace {

constexpr std::size_t kFontFileBytesMax = 32u << 20;
constexpr std::size_t kCharactersMax =
    4000;  // a bound on the atlas; Latin, Greek and Cyrillic need about 900
// ImGui sizes a font by its line, people by its em: Noto Sans is 1.069 em above and 0.293 em below
// the baseline.
constexpr double kAscentEm = 1.069;
constexpr double kLineEm = 1.362;

// Beside ASCII and Latin-1: punctuation and signs of ordinary European text.
constexpr std::u32string_view kPunctuation = U"–—‘’‚“”„•…‰‹›€™";

constexpr std::array kFolders = {"/usr/share/fonts/truetype/noto", "/usr/share/fonts/noto",
                                 "/usr/share/fonts/google-noto"};

bool is_bold(TextRole role) {
  return role == TextRole::kValue || role == TextRole::kTitle || role == TextRole::kAction ||
         role == TextRole::kBodyBold || role == TextRole::kSmallBold;
}

double size_mm(TextRole role, const TypeSizes& sizes) {
  switch (role) {
    case TextRole::kValue: return sizes.value;
    case TextRole::kTitle: return sizes.title;
    case TextRole::kAction: return sizes.action;
    case TextRole::kBody:
    case TextRole::kBodyBold: return sizes.body;
    case TextRole::kSmall:
    case TextRole::kSmallBold: return sizes.small;
  }
  return sizes.body;
}

Result<std::vector<std::uint8_t>> read_font(const std::filesystem::path& path) {
  std::error_code error;
  const auto bytes = std::filesystem::file_size(path, error);
  if (error || bytes < 12 || bytes > kFontFileBytesMax) {
    return fail(ErrorCode::kUnreadable, "The font can't be read.", path.string());
  }
  std::vector<std::uint8_t> data(static_cast<std::size_t>(bytes));
  std::ifstream file(path, std::ios::binary);
  file.read(reinterpret_cast<char*>(data.data()), static_cast<std::streamsize>(data.size()));
  constexpr std::uint8_t kTrueType[4] = {0, 1, 0, 0};
  if (!file || std::memcmp(data.data(), kTrueType, 4) != 0) {
    return fail(ErrorCode::kUnreadable, "This is not a TrueType font.", path.string());
  }
  return data;
}

// Controls need no glyph; everything else does.
bool needs_glyph(char32_t c) {
  return c >= 0x20 && !(c >= 0x7f && c < 0xa0) && c != 0xad;
}

// Invalid bytes come out as U+FFFD, which then is missing and reported.
template <typename Use>
void for_each_character(std::string_view utf8, Use use) {
  std::size_t i = 0;
  while (i < utf8.size()) {
    const auto lead = static_cast<unsigned char>(utf8[i]);
    const int more = lead < 0x80   ? 0
                     : lead < 0xc0 ? -1
                     : lead < 0xe0 ? 1
                     : lead < 0xf0 ? 2
                     : lead < 0xf8 ? 3
                                   : -1;
    ++i;
    if (more < 0) {
      use(char32_t{0xfffd});
      continue;
    }
    char32_t c = more == 0 ? lead : lead & (0x3fu >> more);
    for (int k = 0; k < more && i < utf8.size(); ++k, ++i) {
      c = (c << 6) | (static_cast<unsigned char>(utf8[i]) & 0x3f);
    }
    use(c);
  }
}

// ImGui's list of ranges, ended by 0.
std::vector<ImWchar> ranges_of(const std::set<char32_t>& characters) {
  std::vector<ImWchar> ranges;
  for (const char32_t c : characters) {
    if (c > 0xffff || find_sign(c) != nullptr) continue;
    const auto wide = static_cast<ImWchar>(c);
    if (!ranges.empty() && ranges.back() + 1 == wide) {
      ranges.back() = wide;
    } else {
      ranges.push_back(wide);
      ranges.push_back(wide);
    }
  }
  ranges.push_back(0);
  return ranges;
}

struct PlacedSign {
  int rect = 0;
  SignBitmap bitmap;
};

// Reserves room in the atlas for our signs as glyphs of `font`.
void place_signs(ImFontAtlas& atlas, ImFont* font, double em_px, std::vector<PlacedSign>& placed) {
  const int baseline_px = static_cast<int>(std::floor(kAscentEm * em_px + 1));
  for (const Sign& sign : signs()) {
    SignBitmap bitmap = rasterise(sign, static_cast<int>(std::lround(em_px)));
    const ImVec2 offset(static_cast<float>(bitmap.left_px),
                        static_cast<float>(baseline_px - bitmap.top_px));
    const int rect = atlas.AddCustomRectFontGlyph(font, static_cast<ImWchar>(sign.character),
                                                  bitmap.width_px, bitmap.height_px,
                                                  static_cast<float>(bitmap.advance_px), offset);
    placed.push_back({rect, std::move(bitmap)});
  }
}

}  // namespace

Result<std::filesystem::path> find_font_folder() {
  for (const char* folder : kFolders) {
    std::error_code ignored;
    if (std::filesystem::is_regular_file(std::filesystem::path(folder) / "NotoSans-Regular.ttf",
                                         ignored)) {
      return std::filesystem::path(folder);
    }
  }
  return fail(ErrorCode::kNotFound,
              "The font Noto Sans is not installed. On Debian: apt install fonts-noto-core",
              kFolders[0]);
}

void Fonts::AtlasDeleter::operator()(ImFontAtlas* atlas) const {
  delete atlas;
}

Fonts::Fonts(const Display& display, const Theme& theme)
    : display_(display), type_mm_(theme.type_mm) {
  for (char32_t c = 0x20; c < 0x100; ++c) {
    if (needs_glyph(c)) characters_.insert(c);
  }
  characters_.insert(kPunctuation.begin(), kPunctuation.end());
}

Fonts::~Fonts() = default;

Result<std::unique_ptr<Fonts>> Fonts::build(const Display& display, const Theme& theme,
                                            const std::filesystem::path& folder,
                                            const std::vector<std::string>& texts) {
  std::unique_ptr<Fonts> fonts(new Fonts(display, theme));
  auto regular = read_font(folder / "NotoSans-Regular.ttf");
  if (!regular) return std::unexpected(regular.error());
  auto bold = read_font(folder / "NotoSans-Bold.ttf");
  if (!bold) return std::unexpected(bold.error());
  fonts->regular_ = std::move(*regular);
  fonts->bold_ = std::move(*bold);
  for (const std::string& text : texts) fonts->want(text);
  if (auto built = fonts->rebuild(); !built) return std::unexpected(built.error());
  return fonts;
}

ImFont* Fonts::font(TextRole role) const {
  return fonts_[static_cast<int>(role)];
}

float Fonts::em_px(TextRole role) const {
  return static_cast<float>(size_mm(role, type_mm_) * display_.dpi / 25.4);
}

void Fonts::want(std::string_view utf8) {
  for_each_character(utf8, [this](char32_t c) {
    if (!needs_glyph(c) || characters_.contains(c) || missing_.contains(c)) return;
    if (characters_.size() + wanted_.size() >= kCharactersMax) {
      missing_.insert(c);
    } else if (find_sign(c) == nullptr) {
      wanted_.insert(c);
    }
  });
}

bool Fonts::covers(std::string_view utf8) const {
  bool all = true;
  for_each_character(utf8, [&](char32_t c) {
    all = all && (!needs_glyph(c) || find_sign(c) != nullptr ||
                  (characters_.contains(c) && !missing_.contains(c)));
  });
  return all;
}

Result<void> Fonts::rebuild() {
  characters_.merge(wanted_);
  wanted_.clear();
  return build_atlas();
}

Result<void> Fonts::build_atlas() {
  auto atlas = std::unique_ptr<ImFontAtlas, AtlasDeleter>(new ImFontAtlas);
  // Lines are drawn as geometry, and a touch panel has no mouse cursor.
  atlas->Flags = ImFontAtlasFlags_NoBakedLines | ImFontAtlasFlags_NoMouseCursors;
  const std::vector<ImWchar> ranges = ranges_of(characters_);
  std::vector<PlacedSign> placed;
  std::array<ImFont*, kTextRoles> fonts = {};
  for (std::size_t i = 0; i < fonts.size(); ++i) {
    const auto role = static_cast<TextRole>(i);
    std::vector<std::uint8_t>& file = is_bold(role) ? bold_ : regular_;
    ImFontConfig config;
    config.FontDataOwnedByAtlas = false;
    config.OversampleH = config.OversampleV = 1;
    config.PixelSnapH = true;
    config.GlyphRanges = ranges.data();
    const double em = em_px(role);
    fonts[i] = atlas->AddFontFromMemoryTTF(file.data(), static_cast<int>(file.size()),
                                           static_cast<float>(em * kLineEm), &config);
    place_signs(*atlas, fonts[i], em, placed);
  }
  unsigned char* pixels = nullptr;
  int width = 0, height = 0;
  atlas->GetTexDataAsAlpha8(&pixels, &width, &height);
  if (pixels == nullptr) {
    return fail(ErrorCode::kUnreadable, "The letters could not be prepared from Noto Sans.");
  }
  texture_.width_px = width;
  texture_.height_px = height;
  texture_.alpha.assign(pixels, pixels + static_cast<std::size_t>(width) * height);
  for (const PlacedSign& sign : placed) {
    const ImFontAtlasCustomRect& rect = *atlas->GetCustomRectByIndex(sign.rect);
    for (int y = 0; y < sign.bitmap.height_px; ++y) {
      const auto* row = &sign.bitmap.coverage[static_cast<std::size_t>(y) *
                                              static_cast<std::size_t>(sign.bitmap.width_px)];
      std::copy(row, row + sign.bitmap.width_px,
                &texture_.alpha[static_cast<std::size_t>(rect.Y + y) * width + rect.X]);
    }
  }
  // Only now, when nothing can fail any more: until here the letters of before stay good.
  std::ranges::copy(fonts, fonts_);
  ++texture_.version;
  atlas->ClearTexData();
  atlas->SetTexID(&texture_);
  for (const char32_t c : characters_) {
    if (c > 0xffff || fonts_[0]->FindGlyphNoFallback(static_cast<ImWchar>(c)) == nullptr) {
      missing_.insert(c);
    }
  }
  atlas_ = std::move(atlas);
  return {};
}

}  // namespace batchwright::ui
