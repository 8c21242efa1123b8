// Commits of other devices for runs here. Storage thread only.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "offline_store/sqlite/connection.h"
#include "record/line.h"

namespace batchwright::offline_store::internal {

class PeerTable {
 public:
  [[nodiscard]] static Result<PeerTable> prepare(sqlite::Connection& connection);

  // Inside a transaction of the caller. A line that is there already is skipped; kConflict when
  // another line has its place (a fork of that device).
  [[nodiscard]] Result<void> insert(const record::StoredLine& line, std::uint64_t commit_seq);

  // The whole commits that touch one run, by device and seq; each line checked against its hash.
  [[nodiscard]] Result<std::vector<std::string>> load(std::string_view run_id);

 private:
  PeerTable(sqlite::Statement insert, sqlite::Statement find, sqlite::Statement of_run)
      : insert_(std::move(insert)), find_(std::move(find)), of_run_(std::move(of_run)) {}

  sqlite::Statement insert_, find_, of_run_;
};

// What both stores answer to a line whose place is taken by another one.
[[nodiscard]] std::unexpected<Error> fork_of(const record::Line& line);

}  // namespace batchwright::offline_store::internal
