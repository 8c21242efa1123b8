#include <fmt/format.h>

#include <array>

#include "vision/challenge/demo_objects.h"
#include "vision/challenge/display_scene.h"

namespace batchwright::vision::challenge {

namespace {

constexpr int kMeter = 12;  // an LCD of segments
constexpr int kLight = 0;

DisplayScene shows(std::uint64_t number, const std::string& text, DisplayTrouble trouble) {
  DisplayCase truth;
  truth.seed = 7;
  truth.number = number;
  truth.display = kMeter;
  truth.light = kLight;
  truth.trouble = trouble;
  truth.field.name = "ph";
  truth.field.region = "number";
  truth.field.digits = 3;
  truth.field.decimals = 2;
  truth.field.digits_min = 3;
  truth.text = text;
  truth.after = "7.40";
  return draw_display(truth);
}

DemoObject display(std::string id, std::uint64_t number, const std::string& text,
                   DisplayTrouble trouble = DisplayTrouble::kNone) {
  DemoObject object;
  object.id = std::move(id);
  object.frames = {shows(number, text, trouble).frame};
  const bool clear = trouble == DisplayTrouble::kNone;
  object.truth = clear ? Verdict::kPass : Verdict::kUndecided;
  if (clear) object.readings = {{"ph", text}};
  return object;
}

}  // namespace

// A display is read or it isn't: what can't be read must be undecided, never another number.
DemoCheck demo_display() {
  DemoCheck demo;
  demo.check = shows(1, "7.52", DisplayTrouble::kNone).check;
  demo.check.id = "ph-display";
  demo.check.title = {{"en", "Display of the pH meter"}, {"de", "Anzeige des pH-Meters"}};
  demo.check.camera = "CAM-A";
  demo.check.regions.front().title = {{"en", "pH"}, {"de", "pH"}};
  demo.story = {display("ph-7.52", 1, "7.52"), display("ph-7.46", 2, "7.46"),
                display("ph-7.39", 3, "7.39")};
  const std::array<const char*, kDemoChallenge> texts{"7.01", "6.28", "7.45",
                                                      "9.83", "4.76", "8.88"};
  constexpr std::array kTroubles{DisplayTrouble::kBlank,          DisplayTrouble::kHalfChanged,
                                 DisplayTrouble::kCovered,        DisplayTrouble::kGlare,
                                 DisplayTrouble::kPointElsewhere, DisplayTrouble::kBlank};
  for (std::size_t i = 0; i < texts.size(); ++i) {
    demo.good.push_back(display(fmt::format("good-{}", i + 1), 10 + i, texts[i]));
    demo.bad.push_back(display(fmt::format("bad-{}", i + 1), 20 + i, texts[i], kTroubles[i]));
  }
  return demo;
}

}  // namespace batchwright::vision::challenge
