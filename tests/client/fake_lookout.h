// A vision worker that says what a test wants: verdict after verdict, also none at all.
#pragma once

#include <atomic>
#include <functional>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "client/camera/lookout.h"

namespace batchwright::client::test {

inline vision::CheckResult says(vision::Verdict verdict) {
  vision::CheckResult result;
  result.verdict = verdict;
  result.score = verdict == vision::Verdict::kPass ? 0.95 : 0.4;
  result.threshold = 0.8;
  result.quality.good = verdict != vision::Verdict::kUndecided;
  vision::RegionResult region;
  region.region = "filter";
  region.verdict = verdict;
  region.code = verdict == vision::Verdict::kFail ? "turned" : "ok";
  region.seen = "filter";
  region.expected = "filter";
  region.score = result.score;
  region.threshold = result.threshold;
  region.corners = {{{10, 10}, {50, 10}, {50, 40}, {10, 40}}};
  result.regions = {region};
  return result;
}

inline vision::CheckResult reads(std::vector<std::pair<std::string, std::string>> readings) {
  auto result = says(vision::Verdict::kPass);
  result.readings = std::move(readings);
  return result;
}

// What the test and the worker share; outlives it.
struct FakeWorld {
  std::vector<vision::CheckResult> results;  // of one look after the other; the last one again
  bool frames_are_lost = false;
  bool frames_are_not_kept = false;
  bool stands_still = false;                   // every frame has the same bytes
  bool crashed = false;                        // every look answers that the worker ended
  std::atomic<int> hang_ms = 0;                // each look takes so long
  std::optional<vision::CheckResult> checked;  // of a stored picture; empty: by its name
  std::string plane_draft;
  vision::Advice advice = vision::Advice::kNone;  // of every look
  bool no_station = false;                        // no picture shows it
  std::vector<vision::ShownPicture> taught;
  std::function<Result<std::string>(std::string_view draft,
                                    const std::vector<vision::ShownPicture>&)>
      teach;  // empty: answers with the draft
  std::atomic<int> looks = 0, judged = 0, opened = 0, closed = 0;
  std::atomic<int> files_judged = 0;
};

class FakeLookout final : public Lookout {
 public:
  explicit FakeLookout(FakeWorld& world) : world_(world) {}

  std::vector<vision::CameraState> open(std::vector<vision::CameraSource> sources) override {
    ++world_.opened;
    std::vector<vision::CameraState> states;
    for (const auto& source : sources) {
      vision::CameraState state;
      state.id = source.id;
      state.open = true;
      states.push_back(std::move(state));
    }
    return states;
  }

  vision::Look look(const vision::LookRequest& request) override {
    ++world_.looks;
    if (world_.hang_ms > 0)
      std::this_thread::sleep_for(std::chrono::milliseconds(world_.hang_ms.load()));
    vision::Look look;
    look.number = static_cast<std::uint64_t>(world_.looks);
    if (world_.crashed) {
      look.reason = "The vision worker ended.";
      if (!request.check.empty()) {
        look.result = vision::CheckResult{};
        look.result->reason = look.reason;
      }
      return look;
    }
    look.seen = true;
    look.width = 64;
    look.height = 48;
    look.quality.good = true;
    look.quality.advice = world_.advice;
    look.preview = {vision::PixelFormat::kGrey, 32, 24, 32,
                    std::vector<std::uint8_t>(32 * 24, 128)};
    look.kept = request.keep && !world_.frames_are_not_kept;
    if (request.check.empty()) return look;
    const auto at = std::min(static_cast<std::size_t>(world_.judged++), world_.results.size() - 1);
    look.result = world_.results.at(at);
    return look;
  }

  Result<std::vector<std::uint8_t>> frame(std::string_view, std::uint64_t number) override {
    if (world_.frames_are_lost)
      return fail(ErrorCode::kUnreachable, "The worker ended, and the frame with it.");
    const auto text = world_.stands_still ? "png" : "png of look " + std::to_string(number);
    return std::vector<std::uint8_t>(text.begin(), text.end());
  }

  vision::CheckResult check(std::string_view, std::span<const std::uint8_t> picture,
                            const vision::ExpectedValues&, bool) override {
    ++world_.files_judged;
    if (world_.checked) return *world_.checked;
    const std::string text(picture.begin(), picture.end());
    return says(text.starts_with("good") ? vision::Verdict::kPass : vision::Verdict::kFail);
  }

  Result<vision::Frame> plane(std::string_view draft, std::span<const std::uint8_t>) override {
    world_.plane_draft = draft;
    if (world_.no_station)
      return fail(ErrorCode::kRefused, "Fewer tags than needed are in sight.", "station");
    return vision::Frame{vision::PixelFormat::kBgr, 400, 300, 1200,
                         std::vector<std::uint8_t>(1200 * 300, 90)};
  }
  Result<std::string> teach(std::string_view draft,
                            const std::vector<vision::ShownPicture>& pictures) override {
    world_.taught = pictures;
    if (world_.teach) return world_.teach(draft, pictures);
    return std::string(draft);
  }

  void close() override { ++world_.closed; }

 private:
  FakeWorld& world_;
};

}  // namespace batchwright::client::test
