// Documents by kind and name. Storage thread only.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "offline_store/sqlite/connection.h"
#include "offline_store/store.h"

namespace batchwright::offline_store::internal {

class CatalogueTable {
 public:
  [[nodiscard]] static Result<CatalogueTable> prepare(sqlite::Connection& connection);

  [[nodiscard]] Result<void> put(const CatalogueItem& item);
  [[nodiscard]] Result<std::optional<std::string>> find(std::string_view kind,
                                                        std::string_view name);
  [[nodiscard]] Result<std::vector<CatalogueItem>> all(std::string_view kind);  // by name

 private:
  CatalogueTable(sqlite::Statement put, sqlite::Statement find, sqlite::Statement all)
      : put_(std::move(put)), find_(std::move(find)), all_(std::move(all)) {}

  sqlite::Statement put_, find_, all_;
};

}  // namespace batchwright::offline_store::internal
