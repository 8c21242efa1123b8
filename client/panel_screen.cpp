#include "client/panel_screen.h"

#include "client/resources.h"

namespace batchwright::client {

Result<std::unique_ptr<PanelScreen>> PanelScreen::load(const ui::Display& display) {
  auto screen = std::make_unique<PanelScreen>();
  const auto resources = resources_folder();
  auto theme = ui::load_theme(resources / "theme" / "default.toml");
  if (!theme) return std::unexpected(theme.error());
  screen->theme_ = *theme;
  std::vector<std::string> texts;
  for (const char* language : {"en", "de"}) {
    auto words = ui::Words::load((resources / "strings").string(), language);
    if (!words) return std::unexpected(words.error());
    for (const auto& [key, text] : words->all()) texts.push_back(text);
    screen->words_.emplace(language, std::move(*words));
  }
  auto folder = ui::find_font_folder();
  if (!folder) return std::unexpected(folder.error());
  auto fonts = ui::Fonts::build(display, screen->theme_, *folder, texts);
  if (!fonts) return std::unexpected(fonts.error());
  screen->fonts_ = std::move(*fonts);
  return screen;
}

void PanelScreen::draw(ui::Frame& frame, const ui::AppView& view, ui::Intents& intents,
                       const ui::LookView* look) {
  const auto found = words_.find(view.language);
  ui::draw_app(frame, view, found == words_.end() ? words_.at("en") : found->second, state_,
               intents, look);
}

}  // namespace batchwright::client
