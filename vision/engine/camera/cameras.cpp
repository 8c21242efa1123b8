#include "vision/engine/camera/cameras.h"

#include <opencv2/imgcodecs.hpp>

#include "vision/engine/camera/mask.h"
#include "vision/engine/camera/preview.h"
#include "vision/engine/internal/picture.h"
#include "vision/engine/measure_quality.h"

namespace batchwright::vision {

namespace {

// Beside the frame itself, a panel waits for this file: the fastest of PNG's levels that still
// halves a camera's noise.
constexpr int kPngLevel = 1;

CameraState closed(std::string id, const Error& error) {
  CameraState state;
  state.id = std::move(id);
  state.problem = error.place.empty() ? error.message : error.message + " (" + error.place + ")";
  return state;
}

Look unseen(const LookTask& task, std::string reason) {
  Look look;
  if (task.judge) look.result = not_judged(reason);
  look.reason = std::move(reason);
  return look;
}

}  // namespace

CameraState Cameras::open(const OpenTask& task) {
  if (places_.size() >= kCamerasMax && !places_.contains(task.source.id))
    return closed(task.source.id, {ErrorCode::kFull, "There are too many cameras.", {}});
  auto camera = open_camera(task.source);
  if (!camera) return closed(task.source.id, camera.error());
  auto state = (*camera)->state();
  places_[task.source.id] = {std::move(*camera), task.number_before, {}};
  return state;
}

void Cameras::judge(const LookTask& task, std::span<const std::uint8_t> check,
                    std::shared_ptr<const Frame>& frame, bool& storable, Look& look) {
  std::string problem;
  auto* const engine = ready_.prepare(check, problem);
  if (engine == nullptr) {
    look.result = not_judged(std::move(problem));
    storable = false;
    return;
  }
  if (engine->check().camera != task.camera) {
    look.result = not_judged("The check is for camera " + engine->check().camera + ".");
    storable = false;
    return;
  }
  const auto part = kept_part(engine->check(), *frame);
  // Without its station nobody knows what in the picture may be stored: judged, but not kept.
  storable = part.has_value();
  if (part && part->size() != cv::Size(frame->width, frame->height))
    frame = std::make_shared<const Frame>(masked(*frame, *part));
  if (task.restart) engine->restart();
  look.result = engine->judge(*frame, task.expected, clock_);
}

Look Cameras::look(const LookTask& task, std::span<const std::uint8_t> check) {
  const auto began_ms = clock_.monotonic_ms();
  const auto at = places_.find(task.camera);
  if (at == places_.end()) return unseen(task, "There is no camera of this name.");
  auto& place = at->second;
  auto shot = place.camera->take(task.turn);
  if (!shot) return unseen(task, shot.error().message);
  Look look;
  look.seen = true;
  look.number = ++place.number;
  look.picture = shot->picture;
  look.width = shot->frame->width;
  look.height = shot->frame->height;
  look.dropped = shot->dropped;
  look.ended = shot->ended;
  look.due_ms = shot->due_ms;
  auto frame = shot->frame;
  bool storable = true;
  try {
    look.preview = preview_of(*frame, task.preview_width);
    if (task.judge) judge(task, check, frame, storable, look);
    look.quality = look.result && look.result->verdict != Verdict::kNotPerformed
                       ? look.result->quality
                       : measure_quality(*frame);
  } catch (const cv::Exception&) {
    return unseen(task, "The picture could not be worked on.");
  }
  if (task.keep && storable) {
    place.kept.push_back({look.number, std::move(frame)});
    if (place.kept.size() > kFramesKeptMax) place.kept.pop_front();
    look.kept = true;
  }
  look.took_ms = clock_.monotonic_ms() - began_ms;
  return look;
}

Result<std::vector<std::uint8_t>> Cameras::frame(const FrameTask& task) const {
  const auto at = places_.find(task.camera);
  if (at == places_.end()) return fail(ErrorCode::kNotFound, "There is no camera of this name.");
  for (const auto& kept : at->second.kept) {
    if (kept.number != task.number) continue;
    std::vector<std::uint8_t> png;
    try {
      const auto picture =
          kept.frame->format == PixelFormat::kGrey ? grey_of(*kept.frame) : bgr_of(*kept.frame);
      if (cv::imencode(".png", picture, png, {cv::IMWRITE_PNG_COMPRESSION, kPngLevel})) return png;
    } catch (const cv::Exception&) {
      png.clear();
    }
    return fail(ErrorCode::kIo, "The frame can't be stored.");
  }
  return fail(ErrorCode::kNotFound, "This frame was not kept.");
}

}  // namespace batchwright::vision
