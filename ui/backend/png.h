// PNG in and out, 8-bit RGB, always the same bytes for the same picture and libpng.
#pragma once

#include <filesystem>

#include "base/error.h"
#include "ui/backend/picture.h"

namespace batchwright::ui {

// Largest picture that is read or written.
inline constexpr int kPictureSideMaxPx = 8192;

// kIo when the file can't be written, kRefused when the picture is empty or too large.
[[nodiscard]] Result<void> write_png(const Picture& picture, const std::filesystem::path& path);

// Any PNG that libpng can turn into 8-bit RGB; transparency is dropped. kNotFound, kMalformed, or
// kRefused if too large.
[[nodiscard]] Result<Picture> read_png(const std::filesystem::path& path);

}  // namespace batchwright::ui
