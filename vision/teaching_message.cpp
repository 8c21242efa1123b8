#include "vision/teaching_message.h"

#include <algorithm>

#include "vision/internal/message_reader.h"

namespace batchwright::vision {

namespace {

constexpr std::size_t kSubjectBytesMax = 220, kSubjectsMax = 1 + kPartKindsMax;

std::optional<TeachTask::Picture> picture_from(const Json& json) {
  const auto bytes = whole(json, "bytes", 1, kPictureBytesMax);
  const Json* subjects = member(json, "subjects");
  if (!bytes || subjects == nullptr || !subjects->is_array() || subjects->empty() ||
      subjects->size() > kSubjectsMax)
    return std::nullopt;
  TeachTask::Picture picture{{}, static_cast<std::size_t>(*bytes)};
  for (const auto& subject : *subjects) {
    if (!subject.is_string() || subject.get_ref<const std::string&>().size() > kSubjectBytesMax)
      return std::nullopt;
    picture.subjects.push_back(subject.get<std::string>());
  }
  return picture;
}

Json refusal_json(const Error& error) {
  return {{"done", false}, {"reason", error.message}, {"place", error.place}};
}

// What stood in the way, if the answer says that something did.
Result<std::optional<Error>> refusal_from(const Json& header) {
  const auto done = yes_or_no(header, "done");
  if (!done) return wrong_message("done");
  if (*done) return std::nullopt;
  auto reason = text(header, "reason", 500), place = text(header, "place", 300);
  if (!reason || !place) return wrong_message("reason");
  return Error{ErrorCode::kRefused, std::move(*reason), std::move(*place)};
}

}  // namespace

std::size_t TeachTask::payload_bytes() const {
  std::size_t bytes = draft_bytes;
  for (const auto& picture : pictures) bytes += picture.bytes;
  return bytes;
}

Json to_json(const TeachTask& task) {
  Json pictures = Json::array();
  for (const auto& picture : task.pictures)
    pictures.push_back({{"subjects", picture.subjects}, {"bytes", picture.bytes}});
  return {{"v", kProtocol},
          {"do", "teach"},
          {"id", task.id},
          {"draft_bytes", task.draft_bytes},
          {"pictures", pictures}};
}

Json to_json(const PlaneTask& task) {
  return {{"v", kProtocol}, {"do", "plane"}, {"id", task.id}, {"draft_bytes", task.draft_bytes}};
}

Result<TeachTask> teach_task_from_json(const Json& header) {
  const auto id = task_id(header, "teach");
  const auto draft_bytes = whole(header, "draft_bytes", 1, kCheckBytesMax);
  const Json* pictures = member(header, "pictures");
  if (!id) return wrong_message("id");
  if (!draft_bytes) return wrong_message("draft_bytes");
  if (pictures == nullptr || !pictures->is_array() || pictures->size() > kPicturesTaughtMax)
    return wrong_message("pictures");
  TeachTask task{*id, static_cast<std::size_t>(*draft_bytes), {}};
  for (const auto& one : *pictures) {
    auto picture = picture_from(one);
    if (!picture) return wrong_message("pictures");
    task.pictures.push_back(std::move(*picture));
  }
  return task;
}

Result<PlaneTask> plane_task_from_json(const Json& header) {
  const auto id = task_id(header, "plane");
  const auto draft_bytes = whole(header, "draft_bytes", 1, kCheckBytesMax);
  if (!id) return wrong_message("id");
  if (!draft_bytes) return wrong_message("draft_bytes");
  return PlaneTask{*id, static_cast<std::size_t>(*draft_bytes)};
}

Json plane_json(const Result<Frame>& plane) {
  if (!plane) return refusal_json(plane.error());
  return {{"done", true}, {"width", plane->width}, {"height", plane->height}};
}

Json taught_json(const Result<std::string>& check) {
  return check ? Json{{"done", true}} : refusal_json(check.error());
}

Result<Frame> plane_from(Message answer) {
  auto refusal = refusal_from(answer.header);
  if (!refusal) return std::unexpected(refusal.error());
  if (*refusal) return std::unexpected(std::move(**refusal));
  const auto width = whole(answer.header, "width", 1, kSideMax);
  const auto height = whole(answer.header, "height", 1, kSideMax);
  if (!width || !height) return wrong_message("width");
  const auto stride = static_cast<std::size_t>(*width) * 3;
  Frame frame{PixelFormat::kBgr, static_cast<int>(*width), static_cast<int>(*height), stride,
              std::move(answer.payload)};
  if (frame.bytes.size() != stride * static_cast<std::size_t>(*height))
    return wrong_message("payload");
  return frame;
}

Result<std::string> taught_from(Message answer) {
  auto refusal = refusal_from(answer.header);
  if (!refusal) return std::unexpected(refusal.error());
  if (*refusal) return std::unexpected(std::move(**refusal));
  return std::string(answer.payload.begin(), answer.payload.end());
}

}  // namespace batchwright::vision
