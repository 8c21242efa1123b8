// The newest picture of the camera, handed from the camera's thread to the frame. Neither waits for
// the other: each holds the lock for a pointer's time, and a picture that nobody drew is dropped.
#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <utility>

#include "ui/camera_view.h"

namespace batchwright::client {

class Preview {
 public:
  // `changed` is called after each new picture, on the thread that gave it; it must return quickly.
  // Set it before there are threads.
  void on_changed(std::function<void()> changed) { changed_ = std::move(changed); }

  void give(ui::LookView look) {
    auto next = std::make_shared<const ui::LookView>(std::move(look));
    {
      const std::lock_guard lock(mutex_);
      look_ = std::move(next);
    }
    if (changed_) changed_();
  }
  // nullptr when no camera is on.
  [[nodiscard]] std::shared_ptr<const ui::LookView> newest() const {
    const std::lock_guard lock(mutex_);
    return look_;
  }
  void clear() {
    const std::lock_guard lock(mutex_);
    look_.reset();
  }

  // The room that the screen has for it, in pixels; what was told last, also while none is drawn.
  void want(std::pair<int, int> size_px) {
    if (size_px.first <= 0 || size_px.second <= 0) return;
    const std::lock_guard lock(mutex_);
    wanted_px_ = size_px;
  }
  [[nodiscard]] std::pair<int, int> wanted_px() const {
    const std::lock_guard lock(mutex_);
    return wanted_px_;
  }

 private:
  mutable std::mutex mutex_;
  std::shared_ptr<const ui::LookView> look_;
  std::pair<int, int> wanted_px_{800, 600};
  std::function<void()> changed_;
};

}  // namespace batchwright::client
