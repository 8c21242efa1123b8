// Requirement A1: the life of a master batch record version. One effective version per product and
// site at every instant, three persons, and every (state, command) pair decided.
#include "workflows/mbr_life.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <random>

namespace batchwright::workflows {
namespace {

using testing::HasSubstr;

constexpr std::int64_t kDay = 86'400'000;
Instant at(std::int64_t ms) {
  return {ms, 60};
}

LifeVersion draft(const std::string& version, const std::string& product = "buffer",
                  const std::string& mbr = "BUF-0117", const std::string& site = "Plant 1") {
  LifeVersion out;
  out.hash = mbr + "@" + version + "/" + site;
  out.mbr = mbr;
  out.version = version;
  out.product = product;
  out.site = site;
  return out;
}

std::string hash_of(const std::string& version) {
  return draft(version).hash;
}

const std::map<std::string, std::vector<std::string>> kRoles{{"mary", {"operator"}},
                                                             {"ines", {"supervisor"}},
                                                             {"petra", {"quality"}},
                                                             {"otto", {"quality"}},
                                                             {"ghost", {}}};

struct Story {
  LifeRegister versions;
  Instant now = at(0);

  Result<void> does(LifeCommand command, const std::string& hash, const std::string& person,
                    std::optional<Instant> from = std::nullopt) {
    auto act = decide(versions, {command, hash, from, "d1ff"}, {now, person, kRoles.at(person)});
    if (!act) return std::unexpected(act.error());
    apply(versions, *act);
    return {};
  }
  void must(LifeCommand command, const std::string& hash, const std::string& person,
            std::optional<Instant> from = std::nullopt) {
    const auto done = does(command, hash, person, from);
    EXPECT_TRUE(done) << (done ? "" : done.error().message);
  }
  void add(const LifeVersion& version) { versions.versions.push_back(version); }
  void approve(const std::string& version) {
    add(draft(version));
    must(LifeCommand::kSubmit, hash_of(version), "mary");
    must(LifeCommand::kCheck, hash_of(version), "ines");
    must(LifeCommand::kApprove, hash_of(version), "petra");
  }
  void make_effective(const std::string& version) {
    approve(version);
    must(LifeCommand::kMakeEffective, hash_of(version), "petra");
  }
  [[nodiscard]] MbrState state(const std::string& version, Instant when) const {
    return state_at(versions, *versions.find(hash_of(version)), when);
  }
  [[nodiscard]] MbrState state(const std::string& version) const { return state(version, now); }
};

// A story that ends with version 1 in the wanted state.
Story story_of(MbrState state) {
  Story story;
  if (state == MbrState::kDraft) story.add(draft("1"));
  if (state == MbrState::kInReview) {
    story.add(draft("1"));
    story.must(LifeCommand::kSubmit, hash_of("1"), "mary");
    story.must(LifeCommand::kCheck, hash_of("1"), "ines");
  }
  if (state == MbrState::kApproved) story.approve("1");
  if (state >= MbrState::kEffective) story.make_effective("1");
  story.now = at(kDay);
  if (state == MbrState::kSuperseded) story.make_effective("2");
  if (state == MbrState::kRetired) story.must(LifeCommand::kRetire, hash_of("1"), "petra");
  return story;
}

// Rows: draft, in review (checked), approved, effective, superseded, retired. Columns: submit,
// check, approve, make effective, recall, retire. The check in review stands there already.
constexpr std::array<std::string_view, kMbrStates> kExpected{"yes no  no  no  no  yes",  //
                                                             "no  no  yes no  no  yes",  //
                                                             "no  no  no  yes no  yes",  //
                                                             "no  no  no  no  yes yes",  //
                                                             "no  no  no  no  yes yes",  //
                                                             "no  no  no  no  no  no "};

TEST(MbrLife, EveryPairOfStateAndCommandIsOneTransitionOrOneRefusal) {
  for (std::size_t s = 0; s < kMbrStates; ++s) {
    for (std::size_t c = 0; c < kLifeCommands; ++c) {
      const auto state = static_cast<MbrState>(s);
      const auto command = static_cast<LifeCommand>(c);
      Story story = story_of(state);
      ASSERT_EQ(story.state("1"), state);
      const auto done = story.does(command, hash_of("1"), "otto");
      EXPECT_EQ(done.has_value(), kExpected[s].substr(4 * c, 3) == "yes")
          << to_string(state) << ", " << to_string(command);
      if (!done) {
        EXPECT_EQ(done.error().code, ErrorCode::kRefused);
        EXPECT_THAT(done.error().message, HasSubstr("Nothing was changed"));
        EXPECT_EQ(story.state("1"), state);
        continue;
      }
      const auto rule = std::ranges::find_if(kLifeRules, [&](const LifeRule& one) {
        return one.state == state && one.command == command;
      });
      ASSERT_NE(rule, kLifeRules.end());
      EXPECT_EQ(story.state("1"), rule->next) << to_string(state) << ", " << to_string(command);
    }
  }
}

TEST(MbrLife, PreparerCheckerAndApproverAreThreePersons) {
  Story story;
  story.add(draft("1"));
  story.must(LifeCommand::kSubmit, hash_of("1"), "petra");
  EXPECT_FALSE(story.does(LifeCommand::kCheck, hash_of("1"), "petra")) << "prepared it";
  EXPECT_FALSE(story.does(LifeCommand::kApprove, hash_of("1"), "otto")) << "not checked yet";
  story.must(LifeCommand::kCheck, hash_of("1"), "otto");
  EXPECT_FALSE(story.does(LifeCommand::kApprove, hash_of("1"), "petra")) << "prepared it";
  EXPECT_FALSE(story.does(LifeCommand::kApprove, hash_of("1"), "otto")) << "checked it";
  EXPECT_FALSE(story.does(LifeCommand::kApprove, hash_of("1"), "ines")) << "is not quality";
  EXPECT_EQ(story.state("1"), MbrState::kInReview);
}

TEST(MbrLife, OnlyQualityApprovesMakesEffectiveRecallsAndRetires) {
  for (const auto& [state, command] : {std::pair{MbrState::kInReview, LifeCommand::kApprove},
                                       std::pair{MbrState::kApproved, LifeCommand::kMakeEffective},
                                       std::pair{MbrState::kEffective, LifeCommand::kRecall},
                                       std::pair{MbrState::kEffective, LifeCommand::kRetire}}) {
    Story story = story_of(state);
    story.versions.versions.front().preparer = "somebody";
    story.versions.versions.front().checker = "else";
    EXPECT_FALSE(story.does(command, hash_of("1"), "mary")) << to_string(command);
    EXPECT_FALSE(story.does(command, hash_of("1"), "ghost")) << to_string(command);
    EXPECT_TRUE(story.does(command, hash_of("1"), "otto")) << to_string(command);
  }
}

TEST(MbrLife, ANewVersionSupersedesTheOldOneAtItsInstantAndNotBefore) {
  Story story;
  story.make_effective("1");
  story.approve("2");
  story.must(LifeCommand::kMakeEffective, hash_of("2"), "petra", at(kDay));
  EXPECT_EQ(story.state("1", at(kDay - 1)), MbrState::kEffective);
  EXPECT_EQ(story.state("2", at(kDay - 1)), MbrState::kApproved);
  EXPECT_EQ(story.state("1", at(kDay)), MbrState::kSuperseded);
  EXPECT_EQ(story.state("2", at(kDay)), MbrState::kEffective);
}

TEST(MbrLife, AVersionRetiredBeforeItsInstantSupersedesNobody) {
  Story story;
  story.make_effective("1");
  story.approve("2");
  story.must(LifeCommand::kMakeEffective, hash_of("2"), "petra", at(kDay));
  story.must(LifeCommand::kRetire, hash_of("2"), "petra");
  EXPECT_EQ(story.state("1", at(2 * kDay)), MbrState::kEffective);
}

TEST(MbrLife, InstantsKeepTheirOrder) {
  Story story;
  story.now = at(kDay);
  story.approve("1");
  EXPECT_FALSE(story.does(LifeCommand::kMakeEffective, hash_of("1"), "petra", at(0))) << "past";
  story.must(LifeCommand::kMakeEffective, hash_of("1"), "petra", at(3 * kDay));
  EXPECT_FALSE(story.does(LifeCommand::kMakeEffective, hash_of("1"), "petra", at(4 * kDay)))
      << "set already";
  story.approve("2");
  EXPECT_FALSE(story.does(LifeCommand::kMakeEffective, hash_of("2"), "petra", at(2 * kDay)));
  EXPECT_FALSE(story.does(LifeCommand::kMakeEffective, hash_of("2"), "petra", at(3 * kDay)));
  EXPECT_TRUE(story.does(LifeCommand::kMakeEffective, hash_of("2"), "petra", at(3 * kDay + 1)));
}

TEST(MbrLife, ABatchIsIssuedFromTheEffectiveVersionOnlyAndTheRefusalNamesIt) {
  for (const auto state : {MbrState::kDraft, MbrState::kInReview, MbrState::kApproved,
                           MbrState::kSuperseded, MbrState::kRetired}) {
    const Story story = story_of(state);
    const auto refused = check_issue(story.versions, *story.versions.find(hash_of("1")), story.now);
    ASSERT_FALSE(refused) << to_string(state);
    EXPECT_EQ(refused.error().code, ErrorCode::kRefused);
    EXPECT_THAT(refused.error().message, HasSubstr(to_string(state)));
    if (state == MbrState::kSuperseded) {
      EXPECT_THAT(refused.error().message, HasSubstr("BUF-0117 version 2 is effective now"));
    }
  }
  const Story story = story_of(MbrState::kEffective);
  EXPECT_TRUE(check_issue(story.versions, story.versions.versions.front(), story.now));
}

TEST(MbrLife, ARecalledVersionIsNotIssuedAndCanNotBeRecalledTwice) {
  Story story = story_of(MbrState::kEffective);
  story.must(LifeCommand::kRecall, hash_of("1"), "petra");
  EXPECT_EQ(story.state("1"), MbrState::kEffective);
  const auto refused = check_issue(story.versions, story.versions.versions.front(), story.now);
  ASSERT_FALSE(refused);
  EXPECT_THAT(refused.error().message, HasSubstr("recalled"));
  EXPECT_FALSE(story.does(LifeCommand::kRecall, hash_of("1"), "petra"));
}

TEST(MbrLife, OneProductOrOneIdIsOneLineOfVersionsAndEachSiteHasItsOwn) {
  Story story;
  story.make_effective("1");
  LifeVersion same_product = draft("1", "buffer", "BUF-0200");
  LifeVersion same_id = draft("9", "another product");
  LifeVersion other_site = draft("1", "buffer", "BUF-0117", "Plant 2");
  same_product.reached = same_id.reached = other_site.reached = MbrState::kApproved;
  for (const auto& version : {same_product, same_id, other_site}) story.add(version);
  story.now = at(kDay);
  story.must(LifeCommand::kMakeEffective, other_site.hash, "petra");
  EXPECT_EQ(story.state("1"), MbrState::kEffective);
  story.must(LifeCommand::kMakeEffective, same_product.hash, "petra");
  EXPECT_EQ(story.state("1"), MbrState::kSuperseded);
}

bool same_line(const LifeVersion& a, const LifeVersion& b) {
  return a.site == b.site && (a.mbr == b.mbr || a.product == b.product);
}

void expect_one_effective(const LifeRegister& versions, Instant when, unsigned seed) {
  for (const auto& a : versions.versions) {
    for (const auto& b : versions.versions) {
      if (&a == &b || !same_line(a, b)) continue;
      ASSERT_FALSE(state_at(versions, a, when) == MbrState::kEffective &&
                   state_at(versions, b, when) == MbrState::kEffective)
          << "seed " << seed << ": " << a.hash << " and " << b.hash << " at " << when.unix_ms;
    }
  }
}

LifeCommand next_of(const LifeVersion& version) {
  if (version.preparer.empty()) return LifeCommand::kSubmit;
  if (version.checker.empty()) return LifeCommand::kCheck;
  return version.approver.empty() ? LifeCommand::kApprove : LifeCommand::kMakeEffective;
}

// 12,000 random lives of four versions; every instant at which anything changes is looked at.
TEST(MbrLife, NoSequenceOfCommandsMakesTwoVersionsEffectiveOrOnePersonApproveAlone) {
  constexpr std::array kPersons{"mary", "ines", "petra", "otto", "petra", "otto", "ghost"};
  int effective = 0;
  for (unsigned seed = 1; seed <= 12'000; ++seed) {
    std::mt19937 random(seed);
    Story story;
    story.add(draft("1"));
    story.add(draft("2"));
    story.add(draft("3", "other", random() % 2 == 0 ? "BUF-0117" : "BUF-0300"));
    story.add(draft("4", "buffer", "BUF-0400"));
    std::vector<Instant> instants{at(0)};
    for (int step = 0; step < 60; ++step) {
      const auto& version = story.versions.versions[random() % 4];
      // Half of the time what comes next in a life that goes well.
      const auto command = random() % 2 == 0
                               ? next_of(version)
                               : static_cast<LifeCommand>(random() % (kLifeCommands - 1));
      std::optional<Instant> from;
      if (random() % 2 == 0) from = at(story.now.unix_ms + static_cast<int>(random() % 20) - 3);
      if (random() % 40 == 0) (void)story.does(LifeCommand::kRetire, version.hash, "otto");
      (void)story.does(command, version.hash, kPersons[random() % kPersons.size()], from);
      if (from) instants.push_back(*from);
      instants.push_back(story.now);
      if (random() % 3 == 0) story.now.unix_ms += random() % 5;
    }
    for (const Instant when : instants) expect_one_effective(story.versions, when, seed);
    for (const auto& version : story.versions.versions) {
      if (version.reached != MbrState::kApproved) continue;
      ASSERT_NE(version.preparer, version.checker) << "seed " << seed;
      ASSERT_NE(version.preparer, version.approver) << "seed " << seed;
      ASSERT_NE(version.checker, version.approver) << "seed " << seed;
      ASSERT_THAT(kRoles.at(version.approver), testing::Contains("quality")) << "seed " << seed;
      effective += version.effective_from ? 1 : 0;
    }
    if (HasFatalFailure()) return;
  }
  EXPECT_GT(effective, 2000) << "the sequences are random enough to make versions effective";
}

}  // namespace
}  // namespace batchwright::workflows
