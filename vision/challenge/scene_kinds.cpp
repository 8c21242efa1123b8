// The kinds of scenes that `generate` writes.
#include <algorithm>

#include "base/ensure.h"
#include "vision/challenge/challenge_folder.h"
#include "vision/challenge/kit_scene.h"
#include "vision/challenge/label_scene.h"

namespace batchwright::vision::challenge {

namespace {

// Scenes carry GS1 content or plain text; a check asks for one of the two. Number `index` of those
// that fit; a scene is a function of its number, so all of them are looked through.
LabelScene label_scene_of(std::uint64_t seed, int index, bool gs1) {
  for (int number = 0, found = -1;; ++number) {
    auto scene = label_scene(seed, number);
    if (scene.gs1 == gs1 && ++found == index) return scene;
  }
}

DrawnCase draw_label(const LabelScene& scene, int frames) {
  DrawnCase drawn;
  auto& asked = drawn.asked;
  const bool inside = scene.gate == Gate::kInside;
  asked.group = inside ? CaseGroup::kInGate : CaseGroup::kOutOfGate;
  asked.values = scene.expected;
  asked.truth = !inside ? Verdict::kUndecided : scene.wrong ? Verdict::kFail : Verdict::kPass;
  if (asked.truth == Verdict::kPass) asked.readings = scene.on_label;
  if (asked.truth == Verdict::kFail) asked.wrong = WrongKind::kPlausible;
  asked.parameters = {
      {"module_px", scene.pose.module_px},
      {"blur_modules", scene.camera.defocus_px / scene.pose.module_px},
      {"motion_px", scene.camera.motion_px},
      {"rotation_deg", scene.pose.rotation_deg},
      {"tilt_deg", scene.pose.tilt_deg},
      {"exposure_ev", scene.camera.exposure_ev},
      {"glare_radius_px", std::max(scene.glare.radius_x_px, scene.glare.radius_y_px)},
      {"print_contrast", scene.print.paper - scene.print.ink},
  };
  for (int i = 0; i < std::clamp(frames, 1, kFramesOfScene); ++i)
    drawn.frames.push_back(render(scene, i).frame);
  return drawn;
}

Check label_check(bool gs1) {
  Check check;
  check.id = gs1 ? "rendered-labels" : "rendered-text-labels";
  check.version = "1";
  check.title = {{"en", gs1 ? "Rendered GS1 labels" : "Rendered labels with plain text"}};
  check.camera = "RENDERED";
  check.quality.module_px_min = 2;  // scenes of that gate have 1.5 at most
  LabelCheck rule;
  rule.symbologies = {Symbology::kDataMatrix, Symbology::kQr, Symbology::kCode128};
  rule.plain_text = !gs1;
  check.rule = rule;
  return check;
}

// Every second kit is in order; the others have each fault in turn.
DrawnCase draw_kit(std::uint64_t seed, int number, int /*frames: one tells all*/) {
  const auto faults = static_cast<int>(kKitCases.size()) - 1;
  const auto kind = number % 2 == 0 ? KitCase::kGood
                                    : kKitCases[static_cast<std::size_t>(1 + number / 2 % faults)];
  DrawnCase drawn;
  auto& asked = drawn.asked;
  const bool hand = kind == KitCase::kHand;
  const bool beside = kind == KitCase::kMissing || kind == KitCase::kExtra;
  asked.group = hand ? CaseGroup::kOutOfGate : CaseGroup::kInGate;
  asked.truth = hand                     ? Verdict::kUndecided
                : kind == KitCase::kGood ? Verdict::kPass
                                         : Verdict::kFail;
  if (asked.truth == Verdict::kFail)
    asked.wrong = beside ? WrongKind::kRandom : WrongKind::kPlausible;
  asked.parameters = {{"fault", static_cast<int>(kind)}};
  auto dice = Dice::of_case(seed, static_cast<std::uint64_t>(number));
  drawn.frames.push_back(kit_scene(filter_kit(), kind, dice).frame);
  return drawn;
}

// Taught from frames of dice that no scene uses.
Check kit_check() {
  Dice dice(0x6b69742d63686563);
  auto check = teach(filter_kit(), dice);
  ensure(check.has_value(), "the shipped filter assembly can be taught");
  return std::move(*check);
}

}  // namespace

std::vector<SceneKind> scene_kinds() {
  std::vector<SceneKind> kinds;
  for (const bool gs1 : {true, false})
    kinds.push_back({gs1 ? "label" : "label-text",
                     gs1 ? "vision-campaign generate: GS1 labels by zint on a cluttered table"
                         : "vision-campaign generate: labels with plain text on a cluttered table",
                     [gs1] { return label_check(gs1); },
                     [gs1](std::uint64_t seed, int number, int frames) {
                       return draw_label(label_scene_of(seed, number, gs1), frames);
                     }});
  kinds.push_back(
      {"kit", "vision-campaign generate: the filter assembly on its station", kit_check, draw_kit});
  return kinds;
}

}  // namespace batchwright::vision::challenge
