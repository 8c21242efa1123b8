// Small files read and written whole. Errors name the file.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "base/error.h"

namespace batchwright::client {

// kNotFound or kUnreadable, which is also a file above `bytes_max`: nothing is known of its
// content.
[[nodiscard]] Result<std::string> load_file(const std::filesystem::path& path,
                                            std::size_t bytes_max = 256u << 20);

// Writes beside, syncs, renames: the file is either the old or the new one. Mode 0600 when
// `secret`, else 0644.
[[nodiscard]] Result<void> save_file(const std::filesystem::path& path, std::string_view bytes,
                                     bool secret = false);

}  // namespace batchwright::client
