// Master batch records the site holds, and batches issued from them. Their life: mbr_register.h and
// recipe_acts.h.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/finding.h"
#include "record/trust.h"
#include "twin/site.h"

namespace batchwright::twin {

// Who takes a record through its life in one go at the twin's own console; person ids. Empty names
// stand for the first fitting people of the directory: for demonstrations and tests.
struct Approval {
  std::string preparer, checker, quality;
  std::optional<Instant> effective_from;  // absent = now
};

struct LoadedMbr {
  std::string hash;  // hex
  std::string mbr, version, title;
  std::string state;   // after loading: draft, approved, effective ...
  bool known = false;  // this very text was loaded before; nothing was changed
};

// Reads, checks and registers a record; the exact bytes are kept and hashed. Then, unless
// `approval` is nullopt, submits, checks, approves and makes it effective by those three persons,
// who have to be three and of whom `quality` holds that role; such acts carry no signature of
// theirs. Panels hear of it once it is approved. `findings` gets all of the reader's. kRefused when
// findings forbid it to run or a rule forbids the approval (then nothing is registered), kConflict
// when another text has this id and version.
[[nodiscard]] Result<LoadedMbr> load_mbr(Site& site, std::string_view text, Findings& findings,
                                         const std::optional<Approval>& approval = Approval{});

struct IssuedBatch {
  std::string run, number, mbr, version;
};
// One batch, once, from an effective version that is not recalled: `mbr` is a hash, an id (then its
// effective version), or ID@VERSION. kRefused for any other version, naming its state and the
// version that is effective; kConflict when the number was used before, kNotFound when there is no
// such recipe.
[[nodiscard]] Result<IssuedBatch> issue_batch(Site& site, const std::string& mbr,
                                              const std::string& number);

// The exact text. kNotFound.
[[nodiscard]] Result<std::string> mbr_text(Site& site, const std::string& hash_hex);

}  // namespace batchwright::twin
