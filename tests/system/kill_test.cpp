// Kill -9 at random moments of a whole run (rows B2, B4; T1): what was accepted is in the record,
// and the run goes on at the same step. The tests read only the `accepted` lines that the program
// flushed before it died.
#include <gtest/gtest.h>

#include <cstdlib>
#include <random>
#include <sstream>

#include "base/json.h"
#include "tests/support/process.h"

namespace batchwright::test {
namespace {

struct Said {
  std::string seq, hash, step;
};

std::vector<Said> accepted_lines(const std::string& out) {
  std::vector<Said> said;
  std::istringstream lines(out);
  // A line cut by the kill has no line feed; it was never said completely.
  std::string text = out.substr(0, out.rfind('\n') == std::string::npos ? 0 : out.rfind('\n'));
  lines.str(text);
  for (std::string line; std::getline(lines, line);) {
    std::istringstream words(line);
    std::string word, device;
    Said one;
    if (words >> word >> device >> one.seq >> one.hash >> one.step && word == "accepted")
      said.push_back(one);
  }
  return said;
}

// seq -> hash that the next line names as `prev`, read from an exported journal without our own
// parser.
std::map<std::string, std::string> hashes_of(const std::string& exported) {
  std::map<std::string, std::string> hashes;
  std::istringstream lines(exported);
  for (std::string line; std::getline(lines, line);) {
    auto json = parse_json(line);
    if (!json || !json->contains("seq") || !json->contains("prev")) continue;
    hashes[std::to_string((*json)["seq"].get<std::uint64_t>() - 1)] = (*json)["prev"];
  }
  return hashes;
}

int kills() {
  const char* text = std::getenv("BATCHWRIGHT_KILLS");
  return text == nullptr ? 20 : std::max(1, std::atoi(text));
}

std::uint64_t seed() {
  const char* text = std::getenv("BATCHWRIGHT_SEED");
  return text == nullptr ? 20261122 : std::strtoull(text, nullptr, 10);
}

std::string read_all(const std::string& file) {
  std::string bytes;
  if (std::FILE* f = std::fopen(file.c_str(), "rb")) {
    char buffer[65536];
    while (const auto n = std::fread(buffer, 1, sizeof buffer, f)) bytes.append(buffer, n);
    std::fclose(f);
  }
  return bytes;
}

class KilledRun : public ::testing::Test {
 protected:
  std::vector<std::string> run_command(std::uint64_t run_seed) const {
    return {program("batchwright"),
            "run",
            "--recipe",
            recipe,
            "--store",
            folder / "store",
            "--auto",
            "--seed",
            std::to_string(run_seed)};
  }
  TemporaryFolder folder;
  std::string recipe = BATCHWRIGHT_SOURCE_DIR "/tests/system/recipes/kill.mbr.json";
};

TEST_F(KilledRun, EveryAcceptedEntryIsInTheRecordAndTheRunGoesOn) {
  std::mt19937_64 random(seed());
  std::printf("seed %llu, %d kills\n", static_cast<unsigned long long>(seed()), kills());
  std::map<std::string, std::string> ever_accepted;  // seq -> hash, over all kills of this store
  int killed_midway = 0;
  for (int i = 0; i < kills(); ++i) {
    const auto after = std::chrono::microseconds(random() % 400'000);
    const auto result = run_and_kill(run_command(seed() + i), after);
    for (const auto& said : accepted_lines(result.out)) ever_accepted[said.seq] = said.hash;
    if (result.exit_code == 128 + 9 && !ever_accepted.empty()) ++killed_midway;

    const auto file = folder / "out.journal";
    const auto exported =
        run_program({program("batchwright"), "export", folder / "store", "-o", file});
    if (ever_accepted.empty() && exported.exit_code != 0)
      continue;  // killed before there was a store
    ASSERT_EQ(exported.exit_code, 0) << "kill " << i << ": " << exported.err;
    const auto verified = run_program({program("batchwright"), "verify", file, "--json"});
    ASSERT_EQ(verified.exit_code, 0) << "kill " << i << ": " << verified.out << verified.err;
    auto report = parse_json(verified.out);
    ASSERT_TRUE(report);
    auto hashes = hashes_of(read_all(file));
    hashes[std::to_string((*report)["lines"].get<std::uint64_t>())] = (*report)["head"];
    for (const auto& [seq, hash] : ever_accepted)
      ASSERT_EQ(hashes[seq], hash) << "kill " << i << ": accepted line " << seq << " is gone";
  }
  std::printf("%d of %d kills fell into a run, %zu accepted commits checked\n", killed_midway,
              kills(), ever_accepted.size());
  EXPECT_GT(killed_midway, 0) << "no kill came while the program was recording";
  const auto end = run_program(run_command(seed()));
  EXPECT_EQ(end.exit_code, 0) << end.err;
}

TEST_F(KilledRun, ResumesAtTheStepItDiedIn) {  // B14: the step's recovery rule applies
  for (int attempt = 0; attempt < 40; ++attempt) {
    TemporaryFolder fresh;
    auto command = run_command(seed() + attempt);
    command[5] = fresh / "store";
    const auto first = run_and_kill(command, std::chrono::milliseconds(60 + 10 * attempt));
    const auto said = accepted_lines(first.out);
    if (first.exit_code != 128 + 9 || said.size() < 4) continue;
    const auto second = run_program(command);
    ASSERT_EQ(second.exit_code, 0) << second.err;
    const auto shown = run_program({program("batchwright"), "show", fresh / "store"});
    if (shown.out.find("step_recovered") == std::string::npos)
      continue;  // it died between two steps
    const auto recovered = shown.out.substr(0, shown.out.find("step_recovered"));
    EXPECT_EQ(shown.out.find("run_started"), shown.out.rfind("run_started"))
        << "the run was resumed, not started again";
    EXPECT_FALSE(recovered.empty());
    return;
  }
  FAIL() << "no kill fell into a running step";
}

}  // namespace
}  // namespace batchwright::test
