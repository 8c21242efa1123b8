#include "offline_store/internal/sqlite_store.h"

#include <fmt/format.h>

#include "base/ensure.h"
#include "offline_store/internal/enrolment.h"
#include "offline_store/internal/limits.h"
#include "offline_store/internal/open_checks.h"
#include "offline_store/sqlite/transaction.h"

namespace batchwright::offline_store::internal {

namespace {

// What is known about the thing that was to be saved when the disk failed.
enum class Saved {
  kNo,         // it never came to writing
  kUncertain,  // a write, a sync or the side file failed: the medium may hold it
};

// What a person is told when something could not be saved. The cause keeps its own words in
// brackets.
Error not_saved(const Error& cause, Saved saved) {
  const bool broken = cause.code == ErrorCode::kIo || cause.code == ErrorCode::kAltered;
  const auto words = [&](const char* what, const char* kept, const char* remedy) {
    return Error{cause.code, fmt::format("{} {} {} ({})", what, kept, remedy, cause.message),
                 cause.place};
  };
  constexpr const char* kNotSaved = "This was not saved; everything accepted before is kept.";
  constexpr const char* kDiskFailed = "The disk of this panel failed.";
  if (cause.code == ErrorCode::kFull) {
    return words("There is no space left on this panel.", kNotSaved,
                 "Call IT to free space, then do it again.");
  }
  if (broken && saved == Saved::kUncertain) {
    return words(kDiskFailed,
                 "Nobody knows yet whether this was saved; everything accepted before is kept.",
                 "Close Batchwright and open it again: it checks the record before it goes on. "
                 "Look whether this is there before you do it again. If it happens again, call "
                 "IT.");
  }
  if (broken) {
    return words(kDiskFailed, kNotSaved,
                 "Close Batchwright and open it again: it checks the record before it goes on. If "
                 "it happens again, call IT.");
  }
  return cause;
}

}  // namespace

Result<std::unique_ptr<SqliteStore>> SqliteStore::open(const std::string& directory, Mode mode,
                                                       const Environment& environment) {
  auto open = mode == Mode::kReadClosed ? open_for_reading(directory, environment)
                                        : open_for_writing(directory, mode, environment);
  if (!open) return std::unexpected(open.error());
  return std::unique_ptr<SqliteStore>(new SqliteStore(directory, environment, std::move(*open)));
}

SqliteStore::SqliteStore(std::string directory, Environment environment, OpenStore open)
    : directory_(std::move(directory)),
      environment_(std::move(environment)),
      open_(std::move(open)) {}

SqliteStore::~SqliteStore() {
  (void)close();
}

Result<void> SqliteStore::usable(Use use) const {
  ensure(std::this_thread::get_id() == owner_, "only the storage thread may use the store");
  if (!open_)
    return fail(ErrorCode::kRefused, "The store is closed. Nothing was saved.", directory_);
  if (stopped_) return std::unexpected(*stopped_);
  if (use == Use::kWrite && !open_->head_file) {
    return fail(ErrorCode::kRefused, "The store was opened for reading only. Nothing was saved.",
                directory_);
  }
  return {};
}

Result<void> SqliteStore::room(std::uint64_t reserve_bytes) const {
  const auto free = environment_.files->free_bytes(directory_);
  if (!free) return std::unexpected(not_saved(free.error(), Saved::kNo));
  if (*free >= reserve_bytes) return {};
  return std::unexpected(not_saved(
      {ErrorCode::kFull, std::to_string(*free >> 20) + " MiB are free.", directory_}, Saved::kNo));
}

template <typename Work>
std::invoke_result_t<Work> SqliteStore::reading(Work work) {
  if (auto may = usable(Use::kRead); !may) return std::unexpected(may.error());
  auto result = work();
  if (!result && result.error().code == ErrorCode::kIo)
    stopped_ = not_saved(result.error(), Saved::kNo);
  return result;
}

// After a failed write nobody knows what the medium holds: nothing more is accepted until it was
// opened and checked again.
template <typename Work>
std::invoke_result_t<Work> SqliteStore::writing(Work work) {
  if (auto may = usable(Use::kWrite); !may) return std::unexpected(may.error());
  auto result = work();
  if (result) return result;
  const Error& cause = result.error();
  if (cause.code == ErrorCode::kIo || cause.code == ErrorCode::kAltered) {
    stopped_ = not_saved(cause, Saved::kNo);  // what is asked for from now on
    stopped_->code = ErrorCode::kIo;
  }
  return std::unexpected(not_saved(cause, Saved::kUncertain));
}

Result<void> SqliteStore::append(std::vector<record::StoredLine> commit) {
  if (auto may = usable(Use::kWrite); !may) return may;
  if (!open_->enrolled) {
    return fail(ErrorCode::kRefused,
                "This panel is not enrolled, so it has no record yet. Nothing was saved. Enrol it "
                "first.",
                directory_);
  }
  const auto next = open_->end.after(commit);
  if (!next) return std::unexpected(next.error());
  if (auto space = room(environment_.journal_reserve_bytes); !space) return space;
  return writing([&] { return commit_lines(commit, *next); });
}

Result<void> SqliteStore::commit_lines(const std::vector<record::StoredLine>& commit,
                                       const JournalEnd& next) {
  auto transaction = sqlite::Transaction::begin(open_->connection);
  if (!transaction) return std::unexpected(transaction.error());
  if (auto inserted = open_->journal.insert(commit); !inserted) return inserted;
  if (auto committed = transaction->commit(); !committed) return committed;
  // Durable, but not accepted before the side file says so too.
  if (auto noted = open_->head_file->write(side_head(next.head())); !noted) {
    return fail(ErrorCode::kIo, noted.error().message, noted.error().place);
  }
  open_->end = next;
  return {};
}

void SqliteStore::append_async(std::vector<record::StoredLine> commit,
                               std::function<void(Result<void>)> done) {
  done(append(std::move(commit)));
}

Result<JournalHead> SqliteStore::head() {
  return reading([&]() -> Result<JournalHead> { return open_->end.head(); });
}

Result<std::vector<std::string>> SqliteStore::load_lines(std::uint64_t first, std::uint64_t count) {
  return reading([&]() -> Result<std::vector<std::string>> {
    const std::uint64_t end = open_->end.head().seq;
    const std::uint64_t start = std::max<std::uint64_t>(first, 1);
    if (count == 0 || start > end) return std::vector<std::string>();
    return open_->journal.load(start, count - 1 < end - start ? start + count - 1 : end);
  });
}

Result<void> SqliteStore::put_foreign(const std::vector<record::StoredLine>& lines) {
  if (auto may = usable(Use::kWrite); !may) return may;
  const auto commits = check_peer_lines(lines);
  if (!commits) return std::unexpected(commits.error());
  if (auto space = room(environment_.reserve_bytes); !space) return space;
  return writing([&]() -> Result<void> {
    auto transaction = sqlite::Transaction::begin(open_->connection);
    if (!transaction) return std::unexpected(transaction.error());
    for (std::size_t i = 0; i < lines.size(); ++i) {
      if (auto put = open_->peers.insert(lines[i], (*commits)[i]); !put) return put;
    }
    return transaction->commit();
  });
}

Result<std::vector<std::string>> SqliteStore::load_foreign(std::string_view run_id) {
  return reading([&] { return open_->peers.load(run_id); });
}

Result<void> SqliteStore::put_receipt(std::uint64_t seq, std::string receipt_text) {
  if (auto may = usable(Use::kWrite); !may) return may;
  if (auto good = check_receipt(seq, receipt_text, open_->end.head()); !good) return good;
  if (auto space = room(environment_.reserve_bytes); !space) return space;
  return writing([&] { return open_->sync.put_receipt(seq, receipt_text); });
}

Result<std::uint64_t> SqliteStore::confirmed_through() {
  return reading([&] { return open_->sync.confirmed_through(); });
}

Result<std::vector<std::string>> SqliteStore::receipts() {
  return reading([&] { return open_->sync.receipts(); });
}

Result<void> SqliteStore::put_wedged(const Wedged& wedged) {
  if (auto may = usable(Use::kWrite); !may) return may;
  if (auto good = check_wedged(wedged); !good) return good;
  // Held to the journal's reserve: what was refused must not be lost because the disk is nearly
  // full.
  if (auto space = room(environment_.journal_reserve_bytes); !space) return space;
  return writing([&] { return open_->sync.put_wedged(wedged); });
}

Result<std::vector<Wedged>> SqliteStore::wedged() {
  return reading([&] { return open_->sync.wedged(); });
}

Result<void> SqliteStore::put_cursor(std::string cursor) {
  if (auto may = usable(Use::kWrite); !may) return may;
  if (auto good = check_cursor(cursor); !good) return good;
  if (auto space = room(environment_.reserve_bytes); !space) return space;
  return writing([&] { return open_->sync.put_cursor(cursor); });
}

Result<std::string> SqliteStore::cursor() {
  return reading([&] { return open_->sync.cursor(); });
}

Result<Digest> SqliteStore::put_evidence(std::string_view bytes) {
  if (auto may = usable(Use::kWrite); !may) return std::unexpected(may.error());
  if (auto good = check_evidence(bytes); !good) return std::unexpected(good.error());
  if (auto space = room(environment_.reserve_bytes + bytes.size()); !space) {
    return std::unexpected(space.error());
  }
  const Digest digest = sha256(bytes);
  auto put = writing([&] { return open_->evidence.put(digest, bytes); });
  if (!put) return std::unexpected(put.error());
  return digest;
}

Result<std::string> SqliteStore::load_evidence(const Digest& digest) {
  return reading([&] { return open_->evidence.load(digest); });
}

Result<std::vector<Digest>> SqliteStore::unsent_evidence() {
  return reading([&] { return open_->evidence.unsent(); });
}

Result<void> SqliteStore::mark_evidence_sent(const Digest& digest) {
  return writing([&] { return open_->evidence.mark_sent(digest); });
}

Result<void> SqliteStore::put_catalogue(const CatalogueItem& item) {
  if (auto may = usable(Use::kWrite); !may) return may;
  if (auto good = check_catalogue_item(item); !good) return good;
  if (auto space = room(environment_.reserve_bytes + item.text.size()); !space) return space;
  if (item.kind == kEnrolmentKind) return put_enrolment(item);
  return writing([&] { return open_->catalogue.put(item); });
}

Result<void> SqliteStore::put_enrolment(const CatalogueItem& item) {
  const auto existing = catalogue_all(kEnrolmentKind);
  if (!existing) return std::unexpected(existing.error());
  const auto hash = accept_enrolment(item, *existing, open_->end.head());
  if (!hash) return std::unexpected(hash.error());
  if (auto put = writing([&] { return open_->catalogue.put(item); }); !put) return put;
  if (open_->end.head().seq == 0) open_->end = JournalEnd(*hash);
  open_->enrolled = true;
  return {};
}

Result<std::optional<std::string>> SqliteStore::catalogue(std::string_view kind,
                                                          std::string_view name) {
  return reading([&] { return open_->catalogue.find(kind, name); });
}

Result<std::vector<CatalogueItem>> SqliteStore::catalogue_all(std::string_view kind) {
  return reading([&] { return open_->catalogue.all(kind); });
}

void SqliteStore::tidy() {
  if (!usable(Use::kWrite) || open_->connection.wal_pages() < environment_.checkpoint_pages) return;
  (void)writing([&] { return open_->connection.checkpoint(); });
}

Result<void> SqliteStore::close() {
  if (!open_) return {};
  ensure(std::this_thread::get_id() == owner_, "only the storage thread may use the store");
  Result<void> finished;
  // After a failure the log stays as it is: the next start reads it and checks everything.
  if (open_->head_file && !stopped_) finished = open_->connection.finish();
  open_.reset();
  if (finished) return finished;
  return fail(finished.error().code,
              "The store could not be closed cleanly. Everything accepted is kept; the next start "
              "checks it. (" +
                  finished.error().message + ")",
              finished.error().place);
}

}  // namespace batchwright::offline_store::internal
