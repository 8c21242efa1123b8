#include "twin/site_facts.h"

#include "base/then.h"
#include "offline_store/sqlite/transaction.h"
#include "record/site_facts_document.h"
#include "twin/feed.h"
#include "workflows/site_facts.h"

namespace batchwright::twin {
namespace {

using offline_store::sqlite::Transaction;

constexpr const char* kKey = "site-facts";

Result<std::uint64_t> version_now(Site& site) {
  const auto current = current_site_facts(site);
  if (current) return current->version;
  if (current.error().code == ErrorCode::kNotFound) return 0;
  return std::unexpected(current.error());
}

}  // namespace

Result<CurrentSiteFacts> current_site_facts(Site& site) {
  auto select = site.db().prepare("SELECT value FROM site WHERE key = ?");
  if (!select) return std::unexpected(select.error());
  if (auto started = select->start(kKey); !started) return std::unexpected(started.error());
  auto row = select->step();
  if (!row) return std::unexpected(row.error());
  if (!*row) return fail(ErrorCode::kNotFound, "The site has published no facts yet.", kKey);
  auto document = then(parse_json(select->text(0)), record::signed_document_from_json);
  if (!document) return std::unexpected(document.error());
  const auto facts = then(record::open_document(*document, "site-facts", site.anchor().key),
                          record::site_facts_from_statement);
  if (!facts) return std::unexpected(facts.error());
  return CurrentSiteFacts{facts->version, std::move(*document)};
}

Result<std::uint64_t> publish_site_facts(Site& site, std::string_view text) {
  if (auto readable = workflows::read_site_facts(text); !readable)
    return std::unexpected(readable.error());
  auto version = version_now(site);
  if (!version) return std::unexpected(version.error());
  const record::SiteFactsDocument facts{.site = site.anchor().site,
                                        .version = *version + 1,
                                        .issued = site.now_text(),
                                        .facts = std::string(text)};
  const auto document = site.sign("site-facts", record::to_statement(facts));
  auto transaction = Transaction::begin(site.db());
  if (!transaction) return std::unexpected(transaction.error());
  auto put = site.db().prepare(
      "INSERT INTO site (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = "
      "excluded.value");
  if (!put) return std::unexpected(put.error());
  auto done = then(
      put->run(kKey, to_text(record::to_json(document))),
      [&] { return add_feed_item(site, {.kind = kKey, .name = std::to_string(facts.version)}); },
      [&] { return transaction->commit(); });
  if (!done) return std::unexpected(done.error());
  return facts.version;
}

}  // namespace batchwright::twin
