// Proves R13 (letters as tall as the theme says, measured from the picture) and R27 (no character
// is lost unnoticed).
#include "ui/theme/fonts.h"

#include <gtest/gtest.h>
#include <imgui.h>

#include <set>
#include <string>

#include "tests/ui/panel_fixture.h"
#include "ui/theme/signs.h"

namespace batchwright::ui {
namespace {

using test::fonts_for;
using test::reference_panels;
using test::shipped_theme;

const Texture& atlas_of(const Fonts& fonts) {
  return *static_cast<const Texture*>(fonts.atlas()->TexID);
}

// Rows of a glyph that hold ink of at least half strength.
int ink_height_px(const Fonts& fonts, TextRole role, char32_t character) {
  const Texture& texture = atlas_of(fonts);
  const ImFontGlyph* glyph = fonts.font(role)->FindGlyphNoFallback(static_cast<ImWchar>(character));
  if (glyph == nullptr) return 0;
  const int x0 = static_cast<int>(glyph->U0 * static_cast<float>(texture.width_px) + 0.5f);
  const int x1 = static_cast<int>(glyph->U1 * static_cast<float>(texture.width_px) + 0.5f);
  const int y0 = static_cast<int>(glyph->V0 * static_cast<float>(texture.height_px) + 0.5f);
  const int y1 = static_cast<int>(glyph->V1 * static_cast<float>(texture.height_px) + 0.5f);
  int rows = 0;
  for (int y = y0; y < y1; ++y) {
    bool has_ink = false;
    for (int x = x0; x < x1; ++x) {
      has_ink = has_ink || texture.alpha[static_cast<std::size_t>(y * texture.width_px + x)] >= 128;
    }
    rows += has_ink;
  }
  return rows;
}

TEST(Fonts, CapitalsAreAsTallAsTheThemeSaysOnEveryReferencePanel) {
  const TypeSizes& mm = shipped_theme().type_mm;
  const std::pair<TextRole, double> sizes[] = {
      {TextRole::kValue, mm.value},    {TextRole::kTitle, mm.title},
      {TextRole::kAction, mm.action},  {TextRole::kBody, mm.body},
      {TextRole::kBodyBold, mm.body},  {TextRole::kSmall, mm.small},
      {TextRole::kSmallBold, mm.small}};
  for (const auto& panel : reference_panels()) {
    const Fonts& fonts = fonts_for(panel.display);
    for (const auto& [role, em_mm] : sizes) {
      const double expected_px = em_mm * 0.714 * panel.display.dpi / 25.4;
      EXPECT_NEAR(ink_height_px(fonts, role, U'H'), expected_px, 1.0) << panel.name;
    }
  }
}

TEST(Fonts, OwnSignsAreGlyphsWithInkInEveryRole) {
  const Fonts& fonts = fonts_for(test::compact_panel());
  for (int role = 0; role < kTextRoles; ++role) {
    for (const Sign& sign : signs()) {
      EXPECT_GT(ink_height_px(fonts, static_cast<TextRole>(role), sign.character), 1)
          << std::hex << static_cast<unsigned>(sign.character);
    }
  }
}

TEST(Fonts, SignsOfTheDrawingsAreCovered) {
  const Fonts& fonts = fonts_for(test::compact_panel());
  EXPECT_TRUE(fonts.covers("✓ ▲ ⌫ ● ○ ° · ± ÄÖÜäöüß µ ² ³ × 25.3 °C"));
  EXPECT_TRUE(fonts.missing().empty());
}

std::unique_ptr<Fonts> build(const std::vector<std::string>& texts) {
  auto fonts = Fonts::build(test::compact_panel(), shipped_theme(), *find_font_folder(), texts);
  EXPECT_TRUE(fonts.has_value());
  return std::move(*fonts);
}

TEST(Fonts, CharactersOfTheTextsAreBuiltAndThoseNobodyHasAreReported) {
  const auto fonts = build({"Ωμέγα Ёлка – … ‹ ›", "漢", "\xF0\x9F\x98\x80"});
  EXPECT_TRUE(fonts->covers("Ωμέγα Ёлка – … ‹ ›"));
  EXPECT_FALSE(fonts->covers("漢"));
  EXPECT_EQ(fonts->missing(), (std::set<char32_t>{U'漢', char32_t{0x1F600}}));
}

TEST(Fonts, NewTextIsPickedUpByARebuildAndOldTextNeedsNone) {
  const auto fonts = build({});
  EXPECT_FALSE(fonts->covers("Łódź"));
  fonts->want("Plain words 123 ✓");
  EXPECT_FALSE(fonts->needs_rebuild());
  fonts->want("Łódź");
  EXPECT_TRUE(fonts->needs_rebuild());
  const std::uint64_t before = atlas_of(*fonts).version;
  ASSERT_TRUE(fonts->rebuild().has_value());
  EXPECT_TRUE(fonts->covers("Łódź"));
  EXPECT_FALSE(fonts->needs_rebuild());
  EXPECT_GT(atlas_of(*fonts).version, before);
}

TEST(Fonts, FloodOfDifferentCharactersIsBounded) {
  const auto fonts = build({});
  std::string flood;
  for (int c = 0x4e00; c < 0x4e00 + 6000; ++c) {
    flood += static_cast<char>(0xe0 | (c >> 12));
    flood += static_cast<char>(0x80 | ((c >> 6) & 0x3f));
    flood += static_cast<char>(0x80 | (c & 0x3f));
  }
  fonts->want(flood);
  fonts->want(std::string("\xff\xfe\x80", 3));
  ASSERT_TRUE(fonts->rebuild().has_value());
  EXPECT_FALSE(fonts->covers(flood));
  EXPECT_GE(fonts->missing().size(), 6000u);
  fonts->want(flood);
  EXPECT_FALSE(fonts->needs_rebuild());
}

TEST(Fonts, MissingOrBrokenFontFilesAreToldApart) {
  const auto absent = Fonts::build(test::compact_panel(), shipped_theme(), "/nonexistent");
  ASSERT_FALSE(absent.has_value());
  EXPECT_EQ(absent.error().code, ErrorCode::kUnreadable);
}

}  // namespace
}  // namespace batchwright::ui
