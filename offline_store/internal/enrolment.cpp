#include "offline_store/internal/enrolment.h"

#include "base/json.h"
#include "base/then.h"
#include "record/signed_document.h"

namespace batchwright::offline_store::internal {

Result<Digest> enrolment_hash(std::string_view text) {
  return then(
      parse_json(text), record::signed_document_from_json,
      [](const record::SignedDocument& document) -> Result<Digest> { return document.hash(); });
}

Result<Digest> accept_enrolment(const CatalogueItem& item,
                                const std::vector<CatalogueItem>& existing,
                                const JournalHead& head) {
  const auto hash = enrolment_hash(item.text);
  if (!hash) {
    return fail(ErrorCode::kMalformed, "This is not an enrolment. It was not saved.", "enrolment");
  }
  for (const CatalogueItem& old : existing) {
    if (old.name == item.name && old.text == item.text) return hash;
    if (head.seq == 0 && old.name == item.name) continue;
    return fail(ErrorCode::kRefused,
                "This store belongs to an enrolled panel and its record has begun. Nothing was "
                "changed. A new enrolment needs a new, empty store.",
                "enrolment");
  }
  return hash;
}

}  // namespace batchwright::offline_store::internal
