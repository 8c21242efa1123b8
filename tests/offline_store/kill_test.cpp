// kill -9 at random moments of a process that records (T3), at the level of the store.
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>

#include "base/bytes.h"
#include "tests/offline_store/sample_journal.h"
#include "tests/offline_store/seed.h"
#include "tests/offline_store/temporary_folder.h"

namespace batchwright::offline_store {
namespace {

using test::SampleJournal;

// Opens the store, goes on recording for ever, and says after each accepted commit which line that
// was.
[[noreturn]] void record_until_killed(const std::string& folder, SampleJournal journal, int out) {
  auto store = Store::open(folder, Mode::kOpenExisting);
  if (!store) _exit(3);
  journal.continue_from(*(*store)->head());
  for (std::size_t n = 0;; ++n) {
    const auto commit = journal.next(1 + n % 3, n % 7 == 0 ? 3000 : 0);
    if (!(*store)->append(commit)) _exit(4);
    const std::string line =
        std::to_string(commit.back().line.seq) + " " + to_hex(commit.back().hash) + "\n";
    if (::write(out, line.data(), line.size()) != static_cast<ssize_t>(line.size())) _exit(5);
  }
}

// The moment to kill: so many accepted commits, and then a little later.
struct Moment {
  std::size_t commits;
  useconds_t later_us;
};

std::size_t lines_in(const std::string& text) {
  return static_cast<std::size_t>(std::ranges::count(text, '\n'));
}

// What the process had accepted when it was killed: its whole lines of output.
std::vector<std::string> run_and_kill(const std::string& folder, const SampleJournal& journal,
                                      const Moment& moment) {
  int ends[2] = {-1, -1};
  EXPECT_EQ(::pipe(ends), 0);
  const pid_t child = ::fork();
  if (child == 0) {
    ::close(ends[0]);
    record_until_killed(folder, journal, ends[1]);
  }
  ::close(ends[1]);
  std::string text;
  bool killed = false;
  for (;;) {
    if (!killed && lines_in(text) >= moment.commits) {
      ::usleep(moment.later_us);
      ::kill(child, SIGKILL);
      killed = true;
    }
    char piece[4096];
    const ssize_t got = ::read(ends[0], piece, sizeof piece);
    if (got <= 0) break;
    text.append(piece, static_cast<std::size_t>(got));
  }
  ::close(ends[0]);
  int status = 0;
  ::waitpid(child, &status, 0);
  EXPECT_TRUE(WIFSIGNALED(status)) << "it ended by itself with " << WEXITSTATUS(status);
  std::vector<std::string> accepted;
  for (std::size_t end = 0; (end = text.find('\n')) != std::string::npos; text.erase(0, end + 1)) {
    accepted.push_back(text.substr(0, end));
  }
  return accepted;
}

TEST(StoreKill, EveryAcceptedLineIsThereAfterKillNine) {
  RecordProperty("requirement", "T3");
  auto random = test::seeded_random();
  const test::TemporaryFolder temporary;
  const std::string folder = temporary / "store";
  const SampleJournal journal;
  ASSERT_TRUE(test::open_enrolled(folder, journal)->close());

  const int kills = test::long_run() ? 2'000 : 60;
  std::size_t accepted_in_all = 0;
  for (int i = 0; i < kills; ++i) {
    const Moment moment{.commits = random() % 9,
                        .later_us = static_cast<useconds_t>(random() % 4'000)};
    const auto accepted = run_and_kill(folder, journal, moment);
    accepted_in_all += accepted.size();
    // Reading leaves the log, so that the next process recovers from it; now and then recover here.
    auto store = Store::open(folder, i % 2 == 0 ? Mode::kReadClosed : Mode::kOpenExisting);
    ASSERT_TRUE(store) << store.error().message << " after kill " << i;
    for (const std::string& line : accepted) {
      const std::size_t space = line.find(' ');
      const auto seq = std::stoull(line.substr(0, space));
      const auto stored = (*store)->load_lines(seq, 1);
      ASSERT_TRUE(stored && stored->size() == 1) << "lost line " << seq << " after kill " << i;
      ASSERT_EQ(to_hex(sha256(stored->front())), line.substr(space + 1));
    }
  }
  std::printf("%d kills, %zu accepted commits, none lost\n", kills, accepted_in_all);
  EXPECT_GT(accepted_in_all, static_cast<std::size_t>(kills)) << "the kills came too early to test";
}

}  // namespace
}  // namespace batchwright::offline_store
