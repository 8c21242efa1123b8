// The camera thread's view of the vision worker: what it may ask, and nothing of processes. Tests
// put one in its place that crashes, hangs or says what they want.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "base/time.h"
#include "vision/camera.h"
#include "vision/worker.h"

namespace batchwright::client {

// One thread. Every call returns; what went wrong is in what it returns.
class Lookout {
 public:
  virtual ~Lookout() = default;
  [[nodiscard]] virtual std::vector<vision::CameraState> open(
      std::vector<vision::CameraSource> sources) = 0;
  [[nodiscard]] virtual vision::Look look(const vision::LookRequest& request) = 0;
  // The PNG file of a kept look.
  [[nodiscard]] virtual Result<std::vector<std::uint8_t>> frame(std::string_view camera,
                                                                std::uint64_t number) = 0;
  // Judges a stored picture.
  [[nodiscard]] virtual vision::CheckResult check(std::string_view check,
                                                  std::span<const std::uint8_t> picture,
                                                  const vision::ExpectedValues& expected,
                                                  bool restart) = 0;
  // A draft's plane, and the check that a draft becomes (vision::Worker).
  [[nodiscard]] virtual Result<vision::Frame> plane(std::string_view draft,
                                                    std::span<const std::uint8_t> picture) = 0;
  [[nodiscard]] virtual Result<std::string> teach(
      std::string_view draft, const std::vector<vision::ShownPicture>& pictures) = 0;
  // Ends what it holds; the next call begins anew.
  virtual void close() = 0;
};

// Over a worker process, which is started at the first call.
[[nodiscard]] std::unique_ptr<Lookout> vision_lookout(vision::WorkerOptions options,
                                                      const Clock& clock);

}  // namespace batchwright::client
