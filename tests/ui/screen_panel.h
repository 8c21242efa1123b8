// A panel without a presenter: shows one view, collects intents, and is tapped by the driver.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/json.h"
#include "tests/ui/panel_fixture.h"
#include "tests/ui/sample_views.h"
#include "ui/app_view.h"
#include "ui/backend/headless.h"

namespace batchwright::ui::test {

inline Words shipped_words(std::string_view language) {
  const std::string folder = std::string(BATCHWRIGHT_SOURCE_DIR) + "/resources/strings";
  auto words = Words::load(folder, language);
  EXPECT_TRUE(words.has_value()) << words.error().message << " " << words.error().place;
  return words.value_or(Words{});
}

// English, 40 % longer, marks kept: what a language with longer words would need (R26).
inline Words lengthened_words() {
  Json longer = Json::object();
  const Words shipped = shipped_words("en");
  for (const auto& [key, text] : shipped.all()) {
    const bool is_sign = key == "language.tag" || key == "number.separator";
    const bool is_on_key =
        key == "pad.clear" || key == "pad.ok";  // a translator has 20 mm for them
    if (is_sign || is_on_key) {
      longer[key] = text;
      continue;
    }
    std::string words;
    bool in_mark = false;
    int owed = 0;  // percent of a character
    for (const char c : text) {
      words += c;
      in_mark = c == '{' || (in_mark && c != '}');
      const bool is_letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
      if (in_mark || !is_letter) continue;
      owed += 40;
      if (owed < 100) continue;
      owed -= 100;
      words += c;
    }
    longer[key] = words;
  }
  auto words = Words::from_json(to_text(longer));
  EXPECT_TRUE(words.has_value());
  return words.value_or(Words{});
}

class ScreenPanel {
 public:
  ScreenPanel(const Display& display, AppView shown, std::string_view language = "en")
      : view(std::move(shown)), words(shipped_words(language)) {
    view.language = language;
    panel_ = std::make_unique<Headless>(
        display, shipped_theme(), fonts_for(display), [this](Frame& frame) {
          draw_app(frame, view, words, state, intents, look ? &*look : nullptr);
        });
    step();
  }

  // Lets fonts, new screens and fading hints settle.
  void step(std::int64_t ms = 400) { panel_->step(ms); }

  Headless& operator*() { return *panel_; }
  Headless* operator->() { return panel_.get(); }

  // The intents of one kind, in order.
  template <typename T>
  [[nodiscard]] std::vector<T> given() const {
    std::vector<T> found;
    for (const Intent& intent : intents) {
      if (const T* one = std::get_if<T>(&intent)) found.push_back(*one);
    }
    return found;
  }

  AppView view;
  std::optional<LookView> look = sample_look();
  Words words;
  UiState state;
  Intents intents;

 private:
  std::unique_ptr<Headless> panel_;
};

}  // namespace batchwright::ui::test
