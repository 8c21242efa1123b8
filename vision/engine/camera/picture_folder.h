// The pictures of a folder by name. Other files, hidden files, links and what lies deeper are not
// seen.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/error.h"
#include "vision/frame.h"

namespace batchwright::vision {

class PictureFolder {
 public:
  // kNotFound when there is no such folder or it can't be read.
  [[nodiscard]] static Result<PictureFolder> open(const std::string& path);
  PictureFolder(PictureFolder&& other) noexcept;
  PictureFolder& operator=(PictureFolder&& other) noexcept;
  ~PictureFolder();

  // By bytes, ascending: *.png, *.jpg, *.jpeg, *.webp and *.bmp of any case. At most kPicturesMax,
  // of so many entries that nobody knows which are left out: kFull.
  [[nodiscard]] Result<std::vector<std::string>> names() const;

  // Decodes again only when the file isn't the one it was.
  [[nodiscard]] Result<std::shared_ptr<const Frame>> load(const std::string& name);

 private:
  explicit PictureFolder(int folder) : folder_(folder) {}
  struct Identity {
    unsigned long device = 0, inode = 0;
    long size = 0, seconds = 0, nanoseconds = 0;
    bool operator==(const Identity&) const = default;
  };
  int folder_ = -1;  // descriptor
  Identity loaded_;
  std::shared_ptr<const Frame> frame_;  // of loaded_
};

}  // namespace batchwright::vision
