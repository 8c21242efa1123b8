#include "offline_store/internal/files.h"

namespace batchwright::offline_store::internal {

Result<void> write_whole(Files& files, const std::string& directory, const std::string& temporary,
                         const std::string& path, std::string_view bytes) {
  auto file = files.open(temporary, Open::kStartOver);
  if (!file) return std::unexpected(file.error());
  if (auto written = (*file)->write(0, bytes); !written) return written;
  if (auto synced = (*file)->sync(); !synced) return synced;
  file->reset();
  if (auto renamed = files.rename(temporary, path); !renamed) return renamed;
  return files.sync_directory(directory);
}

}  // namespace batchwright::offline_store::internal
