// What the twin confirmed, what it refused, and where the feed stands. Storage thread only.
#pragma once

#include <string>
#include <vector>

#include "offline_store/sqlite/connection.h"
#include "offline_store/store.h"

namespace batchwright::offline_store::internal {

class SyncTables {
 public:
  [[nodiscard]] static Result<SyncTables> prepare(sqlite::Connection& connection);

  // The first receipt for a seq is kept; the twin may sign the same confirmation again.
  [[nodiscard]] Result<void> put_receipt(std::uint64_t seq, const std::string& text);
  [[nodiscard]] Result<std::uint64_t> confirmed_through();
  [[nodiscard]] Result<std::vector<std::string>> receipts();

  // Once per first seq, reason and detail; a repetition changes nothing.
  [[nodiscard]] Result<void> put_wedged(const Wedged& wedged);
  [[nodiscard]] Result<std::vector<Wedged>> wedged();

  [[nodiscard]] Result<void> put_cursor(const std::string& cursor);
  [[nodiscard]] Result<std::string> cursor();  // empty when there is none

 private:
  struct Statements {
    sqlite::Statement put_receipt, newest_receipt, receipts, put_wedged, wedged, put_cursor, cursor;
  };
  explicit SyncTables(Statements statements) : statements_(std::move(statements)) {}

  Statements statements_;
};

}  // namespace batchwright::offline_store::internal
