// The files of a store's folder.
#pragma once

#include <string>

namespace batchwright::offline_store::internal {

struct StorePaths {
  explicit StorePaths(const std::string& directory)
      : database(directory + "/store.db"),
        head(directory + "/head"),
        lock(directory + "/lock"),
        evidence(directory + "/evidence") {}

  std::string database, head, lock, evidence;
};

}  // namespace batchwright::offline_store::internal
