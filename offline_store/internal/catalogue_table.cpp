#include "offline_store/internal/catalogue_table.h"

#include "offline_store/internal/row_sum.h"

namespace batchwright::offline_store::internal {

namespace {

std::unexpected<Error> altered(std::string_view kind, std::string_view name) {
  return fail(
      ErrorCode::kAltered,
      "A document kept on this panel is damaged. The record itself is not affected. Get the "
      "document again from the twin, or call IT.",
      std::string(kind) + "/" + std::string(name));
}

}  // namespace

Result<CatalogueTable> CatalogueTable::prepare(sqlite::Connection& connection) {
  auto put = connection.prepare(
      "INSERT INTO catalogue (kind, name, text, sum) VALUES (?1, ?2, ?3, ?4) "
      "ON CONFLICT (kind, name) DO UPDATE SET text = excluded.text, sum = excluded.sum");
  if (!put) return std::unexpected(put.error());
  auto find = connection.prepare("SELECT text, sum FROM catalogue WHERE kind = ?1 AND name = ?2");
  if (!find) return std::unexpected(find.error());
  auto all =
      connection.prepare("SELECT name, text, sum FROM catalogue WHERE kind = ?1 ORDER BY name");
  if (!all) return std::unexpected(all.error());
  return CatalogueTable(std::move(*put), std::move(*find), std::move(*all));
}

Result<void> CatalogueTable::put(const CatalogueItem& item) {
  return put_.run(item.kind, item.name, item.text,
                  sqlite::Blob(row_sum({item.kind, item.name, item.text})));
}

Result<std::optional<std::string>> CatalogueTable::find(std::string_view kind,
                                                        std::string_view name) {
  if (auto started = find_.start(kind, name); !started) return std::unexpected(started.error());
  auto row = find_.step();
  if (!row) return std::unexpected(row.error());
  if (!*row) return std::optional<std::string>();
  std::string text(find_.text(0));
  const bool good = same_bytes(row_sum({kind, name, text}), find_.blob(1));
  find_.reset();
  if (!good) return altered(kind, name);
  return std::optional(std::move(text));
}

Result<std::vector<CatalogueItem>> CatalogueTable::all(std::string_view kind) {
  std::vector<CatalogueItem> out;
  if (auto started = all_.start(kind); !started) return std::unexpected(started.error());
  for (;;) {
    auto row = all_.step();
    if (!row) return std::unexpected(row.error());
    if (!*row) return out;
    CatalogueItem item{.kind = std::string(kind),
                       .name = std::string(all_.text(0)),
                       .text = std::string(all_.text(1))};
    if (!same_bytes(row_sum({item.kind, item.name, item.text}), all_.blob(2))) {
      all_.reset();
      return altered(item.kind, item.name);
    }
    out.push_back(std::move(item));
  }
}

}  // namespace batchwright::offline_store::internal
