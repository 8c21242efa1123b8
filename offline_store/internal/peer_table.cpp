#include "offline_store/internal/peer_table.h"

#include "offline_store/internal/row_sum.h"

namespace batchwright::offline_store::internal {

Result<PeerTable> PeerTable::prepare(sqlite::Connection& connection) {
  auto insert = connection.prepare(
      "INSERT INTO peer_line (device, seq, commit_seq, run, hash, line) "
      "VALUES (?1, ?2, ?3, ?4, ?5, ?6)");
  if (!insert) return std::unexpected(insert.error());
  auto find = connection.prepare("SELECT hash FROM peer_line WHERE device = ?1 AND seq = ?2");
  if (!find) return std::unexpected(find.error());
  auto of_run = connection.prepare(
      "SELECT device, seq, hash, line FROM peer_line WHERE (device, commit_seq) IN "
      "(SELECT device, commit_seq FROM peer_line WHERE run = ?1) ORDER BY device, seq");
  if (!of_run) return std::unexpected(of_run.error());
  return PeerTable(std::move(*insert), std::move(*find), std::move(*of_run));
}

Result<void> PeerTable::insert(const record::StoredLine& line, std::uint64_t commit_seq) {
  if (auto started = find_.start(line.line.device, line.line.seq); !started) return started;
  auto row = find_.step();
  if (!row) return std::unexpected(row.error());
  if (*row) {
    const bool same = same_bytes(line.hash, find_.blob(0));
    find_.reset();
    if (same) return {};
    return fork_of(line.line);
  }
  const bool about_run = line.line.subject.kind == "run";
  const std::string_view run = about_run ? std::string_view(line.line.subject.id) : "";
  return insert_.run(line.line.device, line.line.seq, commit_seq, run, sqlite::Blob(line.hash),
                     sqlite::Blob(line.bytes));
}

Result<std::vector<std::string>> PeerTable::load(std::string_view run_id) {
  std::vector<std::string> out;
  if (auto started = of_run_.start(run_id); !started) return std::unexpected(started.error());
  for (;;) {
    auto row = of_run_.step();
    if (!row) return std::unexpected(row.error());
    if (!*row) return out;
    if (!same_bytes(sha256(of_run_.blob(3)), of_run_.blob(2))) {
      const auto place =
          std::string(of_run_.text(0)) + " line " + std::to_string(of_run_.integer(1));
      of_run_.reset();
      return fail(
          ErrorCode::kAltered,
          "A line received from another panel no longer matches its hash. The record of this "
          "panel is not affected. Keep the folder as it is and call IT.",
          place);
    }
    out.emplace_back(of_run_.blob(3));
  }
}

std::unexpected<Error> fork_of(const record::Line& line) {
  return fail(ErrorCode::kConflict,
              "Another panel sent two different lines with the same number. The first is kept, the "
              "second was not stored. Call quality: that panel's record must be examined.",
              line.device + " line " + std::to_string(line.seq));
}

}  // namespace batchwright::offline_store::internal
