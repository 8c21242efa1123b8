#include "offline_store/internal/open_checks.h"

#include <fmt/format.h>

namespace batchwright::offline_store::internal {

Result<void> check_pages(sqlite::Connection& connection) {
  // Not quick_check: it never compares an index with its table, and a flipped byte in an index
  // hides rows.
  const auto remark = connection.query_text("PRAGMA integrity_check(1)");
  if (!remark) return std::unexpected(remark.error());
  if (*remark == "ok") return {};
  return fail(ErrorCode::kAltered,
              "The database file is damaged (" + *remark +
                  "). Nothing was written. Keep the folder as it is and call IT.",
              connection.path());
}

Result<void> check_against(const SideHead& side, const JournalHead& end, JournalTable& journal) {
  if (side.seq > end.seq) {
    return fail(
        ErrorCode::kAltered,
        fmt::format("The end of the record is missing: {} lines were accepted, {} are here. "
                    "Nothing was written. Keep the folder as it is and call IT.",
                    side.seq, end.seq),
        fmt::format("line {}", end.seq + 1));
  }
  if (side.seq == 0) return {};
  const auto stored = journal.hash_of(side.seq);
  if (!stored) return std::unexpected(stored.error());
  if (*stored && **stored == side.hash) return {};
  return fail(ErrorCode::kAltered,
              fmt::format("Line {} of the record is not the line that was accepted. Nothing was "
                          "written. Keep the folder as it is and call IT.",
                          side.seq),
              fmt::format("line {}", side.seq));
}

SideHead side_head(const JournalHead& head) {
  return head.seq == 0 ? SideHead{} : SideHead{.seq = head.seq, .hash = head.hash};
}

}  // namespace batchwright::offline_store::internal
