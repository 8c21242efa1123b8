// Durable commits beside a bare SQLite insert on the same disk in the same minute, and opening a
// long journal.
//
// Rows are taken in turn, so that a slow moment of the machine hits all of them. Ratios are the
// finding.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <chrono>
#include <string>
#include <vector>

#include "base/ensure.h"
#include "bench/flush_counter.h"
#include "bench/folder.h"
#include "offline_store/internal/journal_table.h"
#include "offline_store/internal/sqlite_store.h"
#include "offline_store/sqlite/transaction.h"
#include "record/journal_writer.h"
#include "record/signed_document.h"

namespace batchwright {
namespace {

namespace store = offline_store;
namespace sqlite = offline_store::sqlite;
using bench::Folder;
using Commit = std::vector<record::StoredLine>;

// A panel that seals commits with an event of about 400 bytes.
class Panel {
 public:
  Panel() : key_(record::generate_key()), writer_("panel-1", key_, first_head()) {}

  [[nodiscard]] store::CatalogueItem enrolment() const {
    return {"enrolment", "self", to_text(record::to_json(document()))};
  }

  Commit next(std::size_t events = 1) {
    record::Draft draft;
    draft.type = "entry_recorded";
    draft.subject = {"run", "01930000-0000-7000-8000-000000000001"};
    draft.step = "compound/temperature#1";
    draft.actor = draft.performed_by = "p-17";
    draft.role = "operator";
    draft.lang = "en";
    draft.body["value"] = "21.5";
    draft.body["filler"] = std::string(40, 'x');
    const std::vector<record::Draft> drafts(events, draft);
    auto commit = writer_.seal(drafts, {.unix_ms = 1'795'000'000'000, .offset_minutes = 60}, {});
    ensure(commit.has_value(), "the commit can be sealed");
    writer_.advance(commit->back());
    return std::move(*commit);
  }

 private:
  [[nodiscard]] record::SignedDocument document() const {
    Json statement = Json::object();
    statement["device"] = "panel-1";
    return record::sign_document("enrolment", statement, key_);
  }
  [[nodiscard]] record::Head first_head() const {
    return {.seq = 0, .hash = document().hash(), .hlc = {}};
  }

  record::SecretKey key_;
  record::JournalWriter writer_;
};

std::unique_ptr<store::internal::SqliteStore> open_store(const std::string& folder) {
  auto opened = store::internal::SqliteStore::open(folder, store::Mode::kOpenOrCreate, {});
  ensure(opened.has_value(), "the store opens");
  return std::move(*opened);
}

sqlite::Connection open_durable(const std::string& path) {
  auto connection =
      sqlite::Connection::open(path, {.access = sqlite::Access::kReadWriteCreate, .vfs = {}});
  ensure(connection && sqlite::make_durable(*connection), "the database opens");
  return std::move(*connection);
}

struct Samples {
  std::vector<double> us;
  std::uint64_t flushes = 0;

  template <typename Work>
  void take(Work work) {
    const auto before_flushes = bench::flushes();
    const auto start = std::chrono::steady_clock::now();
    work();
    const std::chrono::duration<double, std::micro> took = std::chrono::steady_clock::now() - start;
    us.push_back(took.count());
    flushes += bench::flushes() - before_flushes;
  }
  [[nodiscard]] double percentile(double share) {
    std::ranges::sort(us);
    return us[static_cast<std::size_t>(share * static_cast<double>(us.size() - 1))];
  }
  [[nodiscard]] double flushes_each() const {
    return static_cast<double>(flushes) / static_cast<double>(us.size());
  }
};

// bare: one INSERT of 400 bytes. log: the same lines as the store with chain and transaction,
// without the side file. store: what the product does, the side file synced too.
void durable_commit(benchmark::State& state) {
  const Folder folder;
  auto bare = open_durable(folder / "bare.db");
  ensure(bare.exec("CREATE TABLE line (seq INTEGER PRIMARY KEY, line BLOB)").has_value(), "table");
  auto insert = bare.prepare("INSERT INTO line (line) VALUES (?1)");
  const std::string bytes(400, 'x');

  auto log = open_durable(folder / "log.db");
  ensure(
      log.exec("CREATE TABLE journal (seq INTEGER PRIMARY KEY, hash BLOB, line BLOB)").has_value(),
      "table");
  auto journal = store::internal::JournalTable::prepare(log);
  Panel panel;
  auto whole = open_store(folder / "store");
  ensure(whole->put_catalogue(panel.enrolment()).has_value(), "the enrolment is stored");

  bench::set_flush_delay_us(static_cast<int>(state.range(0)));
  Samples bare_samples, log_samples, store_samples;
  for (auto _ : state) {
    const Commit commit = panel.next();
    bare_samples.take([&] {
      ensure(insert->run(sqlite::Blob(bytes)).has_value(), "bare insert");
      if (bare.wal_pages() >= 1000) ensure(bare.checkpoint().has_value(), "bare checkpoint");
    });
    log_samples.take([&] {
      auto transaction = sqlite::Transaction::begin(log);
      ensure(transaction && journal->insert(commit) && transaction->commit(), "log commit");
      if (log.wal_pages() >= 1000) ensure(log.checkpoint().has_value(), "log checkpoint");
    });
    store_samples.take([&] {
      ensure(whole->append(commit).has_value(), "store commit");
      whole->tidy();
    });
  }
  bench::set_flush_delay_us(0);

  const double bare_p50 = bare_samples.percentile(0.5);
  state.counters["bare_p50_us"] = bare_p50;
  state.counters["bare_p99_us"] = bare_samples.percentile(0.99);
  state.counters["bare_flushes"] = bare_samples.flushes_each();
  state.counters["log_ratio"] = log_samples.percentile(0.5) / bare_p50;
  state.counters["log_flushes"] = log_samples.flushes_each();
  state.counters["store_p50_us"] = store_samples.percentile(0.5);
  state.counters["store_p99_us"] = store_samples.percentile(0.99);
  state.counters["store_ratio"] = store_samples.percentile(0.5) / bare_p50;
  state.counters["store_flushes"] = store_samples.flushes_each();
}
BENCHMARK(durable_commit)->Arg(0)->Iterations(6000)->Unit(benchmark::kMicrosecond);
BENCHMARK(durable_commit)->Arg(2000)->Iterations(400)->Unit(benchmark::kMicrosecond);

// The whole check at start: pages, schema, chain of every line, side file.
void open_checked(benchmark::State& state) {
  const Folder folder;
  Panel panel;
  const auto lines = static_cast<std::size_t>(state.range(0));
  {
    auto made = open_store(folder / "store");
    ensure(made->put_catalogue(panel.enrolment()).has_value(), "the enrolment is stored");
    for (std::size_t done = 0; done < lines; done += 100) {
      ensure(made->append(panel.next(99)).has_value(), "the commit is stored");
      made->tidy();
    }
    ensure(made->close().has_value(), "the store closes");
  }
  for (auto _ : state) {
    auto opened =
        store::internal::SqliteStore::open(folder / "store", store::Mode::kReadClosed, {});
    ensure(opened.has_value(), "the store opens");
    benchmark::DoNotOptimize(opened);
  }
  state.counters["lines_per_s"] =
      benchmark::Counter(static_cast<double>(lines), benchmark::Counter::kIsIterationInvariantRate);
}
BENCHMARK(open_checked)->Arg(1000)->Arg(100'000)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace batchwright
