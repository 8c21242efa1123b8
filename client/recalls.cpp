#include "client/recalls.h"

#include "base/bytes.h"
#include "base/json.h"
#include "base/then.h"
#include "record/signed_document.h"

namespace batchwright::client {

Result<std::map<std::string, std::string>> recalled_recipes(offline_store::Store& store,
                                                            const record::TrustAnchor& anchor) {
  auto items = store.catalogue_all("approval");
  if (!items) return std::unexpected(items.error());
  std::map<std::string, std::string> recalled;
  for (const auto& item : *items) {
    auto document = then(parse_json(item.text), record::signed_document_from_json);
    if (!document) return std::unexpected(document.error());
    auto approval = then(record::open_document(*document, "approval", anchor.key),
                         record::approval_from_statement);
    if (!approval) return std::unexpected(approval.error());
    if (approval->state == "recalled") recalled[to_hex(approval->hash)] = approval->time;
  }
  return recalled;
}

}  // namespace batchwright::client
