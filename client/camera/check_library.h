// Approved check files by their hash, as master batch records name them; and the folders with the
// pictures that challenge them.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "client/camera/cameras.h"
#include "vision/check.h"

namespace batchwright::client {

struct KnownCheck {
  CheckFile file;
  vision::Check check;
  std::filesystem::path challenge;  // folder of its challenge set; empty = there is none
};

// Immutable once it is filled; then any thread.
class CheckLibrary {
 public:
  // Takes every *.check.json of the folder, at most kFilesMax; what can't be read is left out and
  // logged. The challenge set of ID.check.json is the folder `challenges`/ID, where there is one.
  // A folder that doesn't exist has no checks.
  void add_folder(const std::filesystem::path& folder);

  [[nodiscard]] const KnownCheck* find(const std::string& sha256_hex) const;

  static constexpr std::size_t kFilesMax = 500;

 private:
  std::map<std::string, KnownCheck> checks_;  // by hash of the file's bytes
};

}  // namespace batchwright::client
