// The worker's teaching, from the panel's side.
#include "vision/teaching_message.h"
#include "vision/worker.h"

namespace batchwright::vision {

namespace {

constexpr int kPlaneBudgetMs = 5000, kTeachBudgetMs = 45'000;

std::vector<std::uint8_t> joined(std::string_view draft, std::size_t more) {
  std::vector<std::uint8_t> payload;
  payload.reserve(draft.size() + more);
  payload.assign(draft.begin(), draft.end());
  return payload;
}

}  // namespace

template <typename T>
Result<T> Worker::believed(Result<T> answer) {
  if (answer || answer.error().code != ErrorCode::kMalformed) return answer;
  give_up();
  return fail(ErrorCode::kUnreachable, "The reader's answer made no sense.");
}

Result<Frame> Worker::plane(std::string_view draft, std::span<const std::uint8_t> stored) {
  if (draft.empty() || draft.size() > kCheckBytesMax)
    return fail(ErrorCode::kRefused, "The draft is too large.");
  if (stored.empty() || stored.size() > kPictureBytesMax)
    return fail(ErrorCode::kRefused, "The picture file is too large.");
  const PlaneTask task{next_id_++, draft.size()};
  auto payload = joined(draft, stored.size());
  payload.insert(payload.end(), stored.begin(), stored.end());
  auto answer = ask(to_json(task), task.id, payload, kPlaneBudgetMs);
  if (!answer) return std::unexpected(answer.error());
  return believed(plane_from(std::move(*answer)));
}

Result<std::string> Worker::teach(std::string_view draft,
                                  const std::vector<ShownPicture>& pictures) {
  TeachTask task{next_id_++, draft.size(), {}};
  for (const auto& picture : pictures) {
    if (picture.bytes.empty() || picture.bytes.size() > kPictureBytesMax)
      return fail(ErrorCode::kRefused, "A picture file is too large.");
    task.pictures.push_back({picture.subjects, picture.bytes.size()});
  }
  if (draft.empty() || draft.size() > kCheckBytesMax || pictures.size() > kPicturesTaughtMax ||
      task.payload_bytes() > kPayloadBytesMax)
    return fail(ErrorCode::kRefused, "These are too many or too large pictures to teach by.");
  auto payload = joined(draft, task.payload_bytes());
  for (const auto& picture : pictures)
    payload.insert(payload.end(), picture.bytes.begin(), picture.bytes.end());
  auto answer = ask(to_json(task), task.id, payload, kTeachBudgetMs);
  if (!answer) return std::unexpected(answer.error());
  return believed(taught_from(std::move(*answer)));
}

}  // namespace batchwright::vision
