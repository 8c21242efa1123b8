// Acts of people on master batch records: each is a statement the person signed with the own key,
// checked against the directory. The API and the console take the same document.
//
// Signed by the person (purpose "recipe-act"): {"site","hash":hex,"command","person",
// "effective_from","diff","time"}; command as in workflows/mbr_life.h, effective_from empty or an
// instant (make_effective), diff empty or the hash of the difference that was read (approve).
#pragma once

#include <string>

#include "record/trust.h"
#include "twin/site.h"
#include "workflows/mbr.h"
#include "workflows/mbr_life.h"

namespace batchwright::twin {

inline constexpr std::int64_t kActMinutes = 15;  // how old or early a signed act may be

struct RecipeAct {
  std::string site, hash, command, person, effective_from, diff, time;
};
[[nodiscard]] Json to_statement(const RecipeAct& act);
[[nodiscard]] Result<RecipeAct> act_from_statement(const Json& statement);

// {"mbr","version","hash","state","effective_from"} after it. kDenied when the signature is not
// that person's, kRefused when a rule forbids it or the approver signed another difference,
// kNotFound when there is no such record. Nothing is stored then.
// `about` is the record the caller means; kRefused when the document names another.
[[nodiscard]] Result<Json> perform_act(Site& site, const Json& document, const std::string& about);

// Unlocks the person's key with the password, signs and performs. kDenied when it doesn't fit.
[[nodiscard]] Result<Json> perform_at_console(Site& site, RecipeAct act,
                                              const std::string& password);

// The canonical difference (workflows/mbr_diff.h) between the version that is effective now and
// `mbr`: what an approver reads, and whose SHA-256 the approval names. Empty when nothing is
// effective.
[[nodiscard]] Result<std::string> diff_for_approval(Site& site,
                                                    const workflows::LifeRegister& versions,
                                                    const workflows::Mbr& mbr);
// The same by hash. kNotFound.
[[nodiscard]] Result<std::string> diff_for_approval(Site& site, const std::string& hash_hex);

}  // namespace batchwright::twin
