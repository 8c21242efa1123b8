#include "offline_store/internal/journal_table.h"

#include <limits>

#include "offline_store/internal/row_sum.h"

namespace batchwright::offline_store::internal {

namespace {

constexpr std::uint64_t kSeqMax = std::numeric_limits<std::int64_t>::max();

}  // namespace

Result<JournalTable> JournalTable::prepare(sqlite::Connection& connection) {
  auto insert = connection.prepare("INSERT INTO journal (seq, hash, line) VALUES (?1, ?2, ?3)");
  if (!insert) return std::unexpected(insert.error());
  auto range = connection.prepare(
      "SELECT seq, hash, line FROM journal WHERE seq BETWEEN ?1 AND ?2 ORDER BY seq");
  if (!range) return std::unexpected(range.error());
  auto hash = connection.prepare("SELECT hash FROM journal WHERE seq = ?1");
  if (!hash) return std::unexpected(hash.error());
  return JournalTable(std::move(*insert), std::move(*range), std::move(*hash));
}

Result<void> JournalTable::insert(std::span<const record::StoredLine> commit) {
  for (const record::StoredLine& line : commit) {
    auto inserted = insert_.run(line.line.seq, sqlite::Blob(line.hash), sqlite::Blob(line.bytes));
    if (!inserted) return inserted;
  }
  return {};
}

Result<JournalEnd> JournalTable::check_all(const Digest& enrolment_hash) {
  JournalEnd end(enrolment_hash);
  if (auto started = range_.start(0, kSeqMax); !started) return std::unexpected(started.error());
  for (;;) {
    auto row = range_.step();
    if (!row) return std::unexpected(row.error());
    if (!*row) break;
    auto taken = end.take_stored(static_cast<std::uint64_t>(range_.integer(0)), range_.blob(2),
                                 digest_of_bytes(range_.blob(1)));
    if (!taken) {
      range_.reset();
      return std::unexpected(taken.error());
    }
  }
  if (end.at_commit()) return end;
  const auto missing = std::to_string(end.head().seq + 1);
  return fail(ErrorCode::kAltered,
              "The record ends in the middle of a commit: line " + missing +
                  " is missing. Nothing was written. Keep the folder as it is and call IT.",
              "line " + missing);
}

Result<std::vector<std::string>> JournalTable::load(std::uint64_t first, std::uint64_t last) {
  std::vector<std::string> out;
  auto started = range_.start(std::min(first, kSeqMax), std::min(last, kSeqMax));
  if (!started) return std::unexpected(started.error());
  for (;;) {
    auto row = range_.step();
    if (!row) return std::unexpected(row.error());
    if (!*row) return out;
    if (!same_bytes(sha256(range_.blob(2)), range_.blob(1))) {
      const auto seq = std::to_string(range_.integer(0));
      range_.reset();
      return fail(ErrorCode::kAltered,
                  "Line " + seq +
                      " of the record no longer matches its hash. Keep the folder as it "
                      "is and call IT.",
                  "line " + seq);
    }
    out.emplace_back(range_.blob(2));
  }
}

Result<std::optional<Digest>> JournalTable::hash_of(std::uint64_t seq) {
  if (auto started = hash_.start(seq); !started) return std::unexpected(started.error());
  auto row = hash_.step();
  if (!row) return std::unexpected(row.error());
  if (!*row) return std::optional<Digest>();
  const Digest digest = digest_of_bytes(hash_.blob(0));
  hash_.reset();
  return std::optional(digest);
}

}  // namespace batchwright::offline_store::internal
