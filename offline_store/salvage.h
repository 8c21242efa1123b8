// What can still be read of a closed store that refuses to open, so that verification can name the
// line that was changed. Nothing is checked here and nothing is written in the folder.
#pragma once

#include <string>
#include <vector>

#include "offline_store/store.h"
#include "record/package.h"

namespace batchwright::offline_store {

struct Salvage {
  std::vector<std::string> lines;        // rows of the journal in order, as they stand
  std::vector<CatalogueItem> documents;  // of the kinds asked for, by kind and name
  std::vector<std::string> receipts;     // the newest, or none
  record::FolderFacts facts;             // the side file's end; damage met while reading
};

// `refused` is why the store did not open; it comes first among the damage, with the line it names.
// kInUse while somebody works in the folder, kUnreadable when the journal is larger than what is
// read, else `refused` itself when no row can be read at all.
[[nodiscard]] Result<Salvage> salvage(const std::string& directory,
                                      const std::vector<std::string>& kinds, const Error& refused);

}  // namespace batchwright::offline_store
