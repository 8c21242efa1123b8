// The kinds of scenes that `generate` writes.
#include <algorithm>

#include "vision/challenge/challenge_folder.h"
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

Check label_check(const std::string& id, bool gs1) {
  Check check;
  check.id = id;
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

}  // namespace

std::vector<SceneKind> scene_kinds() {
  std::vector<SceneKind> kinds;
  for (const bool gs1 : {true, false})
    kinds.push_back({gs1 ? "label" : "label-text",
                     gs1 ? "vision-campaign generate: GS1 labels by zint on a cluttered table"
                         : "vision-campaign generate: labels with plain text on a cluttered table",
                     label_check(gs1 ? "rendered-labels" : "rendered-text-labels", gs1),
                     [gs1](std::uint64_t seed, int number, int frames) {
                       return draw_label(label_scene_of(seed, number, gs1), frames);
                     }});
  return kinds;
}

}  // namespace batchwright::vision::challenge
