// The one document the store itself reads: the enrolment, whose hash begins the chain.
#pragma once

#include <string_view>
#include <vector>

#include "base/sha256.h"
#include "offline_store/store.h"

namespace batchwright::offline_store::internal {

inline constexpr std::string_view kEnrolmentKind = "enrolment";

// Hash of the statement inside a SignedDocument's JSON text. Whether the signature is good is the
// caller's question: it needs the site's key.
[[nodiscard]] Result<Digest> enrolment_hash(std::string_view text);

// The hash of `item`, when it may become the enrolment of a store that holds `existing` ones and
// ends at `head`. A store has one enrolment, and once the journal has begun it can't change:
// kRefused.
[[nodiscard]] Result<Digest> accept_enrolment(const CatalogueItem& item,
                                              const std::vector<CatalogueItem>& existing,
                                              const JournalHead& head);

}  // namespace batchwright::offline_store::internal
