// The evidence: one device's journal, evidence files and catalogue in one directory, durable and
// tamper-evident. Owns durability and order. Never interprets an event, never talks to the network,
// never reads the clock.
//
// Directory (0700; files 0600): store.db (+ -wal), head (side file, synced after each commit),
// lock, device.key, evidence/ab/abcdef...  Nothing but the storage thread ever opens store.db:
// Debian 12's SQLite 3.40.1 can corrupt a WAL that two connections checkpoint.
#pragma once

#include <cstdint>
#include <functional>
#include <future>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "base/sha256.h"
#include "record/line.h"

namespace batchwright::offline_store {

struct JournalHead {
  std::uint64_t seq = 0;  // 0: empty
  Digest hash{};          // of line seq; the enrolment statement's hash when empty
  record::Hlc hlc;
};

// What was refused in the exchange with the twin, kept for a person. Never dropped.
struct Wedged {
  std::uint64_t first = 0;  // first refused seq; 0 when it is no line of this panel
  std::string reason;       // typed: fork, rejected, too_large, unknown_device, ...
  std::string detail;       // the twin's words; names the evidence when `first` is 0
  std::string time;
};

// What a name in the catalogue holds: documents that arrived from the twin or were made at set-up.
// Kinds in use: "mbr" (name = hash), "directory", "wrapped-key" (name = person id), "enrolment",
// "approval", "issue", "receipt-key", "trust", "config".
struct CatalogueItem {
  std::string kind, name, text;
};

enum class Mode { kOpenOrCreate, kOpenExisting, kReadClosed };

// All calls block until done and may come from any thread except the frame thread; they run one
// after another on the storage thread. After the first kIo error every later call answers kIo:
// reopen and verify.
class Store {
 public:
  // Takes the lock (kInUse when another process has it), opens or creates, applies migrations,
  // checks that WAL, FULL and EXCLUSIVE are really in force, compares the journal's end with the
  // side head file (kAltered when it is shorter or differs), and checks every line's chain.
  // kReadClosed never writes and leaves the files byte-identical.
  [[nodiscard]] static Result<std::unique_ptr<Store>> open(const std::string& directory, Mode mode);

  virtual ~Store() = default;

  // Appends a whole commit (consecutive seq, prev links checked against the stored end), all or
  // none. On return it survives power loss. kConflict when it does not continue the journal; kFull
  // when the disk reserve is reached.
  [[nodiscard]] virtual Result<void> append(std::vector<record::StoredLine> commit) = 0;
  // The same without waiting; `done` runs on the storage thread.
  virtual void append_async(std::vector<record::StoredLine> commit,
                            std::function<void(Result<void>)> done) = 0;

  [[nodiscard]] virtual Result<JournalHead> head() = 0;
  // Raw bytes of lines first..first+count-1 that exist, in order.
  [[nodiscard]] virtual Result<std::vector<std::string>> load_lines(std::uint64_t first,
                                                                    std::uint64_t count) = 0;

  // Whole commits of other devices for runs here (from the twin's feed), verified by the caller;
  // idempotent by (device, seq), kConflict when a place is taken by another line. load gives the
  // whole commits that touch the run, by device and seq.
  [[nodiscard]] virtual Result<void> put_foreign(const std::vector<record::StoredLine>& lines) = 0;
  [[nodiscard]] virtual Result<std::vector<std::string>> load_foreign(std::string_view run_id) = 0;

  // Sync state, in tables of its own, never in the journal. confirmed_through = last seq covered by
  // a receipt.
  [[nodiscard]] virtual Result<void> put_receipt(std::uint64_t seq, std::string receipt_text) = 0;
  [[nodiscard]] virtual Result<std::uint64_t> confirmed_through() = 0;
  [[nodiscard]] virtual Result<std::vector<std::string>> receipts() = 0;
  // put_wedged keeps one of each first, reason and detail.
  [[nodiscard]] virtual Result<void> put_wedged(const Wedged& wedged) = 0;
  [[nodiscard]] virtual Result<std::vector<Wedged>> wedged() = 0;
  [[nodiscard]] virtual Result<void> put_cursor(std::string cursor) = 0;
  [[nodiscard]] virtual Result<std::string> cursor() = 0;

  // Evidence (at most 16 MiB), written and synced before it returns, addressed by SHA-256. load
  // answers kNotFound when missing and kAltered when the bytes no longer match.
  [[nodiscard]] virtual Result<Digest> put_evidence(std::string_view bytes) = 0;
  [[nodiscard]] virtual Result<std::string> load_evidence(const Digest& digest) = 0;
  [[nodiscard]] virtual Result<std::vector<Digest>> unsent_evidence() = 0;
  [[nodiscard]] virtual Result<void> mark_evidence_sent(const Digest& digest) = 0;

  // kRefused when a name (256 bytes) or text (64 MiB) is too long; kFull only when space is
  // missing.
  [[nodiscard]] virtual Result<void> put_catalogue(const CatalogueItem& item) = 0;
  [[nodiscard]] virtual Result<std::optional<std::string>> catalogue(std::string_view kind,
                                                                     std::string_view name) = 0;
  [[nodiscard]] virtual Result<std::vector<CatalogueItem>> catalogue_all(std::string_view kind) = 0;

  // Checkpoints (TRUNCATE), syncs, releases the lock. Called by the destructor too.
  virtual Result<void> close() = 0;
};

// Reference implementation in memory, for tests and simulation; same contract suite.
[[nodiscard]] std::unique_ptr<Store> make_memory_store(const Digest& enrolment_hash);

inline constexpr std::size_t kEvidenceBytesMax = 16u << 20;

}  // namespace batchwright::offline_store
