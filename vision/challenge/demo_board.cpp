// The filter assembly on its board, and the clamps beside it.
#include <fmt/format.h>

#include <array>

#include "vision/challenge/clip_scene.h"
#include "vision/challenge/demo_objects.h"
#include "vision/challenge/kit_scene.h"

namespace batchwright::vision::challenge {

namespace {

constexpr std::uint64_t kSeed = 20'931;
constexpr int kTriesMax = 200;  // until chance turned the part that the story wants

DemoObject laid_out(std::string id, const Kit& kit, KitCase kind, std::uint64_t number,
                    const std::string& slot = {}) {
  DemoObject object;
  object.id = std::move(id);
  object.truth = kind == KitCase::kGood ? Verdict::kPass : Verdict::kFail;
  for (int i = 0; i < kTriesMax; ++i) {
    auto dice = Dice::of_case(kSeed + static_cast<std::uint64_t>(i), number);
    auto scene = kit_scene(kit, kind, dice);
    if (!slot.empty() && scene.slot != slot) continue;
    object.frames = {std::move(scene.frame)};
    break;
  }
  return object;
}

void name_regions(Check& check, const std::map<std::string, Words>& titles) {
  for (auto& region : check.regions)
    if (const auto found = titles.find(region.id); found != titles.end())
      region.title = found->second;
}

// ---- Clamps: vent, feed, outlet.

constexpr std::array<BoardAction, 4> kOrder{{{0, true}, {1, true}, {0, false}, {2, true}}};

Board clamp_board() {
  Dice dice(kSeed);
  Board board = board_of(3, {540, 220}, dice);
  const std::array<const char*, 3> ids{"vent", "feed", "outlet"};
  const std::array kinds{DeviceKind::kValve, DeviceKind::kClamp, DeviceKind::kClamp};
  for (std::size_t i = 0; i < ids.size(); ++i) {
    board.devices[i].id = ids[i];
    board.devices[i].kind = kinds[i];
  }
  return board;
}

// Devices turned one after the other.
DemoObject opened(std::string id, const std::vector<int>& devices, bool right,
                  std::uint64_t number) {
  std::vector<Happening> script;
  for (const int device : devices) script.push_back({Happening::Kind::kAct, device, 0});
  Dice dice(kSeed + number);
  const ClipLight light{.gain = dice.between(0.95, 1.05), .drift = 0, .slope = 0.1, .noise = 1};
  const Clip clip(clamp_board(), {false, false, false}, script, light, kSeed + number);
  DemoObject object;
  object.id = std::move(id);
  object.truth = right ? Verdict::kPass : Verdict::kFail;
  for (int i = 0; i < clip.frames(); ++i) object.frames.push_back(clip.frame(i));
  return object;
}

}  // namespace

Result<DemoCheck> demo_layout() {
  const Kit kit = filter_kit();
  Dice dice(kSeed);
  auto taught = teach(kit, dice);
  if (!taught) return std::unexpected(taught.error());
  DemoCheck demo;
  demo.check = std::move(*taught);
  demo.check.id = "filter-layout";
  demo.check.version = "1";
  demo.check.title = {{"en", "Filter assembly"}, {"de", "Filteraufbau"}};
  demo.check.camera = "CAM-B";
  name_regions(demo.check, {{"tubing", {{"en", "Tubing"}, {"de", "Schlauch"}}},
                            {"gauge", {{"en", "Gauge"}, {"de", "Manometer"}}},
                            {"filter", {{"en", "Filter"}, {"de", "Filter"}}},
                            {"bag-1", {{"en", "Bag 1"}, {"de", "Beutel 1"}}},
                            {"bag-2", {{"en", "Bag 2"}, {"de", "Beutel 2"}}}});
  demo.story = {laid_out("filter-reversed", kit, KitCase::kTurned, 1, "filter"),
                laid_out("layout-good", kit, KitCase::kGood, 2)};
  constexpr std::array kWrong{KitCase::kSwapped,   KitCase::kMissing,     KitCase::kExtra,
                              KitCase::kNeighbour, KitCase::kWrongColour, KitCase::kTurned};
  for (std::size_t i = 0; i < kWrong.size(); ++i) {
    demo.good.push_back(laid_out(fmt::format("good-{}", i + 1), kit, KitCase::kGood, 10 + i));
    demo.bad.push_back(laid_out(fmt::format("bad-{}", i + 1), kit, kWrong[i], 20 + i));
  }
  return demo;
}

DemoCheck demo_sequence() {
  DemoCheck demo;
  demo.check =
      sequence_check(clamp_board(), {false, false, false}, {kOrder.begin(), kOrder.end()}, kSeed);
  demo.check.id = "clamp-order";
  demo.check.title = {{"en", "Order of the clamps"}, {"de", "Reihenfolge der Klemmen"}};
  demo.check.camera = "CAM-B";
  name_regions(demo.check, {{"vent", {{"en", "Vent"}, {"de", "Entlüftung"}}},
                            {"feed", {{"en", "Feed clamp"}, {"de", "Zulaufklemme"}}},
                            {"outlet", {{"en", "Outlet clamp"}, {"de", "Auslassklemme"}}}});
  const std::array<Words, kOrder.size()> titles{
      {{{"en", "Open the vent"}, {"de", "Entlüftung öffnen"}},
       {{"en", "Open the feed clamp"}, {"de", "Zulaufklemme öffnen"}},
       {{"en", "Close the vent"}, {"de", "Entlüftung schließen"}},
       {{"en", "Open the outlet clamp"}, {"de", "Auslassklemme öffnen"}}}};
  auto& actions = std::get<SequenceCheck>(demo.check.rule).actions;
  for (std::size_t i = 0; i < titles.size(); ++i) actions.at(i).title = titles[i];
  const std::vector<int> right{0, 1, 0, 2};
  demo.story = {opened("clamps-swapped", {0, 2, 0, 1}, false, 1),
                opened("clamps-right", right, true, 2)};
  const std::vector<std::vector<int>> wrong{{0, 2, 0, 1}, {1, 0, 2}, {2, 0, 1},
                                            {0, 0, 1, 2}, {1, 2, 0}, {0, 1, 2, 0}};
  for (std::size_t i = 0; i < wrong.size(); ++i) {
    demo.good.push_back(opened(fmt::format("good-{}", i + 1), right, true, 10 + i));
    demo.bad.push_back(opened(fmt::format("bad-{}", i + 1), wrong[i], false, 20 + i));
  }
  return demo;
}

}  // namespace batchwright::vision::challenge
