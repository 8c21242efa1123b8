// The pictures that a trainer showed so far, each of one or more subjects of the draft.
#pragma once

#include <string>
#include <vector>

#include "vision/teaching.h"

namespace batchwright::client {

class TaughtPictures {
 public:
  enum class Added {
    kYes,
    kSubjectIsFull,  // it has as many as a check may have
    kTooMany         // or too large, all together, for one task of the worker
  };
  // Of these subjects, as far as they have room; a subject of one picture takes the newest instead.
  // `taken_as`: what remove_last() knows it by.
  Added add(const std::vector<vision::Subject>& subjects, std::string png, std::string taken_as);
  // False when nothing was taken as this.
  bool remove_last(const std::string& taken_as);

  [[nodiscard]] int count(const std::string& subject) const;
  [[nodiscard]] int size() const { return static_cast<int>(all_.size()); }
  [[nodiscard]] bool contains(const std::string& png) const;
  // Ready for the worker.
  [[nodiscard]] std::vector<vision::ShownPicture> all() const;

 private:
  struct Shown {
    vision::ShownPicture picture;
    std::string taken_as;
  };
  std::vector<Shown> all_;
};

}  // namespace batchwright::client
