#include "client/teach/taught_pictures.h"

#include <algorithm>

#include "vision/message.h"

namespace batchwright::client {

TaughtPictures::Added TaughtPictures::add(const std::vector<vision::Subject>& subjects,
                                          std::string png, std::string taken_as) {
  std::size_t bytes = png.size() + vision::kCheckBytesMax;  // the draft goes with them
  for (const auto& one : all_) bytes += one.picture.bytes.size();
  if (all_.size() >= vision::kPicturesTaughtMax || bytes > vision::kPayloadBytesMax)
    return Added::kTooMany;
  Shown shown{{{}, std::move(png)}, std::move(taken_as)};
  for (const auto& subject : subjects) {
    const auto key = key_of(subject);
    if (subject.pictures_max == 1)
      std::erase_if(all_,
                    [&](const Shown& one) { return one.picture.subjects == std::vector{key}; });
    if (count(key) < static_cast<int>(subject.pictures_max)) shown.picture.subjects.push_back(key);
  }
  if (shown.picture.subjects.empty()) return Added::kSubjectIsFull;
  all_.push_back(std::move(shown));
  return Added::kYes;
}

bool TaughtPictures::remove_last(const std::string& taken_as) {
  const auto last = std::find_if(all_.rbegin(), all_.rend(),
                                 [&](const Shown& one) { return one.taken_as == taken_as; });
  if (last == all_.rend()) return false;
  all_.erase(std::next(last).base());
  return true;
}

int TaughtPictures::count(const std::string& subject) const {
  return static_cast<int>(std::ranges::count_if(all_, [&](const Shown& one) {
    return std::ranges::find(one.picture.subjects, subject) != one.picture.subjects.end();
  }));
}

bool TaughtPictures::contains(const std::string& png) const {
  return std::ranges::any_of(all_, [&](const Shown& one) { return one.picture.bytes == png; });
}

std::vector<vision::ShownPicture> TaughtPictures::all() const {
  std::vector<vision::ShownPicture> pictures;
  pictures.reserve(all_.size());
  for (const auto& one : all_) pictures.push_back(one.picture);
  return pictures;
}

}  // namespace batchwright::client
