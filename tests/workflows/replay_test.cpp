// The log alone gives the state: in this process, line by line, and in a second process elsewhere.
// Requirement B10.
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <thread>

#include "tests/workflows/random_chart.h"

namespace batchwright::workflows::test {
namespace {

namespace fs = std::filesystem;

// The first random chart that is large enough to hold something of everything; the same in every
// process.
constexpr std::uint64_t kSeed = 4712;

RandomChart large_chart() {
  for (std::uint64_t seed = kSeed;; ++seed) {
    RandomChart chart = make_random_chart(seed, 60);
    if (chart.paths.size() >= 40) return chart;
  }
}

// A run with bad values, corrections, signatures and holds, its lines as a journal holds them.
RunDriver worked_run() {
  RandomChart chart = large_chart();
  RunDriver run(chart.mbr);
  run.exact_lines = true;
  RandomOperator person(chart, run, kSeed);
  EXPECT_TRUE(person.work());
  return run;
}

std::vector<record::StoredLine> read_lines(const fs::path& file) {
  std::vector<record::StoredLine> lines;
  std::ifstream in(file);
  for (std::string bytes; std::getline(in, bytes);) lines.push_back(record::decode(bytes).value());
  return lines;
}

TEST(Replay, OfTheStoredBytesGivesTheLiveState) {
  const RunDriver run = worked_run();
  std::vector<record::StoredLine> decoded;
  for (const auto& line : run.lines) decoded.push_back(record::decode(line.bytes).value());
  EXPECT_EQ(state_text(replay(run.mbr, run.state.run, decoded)), state_text(run.state));
  EXPECT_FALSE(run.state.exceptions.empty());
  EXPECT_TRUE(run.state.conflicts.empty());
}

TEST(Replay, DoesNotDependOnHowTheLinesAreGrouped) {
  const RunDriver run = worked_run();
  RunState by_commit = initial_state(run.mbr, run.state.run);
  std::size_t begin = 0;
  for (const std::size_t end : run.commit_ends) {
    RunState moved = std::move(by_commit);  // a state is a plain value between commits
    for (; begin < end; ++begin) apply(moved, run.lines[begin]);
    by_commit = std::move(moved);
  }
  RunState copied = initial_state(run.mbr, run.state.run);
  for (const auto& line : run.lines) {
    RunState next = copied;
    apply(next, line);
    copied = next;
  }
  EXPECT_EQ(state_hash(by_commit), state_hash(run.state));
  EXPECT_EQ(state_hash(copied), state_hash(run.state));
}

// Runs this very program again to fold `journal` there, `times` times over, and answers the hash it
// printed.
std::string hash_from_elsewhere(const fs::path& journal, const std::string& zone,
                                const std::string& folder, int times) {
  const std::string command = fmt::format(
      "cd '{}' && TZ='{}' LC_ALL=C BATCHWRIGHT_REPLAY='{}' BATCHWRIGHT_REPLAY_TIMES={} '{}' "
      "--gtest_filter=Replay.InASecondProcessGivesTheSameStateHash 2>&1",
      folder, zone, journal.string(), times, fs::read_symlink("/proc/self/exe").string());
  FILE* pipe = popen(command.c_str(), "r");
  std::string output;
  char buffer[4096];
  while (pipe != nullptr && std::fgets(buffer, sizeof buffer, pipe) != nullptr) output += buffer;
  if (pipe != nullptr) pclose(pipe);
  const std::size_t at = output.find("state hash ");
  return at == std::string::npos ? "nothing printed: " + output : output.substr(at + 11, 64);
}

// The child's part of the test below: earlier folds must leave no trace in later ones.
void print_hash_of(const fs::path& journal) {
  const char* times = std::getenv("BATCHWRIGHT_REPLAY_TIMES");
  const auto mbr = large_chart().mbr;
  const auto lines = read_lines(journal);
  std::string hash;
  for (int i = times == nullptr ? 1 : std::atoi(times); i > 0; --i) {
    hash = state_hash(replay(mbr, "run-1", lines));
  }
  std::printf("state hash %s\n", hash.c_str());
}

TEST(Replay, InASecondProcessGivesTheSameStateHash) {
  if (const char* journal = std::getenv("BATCHWRIGHT_REPLAY")) return print_hash_of(journal);
  const RunDriver run = worked_run();
  const fs::path folder =
      fs::temp_directory_path() / fmt::format("batchwright-replay-{}", ::getpid());
  fs::create_directories(folder);
  const fs::path journal = folder / "run.lines";
  {
    std::ofstream out(journal);
    for (const auto& line : run.lines) out << line.bytes << '\n';
  }
  const std::string expected = state_hash(run.state);
  // Later by more than a second, so that a look at any clock shows.
  std::this_thread::sleep_for(std::chrono::milliseconds(1100));
  EXPECT_EQ(hash_from_elsewhere(journal, "Asia/Kolkata", "/", 1), expected);
  EXPECT_EQ(hash_from_elsewhere(journal, "America/New_York", folder.string(), 3), expected);
  fs::remove_all(folder);
}

}  // namespace
}  // namespace batchwright::workflows::test
