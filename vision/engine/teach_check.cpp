#include "vision/engine/teach_check.h"

#include <algorithm>
#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>

#include "vision/engine/check_engine.h"
#include "vision/engine/internal/picture.h"
#include "vision/engine/internal/plane.h"
#include "vision/engine/teach_station.h"
#include "vision/teaching.h"

namespace batchwright::vision {

namespace {

bool shows(const ShownFrame& one, const std::string& key) {
  return std::ranges::find(one.subjects, key) != one.subjects.end();
}

std::vector<Frame> frames_of(const std::string& key, const std::vector<ShownFrame>& shown) {
  std::vector<Frame> frames;
  for (const auto& one : shown)
    if (shows(one, key)) frames.push_back(one.frame);
  return frames;
}

// Every subject has pictures, not more than it may have, and every picture has a subject.
Result<void> check_shown(const std::vector<Subject>& subjects,
                         const std::vector<ShownFrame>& shown) {
  for (const auto& subject : subjects) {
    const auto key = key_of(subject);
    const auto count =
        std::ranges::count_if(shown, [&](const ShownFrame& one) { return shows(one, key); });
    if (count == 0) return fail(ErrorCode::kRefused, "This has not been shown yet.", key);
    if (static_cast<std::size_t>(count) > subject.pictures_max)
      return fail(ErrorCode::kRefused, "There are too many pictures of this.", key);
  }
  for (const auto& one : shown)
    for (const auto& key : one.subjects)
      if (std::ranges::find(subjects, key, key_of) == subjects.end())
        return fail(ErrorCode::kRefused, "The check asks for no such picture.", key);
  return {};
}

Result<Check> taught_layout(const Check& draft, const std::vector<Subject>& subjects,
                            const std::vector<ShownFrame>& shown) {
  const auto empty = frames_of("empty", shown);
  std::vector<PartShown> parts;
  for (const auto& part : std::get<LayoutCheck>(draft.rule).parts) {
    const auto subject = std::ranges::find(subjects, part.id, &Subject::id);
    parts.push_back({part.id, part.taught_in, part.symmetry, frames_of(key_of(*subject), shown)});
  }
  return teach_layout(draft, empty, parts);
}

Result<Check> with_crop(Check draft, const Subject& subject, const Frame& frame) {
  const auto plane = plane_of(draft, frame);
  if (!plane)
    return std::unexpected(Error{plane.error().code, plane.error().message, key_of(subject)});
  const auto* region = draft.region(subject.region);
  const cv::Mat bgr = bgr_of(*plane);
  const cv::Rect box(region->box.x, region->box.y, region->box.width, region->box.height);
  if ((box & cv::Rect({0, 0}, bgr.size())) != box)
    return fail(ErrorCode::kRefused, "The region lies outside of the picture.", subject.region);
  std::vector<std::uint8_t> png;
  cv::imencode(".png", bgr(box), png, {cv::IMWRITE_PNG_COMPRESSION, 6});
  std::erase_if(draft.references, [&](const Reference& one) { return one.id == subject.id; });
  draft.references.push_back({subject.id, std::string(png.begin(), png.end())});
  return draft;
}

Result<Check> taught_references(Check draft, const std::vector<Subject>& subjects,
                                const std::vector<ShownFrame>& shown) {
  for (const auto& subject : subjects) {
    auto next = with_crop(std::move(draft), subject, frames_of(key_of(subject), shown).front());
    if (!next) return next;
    draft = std::move(*next);
  }
  return draft;
}

}  // namespace

Result<Frame> plane_of(const Check& draft, const Frame& frame) {
  if (const auto checked = check_frame(frame); !checked) return std::unexpected(checked.error());
  try {
    const cv::Mat bgr = bgr_of(frame);
    if (!draft.station) return frame_of(bgr);
    const auto plane = put_on_plane(bgr, *draft.station);
    if (!plane) return std::unexpected(plane.error());
    return frame_of(plane->bgr);
  } catch (const cv::Exception&) {
    return fail(ErrorCode::kRefused, "The picture could not be worked on.");
  }
}

Result<Check> teach_check(const Check& draft, const std::vector<ShownFrame>& shown) {
  const auto subjects = subjects_of(draft);
  if (subjects.empty())
    return fail(ErrorCode::kRefused, "A check of this kind is taught by no picture.",
                kind_of(draft));
  if (auto checked = check_shown(subjects, shown); !checked)
    return std::unexpected(checked.error());
  try {
    Check plain = draft;
    plain.taught.reset();  // what it was worth with other references
    auto taught = std::holds_alternative<LayoutCheck>(draft.rule)
                      ? taught_layout(plain, subjects, shown)
                  : std::holds_alternative<ClearanceCheck>(draft.rule)
                      ? teach_clearance(plain, frames_of("empty", shown))
                      : taught_references(plain, subjects, shown);
    if (!taught) return taught;
    auto ready = CheckEngine::prepare(*taught);
    if (!ready) return std::unexpected(ready.error());
    return taught;
  } catch (const cv::Exception&) {
    return fail(ErrorCode::kRefused, "The pictures could not be worked on.");
  }
}

}  // namespace batchwright::vision
