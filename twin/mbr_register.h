// The site's register of master batch records: every version with the acts on it, and the signed
// word on its state that panels get. The rules are those of workflows/mbr_life.h.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "twin/site.h"
#include "workflows/mbr_life.h"

namespace batchwright::twin {

// All versions, in the order panels heard of them; those nobody heard of last. A record that an
// earlier version of this program loaded counts as effective from then, by persons unknown.
[[nodiscard]] Result<workflows::LifeRegister> load_register(Site& site);

// `wanted` is a hash, ID@VERSION, or an id: then its effective version, or else the one registered
// last. nullptr when there is none.
[[nodiscard]] const workflows::LifeVersion* find_version(const workflows::LifeRegister& versions,
                                                         std::string_view wanted, Instant now);

// How a state is called in documents: "recalled" stands for as long as the record exists.
[[nodiscard]] std::string state_text(const workflows::LifeRegister& versions,
                                     const workflows::LifeVersion& version, Instant now);

struct SignedAct {
  workflows::LifeAct act;
  std::string signature;  // the person's document; empty when entered at the twin's own console
};

// Inside the caller's transaction: keeps the acts, then publish_states().
[[nodiscard]] Result<void> store_acts(Site& site, const std::vector<SignedAct>& acts);

// Inside the caller's transaction: signs the state of every record whose state is no longer the one
// said last, and puts those in the feed that panels may know of (approved and later).
[[nodiscard]] Result<void> publish_states(Site& site);

// Publishes what time alone has changed. Cheap when nothing is due.
[[nodiscard]] Result<void> publish_due_states(Site& site);

// The site's signed approval document with this state.
[[nodiscard]] std::string sign_state(Site& site, const workflows::LifeVersion& version,
                                     const std::string& state);

// {"hash","mbr","version","title","state","effective_from","preparer","checker","approver","diff",
// "approval":SD}, by id and version; absent persons and instants are empty.
[[nodiscard]] Result<Json> list_mbrs(Site& site);

}  // namespace batchwright::twin
