// A device of Video4Linux through OpenCV. Exposure and focus are asked to stay as they are, so that
// the picture doesn't change while a check looks at it.
#include <unistd.h>

#include <chrono>
#include <opencv2/videoio.hpp>

#include "vision/engine/camera/camera.h"
#include "vision/engine/internal/picture.h"

namespace batchwright::vision {

namespace {

constexpr int kWantedWidth = 1920, kWantedHeight = 1080;
constexpr int kSettlingFrames = 15;  // until exposure and focus have found their values
constexpr int kStaleFramesMax = 4;   // that a driver may hold ready
// A frame that came sooner than this was there before the look.
constexpr std::chrono::milliseconds kWaitingAlready{4};

// Values of V4L2_CID_EXPOSURE_AUTO (Linux media user-space API, "Camera Control Reference").
constexpr double kExposureManual = 1;

Lock locked(cv::VideoCapture& device, int control, double value) {
  const double before = device.get(control);
  if (before < 0) return Lock::kNotOffered;
  return device.set(control, value) && device.get(control) == value ? Lock::kLocked
                                                                    : Lock::kAutomatic;
}

class V4l2Camera final : public Camera {
 public:
  explicit V4l2Camera(std::string id) { state_.id = std::move(id); }

  [[nodiscard]] Result<void> begin(const std::string& path) {
    try {
      if (!device_.open(path, cv::CAP_V4L2))
        return fail(ErrorCode::kUnreachable, "The camera can't be opened.", path);
      device_.set(cv::CAP_PROP_FOURCC, cv::VideoWriter::fourcc('M', 'J', 'P', 'G'));
      device_.set(cv::CAP_PROP_FRAME_WIDTH, kWantedWidth);
      device_.set(cv::CAP_PROP_FRAME_HEIGHT, kWantedHeight);
      device_.set(cv::CAP_PROP_BUFFERSIZE, 2);
      for (int i = 0; i < kSettlingFrames; ++i)
        if (!device_.grab())
          return fail(ErrorCode::kUnreachable, "The camera gives no picture.", path);
      state_.exposure = locked(device_, cv::CAP_PROP_AUTO_EXPOSURE, kExposureManual);
      state_.focus = locked(device_, cv::CAP_PROP_AUTOFOCUS, 0);
      state_.width = static_cast<int>(device_.get(cv::CAP_PROP_FRAME_WIDTH));
      state_.height = static_cast<int>(device_.get(cv::CAP_PROP_FRAME_HEIGHT));
    } catch (const cv::Exception&) {
      return fail(ErrorCode::kUnreachable, "The camera can't be used.", path);
    }
    state_.open = true;
    return {};
  }

  [[nodiscard]] CameraState state() const override { return state_; }

  [[nodiscard]] Result<Shot> take(Turn) override {
    using Time = std::chrono::steady_clock;
    Shot shot;
    cv::Mat picture;
    try {
      for (; shot.dropped <= kStaleFramesMax; ++shot.dropped) {
        const auto asked = Time::now();
        if (!device_.grab()) return gone();
        if (Time::now() - asked >= kWaitingAlready) break;
      }
      if (!device_.retrieve(picture)) return gone();
    } catch (const cv::Exception&) {
      return gone();
    }
    auto frame = frame_of(picture);
    if (!frame) return std::unexpected(frame.error());
    shot.frame = std::make_shared<const Frame>(std::move(*frame));
    return shot;
  }

 private:
  static std::unexpected<Error> gone() {
    return fail(ErrorCode::kUnreachable, "The camera gives no picture.");
  }

  cv::VideoCapture device_;
  CameraState state_;
};

}  // namespace

Result<std::unique_ptr<Camera>> open_v4l2_camera(const CameraSource& source) {
  // Asked here, because OpenCV tries and complains for longer.
  if (::access(source.path.c_str(), R_OK | W_OK) != 0)
    return fail(ErrorCode::kNotFound, "The camera is not connected.", source.path);
  auto camera = std::make_unique<V4l2Camera>(source.id);
  if (auto begun = camera->begin(source.path); !begun) return std::unexpected(begun.error());
  return camera;
}

Result<std::unique_ptr<Camera>> open_camera(const CameraSource& source) {
  switch (source.kind) {
    case CameraKind::kV4l2: return open_v4l2_camera(source);
    case CameraKind::kFolder: return open_folder_camera(source);
    case CameraKind::kClip: return open_clip_camera(source);
  }
  return fail(ErrorCode::kUnsupported, "This kind of camera is not known.");
}

}  // namespace batchwright::vision
