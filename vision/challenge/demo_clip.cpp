#include "vision/challenge/demo_clip.h"

#include <array>

#include "vision/challenge/clip_scene.h"

namespace batchwright::vision::challenge {

namespace {

constexpr std::uint64_t kSeed = 2417;  // the number of the story's batch
enum : int { kVent, kFeed, kOutlet };
using Kind = Happening::Kind;

Board clamp_board() {
  Board board{{1280, 720}, {202, 205, 200}, {}};
  board.devices = {
      {"vent", DeviceKind::kValve, {110, 230, 280, 280}, {40, 40, 200}},
      {"feed-clamp", DeviceKind::kClamp, {500, 230, 280, 280}, {190, 90, 30}},
      {"outlet-clamp", DeviceKind::kClamp, {890, 230, 280, 280}, {40, 190, 220}},
  };
  return board;
}

std::vector<Happening> script_of(DemoClip clip) {
  const bool right = clip == DemoClip::kRight;
  return {{Kind::kIdle, 0, 6},
          {Kind::kAct, kVent, 0},
          {Kind::kIdle, 0, 4},
          {Kind::kCover, kOutlet, 5},
          {Kind::kAct, right ? kFeed : kOutlet, 0},
          {Kind::kIdle, 0, 4},
          {Kind::kAct, kVent, 0},
          {Kind::kIdle, 0, 4},
          {Kind::kAct, right ? kOutlet : kFeed, 0},
          {Kind::kIdle, 0, 6}};
}

const Clip& clip_of(DemoClip clip) {
  constexpr ClipLight kLight{.gain = 1, .drift = 0.04, .slope = 0.15, .noise = 2, .shift_px = 0.3};
  static const std::array clips{
      Clip(clamp_board(), {false, false, false}, script_of(DemoClip::kRight), kLight, kSeed),
      Clip(clamp_board(), {false, false, false}, script_of(DemoClip::kSwapped), kLight, kSeed)};
  return clips[static_cast<std::size_t>(clip)];
}

}  // namespace

std::string clamp_sequence_check() {
  auto check =
      sequence_check(clamp_board(), {false, false, false},
                     {{kVent, true}, {kFeed, true}, {kVent, false}, {kOutlet, true}}, kSeed);
  check.id = "clamp-sequence";
  check.title = {{"en", "Vent and clamps in order"},
                 {"de", "Entlüftung und Klemmen der Reihe nach"}};
  check.regions[0].title = {{"en", "Vent"}, {"de", "Entlüftung"}};
  check.regions[1].title = {{"en", "Feed clamp"}, {"de", "Zulaufklemme"}};
  check.regions[2].title = {{"en", "Outlet clamp"}, {"de", "Ablaufklemme"}};
  auto& actions = std::get<SequenceCheck>(check.rule).actions;
  const std::array ids{"vent-open", "feed-open", "vent-closed", "outlet-open"};
  const std::array english{"Open the vent", "Open the feed clamp", "Close the vent",
                           "Open the outlet clamp"};
  const std::array german{"Entlüftung öffnen", "Zulaufklemme öffnen", "Entlüftung schließen",
                          "Ablaufklemme öffnen"};
  for (std::size_t i = 0; i < actions.size(); ++i) {
    actions[i].id = ids[i];
    actions[i].title = {{"en", english[i]}, {"de", german[i]}};
  }
  return file_of(check);
}

int demo_clip_frames(DemoClip clip) {
  return clip_of(clip).frames();
}

Frame demo_clip_frame(DemoClip clip, int i) {
  return clip_of(clip).frame(i);
}

}  // namespace batchwright::vision::challenge
