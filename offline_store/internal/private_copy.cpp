#include "offline_store/internal/private_copy.h"

#include <cstdlib>
#include <filesystem>

namespace batchwright::offline_store::internal {

namespace {

constexpr std::size_t kPieceBytes = 1u << 20;
const std::string kUnique(6, 'X');  // what mkdtemp replaces

Result<void> copy_file(Files& files, const std::string& from, const std::string& to) {
  auto source = files.open(from, Open::kRead);
  if (!source) return std::unexpected(source.error());
  auto target = system_files().open(to, Open::kStartOver);
  if (!target) return std::unexpected(target.error());
  for (std::uint64_t offset = 0;;) {
    auto piece = (*source)->read(offset, kPieceBytes);
    if (!piece) return std::unexpected(piece.error());
    if (piece->empty()) return {};
    if (auto put = (*target)->write(offset, *piece); !put) return put;
    offset += piece->size();
  }
}

}  // namespace

Result<PrivateCopy> PrivateCopy::make(Files& files, const std::string& database) {
  std::error_code ignored;
  std::string folder =
      (std::filesystem::temp_directory_path(ignored) / "batchwright-read-").string() + kUnique;
  if (::mkdtemp(folder.data()) == nullptr) {
    return fail(
        ErrorCode::kUnreadable,
        "This store was not closed cleanly, and there is no place for the copy that is needed "
        "to read it. Nothing was changed. Free space in the folder for temporary files.",
        folder);
  }
  PrivateCopy copy(folder);
  for (const char* suffix : {"", "-wal", "-journal"}) {
    auto there = files.exists(database + suffix);
    if (!there) return std::unexpected(there.error());
    if (!*there) continue;
    auto copied = copy_file(files, database + suffix, copy.database() + suffix);
    if (!copied) return std::unexpected(copied.error());
  }
  return copy;
}

PrivateCopy::~PrivateCopy() {
  std::error_code ignored;  // a copy that cannot be removed harms nobody
  if (!folder_.empty()) std::filesystem::remove_all(folder_, ignored);
}

}  // namespace batchwright::offline_store::internal
