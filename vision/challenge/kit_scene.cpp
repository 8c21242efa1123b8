#include "vision/challenge/kit_scene.h"

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>
#include <optional>

#include "vision/challenge/station_view.h"
#include "vision/engine/teach_station.h"

namespace batchwright::vision::challenge {

namespace {

constexpr double kPositionMax_mm = 5, kRotationMax_deg = 10;
constexpr int kPicturesOfAPart = 8;

// A part that lies somewhere, in millimetres of the board.
struct Lying {
  PartStyle style;
  cv::Point2d at_mm;
  double deg = 0;
};

cv::Point2d middle_of(const cv::Rect2d& box) {
  return {box.x + box.width / 2, box.y + box.height / 2};
}

// In its slot as hands lay it: a little off.
Lying laid(const PartStyle& style, const KitSlot& slot, Dice& dice) {
  return {style,
          middle_of(slot.box_mm) + cv::Point2d(dice.between(-1.8, 1.8), dice.between(-1.8, 1.8)),
          dice.between(-2.5, 2.5)};
}

cv::Mat turned(const cv::Mat& picture, const cv::Matx23d& map, cv::Size size, int border) {
  cv::Mat result;
  cv::warpAffine(picture, result, map, size, cv::INTER_LINEAR, border);
  return result;
}

// Lays the piece onto the board: its shadow first, then the body with a bevel towards the lamp.
void lay(cv::Mat& board, const Lying& lying, double lamp_deg, Dice& dice) {
  const auto part = draw_part(lying.style, dice);
  const int side = part.bgr.cols;
  const cv::Point2d at = lying.at_mm * kDraw_px_per_mm;
  const cv::Point corner(static_cast<int>(std::floor(at.x)) - side / 2,
                         static_cast<int>(std::floor(at.y)) - side / 2);
  const double c = std::cos(lying.deg * CV_PI / 180), s = std::sin(lying.deg * CV_PI / 180);
  const double m = (side - 1) / 2.0, x = at.x - corner.x, y = at.y - corner.y;
  const cv::Matx23d map{c, -s, x - c * m + s * m, s, c, y - s * m - c * m};
  const cv::Mat bgr = turned(part.bgr, map, part.bgr.size(), cv::BORDER_REPLICATE);
  const cv::Mat cover = turned(part.cover, map, part.bgr.size(), cv::BORDER_CONSTANT);
  const cv::Mat height = turned(part.height, map, part.bgr.size(), cv::BORDER_CONSTANT);
  const double lx = std::cos(lamp_deg * CV_PI / 180), ly = std::sin(lamp_deg * CV_PI / 180);
  cv::Mat shadow;
  cv::GaussianBlur(turned(height, {1, 0, 7 * lx, 0, 1, 7 * ly}, height.size(), cv::BORDER_CONSTANT),
                   shadow, {}, 5);
  for (int row = 0; row < side; ++row) {
    const int by = corner.y + row;
    if (by < 0 || by >= board.rows) continue;
    const auto* high = height.ptr<std::uint8_t>(row);
    const auto* above = height.ptr<std::uint8_t>(std::max(0, row - 1));
    for (int column = 0; column < side; ++column) {
      const int bx = corner.x + column;
      if (bx < 0 || bx >= board.cols) continue;
      auto& pixel = board.at<cv::Vec3b>(by, bx);
      const double hides = cover.at<std::uint8_t>(row, column) / 255.0;
      const double dark = 1 - 0.3 * shadow.at<std::uint8_t>(row, column) / 255.0;
      const double edge = 0.5 * (lx * (high[column] - high[std::max(0, column - 1)]) +
                                 ly * (high[column] - above[column]));
      const auto& own = bgr.at<cv::Vec3b>(row, column);
      for (int i = 0; i < 3; ++i)
        pixel[i] = cv::saturate_cast<std::uint8_t>(hides * (own[i] - edge) +
                                                   (1 - hides) * dark * pixel[i]);
    }
  }
}

struct Scene {
  std::vector<std::optional<Lying>> in_slots;
  std::vector<Lying> beside;
  std::string wrong;
};

void swap_two(const Kit& kit, Scene& scene, std::size_t first, Dice& dice) {
  std::vector<std::size_t> others;
  for (std::size_t i = 0; i < kit.slots.size(); ++i)
    if (kit.slots[i].style != kit.slots[first].style) others.push_back(i);
  const auto second = dice.one_of(others);
  std::swap(scene.in_slots[first]->style, scene.in_slots[second]->style);
}

void turn_one(Lying& part, const KitSlot& slot, Dice& dice) {
  const bool fits = part.style.size_mm.width < slot.box_mm.height + 14;
  part.deg += fits && dice.chance(0.5) ? (dice.chance(0.5) ? 90 : 270) : 180;
}

void move_one(Lying& part, Dice& dice) {
  if (dice.chance(0.35)) {
    part.deg = (dice.chance(0.5) ? 1 : -1) * dice.between(kRotationMax_deg + 6, 40);
    return;
  }
  const double way = dice.between(0, 2 * CV_PI), far = dice.between(kPositionMax_mm + 3, 16);
  part.at_mm += cv::Point2d(far * std::cos(way), far * std::sin(way));
}

// Anywhere on the board but on a tag: also on top of a part.
Lying something_else(const Kit& kit, Dice& dice) {
  auto style = any_style(dice, kit.board_colour, "something");
  const double scale = dice.between(0.3, 0.6);
  for (auto& mark : style.marks) {
    mark.at *= scale;
    mark.size *= scale;
    mark.radius_mm *= scale;
  }
  style.size_mm *= scale;
  cv::Point2d at;
  for (int tries = 0; tries < 100; ++tries) {
    at = {dice.between(15, kit.station.width_mm - 15),
          dice.between(15, kit.station.height_mm - 15)};
    const bool on_tag = std::ranges::any_of(kit.station.tags, [&](const StationTag& tag) {
      return std::hypot(tag.x_mm - at.x, tag.y_mm - at.y) < 40;
    });
    if (!on_tag) break;
  }
  return {std::move(style), at, dice.between(0, 360)};
}

Scene arranged(const Kit& kit, KitCase kind, std::size_t chosen, Dice& dice) {
  Scene scene;
  for (const auto& slot : kit.slots)
    scene.in_slots.emplace_back(laid(kit.styles[slot.style], slot, dice));
  auto& part = scene.in_slots[chosen];
  if (kind != KitCase::kGood && kind != KitCase::kExtra) scene.wrong = kit.slots[chosen].id;
  switch (kind) {
    case KitCase::kGood:
    case KitCase::kHand: break;
    case KitCase::kSwapped: swap_two(kit, scene, chosen, dice); break;
    case KitCase::kMissing: part.reset(); break;
    case KitCase::kExtra: scene.beside.push_back(something_else(kit, dice)); break;
    case KitCase::kTurned: turn_one(*part, kit.slots[chosen], dice); break;
    case KitCase::kNeighbour: part->style = neighbour_of(part->style, dice); break;
    case KitCase::kWrongColour:
      part->style = recoloured(part->style, dice, kit.board_colour);
      break;
    case KitCase::kMoved: move_one(*part, dice); break;
  }
  return scene;
}

cv::Mat drawn(const Kit& kit, const Scene& scene, double lamp_deg, Dice& dice) {
  cv::Mat board = kit.board.clone();
  for (const auto& part : scene.in_slots)
    if (part) lay(board, *part, lamp_deg, dice);
  for (const auto& part : scene.beside) lay(board, part, lamp_deg, dice);
  return board;
}

cv::Point2d in_frame(const cv::Matx33d& map, const cv::Point2d& board_px) {
  const cv::Vec3d at = map * cv::Vec3d(board_px.x, board_px.y, 1);
  return {at[0] / at[2], at[1] / at[2]};
}

Check draft_of(const Kit& kit) {
  Check check;
  check.id = "layout";
  check.version = "1";
  check.title = {{"en", "Layout"}};
  check.camera = "CAM-B";
  check.quality.glare_share_max = 0.3;  // light plastics burn out; the rule judges that by place
  check.station = kit.station;
  LayoutCheck rule;
  rule.position_max_mm = kPositionMax_mm;
  rule.rotation_max_deg = kRotationMax_deg;
  const double scale = kit.station.px_per_mm;
  for (const auto& slot : kit.slots) {
    const auto& box = slot.box_mm;
    check.regions.push_back(
        {slot.id,
         {{"en", slot.id}},
         {static_cast<int>(box.x * scale), static_cast<int>(box.y * scale),
          static_cast<int>(box.width * scale), static_cast<int>(box.height * scale)}});
    rule.slots.push_back({slot.id, kit.styles[slot.style].id});
  }
  check.rule = std::move(rule);
  return check;
}

}  // namespace

KitScene kit_scene(const Kit& kit, KitCase kind, Dice& dice) {
  const int chosen = dice.whole(0, static_cast<int>(kit.slots.size()) - 1);
  return kit_scene_with(kit, kind, kit.slots[static_cast<std::size_t>(chosen)].id, dice);
}

KitScene kit_scene_with(const Kit& kit, KitCase kind, const std::string& slot_id, Dice& dice) {
  const auto slot = std::ranges::find(kit.slots, slot_id, &KitSlot::id);
  const auto chosen = static_cast<std::size_t>(slot - kit.slots.begin());
  const auto scene = arranged(kit, kind, chosen, dice);
  const auto shot = Shot::any(dice, kit.board);
  cv::Mat view = in_view(drawn(kit, scene, shot.lamp_deg, dice), shot, dice);
  if (kind == KitCase::kHand) {
    cover_by_hand(view, in_frame(shot.to_frame, middle_of(slot->box_mm) * kDraw_px_per_mm), dice);
  }
  return {frame_of(expose(view, shot, dice)), kind, scene.wrong};
}

Result<Check> teach(const Kit& kit, Dice& dice) {
  const auto picture = [&](const Scene& scene) {
    auto shot = Shot::any(dice, kit.board);
    // A trainer sets the exposure so that nothing burns out.
    shot.camera.exposure_ev = std::min(shot.camera.exposure_ev, -0.4);
    return frame_of(take(drawn(kit, scene, shot.lamp_deg, dice), shot, dice));
  };
  std::vector<Frame> empty;
  Scene nothing;
  nothing.in_slots.resize(kit.slots.size());
  for (int i = 0; i < kPicturesOfAPart; ++i) empty.push_back(picture(nothing));
  // Each picture shows all parts, as a trainer lays them: the first slot of a style teaches it.
  std::vector<PartShown> parts;
  for (const auto& slot : kit.slots)
    if (std::ranges::find(parts, kit.styles[slot.style].id, &PartShown::id) == parts.end())
      parts.push_back({kit.styles[slot.style].id, slot.id, 1, {}});
  for (int i = 0; i < kPicturesOfAPart; ++i) {
    const auto frame = picture(arranged(kit, KitCase::kGood, 0, dice));
    for (auto& part : parts) part.frames.push_back(frame);
  }
  return teach_layout(draft_of(kit), empty, parts);
}

}  // namespace batchwright::vision::challenge
