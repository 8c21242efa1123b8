// Whatever the engine can say, the panel has words for, in every language.
#include <gtest/gtest.h>

#include "client/signing.h"
#include "ui/text/words.h"
#include "workflows/exception_classes.h"
#include "workflows/procedural_state.h"

namespace batchwright::client {
namespace {

ui::Words panel_words(const char* language) {
  auto words = ui::Words::load(BATCHWRIGHT_SOURCE_DIR "/resources/strings/panel", language);
  if (!words) throw std::runtime_error(words.error().message);
  return std::move(*words);
}

TEST(PanelWords, AreTheSameKeysInEveryLanguage) {
  const auto english = panel_words("en");
  const auto german = panel_words("de");
  for (const auto& [key, text] : english.all()) EXPECT_TRUE(german.all().contains(key)) << key;
  for (const auto& [key, text] : german.all()) EXPECT_TRUE(english.all().contains(key)) << key;
}

TEST(PanelWords, ThereAreSomeForEveryExceptionClassAndState) {  // Requirements B2, D2
  for (const char* language : {"en", "de"}) {
    const auto words = panel_words(language);
    for (const auto& known : workflows::kExceptionClasses)
      EXPECT_TRUE(words.all().contains("class." + std::string(known.name))) << known.name;
    for (std::size_t i = 0; i < workflows::kProceduralStateCount; ++i) {
      const auto state = static_cast<workflows::ProceduralState>(i);
      EXPECT_TRUE(words.all().contains(std::string("run.") + workflows::to_string(state)))
          << workflows::to_string(state);
    }
  }
}

TEST(PanelWords, EverySignatureMeansTheSameOnTheScreenAndInASimulation) {  // Requirement C2
  const auto words = panel_words("en");
  for (const char* meaning : {"performed", "verified", "witnessed", "reviewed", "approved",
                              "released", "handed over", "taken over"})
    EXPECT_EQ(meaning_words(meaning), words("meaning_words." + std::string(meaning))) << meaning;
}

}  // namespace
}  // namespace batchwright::client
