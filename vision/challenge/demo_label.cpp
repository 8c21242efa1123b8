#include <fmt/format.h>

#include "vision/challenge/demo_objects.h"
#include "vision/challenge/label_scene.h"

namespace batchwright::vision::challenge {

namespace {

constexpr std::uint64_t kSeed = 4471;
constexpr const char* kTris = "09521234510017";
constexpr const char* kSalt = "09521234510024";  // stands beside it on the shelf

// A DataMatrix label lying on the bench, the camera above it.
DemoObject label(std::string id, int number, const std::string& gtin, const std::string& lot,
                 const std::string& expiry) {
  auto scene = label_scene(kSeed, number, Gate::kInside);
  scene.symbology = Symbology::kDataMatrix;
  scene.gs1 = true;
  scene.pose = {.x = 960, .y = 540, .module_px = 6, .rotation_deg = 7.0 * number};
  scene.print = {.dot_gain_modules = 0.02, .ink = 35, .paper = 235};
  scene.source = fmt::format("[01]{}[17]{}[10]{}", gtin, expiry, lot);
  scene.text = fmt::format("01{}17{}10{}", gtin, expiry, lot);
  DemoObject object;
  object.id = std::move(id);
  object.frames = {render(scene, 0).frame};
  object.expected = {{"gtin", kTris}};
  object.truth = gtin == kTris ? Verdict::kPass : Verdict::kFail;
  if (object.truth == Verdict::kPass)
    object.readings = {{"gtin", gtin}, {"lot", lot}, {"expiry", expiry}};
  return object;
}

}  // namespace

DemoCheck demo_label() {
  DemoCheck demo;
  demo.check.id = "tris-label";
  demo.check.version = "1";
  demo.check.title = {{"en", "Label of Tris"}, {"de", "Etikett von Tris"}};
  demo.check.camera = "CAM-A";
  demo.check.quality.module_px_min = 2;
  LabelCheck rule;
  rule.symbologies = {};
  rule.symbologies.add(Symbology::kDataMatrix);
  rule.required = {"gtin", "lot", "expiry"};
  demo.check.rule = rule;
  demo.story = {label("label-expired", 1, kTris, "T-3902", "240331"),
                label("label-good", 2, kTris, "T-4471", "491231")};
  for (int i = 0; i < kDemoChallenge; ++i) {
    demo.good.push_back(label(fmt::format("good-{}", i + 1), 10 + i, kTris,
                              fmt::format("T-{}", 5000 + i), "491231"));
    demo.bad.push_back(label(fmt::format("bad-{}", i + 1), 20 + i, kSalt,
                             fmt::format("N-{}", 8000 + i), "491231"));
  }
  return demo;
}

}  // namespace batchwright::vision::challenge
