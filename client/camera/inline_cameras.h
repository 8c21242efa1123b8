// Cameras that answer at once and in place, for the headless demonstration and `run --auto`: as
// InlineJobs does for jobs.
#pragma once

#include <memory>
#include <vector>

#include "client/camera/attempt.h"

namespace batchwright::client {

class InlineCameras final : public Cameras {
 public:
  // `preview` must live longer.
  InlineCameras(std::unique_ptr<Lookout> lookout, std::vector<vision::CameraSource> sources,
                Preview& preview);

  [[nodiscard]] const vision::CameraSource* find(const std::string& camera) const override;
  void watch(const std::string& camera) override;
  void check(CheckJob job, Progress progress,
             std::function<void(const CheckOutcome&)> done) override;
  void challenge(ChallengeJob job, std::function<void(const ChallengeProgress&)> progress,
                 std::function<void(const ChallengeOutcome&)> done) override;
  void card_in_view(int) override {}
  void ask(std::function<void(Lookout&)> job, std::function<void()> done) override;
  void cancel() override {}

 private:
  void open();

  std::unique_ptr<Lookout> lookout_;
  std::vector<vision::CameraSource> sources_;
  Preview& preview_;
  std::string watched_;
  bool is_open_ = false;
};

}  // namespace batchwright::client
