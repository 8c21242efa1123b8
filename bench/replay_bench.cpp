// From the stored journal to the state of the run, beside reading the same rows from SQLite and
// doing nothing with them: what a panel needs at start. Ratios are the finding. Requirement B10.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <chrono>

#include "base/ensure.h"
#include "bench/big_run.h"
#include "bench/folder.h"
#include "offline_store/internal/sqlite_store.h"
#include "record/signed_document.h"

namespace batchwright {
namespace {

namespace store = offline_store;
namespace sqlite = offline_store::sqlite;
using Clock = std::chrono::steady_clock;

constexpr std::uint64_t kChunkLines = 4096;  // as the panel reads them

std::unique_ptr<store::internal::SqliteStore> open_store(const std::string& folder,
                                                         store::Mode mode) {
  auto opened = store::internal::SqliteStore::open(folder, mode, {});
  ensure(opened.has_value(), "the store opens");
  return std::move(*opened);
}

// A closed store with the journal of one long run in it.
class Journal {
 public:
  explicit Journal(std::uint64_t events) : mbr_(bench::read_long_recipe(13'000)) {
    auto made = open_store(path(), store::Mode::kOpenOrCreate);
    const record::SecretKey key = record::generate_key();
    Json statement = Json::object();
    statement["device"] = "panel-1";
    const auto document = record::sign_document("enrolment", statement, key);
    ensure(
        made->put_catalogue({"enrolment", "self", to_text(record::to_json(document))}).has_value(),
        "the enrolment is stored");
    record::JournalWriter writer("panel-1", key, {.seq = 0, .hash = document.hash(), .hlc = {}});
    bench::BigRun run(mbr_, std::move(writer), [&](const bench::BigRun::Commit& commit) {
      ensure(made->append(commit).has_value(), "the commit is stored");
      made->tidy();
    });
    run.work(events);
    hash_ = state_hash(run.state());
    run_ = run.state().run;
    events_ = run.state().events;
    lines_ = made->head()->seq;
    ensure(made->close().has_value(), "the store closes");
  }

  [[nodiscard]] std::string path() const { return folder_ / "store"; }
  [[nodiscard]] const std::shared_ptr<const workflows::Mbr>& mbr() const { return mbr_; }
  [[nodiscard]] const std::string& run() const { return run_; }
  [[nodiscard]] const std::string& hash() const { return hash_; }
  [[nodiscard]] std::uint64_t lines() const { return lines_; }
  [[nodiscard]] std::uint64_t events() const { return events_; }

 private:
  bench::Folder folder_{bench::Folder::Place::kMemory};
  std::shared_ptr<const workflows::Mbr> mbr_;
  std::string run_, hash_;
  std::uint64_t lines_ = 0, events_ = 0;
};

double ms_since(Clock::time_point start) {
  return std::chrono::duration<double, std::milli>(Clock::now() - start).count();
}

double median(std::vector<double> values) {
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::ranges::nth_element(values, middle);
  return *middle;
}

// The rows as SQLite gives them, copied out.
double read_raw(sqlite::Connection& connection, std::uint64_t lines) {
  const auto start = Clock::now();
  auto select = connection.prepare("SELECT line FROM journal ORDER BY seq");
  ensure(select && select->start(), "the rows can be read");
  std::vector<std::string> rows;
  while (select->step().value()) rows.emplace_back(select->blob(0));
  ensure(rows.size() == lines, "all rows are there");
  benchmark::DoNotOptimize(rows);
  return ms_since(start);
}

struct Parts {
  std::vector<double> load, decode, apply, whole;
};

// What a panel does at start, chunk by chunk.
void replay(store::Store& from, const Journal& journal, Parts& parts) {
  double load = 0, decode = 0, apply = 0;
  const auto start = Clock::now();
  auto state = workflows::initial_state(journal.mbr(), journal.run());
  for (std::uint64_t first = 1; first <= journal.lines(); first += kChunkLines) {
    const auto loading = Clock::now();
    const auto bytes = from.load_lines(first, kChunkLines);
    ensure(bytes.has_value(), "the lines can be loaded");
    load += ms_since(loading);
    const auto decoding = Clock::now();
    std::vector<record::StoredLine> lines;
    lines.reserve(bytes->size());
    for (const std::string& line : *bytes) lines.push_back(record::decode(line).value());
    decode += ms_since(decoding);
    const auto applying = Clock::now();
    for (const record::StoredLine& line : lines) workflows::apply(state, line);
    apply += ms_since(applying);
  }
  parts.whole.push_back(ms_since(start));
  parts.load.push_back(load);
  parts.decode.push_back(decode);
  parts.apply.push_back(apply);
  ensure(state_hash(state) == journal.hash(), "replay gives the live state");
}

// bare: the rows, raw. load: through the store, each checked against its hash. decode: to lines.
// apply: to the state. whole: the three.
void replay_run(benchmark::State& state) {
  const Journal journal(static_cast<std::uint64_t>(state.range(0)));
  auto bare = sqlite::Connection::open(journal.path() + "/store.db",
                                       {.access = sqlite::Access::kImmutable, .vfs = {}});
  ensure(bare.has_value(), "the database opens");
  auto from = open_store(journal.path(), store::Mode::kReadClosed);
  std::vector<double> raw;
  Parts parts;
  for (auto _ : state) {
    raw.push_back(read_raw(*bare, journal.lines()));
    replay(*from, journal, parts);
  }
  const double raw_ms = median(raw);
  state.counters["lines"] = static_cast<double>(journal.lines());
  state.counters["events"] = static_cast<double>(journal.events());
  state.counters["bare_ms"] = raw_ms;
  state.counters["load_ratio"] = median(parts.load) / raw_ms;
  state.counters["decode_ratio"] = median(parts.decode) / raw_ms;
  state.counters["apply_ratio"] = median(parts.apply) / raw_ms;
  state.counters["replay_ms"] = median(parts.whole);
  state.counters["replay_ratio"] = median(parts.whole) / raw_ms;
}
BENCHMARK(replay_run)->Arg(100'000)->Iterations(7)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace batchwright
