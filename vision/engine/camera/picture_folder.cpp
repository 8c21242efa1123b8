#include "vision/engine/camera/picture_folder.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <utility>

#include "vision/camera.h"
#include "vision/engine/load_image.h"

namespace batchwright::vision {

namespace {

bool is_picture_name(std::string_view name) {
  constexpr std::array<std::string_view, 5> kEndings{".png", ".jpg", ".jpeg", ".webp", ".bmp"};
  if (name.empty() || name.front() == '.') return false;
  return std::ranges::any_of(kEndings, [name](std::string_view ending) {
    return name.size() > ending.size() &&
           std::ranges::equal(name.substr(name.size() - ending.size()), ending, {}, [](char c) {
             return static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
           });
  });
}

class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  ~Descriptor() {
    if (number_ >= 0) ::close(number_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  [[nodiscard]] int number() const { return number_; }

 private:
  int number_;
};

Result<std::vector<std::uint8_t>> bytes_of(int file, std::size_t size, const std::string& name) {
  std::vector<std::uint8_t> bytes(size);
  std::size_t have = 0;
  while (have < size) {
    const auto got = ::read(file, bytes.data() + have, size - have);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return fail(ErrorCode::kUnreadable, "The picture can't be read.", name);
    have += static_cast<std::size_t>(got);
  }
  return bytes;
}

}  // namespace

Result<PictureFolder> PictureFolder::open(const std::string& path) {
  const int folder = ::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (folder < 0) return fail(ErrorCode::kNotFound, "The folder of pictures can't be read.", path);
  return PictureFolder(folder);
}

PictureFolder::PictureFolder(PictureFolder&& other) noexcept
    : folder_(std::exchange(other.folder_, -1)),
      loaded_(other.loaded_),
      frame_(std::move(other.frame_)) {}

PictureFolder& PictureFolder::operator=(PictureFolder&& other) noexcept {
  std::swap(folder_, other.folder_);
  loaded_ = other.loaded_;
  frame_.swap(other.frame_);
  return *this;
}

PictureFolder::~PictureFolder() {
  if (folder_ >= 0) ::close(folder_);
}

Result<std::vector<std::string>> PictureFolder::names() const {
  const int again = ::openat(folder_, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  DIR* const entries = again < 0 ? nullptr : ::fdopendir(again);
  if (entries == nullptr) {
    if (again >= 0) ::close(again);
    return fail(ErrorCode::kNotFound, "The folder of pictures can't be read.");
  }
  std::vector<std::string> names;
  std::size_t count = 0;
  while (const dirent* entry = ::readdir(entries)) {
    if (++count > kPicturesMax) break;
    if (is_picture_name(entry->d_name)) names.emplace_back(entry->d_name);
  }
  ::closedir(entries);
  if (count > kPicturesMax) return fail(ErrorCode::kFull, "The folder has too many pictures.");
  std::ranges::sort(names);
  return names;
}

Result<std::shared_ptr<const Frame>> PictureFolder::load(const std::string& name) {
  // Without O_NONBLOCK, opening a pipe that is named like a picture would wait forever.
  const Descriptor file(
      ::openat(folder_, name.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
  struct stat facts{};
  if (file.number() < 0 || ::fstat(file.number(), &facts) != 0 || !S_ISREG(facts.st_mode))
    return fail(ErrorCode::kUnreadable, "The picture can't be read.", name);
  if (static_cast<std::size_t>(facts.st_size) > kPictureBytesMax)
    return fail(ErrorCode::kMalformed, "The picture file is too large.", name);
  const Identity now{facts.st_dev, facts.st_ino, facts.st_size, facts.st_mtim.tv_sec,
                     facts.st_mtim.tv_nsec};
  if (frame_ && now == loaded_) return frame_;
  frame_.reset();
  const auto bytes = bytes_of(file.number(), static_cast<std::size_t>(facts.st_size), name);
  if (!bytes) return std::unexpected(bytes.error());
  auto frame = load_image(*bytes);
  if (!frame) return std::unexpected(frame.error());
  frame_ = std::make_shared<const Frame>(std::move(*frame));
  loaded_ = now;
  return frame_;
}

}  // namespace batchwright::vision
