// A recipe from a file of either format, with the author's answers beside it.
#pragma once

#include <string>

#include "base/json.h"
#include "workflows/batchml.h"
#include "workflows/mbr.h"

namespace batchwright::client {

struct RecipeFile {
  workflows::Mbr mbr;
  workflows::ImportCounts counts;
  Findings findings;
  Json report;  // the object of `recipe import --json`
};

// Reads `file`: BatchML when its text begins like XML, else the native format. `resolve_file`
// empty: FILE with its last extension replaced by .resolve.toml is used when it exists.
[[nodiscard]] Result<RecipeFile> load_recipe(const std::string& file,
                                             const std::string& resolve_file = {});

}  // namespace batchwright::client
