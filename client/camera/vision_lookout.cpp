#include <optional>

#include "client/camera/lookout.h"

namespace batchwright::client {

namespace {

class VisionLookout final : public Lookout {
 public:
  VisionLookout(vision::WorkerOptions options, const Clock& clock)
      : options_(std::move(options)), clock_(clock) {}

  std::vector<vision::CameraState> open(std::vector<vision::CameraSource> sources) override {
    return worker().open_cameras(std::move(sources));
  }
  vision::Look look(const vision::LookRequest& request) override { return worker().look(request); }
  Result<std::vector<std::uint8_t>> frame(std::string_view camera, std::uint64_t number) override {
    return worker().frame(camera, number);
  }
  vision::CheckResult check(std::string_view check, std::span<const std::uint8_t> picture,
                            const vision::ExpectedValues& expected, bool restart) override {
    return worker().check(check, picture, expected, restart);
  }
  Result<vision::Frame> plane(std::string_view draft,
                              std::span<const std::uint8_t> picture) override {
    return worker().plane(draft, picture);
  }
  Result<std::string> teach(std::string_view draft,
                            const std::vector<vision::ShownPicture>& pictures) override {
    return worker().teach(draft, pictures);
  }
  void close() override { worker_.reset(); }

 private:
  vision::Worker& worker() {
    if (!worker_) worker_.emplace(options_, clock_);
    return *worker_;
  }

  vision::WorkerOptions options_;
  const Clock& clock_;
  std::optional<vision::Worker> worker_;
};

}  // namespace

std::unique_ptr<Lookout> vision_lookout(vision::WorkerOptions options, const Clock& clock) {
  return std::make_unique<VisionLookout>(std::move(options), clock);
}

}  // namespace batchwright::client
