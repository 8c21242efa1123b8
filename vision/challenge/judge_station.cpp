#include <algorithm>
#include <array>
#include <opencv2/imgproc.hpp>
#include <optional>

#include "base/time.h"
#include "vision/challenge/station_campaigns.h"
#include "vision/challenge/station_view.h"
#include "vision/engine/check_engine.h"
#include "vision/engine/read_tags.h"

namespace batchwright::vision::challenge {

namespace {

constexpr int kCasesPerKit = 90, kCasesPerBench = 60;
constexpr std::uint64_t kTeachingDice = 0x7e4c4;  // never those of a case

// What the cases of one group share; made again only when the group changes.
template <typename Setting>
struct Shared {
  std::uint64_t seed = 0;
  int group = -1;
  Setting setting;
  std::optional<CheckEngine> engine;
};

// Settings whose articles happen to look the same are made again.
template <typename Setting, typename Make>
void make(Shared<Setting>& shared, std::uint64_t seed, int group, const Make& setting_of) {
  if (shared.engine && shared.seed == seed && shared.group == group) return;
  shared.seed = seed;
  shared.group = group;
  shared.engine.reset();
  for (std::uint64_t tries = 0; tries < 20 && !shared.engine; ++tries) {
    auto dice = Dice::of_case(seed ^ kTeachingDice, static_cast<std::uint64_t>(group) * 32 + tries);
    shared.setting = setting_of(dice);
    auto check = teach(shared.setting, dice);
    if (!check) continue;
    if (auto engine = CheckEngine::prepare(std::move(*check)); engine)
      shared.engine.emplace(std::move(*engine));
  }
}

// A table with things on it, none of them a tag.
cv::Mat clutter(cv::Size size, Dice& dice) {
  cv::Mat picture(size, CV_8UC3, any_colour(dice));
  for (int i = 0; i < 30; ++i) {
    const cv::Point at(dice.whole(0, size.width), dice.whole(0, size.height));
    if (dice.chance(0.5))
      cv::rectangle(picture, {at.x, at.y, dice.whole(10, 260), dice.whole(10, 200)},
                    any_colour(dice), cv::FILLED);
    else
      cv::putText(picture, "LOT 4711 0.2 um", at, cv::FONT_HERSHEY_SIMPLEX, dice.between(0.5, 2),
                  any_colour(dice), dice.whole(1, 4), cv::LINE_AA);
  }
  return picture;
}

// The tag turned and tilted, its black square about `side_px` wide, its middle at `at`.
void lay_tag(cv::Mat& picture, std::string_view dictionary, int id, cv::Point2f at, double side_px,
             Dice& dice) {
  constexpr int kDrawn_px = 240;
  const cv::Mat tag = draw_tag(dictionary, id, kDrawn_px);
  const double scale = side_px / kDrawn_px, turn = dice.between(0, 2 * CV_PI);
  const auto size = static_cast<float>(tag.cols);
  const std::array<cv::Point2f, 4> from{cv::Point2f(0, 0), {size, 0}, {size, size}, {0, size}};
  std::array<cv::Point2f, 4> to;
  for (std::size_t i = 0; i < 4; ++i) {
    const double x = (from[i].x - size / 2) * scale, y = (from[i].y - size / 2) * scale;
    const double tilt = 1 + dice.between(-0.08, 0.08);
    to[i] = at + cv::Point2f(static_cast<float>(tilt * (std::cos(turn) * x - std::sin(turn) * y)),
                             static_cast<float>(tilt * (std::sin(turn) * x + std::cos(turn) * y)));
  }
  cv::Mat small;
  cv::GaussianBlur(tag, small, {}, std::max(0.3, 0.4 / scale));  // an area, not a point, is seen
  cv::warpPerspective(small, picture, cv::getPerspectiveTransform(from.data(), to.data()),
                      picture.size(), cv::INTER_LINEAR, cv::BORDER_TRANSPARENT);
}

}  // namespace

KitCase kit_case_of(int number) {
  return kKitCases[static_cast<std::size_t>(number) % kKitCases.size()];
}

JudgedKit judge_kit_case(std::uint64_t seed, int number) {
  static Shared<Kit> shared;
  const int group = number / kCasesPerKit;
  make(shared, seed, group,
       [group](Dice& dice) { return group % 2 ? any_kit(dice) : filter_kit(); });
  if (!shared.engine) return {kit_case_of(number), {}, {}};
  auto dice = Dice::of_case(seed, static_cast<std::uint64_t>(number));
  const auto scene = kit_scene(shared.setting, kit_case_of(number), dice);
  return {scene.kind, scene.slot, shared.engine->judge(scene.frame, {}, SystemClock())};
}

BenchCase bench_case_of(int number) {
  return static_cast<BenchCase>(number % 3);
}

JudgedBench judge_bench_case(std::uint64_t seed, int number) {
  static Shared<Bench> shared;
  make(shared, seed, number / kCasesPerBench, any_bench);
  if (!shared.engine) return {bench_case_of(number), {}, 0, {}};
  auto dice = Dice::of_case(seed, static_cast<std::uint64_t>(number));
  const auto scene = bench_scene(shared.setting, bench_case_of(number), dice);
  return {scene.kind, scene.leftover, scene.contrast,
          shared.engine->judge(scene.frame, {}, SystemClock())};
}

JudgedTags judge_tag_case(std::uint64_t seed, int number) {
  auto dice = Dice::of_case(seed, static_cast<std::uint64_t>(number));
  const std::string_view dictionary = kTagDictionaries[static_cast<std::size_t>(number) % 2];
  cv::Mat picture = clutter({1920, 1080}, dice);
  std::vector<int> shown;
  for (int i = 0; i < 6; ++i) {
    int id = 0;
    do id = dice.whole(0, tag_count(dictionary) - 1);
    while (std::ranges::find(shown, id) != shown.end());
    shown.push_back(id);
    const cv::Point2f at(static_cast<float>(320 + 640 * (i % 3)),
                         static_cast<float>(270 + 540 * (i / 3)));
    lay_tag(picture, dictionary, id, at, dice.between(20, 90), dice);
  }
  const auto camera = CameraModel::inside_the_gate(dice);
  const auto frame = frame_of(photograph(picture, camera, dice));
  JudgedTags judged{static_cast<int>(shown.size()), 0, 0};
  std::vector<int> found;
  // Without a list of what is wanted: the harder question.
  for (const auto& tag : read_tags(frame, dictionary))
    if (std::ranges::find(shown, tag.id) == shown.end())
      ++judged.wrong;
    else if (std::ranges::find(found, tag.id) == found.end())
      found.push_back(tag.id);
  judged.found = static_cast<int>(found.size());
  return judged;
}

}  // namespace batchwright::vision::challenge
