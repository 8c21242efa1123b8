#include "ui/backend/png.h"

#include <png.h>

#include <array>
#include <cstdio>
#include <cstring>
#include <memory>
#include <vector>

namespace batchwright::ui {
namespace {

// libpng's simplified interface reports by return value; its error text is in the image.
class Image {
 public:
  Image() {
    std::memset(&image_, 0, sizeof image_);
    image_.version = PNG_IMAGE_VERSION;
  }
  ~Image() { png_image_free(&image_); }
  Image(const Image&) = delete;
  Image& operator=(const Image&) = delete;
  [[nodiscard]] png_image* get() { return &image_; }
  [[nodiscard]] std::string message() const { return image_.message; }

 private:
  png_image image_;
};

bool is_size_allowed(int width_px, int height_px) {
  return width_px > 0 && height_px > 0 && width_px <= kPictureSideMaxPx &&
         height_px <= kPictureSideMaxPx;
}

}  // namespace

Result<void> write_png(const Picture& picture, const std::filesystem::path& path) {
  if (!is_size_allowed(picture.width_px, picture.height_px)) {
    return fail(ErrorCode::kRefused, "The picture is empty or too large, so it was not written.",
                path.string());
  }
  std::vector<png_byte> rgb;
  rgb.reserve(picture.pixels.size() * 3);
  for (const std::uint32_t pixel : picture.pixels) {
    rgb.push_back(static_cast<png_byte>(pixel >> 16));
    rgb.push_back(static_cast<png_byte>(pixel >> 8));
    rgb.push_back(static_cast<png_byte>(pixel));
  }
  Image image;
  image.get()->width = static_cast<png_uint_32>(picture.width_px);
  image.get()->height = static_cast<png_uint_32>(picture.height_px);
  image.get()->format = PNG_FORMAT_RGB;
  if (png_image_write_to_file(image.get(), path.c_str(), 0, rgb.data(), 0, nullptr) == 0) {
    return fail(ErrorCode::kIo, "The picture could not be written: " + image.message() + ".",
                path.string());
  }
  return {};
}

Result<Picture> read_png(const std::filesystem::path& path) {
  std::error_code ignored;
  if (!std::filesystem::is_regular_file(path, ignored)) {
    return fail(ErrorCode::kNotFound, "There is no such picture.", path.string());
  }
  Image image;
  if (png_image_begin_read_from_file(image.get(), path.c_str()) == 0) {
    return fail(ErrorCode::kMalformed, "This is not a PNG picture: " + image.message() + ".",
                path.string());
  }
  const auto side_max = static_cast<png_uint_32>(kPictureSideMaxPx);
  if (image.get()->width > side_max || image.get()->height > side_max) {
    return fail(ErrorCode::kRefused, "The picture is larger than 8192 pixels on a side.",
                path.string());
  }
  image.get()->format = PNG_FORMAT_RGB;
  std::vector<png_byte> rgb(PNG_IMAGE_SIZE(*image.get()));
  if (png_image_finish_read(image.get(), nullptr, rgb.data(), 0, nullptr) == 0) {
    return fail(ErrorCode::kMalformed, "The picture is damaged: " + image.message() + ".",
                path.string());
  }
  Picture picture{static_cast<int>(image.get()->width), static_cast<int>(image.get()->height), {}};
  picture.pixels.reserve(rgb.size() / 3);
  for (std::size_t i = 0; i + 2 < rgb.size(); i += 3) {
    picture.pixels.push_back((static_cast<std::uint32_t>(rgb[i]) << 16) |
                             (static_cast<std::uint32_t>(rgb[i + 1]) << 8) | rgb[i + 2]);
  }
  return picture;
}

}  // namespace batchwright::ui
