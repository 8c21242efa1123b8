#include "vision/camera_message.h"

#include <array>

#include "vision/internal/message_reader.h"

namespace batchwright::vision {

namespace {

constexpr std::size_t kSourceBytesMax = 5000;
constexpr std::size_t kIdBytesMax = 40;
constexpr std::array kTurns{"live", "next", "first"};

std::optional<Turn> turn_from_text(const std::optional<std::string>& name) {
  for (std::size_t i = 0; i < kTurns.size(); ++i)
    if (name == kTurns[i]) return static_cast<Turn>(i);
  return std::nullopt;
}

// What a look has to say beside its picture.
bool read_facts(const Json& json, Look& look) {
  const auto seen = yes_or_no(json, "seen"), ended = yes_or_no(json, "ended"),
             kept = yes_or_no(json, "kept");
  auto reason = text(json, "reason", 500), picture = text(json, "picture", 300);
  const auto number = whole(json, "number", 0, kNumberMax),
             width = whole(json, "width", 0, kSideMax), height = whole(json, "height", 0, kSideMax),
             dropped = whole(json, "dropped", 0, kNumberMax),
             due_ms = whole(json, "due_ms", 0, kNumberMax),
             took_ms = whole(json, "took_ms", 0, kNumberMax);
  if (!seen || !ended || !kept || !reason || !picture || !number || !width || !height || !dropped ||
      !due_ms || !took_ms)
    return false;
  look.seen = *seen;
  look.ended = *ended;
  look.kept = *kept;
  look.reason = std::move(*reason);
  look.picture = std::move(*picture);
  look.number = static_cast<std::uint64_t>(*number);
  look.width = static_cast<int>(*width);
  look.height = static_cast<int>(*height);
  look.dropped = static_cast<int>(*dropped);
  look.due_ms = static_cast<int>(*due_ms);
  look.took_ms = *took_ms;
  return !look.seen || (look.width > 0 && look.height > 0);
}

bool read_preview(const Json& json, std::vector<std::uint8_t> payload, Frame& preview) {
  const auto width = whole(json, "preview_width", 0, kPreviewWidthMax),
             height = whole(json, "preview_height", 0, 2 * kPreviewWidthMax);
  if (!width || !height) return false;
  const auto bytes = static_cast<std::size_t>(*width) * static_cast<std::size_t>(*height) * 3;
  if (payload.size() != bytes) return false;
  if (bytes == 0) return true;
  preview = {PixelFormat::kBgr, static_cast<int>(*width), static_cast<int>(*height),
             static_cast<std::size_t>(*width) * 3, std::move(payload)};
  return true;
}

}  // namespace

Json to_json(const OpenTask& task) {
  return {{"v", kProtocol},
          {"do", "open_camera"},
          {"id", task.id},
          {"source", to_text(task.source)},
          {"number_before", task.number_before}};
}

Result<OpenTask> open_task_from_json(const Json& header) {
  const auto id = task_id(header, "open_camera");
  const auto written = text(header, "source", kSourceBytesMax);
  const auto before = whole(header, "number_before", 0, kNumberMax);
  if (!id) return wrong_message("id");
  if (!written) return wrong_message("source");
  if (!before) return wrong_message("number_before");
  auto source = camera_from_text(*written);
  if (!source) return std::unexpected(source.error());
  return OpenTask{*id, std::move(*source), static_cast<std::uint64_t>(*before)};
}

Json to_json(const LookTask& task) {
  return {{"v", kProtocol},
          {"do", "look"},
          {"id", task.id},
          {"camera", task.camera},
          {"preview_width", task.preview_width},
          {"turn", kTurns[static_cast<std::size_t>(task.turn)]},
          {"judge", task.judge},
          {"expected", expected_json(task.expected)},
          {"restart", task.restart},
          {"keep", task.keep}};
}

Result<LookTask> look_task_from_json(const Json& header) {
  const auto id = task_id(header, "look");
  auto camera = text(header, "camera", kIdBytesMax);
  const auto width = whole(header, "preview_width", 0, kPreviewWidthMax);
  const auto turn = turn_from_text(text(header, "turn", 40));
  const auto judge = yes_or_no(header, "judge"), restart = yes_or_no(header, "restart"),
             keep = yes_or_no(header, "keep");
  auto expected = expected_from(header);
  if (!id) return wrong_message("id");
  if (!camera) return wrong_message("camera");
  if (!width) return wrong_message("preview_width");
  if (!turn) return wrong_message("turn");
  if (!judge || !restart || !keep) return wrong_message("judge");
  if (!expected) return wrong_message("expected");
  return LookTask{*id,
                  std::move(*camera),
                  static_cast<int>(*width),
                  *turn,
                  *judge,
                  std::move(*expected),
                  *restart,
                  *keep};
}

Json to_json(const FrameTask& task) {
  return {{"v", kProtocol},
          {"do", "frame"},
          {"id", task.id},
          {"camera", task.camera},
          {"number", task.number}};
}

Result<FrameTask> frame_task_from_json(const Json& header) {
  const auto id = task_id(header, "frame");
  auto camera = text(header, "camera", kIdBytesMax);
  const auto number = whole(header, "number", 0, kNumberMax);
  if (!id) return wrong_message("id");
  if (!camera) return wrong_message("camera");
  if (!number) return wrong_message("number");
  return FrameTask{*id, std::move(*camera), static_cast<std::uint64_t>(*number)};
}

Json to_json(const CameraState& state) {
  return {{"camera", state.id},
          {"open", state.open},
          {"problem", state.problem},
          {"width", state.width},
          {"height", state.height},
          {"exposure", to_string(state.exposure)},
          {"focus", to_string(state.focus)}};
}

Result<CameraState> camera_state_from_json(const Json& json) {
  auto id = text(json, "camera", kIdBytesMax), problem = text(json, "problem", 500);
  const auto open = yes_or_no(json, "open");
  const auto width = whole(json, "width", 0, kSideMax), height = whole(json, "height", 0, kSideMax);
  const auto exposure = lock_from_text(text(json, "exposure", 40).value_or("")),
             focus = lock_from_text(text(json, "focus", 40).value_or(""));
  if (!id || !problem || !open || !width || !height || !exposure || !focus)
    return wrong_message("camera");
  return CameraState{std::move(*id),
                     *open,
                     std::move(*problem),
                     static_cast<int>(*width),
                     static_cast<int>(*height),
                     *exposure,
                     *focus};
}

Json to_json(const Look& look) {
  Json json{{"seen", look.seen},
            {"reason", look.reason},
            {"number", look.number},
            {"picture", look.picture},
            {"width", look.width},
            {"height", look.height},
            {"dropped", look.dropped},
            {"ended", look.ended},
            {"due_ms", look.due_ms},
            {"kept", look.kept},
            {"preview_width", look.preview.width},
            {"preview_height", look.preview.height},
            {"quality", to_json(look.quality)},
            {"took_ms", look.took_ms}};
  if (look.result) json["result"] = to_json(*look.result);
  return json;
}

Result<Look> look_from_json(const Json& json, std::vector<std::uint8_t> payload) {
  Look look;
  if (!read_facts(json, look)) return wrong_message("look");
  if (!read_preview(json, std::move(payload), look.preview)) return wrong_message("preview_width");
  const Json* quality = member(json, "quality");
  if (quality == nullptr) return wrong_message("quality");
  auto measured = quality_from_json(*quality);
  if (!measured) return std::unexpected(measured.error());
  look.quality = *measured;
  if (const Json* judged = member(json, "result"); judged != nullptr) {
    auto result = check_result_from_json(*judged);
    if (!result) return std::unexpected(result.error());
    look.result = std::move(*result);
  }
  const bool verdict = look.result && look.result->verdict != Verdict::kNotPerformed;
  if (!look.seen && (verdict || look.kept || !look.preview.bytes.empty()))
    return wrong_message("seen");
  return look;
}

}  // namespace batchwright::vision
