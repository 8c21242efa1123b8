// The journal's rows. Storage thread only.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "offline_store/internal/journal_end.h"
#include "offline_store/sqlite/connection.h"

namespace batchwright::offline_store::internal {

class JournalTable {
 public:
  [[nodiscard]] static Result<JournalTable> prepare(sqlite::Connection& connection);

  // Inside a transaction of the caller, who checked that the lines continue the journal.
  [[nodiscard]] Result<void> insert(std::span<const record::StoredLine> commit);

  // Every row from 1, checked against its hash and its neighbour; the end it leads to. kAltered
  // names the first bad line.
  [[nodiscard]] Result<JournalEnd> check_all(const Digest& enrolment_hash);

  // Bytes of the lines that exist in [first, last], each checked against its hash.
  [[nodiscard]] Result<std::vector<std::string>> load(std::uint64_t first, std::uint64_t last);
  [[nodiscard]] Result<std::optional<Digest>> hash_of(std::uint64_t seq);

 private:
  JournalTable(sqlite::Statement insert, sqlite::Statement range, sqlite::Statement hash)
      : insert_(std::move(insert)), range_(std::move(range)), hash_(std::move(hash)) {}

  sqlite::Statement insert_, range_, hash_;
};

}  // namespace batchwright::offline_store::internal
