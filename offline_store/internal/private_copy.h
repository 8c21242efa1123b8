// A throw-away copy of a closed database and its log, for reading a store that was not closed
// cleanly (a panel that lost power, an image of its disk) without changing a byte of it.
#pragma once

#include <string>

#include "offline_store/internal/files.h"

namespace batchwright::offline_store::internal {

class PrivateCopy {
 public:
  // Copies `database` and, where they exist, its -wal and -journal into a new folder that only this
  // user may enter.
  [[nodiscard]] static Result<PrivateCopy> make(Files& files, const std::string& database);

  PrivateCopy(PrivateCopy&& other) noexcept : folder_(std::move(other.folder_)) {
    other.folder_.clear();
  }
  PrivateCopy& operator=(PrivateCopy&&) = delete;
  ~PrivateCopy();  // removes it

  [[nodiscard]] std::string database() const { return folder_ + "/store.db"; }

 private:
  explicit PrivateCopy(std::string folder) : folder_(std::move(folder)) {}

  std::string folder_;
};

}  // namespace batchwright::offline_store::internal
