// T8, row C8: one changed byte in any line of a 1,000-event exported journal is found and named.
//
// Verification has a part that looks at one line alone (inspect_line) and a part that compares
// lines (check_journal). For every byte of every line, the changed line goes through the first, and
// its commit through the second, with the lines before and after known to be good: what the whole
// file would say about them, since everything else is unchanged. A sample of the same changes is
// then put through verify() on the whole file and must give the same answer.
#include <gtest/gtest.h>

#include <atomic>
#include <cstdlib>
#include <random>
#include <thread>

#include "record/internal/journal_check.h"
#include "record/verify.h"
#include "tests/support/record_fixtures.h"

namespace batchwright::record {
namespace {

using internal::FindingLog;
using internal::LineContext;
using internal::LineFacts;
using test::must;
using test::TestPanel;
using test::TestSite;

constexpr std::size_t kEvents = 1000;

// One commit of the journal: lines [first, last], as indexes.
struct Group {
  std::size_t first, last;
};

struct Journal {
  TestSite site;
  TestPanel panel{site};
  std::vector<std::string> lines;
  LineContext context;
  std::vector<LineFacts> facts;
  std::vector<Group> groups;

  Journal() {
    write_events(panel, site, kEvents);
    lines = panel.lines();
    context = {
        .device = "panel-2", .device_key = panel.key.public_key(), .site = site.name, .people = {}};
    context.people.add(site.directory);
    std::size_t first = 0;
    for (std::size_t i = 0; i < lines.size(); ++i) {
      facts.push_back(inspect_line(lines[i], context));
      if (!facts[i].commit) continue;
      groups.push_back({first, i});
      first = i + 1;
    }
  }
};

// The commit that holds line `index`, prepared for many changes of that line.
class OneLine {
 public:
  OneLine(const Journal& journal, const Group& group, std::size_t index)
      : context_(journal.context), at_(index - group.first) {
    const auto begin = static_cast<std::ptrdiff_t>(group.first);
    const auto end = static_cast<std::ptrdiff_t>(group.last) + 1;
    facts_.assign(journal.facts.begin() + begin, journal.facts.begin() + end);
    lines_.assign(journal.lines.begin() + begin, journal.lines.begin() + end);
    const bool is_start = group.first == 0;
    check_ = {.stretch = {.lines = lines_,
                          .facts = facts_,
                          .seq_before = group.first,
                          .hash_before = is_start ? journal.panel.enrolment.hash()
                                                  : journal.facts[group.first - 1].hash,
                          .hash_end = facts_.back().hash},
              .hlc_before = is_start ? Hlc{} : journal.facts[group.first - 1].hlc,
              .is_device_key_known = true};
  }

  // First bad line when the line reads `changed`.
  [[nodiscard]] std::optional<std::uint64_t> first_bad(const std::string& changed) {
    facts_[at_] = inspect_line(changed, context_);
    lines_[at_] = changed;
    FindingLog log;
    (void)check_journal(check_, log);
    return log.first_bad();
  }

