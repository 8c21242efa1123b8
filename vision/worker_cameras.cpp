// What the panel's side of the worker knows of cameras.
#include <algorithm>
#include <array>

#include "vision/camera_message.h"
#include "vision/worker.h"

namespace batchwright::vision {

namespace {

constexpr int kOpenBudgetMs = 20'000;  // a device settles its exposure and focus first
constexpr int kFrameBudgetMs = 5000;
constexpr const char* kNonsense = "The reader's answer made no sense.";

// A picture's state can't be trusted any more: nobody looked, whatever else is known.
Look unseen(const LookRequest& request, const std::string& reason) {
  Look look;
  look.reason = reason;
  if (request.check.empty()) return look;
  look.result = CheckResult{};
  look.result->reason = reason;
  return look;
}

bool is_picture_file(std::span<const std::uint8_t> bytes) {
  constexpr std::array<std::uint8_t, 8> kPngBegins{0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
  return bytes.size() > kPngBegins.size() &&
         std::equal(kPngBegins.begin(), kPngBegins.end(), bytes.begin());
}

}  // namespace

std::vector<CameraState> Worker::open_cameras(std::vector<CameraSource> sources) {
  stop();
  failed_starts_ = 0;
  std::vector<CameraState> beyond;
  for (std::size_t i = kCamerasMax; i < sources.size(); ++i) {
    beyond.push_back({});
    beyond.back().id = sources[i].id;
    beyond.back().problem = "There are too many cameras.";
  }
  sources.resize(std::min(sources.size(), kCamerasMax));
  sources_ = std::move(sources);
  states_.clear();
  const auto started = ensure_started();
  auto states = states_;
  if (!started)
    for (auto& state : states) {
      state.open = false;
      if (state.problem.empty()) state.problem = started.error().message;
    }
  states.insert(states.end(), beyond.begin(), beyond.end());
  return states;
}

CameraState Worker::open_camera(const CameraSource& source) {
  CameraState state;
  state.id = source.id;
  const auto last = last_number_.find(source.id);
  const OpenTask task{next_id_++, source, last == last_number_.end() ? 0 : last->second};
  const auto answer = talk(to_json(task), task.id, {}, kOpenBudgetMs);
  if (!answer) {
    state.problem = answer.error().message;
    return state;
  }
  auto opened = camera_state_from_json(answer->header);
  if (opened && opened->id == source.id && opened->open == opened->problem.empty())
    return std::move(*opened);
  give_up();
  state.problem = kNonsense;
  return state;
}

Look Worker::look(const LookRequest& request) {
  if (request.check.size() > kCheckBytesMax) return unseen(request, "The check file is too large.");
  if (request.preview_width < 0 || request.preview_width > kPreviewWidthMax)
    return unseen(request, "The preview asked for is too large.");
  const auto source = std::ranges::find(sources_, request.camera, &CameraSource::id);
  if (source == sources_.end()) return unseen(request, "There is no camera of this name.");
  if (const auto started = ensure_started(); !started)
    return unseen(request, started.error().message);
  const auto at = static_cast<std::size_t>(source - sources_.begin());
  if (!states_[at].open) {
    if (clock_.monotonic_ms() < reopen_after_ms_) return unseen(request, states_[at].problem);
    // A confined worker opens no device; a new one does.
    stop();
    if (const auto started = ensure_started(); !started)
      return unseen(request, started.error().message);
    if (!states_[at].open) return unseen(request, states_[at].problem);
  }
  auto look = ask_look(request);
  if (!look) return unseen(request, look.error().message);
  if (!look->seen && source->kind == CameraKind::kV4l2) {
    states_[at].open = false;
    states_[at].problem = look->reason;
  }
  return std::move(*look);
}

Result<Look> Worker::ask_look(const LookRequest& request) {
  const LookTask task{next_id_++,
                      request.camera,
                      request.preview_width,
                      request.turn,
                      !request.check.empty(),
                      request.expected,
                      request.restart,
                      request.keep};
  const std::vector<std::uint8_t> check(request.check.begin(), request.check.end());
  auto answer = talk(to_json(task), task.id, check, options_.judge_ms);
  if (!answer) return std::unexpected(answer.error());
  auto look = look_from_json(answer->header, std::move(answer->payload));
  const auto last = last_number_.find(request.camera);
  const auto before = last == last_number_.end() ? 0 : last->second;
  const bool believed = look && look->result.has_value() == task.judge &&
                        look->preview.width <= task.preview_width &&
                        (!look->seen || look->number > before) && (!look->kept || task.keep);
  if (!believed) {
    give_up();
    return fail(ErrorCode::kUnreachable, kNonsense);
  }
  if (look->seen) last_number_[request.camera] = look->number;
  return look;
}

Result<std::vector<std::uint8_t>> Worker::frame(std::string_view camera, std::uint64_t number) {
  // A worker that has to be started has kept nothing.
  if (pid_ <= 0) return fail(ErrorCode::kUnreachable, "The frame was lost: the reader ended.");
  const FrameTask task{next_id_++, std::string(camera), number};
  auto answer = talk(to_json(task), task.id, {}, kFrameBudgetMs);
  if (!answer) return std::unexpected(answer.error());
  const auto& header = answer->header;
  const auto found = header.find("found"), reason = header.find("reason");
  if (found == header.end() || !found->is_boolean() || reason == header.end() ||
      !reason->is_string() || (*found && !is_picture_file(answer->payload))) {
    give_up();
    return fail(ErrorCode::kUnreachable, kNonsense);
  }
  if (*found) return std::move(answer->payload);
  return fail(ErrorCode::kNotFound, "This frame was not kept.");
}

}  // namespace batchwright::vision
