#include <array>

#include "vision/challenge/demo_scenes.h"
#include "vision/challenge/kit_scene.h"
#include "vision/check.h"

namespace batchwright::vision::challenge {

namespace {

constexpr std::uint64_t kSeed = 0xB0F'2417;

Dice dice_for(int what, int take) {
  return Dice::of_case(kSeed + static_cast<std::uint64_t>(what), static_cast<std::uint64_t>(take));
}

}  // namespace

Result<std::string> demo_layout_check_file() {
  auto dice = dice_for(0, 0);
  auto check = teach(filter_kit(), dice);
  if (!check) return std::unexpected(check.error());
  check->id = "filter-layout";
  check->title = {{"en", "Filter assembly on the shadow board"},
                  {"de", "Filteraufbau auf dem Schattenbrett"}};
  for (auto& region : check->regions) {
    constexpr std::array<std::array<const char*, 3>, 5> kTitles{{{"tubing", "Tubing", "Schlauch"},
                                                                 {"gauge", "Gauge", "Manometer"},
                                                                 {"filter", "Filter", "Filter"},
                                                                 {"bag-1", "Bag 1", "Beutel 1"},
                                                                 {"bag-2", "Bag 2", "Beutel 2"}}};
    for (const auto& [id, english, german] : kTitles)
      if (region.id == id) region.title = {{"en", english}, {"de", german}};
  }
  return file_of(*check);
}

Frame demo_layout_good(int take) {
  auto dice = dice_for(1, take);
  return kit_scene(filter_kit(), KitCase::kGood, dice).frame;
}

Frame demo_layout_filter_reversed(int take) {
  auto dice = dice_for(2, take);
  return kit_scene_with(filter_kit(), KitCase::kTurned, "filter", dice).frame;
}

}  // namespace batchwright::vision::challenge
