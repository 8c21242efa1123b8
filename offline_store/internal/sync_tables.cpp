#include "offline_store/internal/sync_tables.h"

#include "offline_store/internal/row_sum.h"

namespace batchwright::offline_store::internal {

namespace {

std::unexpected<Error> altered(const std::string& place) {
  return fail(
      ErrorCode::kAltered,
      "What this panel kept about its exchange with the twin is damaged. The record itself is "
      "not affected. Keep the folder as it is and call IT.",
      place);
}

Digest sum_of(const Wedged& wedged) {
  return row_sum({std::to_string(wedged.first), wedged.reason, wedged.detail, wedged.time});
}

}  // namespace

Result<SyncTables> SyncTables::prepare(sqlite::Connection& connection) {
  auto put_receipt =
      connection.prepare("INSERT OR IGNORE INTO receipt (seq, text, sum) VALUES (?1, ?2, ?3)");
  if (!put_receipt) return std::unexpected(put_receipt.error());
  auto newest = connection.prepare("SELECT seq, text, sum FROM receipt ORDER BY seq DESC LIMIT 1");
  if (!newest) return std::unexpected(newest.error());
  auto receipts = connection.prepare("SELECT seq, text, sum FROM receipt ORDER BY seq");
  if (!receipts) return std::unexpected(receipts.error());
  auto put_wedged = connection.prepare(
      "INSERT OR IGNORE INTO wedged (first, reason, detail, time, sum) VALUES (?1, ?2, ?3, ?4, "
      "?5)");
  if (!put_wedged) return std::unexpected(put_wedged.error());
  auto wedged =
      connection.prepare("SELECT first, reason, detail, time, sum FROM wedged ORDER BY id");
  if (!wedged) return std::unexpected(wedged.error());
  auto put_cursor = connection.prepare(
      "INSERT INTO sync_state (name, value, sum) VALUES ('cursor', ?1, ?2) "
      "ON CONFLICT (name) DO UPDATE SET value = excluded.value, sum = excluded.sum");
  if (!put_cursor) return std::unexpected(put_cursor.error());
  auto cursor = connection.prepare("SELECT value, sum FROM sync_state WHERE name = 'cursor'");
  if (!cursor) return std::unexpected(cursor.error());
  return SyncTables({std::move(*put_receipt), std::move(*newest), std::move(*receipts),
                     std::move(*put_wedged), std::move(*wedged), std::move(*put_cursor),
                     std::move(*cursor)});
}

Result<void> SyncTables::put_receipt(std::uint64_t seq, const std::string& text) {
  return statements_.put_receipt.run(seq, text, sqlite::Blob(row_sum({std::to_string(seq), text})));
}

Result<std::uint64_t> SyncTables::confirmed_through() {
  auto& newest = statements_.newest_receipt;
  if (auto started = newest.start(); !started) return std::unexpected(started.error());
  auto row = newest.step();
  if (!row) return std::unexpected(row.error());
  if (!*row) return 0u;
  const std::int64_t seq = newest.integer(0);
  const bool good = same_bytes(row_sum({std::to_string(seq), newest.text(1)}), newest.blob(2));
  newest.reset();
  if (!good) return altered("receipt " + std::to_string(seq));
  return static_cast<std::uint64_t>(seq);
}

Result<std::vector<std::string>> SyncTables::receipts() {
  std::vector<std::string> out;
  auto& all = statements_.receipts;
  if (auto started = all.start(); !started) return std::unexpected(started.error());
  for (;;) {
    auto row = all.step();
    if (!row) return std::unexpected(row.error());
    if (!*row) return out;
    const auto seq = std::to_string(all.integer(0));
    if (!same_bytes(row_sum({seq, all.text(1)}), all.blob(2))) {
      all.reset();
      return altered("receipt " + seq);
    }
    out.emplace_back(all.text(1));
  }
}

Result<void> SyncTables::put_wedged(const Wedged& wedged) {
  return statements_.put_wedged.run(wedged.first, wedged.reason, wedged.detail, wedged.time,
                                    sqlite::Blob(sum_of(wedged)));
}

Result<std::vector<Wedged>> SyncTables::wedged() {
  std::vector<Wedged> out;
  auto& all = statements_.wedged;
  if (auto started = all.start(); !started) return std::unexpected(started.error());
  for (;;) {
    auto row = all.step();
    if (!row) return std::unexpected(row.error());
    if (!*row) return out;
    Wedged item{.first = static_cast<std::uint64_t>(all.integer(0)),
                .reason = std::string(all.text(1)),
                .detail = std::string(all.text(2)),
                .time = std::string(all.text(3))};
    if (!same_bytes(sum_of(item), all.blob(4))) {
      all.reset();
      return altered("refusal of line " + std::to_string(item.first));
    }
    out.push_back(std::move(item));
  }
}

Result<void> SyncTables::put_cursor(const std::string& cursor) {
  return statements_.put_cursor.run(cursor, sqlite::Blob(row_sum({"cursor", cursor})));
}

Result<std::string> SyncTables::cursor() {
  auto& one = statements_.cursor;
  if (auto started = one.start(); !started) return std::unexpected(started.error());
  auto row = one.step();
  if (!row) return std::unexpected(row.error());
  if (!*row) return std::string();
  std::string value(one.text(0));
  const bool good = same_bytes(row_sum({"cursor", value}), one.blob(1));
  one.reset();
  if (!good) return altered("cursor");
  return value;
}

}  // namespace batchwright::offline_store::internal
