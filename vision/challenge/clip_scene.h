// Rendered clips of hands at a board of valves, clamps and levers, with known actions: for the
// sequence check. Frame i of a clip is a function of its script and seed.
#pragma once

#include <opencv2/core.hpp>
#include <optional>
#include <string>
#include <vector>

#include "vision/challenge/dice.h"
#include "vision/check.h"
#include "vision/frame.h"

namespace batchwright::vision::challenge {

enum class DeviceKind : std::uint8_t { kValve, kClamp, kLever };

struct Device {
  std::string id;
  DeviceKind kind = DeviceKind::kValve;
  cv::Rect box;
  cv::Scalar colour;  // of the part that moves
};

struct Board {
  cv::Size size;
  cv::Scalar plate;
  std::vector<Device> devices;
};

// Devices in rows of three, of kinds and colours by chance, "device-1" ...
[[nodiscard]] Board board_of(int devices, cv::Size size, Dice& dice);

// The board in even light, sharp, without noise. `open`: one for each device.
[[nodiscard]] cv::Mat draw_board(const Board& board, const std::vector<bool>& open);

// What happens, one thing after the other.
struct Happening {
  enum class Kind : std::uint8_t {
    kAct,    // a hand comes, turns `device` while it covers it, and goes
    kIdle,   // nothing, for `frames`
    kCover,  // a hand rests over `device`, or near it, for `frames`, and turns nothing
  };
  Kind kind = Kind::kIdle;
  int device = 0;
  int frames = 0;
};

// What a camera adds, for a whole clip; inside the quality gate.
struct ClipLight {
  double gain = 1;      // of exposure
  double drift = 0;     // by how much gain comes and goes, over some seconds
  double slope = 0;     // loss of light from one side to the other, 0..1
  double noise = 0;     // deviation, grey levels
  double shift_px = 0;  // how far the camera trembles
  [[nodiscard]] static ClipLight any(Dice& dice);
};

class Clip {
 public:
  // Begins with all devices as in `open`, seen for some frames.
  Clip(Board board, std::vector<bool> open, const std::vector<Happening>& script,
       const ClipLight& light, std::uint64_t seed);

  [[nodiscard]] int frames() const { return static_cast<int>(moments_.size()); }
  // 0 <= i < frames(). BGR.
  [[nodiscard]] Frame frame(int i) const;

 private:
  struct Hand {
    cv::Point2d palm;
    double deg = 0;   // where the arm comes from
    double size = 0;  // of the palm, pixels
  };
  struct Moment {
    std::vector<bool> open;
    std::optional<Hand> hand;
  };

  void happen(const Happening& happening, Dice& dice);
  void add(std::optional<Hand> hand, int frames = 1);
  void draw_hand(cv::Mat& picture, const Hand& hand) const;

  Board board_;
  ClipLight light_;
  std::uint64_t seed_ = 0;
  std::vector<bool> open_;
  std::vector<Moment> moments_;
  cv::Scalar glove_;
  cv::Mat noise_;  // larger than a frame: each takes another part of it
  cv::Mat shade_;  // what `slope` leaves of the light, per pixel
};

// One action of a check over a board.
struct BoardAction {
  int device = 0;
  bool open = true;  // what it does; else it closes
};

// A sequence check whose regions are the devices and whose references come from two frames of a
// board in light of their own: all as `before`, and all the other way. Action ids are such as
// "open-device-1".
[[nodiscard]] Check sequence_check(const Board& board, const std::vector<bool>& before,
                                   const std::vector<BoardAction>& actions, std::uint64_t seed);

}  // namespace batchwright::vision::challenge
