// How large a step library and a recipe source may be (docs/formats/library.md), and how either is
// told from another document.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "base/json.h"

namespace batchwright::workflows {

inline constexpr std::size_t kLibraryBytesMax = 32u << 20;
inline constexpr int kLibraryDepthMax = 160;
inline constexpr std::size_t kBlocksMax = 5'000;
inline constexpr int kBlockVersionMax = 1'000'000;
inline constexpr std::size_t kUsesMax = 10'000;  // of blocks in one source

// kMalformed when the document is another one, kUnsupported when it is a later format of `what`.
[[nodiscard]] Result<void> check_library_format(const Json& json, std::string_view format,
                                                const std::string& what);

}  // namespace batchwright::workflows
