#include "vision/challenge/clip_scene.h"

#include <array>
#include <cmath>
#include <numbers>
#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>

namespace batchwright::vision::challenge {

namespace {

constexpr int kBeginFrames = 4, kAfterFrames = 4;
constexpr int kNoiseMargin = 64;
const std::array kColours{cv::Vec3d(40, 40, 200),  cv::Vec3d(190, 90, 30),
                              cv::Vec3d(40, 190, 220), cv::Vec3d(60, 150, 50),
                              cv::Vec3d(40, 120, 230), cv::Vec3d(50, 50, 50)};
const std::array kGloves{cv::Vec3d(200, 120, 60), cv::Vec3d(225, 225, 230),
                             cv::Vec3d(120, 150, 205), cv::Vec3d(60, 60, 60)};

cv::Point2d middle_of(const cv::Rect& box) {
  return {box.x + box.width / 2.0, box.y + box.height / 2.0};
}

cv::Mat normal_noise(cv::Size size, double deviation, Dice& dice) {
  // Two normals a pixel would cost most of a clip; a table entered anywhere looks the same.
  std::array<double, 4096> table{};
  for (auto& value : table) value = dice.normal() * deviation;
  cv::Mat noise(size, CV_16SC3);
  for (int y = 0; y < noise.rows; ++y) {
    auto* row = noise.ptr<short>(y);
    for (int x = 0; x < noise.cols * 3; ++x)
      row[x] = static_cast<short>(std::lround(table[dice.bits() % table.size()]));
  }
  return noise;
}

}  // namespace

Board board_of(int devices, cv::Size size, Dice& dice) {
  Board board{size, {}, {}};
  const double grey = dice.between(170, 215);
  board.plate = cv::Scalar(grey + dice.between(-8, 8), grey, grey + dice.between(-8, 8));
  const int rows = (devices + 2) / 3, columns = std::min(devices, 3);
  const int width = size.width / columns, height = size.height / rows;
  const int side = std::min(width, height) * 7 / 10;
  for (int i = 0; i < devices; ++i) {
    Device device;
    device.id = "device-" + std::to_string(i + 1);
    device.kind = static_cast<DeviceKind>(dice.whole(0, 2));
    device.box = {i % 3 * width + (width - side) / 2, i / 3 * height + (height - side) / 2, side,
                  side};
    const auto& colour = dice.one_of(kColours);
    device.colour = cv::Scalar(colour[0], colour[1], colour[2]);
    board.devices.push_back(device);
  }
  return board;
}

ClipLight ClipLight::any(Dice& dice) {
  ClipLight light;
  light.gain = dice.between(0.7, 1.12);
  light.drift = dice.between(0, 0.12);
  light.slope = dice.between(0, 0.3);
  light.noise = dice.between(1, 5);
  light.shift_px = dice.between(0, 0.7);
  return light;
}

Clip::Clip(Board board, std::vector<bool> open, const std::vector<Happening>& script,
           const ClipLight& light, std::uint64_t seed)
    : board_(std::move(board)), light_(light), seed_(seed), open_(std::move(open)) {
  Dice dice(seed);
  const auto& glove = dice.one_of(kGloves);
  glove_ = cv::Scalar(glove[0], glove[1], glove[2]);
  noise_ = normal_noise(board_.size + cv::Size(kNoiseMargin, kNoiseMargin), light.noise, dice);
  shade_.create(board_.size, CV_32FC3);
  const double turn = dice.between(0, 2 * std::numbers::pi);
  for (int y = 0; y < shade_.rows; ++y)
    for (int x = 0; x < shade_.cols; ++x) {
      const double along = (std::cos(turn) * (2.0 * x / shade_.cols - 1) +
                            std::sin(turn) * (2.0 * y / shade_.rows - 1) + 1.42) /
                           2.84;
      shade_.at<cv::Vec3f>(y, x) = cv::Vec3f::all(static_cast<float>(1 - light.slope * along));
    }
  add({}, kBeginFrames);
  for (const auto& happening : script) happen(happening, dice);
}

void Clip::add(std::optional<Hand> hand, int frames) {
  for (int i = 0; i < frames; ++i) moments_.push_back({open_, hand});
}

void Clip::happen(const Happening& happening, Dice& dice) {
  const auto& box = board_.devices[static_cast<std::size_t>(happening.device)].box;
  const double deg = dice.between(30, 150);  // people stand in front of the board
  const double size = box.height * dice.between(0.55, 0.75);
  const auto from = [&](cv::Point2d palm, double away) {
    const double turn = deg * std::numbers::pi / 180;
    return Hand{palm + away * size * cv::Point2d(std::cos(turn), std::sin(turn)), deg, size};
  };
  const auto middle = middle_of(box);
  switch (happening.kind) {
    case Happening::Kind::kIdle: add({}, happening.frames); return;
    case Happening::Kind::kCover: {
      // Also half beside it, so that a part of the device can still be seen.
      const cv::Point2d beside(dice.between(-0.6, 0.6) * box.width,
                               dice.between(-0.6, 0.6) * box.height);
      add(from(middle + beside, 1.5));
      add(from(middle + beside, 0), happening.frames);
      add(from(middle + beside, 2));
      return;
    }
    case Happening::Kind::kAct: {
      add(from(middle, 2.2));
      add(from(middle, 1));
      add(from(middle, 0));
      open_[static_cast<std::size_t>(happening.device)].flip();
      add(from(middle, 0));
      add(from(middle, 1.3));
      add({}, kAfterFrames + dice.whole(0, 2));
    }
  }
}

void Clip::draw_hand(cv::Mat& picture, const Hand& hand) const {
  const double turn = hand.deg * std::numbers::pi / 180;
  const cv::Point2d along(std::cos(turn), std::sin(turn)), across(-along.y, along.x);
  const auto thick = [&](double share) { return std::max(1, static_cast<int>(hand.size * share)); };
  const cv::Scalar shadow = glove_ * 0.8;
  cv::line(picture, hand.palm, hand.palm + along * (6 * hand.size), glove_, thick(1.0),
           cv::LINE_AA);
  for (int finger = -2; finger <= 2; ++finger) {
    const auto root = hand.palm + across * (0.3 * finger * hand.size);
    const auto tip = root - along * ((1.3 - 0.12 * std::abs(finger)) * hand.size) +
                     across * (0.12 * finger * hand.size);
    cv::line(picture, root, tip, shadow, thick(0.34), cv::LINE_AA);
    cv::line(picture, root, tip, glove_, thick(0.28), cv::LINE_AA);
  }
  cv::ellipse(picture, hand.palm, cv::Size(thick(0.9), thick(0.85)), hand.deg, 0, 360, shadow,
              cv::FILLED, cv::LINE_AA);
  cv::ellipse(picture, hand.palm, cv::Size(thick(0.85), thick(0.8)), hand.deg, 0, 360, glove_,
              cv::FILLED, cv::LINE_AA);
}

Frame Clip::frame(int i) const {
  const auto& moment = moments_[static_cast<std::size_t>(i)];
  Dice dice = Dice::of_case(seed_, static_cast<std::uint64_t>(i));
  cv::Mat picture = draw_board(board_, moment.open);
  if (moment.hand) draw_hand(picture, *moment.hand);
  const double dx = dice.between(-1, 1) * light_.shift_px,
               dy = dice.between(-1, 1) * light_.shift_px;
  const cv::Mat move = (cv::Mat_<double>(2, 3) << 1, 0, dx, 0, 1, dy);
  cv::warpAffine(picture, picture, move, picture.size(), cv::INTER_LINEAR, cv::BORDER_REPLICATE);
  const double gain = light_.gain * (1 + light_.drift * std::sin(i * 0.11 + 1));
  cv::Mat light, lit;
  picture.convertTo(light, CV_32F, gain);
  cv::multiply(light, shade_, light);
  const cv::Rect part({dice.whole(0, kNoiseMargin), dice.whole(0, kNoiseMargin)}, board_.size);
  cv::add(light, noise_(part), light, cv::noArray(), CV_32F);
  light.convertTo(lit, CV_8U);
  Frame frame{PixelFormat::kBgr, lit.cols, lit.rows, static_cast<std::size_t>(lit.cols) * 3, {}};
  frame.bytes.assign(lit.data, lit.data + lit.total() * 3);
  return frame;
}

Check sequence_check(const Board& board, const std::vector<bool>& before,
                     const std::vector<BoardAction>& actions, std::uint64_t seed) {
  Check check;
  check.id = "sequence";
  check.version = "1";
  check.title = {{"en", "Sequence"}};
  check.camera = "CAM-B";
  SequenceCheck rule;
  auto other = before;
  other.flip();
  for (const auto& open : {before, other}) {
    const Clip taught(board, open, {}, {.noise = 2}, seed + (open == before ? 0 : 1));
    const auto frame = taught.frame(0);
    const cv::Mat picture(frame.height, frame.width, CV_8UC3,
                          const_cast<std::uint8_t*>(frame.bytes.data()));  // NOLINT: read only
    for (std::size_t i = 0; i < board.devices.size(); ++i) {
      std::vector<std::uint8_t> png;
      cv::imencode(".png", picture(board.devices[i].box), png);
      check.references.push_back({board.devices[i].id + (open[i] ? "-open" : "-closed"),
                                  std::string(png.begin(), png.end())});
    }
  }
  for (const auto& device : board.devices)
    check.regions.push_back({device.id,
                             {{"en", device.id}},
                             {device.box.x, device.box.y, device.box.width, device.box.height}});
  for (const auto& action : actions) {
    const auto& id = board.devices[static_cast<std::size_t>(action.device)].id;
    const std::string opened = id + "-open", closed = id + "-closed";
    rule.actions.push_back({(action.open ? "open-" : "close-") + id,
                            {{"en", (action.open ? "Open " : "Close ") + id}},
                            id,
                            action.open ? closed : opened,
                            action.open ? opened : closed});
  }
  check.rule = rule;
  return check;
}

}  // namespace batchwright::vision::challenge