 private:
  const LineContext& context_;
  std::size_t at_;
  std::vector<LineFacts> facts_;
  std::vector<std::string> lines_;
  internal::JournalCheck check_;
};

char other_byte(char byte, int round, std::mt19937& random) {
  const auto mask = static_cast<unsigned char>(round == 0 ? 1 : 1 + random() % 255);
  return static_cast<char>(byte ^ static_cast<char>(mask));
}

// Without optimisation or with sanitizers all bytes take minutes; then each run takes other ones.
#if defined(__OPTIMIZE__) && !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
constexpr std::size_t kStep = 1;
#else
constexpr std::size_t kStep = 17;
#endif

bool is_long_run() {
  return std::getenv("BATCHWRIGHT_LONG_TESTS") != nullptr;
}

struct Plan {
  std::size_t step, offset;  // bytes offset, offset + step, ... of each line
  int rounds;                // values per byte
};

struct Count {
  std::atomic<std::size_t> tried = 0, missed = 0;
};

void change_bytes(OneLine& line, std::uint64_t seq, std::string bytes, const Plan& plan,
                  std::mt19937& random, Count& count) {
  for (std::size_t at = plan.offset; at < bytes.size(); at += plan.step) {
    const char good = bytes[at];
    for (int round = 0; round < plan.rounds; ++round) {
      bytes[at] = other_byte(good, round, random);
      ++count.tried;
      if (line.first_bad(bytes) != seq) ++count.missed;
    }
    bytes[at] = good;
  }
}

// The commits that fall to this thread.
void change_lines(const Journal& journal, std::size_t thread, std::size_t threads, const Plan& plan,
                  Count& count) {
  std::mt19937 random(static_cast<unsigned>(thread));
  for (std::size_t g = thread; g < journal.groups.size(); g += threads) {
    const Group& group = journal.groups[g];
    for (std::size_t i = group.first; i <= group.last; ++i) {
      OneLine line(journal, group, i);
      change_bytes(line, i + 1, journal.lines[i], plan, random, count);
    }
  }
}

TEST(ChangedByte, InAnyLineOfAThousandEventsIsFoundAndNamed) {
  const Journal journal;
  for (const Group& group : journal.groups) {  // unchanged, nothing is found
    ASSERT_FALSE(OneLine(journal, group, group.first).first_bad(journal.lines[group.first]));
  }
  const std::size_t step = is_long_run() ? 1 : kStep;
  const Plan plan{step, std::random_device{}() % step, is_long_run() ? 2 : 1};
  std::printf("every byte number %zu, from %zu on, %d values each\n", step, plan.offset,
              plan.rounds);
  constexpr std::size_t kThreads = 2;
  Count count;
  std::vector<std::thread> threads;
  for (std::size_t t = 0; t < kThreads; ++t) {
    threads.emplace_back([&, t] { change_lines(journal, t, kThreads, plan, count); });
  }
  for (std::thread& thread : threads) thread.join();
  std::printf("%zu changed bytes in %zu lines\n", count.tried.load(), journal.lines.size());
  RecordProperty("changed_bytes", std::to_string(count.tried));
  EXPECT_EQ(count.missed, 0u);
  EXPECT_GT(count.tried, 500'000 / step);
}

TEST(ChangedByte, GivesTheSameAnswerWhenTheWholeFileIsVerified) {
  const Journal journal;
  const Package good = must(read_package(journal.panel.export_text(journal.site)));
  const int samples = is_long_run() ? 3000 : 340 / static_cast<int>(kStep);
  const unsigned seed = std::random_device{}();
  std::printf("seed %u, %d samples\n", seed, samples);
  std::mt19937 random(seed);
  for (int sample = 0; sample < samples; ++sample) {
    const Group& group = journal.groups[random() % journal.groups.size()];
    const std::size_t i = group.first + random() % (group.last - group.first + 1);
    Package package = good;
    std::string& line = package.lines[i];
    const std::size_t at = random() % line.size();
    line[at] = other_byte(line[at], 1, random);
    const auto report = verify(package, journal.site.anchor());
    ASSERT_FALSE(report.proved) << "seed " << seed << " line " << i + 1 << " byte " << at;
    ASSERT_EQ(report.first_bad, i + 1) << "seed " << seed << " byte " << at;
    ASSERT_EQ(report.first_bad, OneLine(journal, group, i).first_bad(line));
  }
}

// In the file as text, where a changed byte may make or remove a line feed.
TEST(ChangedByte, IsFoundInTheTextOfTheFileToo) {
  TestSite site;
  TestPanel panel(site);
  write_events(panel, site, 20);
  const std::string text = panel.export_text(site);
  std::size_t begin = text.find('\n') + 1;
  for (std::size_t i = 0; i < panel.stored.size(); ++i) {
    const std::size_t size = panel.stored[i].bytes.size();
    for (const std::size_t at : {std::size_t{0}, size / 3, size / 2, size - 1, size}) {
      for (const char byte : {'\n', ' ', '"', '\0'}) {
        std::string changed = text;
        if (changed[begin + at] == byte) continue;
        changed[begin + at] = byte;
        const auto report = verify(must(read_package(changed)), site.anchor());
        EXPECT_FALSE(report.proved);
        EXPECT_EQ(report.first_bad, i + 1) << "line " << i + 1 << " byte " << at;
      }
    }
    begin += size + 1;
  }
}

}  // namespace
}  // namespace batchwright::record
