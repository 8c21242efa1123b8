#include "client/camera/inline_cameras.h"

#include <algorithm>

namespace batchwright::client {

namespace {

// Nobody can tap meanwhile, and a clip need not take its own time.
Watching at_once(const Cameras::Progress& progress) {
  return {.stopped = [] { return false; }, .looked = progress, .wait = [](std::int64_t) {}};
}

}  // namespace

InlineCameras::InlineCameras(std::unique_ptr<Lookout> lookout,
                             std::vector<vision::CameraSource> sources, Preview& preview)
    : lookout_(std::move(lookout)), sources_(std::move(sources)), preview_(preview) {}

const vision::CameraSource* InlineCameras::find(const std::string& camera) const {
  const auto at = std::ranges::find(sources_, camera, &vision::CameraSource::id);
  return at == sources_.end() ? nullptr : &*at;
}

void InlineCameras::open() {
  if (is_open_) return;
  is_open_ = true;
  static_cast<void>(lookout_->open(sources_));
}

void InlineCameras::watch(const std::string& camera) {
  if (camera == watched_) return;
  watched_ = camera;
  if (camera.empty()) {
    preview_.clear();
    return;
  }
  open();
  show_look(*lookout_, preview_, camera);
}

void InlineCameras::check(CheckJob job, Progress progress,
                          std::function<void(const CheckOutcome&)> done) {
  open();
  done(run_attempt(*lookout_, preview_, job, at_once(progress)));
}

void InlineCameras::challenge(ChallengeJob job,
                              std::function<void(const ChallengeProgress&)> progress,
                              std::function<void(const ChallengeOutcome&)> done) {
  open();
  const Challenging challenging{at_once([progress](int shown) { progress({.shown = shown}); }),
                                [](const ChallengeProgress&) { return false; },
                                [](int) { return false; }};
  done(run_challenge(*lookout_, preview_, job, challenging));
}

void InlineCameras::ask(std::function<void(Lookout&)> job, std::function<void()> done) {
  open();
  job(*lookout_);
  done();
}

}  // namespace batchwright::client
