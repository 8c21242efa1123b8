// Master batch records the site approved, and batches issued from them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/finding.h"
#include "record/trust.h"
#include "twin/site.h"

namespace batchwright::twin {

struct LoadedMbr {
  std::string hash;  // hex
  std::string mbr, version, title;
  bool known = false;  // this very text was loaded before
};

// Reads, checks, approves with the site's signature (state "effective") and offers the recipe to
// every panel. The exact bytes are kept and hashed. `findings` gets all of the reader's. kRefused
// when findings forbid it to run, kConflict when another text has this id and version.
[[nodiscard]] Result<LoadedMbr> load_mbr(Site& site, std::string_view text, Findings& findings);

struct IssuedBatch {
  std::string run, number, mbr, version;
};
// One batch, once: `mbr` is a hash, an id (then its newest version), or ID@VERSION. kConflict when
// the number was used before, kNotFound when there is no such recipe.
[[nodiscard]] Result<IssuedBatch> issue_batch(Site& site, const std::string& mbr,
                                              const std::string& number);

// {"mbrs":[{"hash","mbr","version","title","approval":SD}]}, by id and version.
[[nodiscard]] Result<Json> list_mbrs(Site& site);
// The exact text. kNotFound.
[[nodiscard]] Result<std::string> mbr_text(Site& site, const std::string& hash_hex);

}  // namespace batchwright::twin
