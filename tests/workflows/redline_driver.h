// What tests of redlines (requirement A9) have in common: changes as JSON, the ways to approve
// them, two panels that hear of each other late.
#pragma once

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <utility>

#include "tests/workflows/mbr_builder.h"
#include "tests/workflows/run_driver.h"

namespace batchwright::workflows::test {

inline const Person kBoth{"bo", {"operator", "quality"}};  // acts as operator
inline constexpr const char* kDone = R"({"id":"done","title":{"en":"Done"},"kind":"acknowledge"})";

inline std::string change_of_step(const char* op, const std::string& path, const std::string& id,
                                  const std::string& entries = kDone) {
  return fmt::format(
      R"({{"op":"{}","step":"{}","with":{{"id":"{}","title":{{"en":"New"}},"entries":[{}]}}}})", op,
      path, id, entries);
}
inline std::string insert(const std::string& path, const std::string& id,
                          const std::string& entries = kDone) {
  return change_of_step("insert_after", path, id, entries);
}
inline std::string replace(const std::string& path, const std::string& entries = kDone) {
  return change_of_step("replace_step", path, path, entries);
}
inline std::string set(const std::string& parameter, const std::string& value) {
  return fmt::format(R"({{"op":"set_parameter","parameter":"{}","value":"{}"}})", parameter, value);
}

inline Parameter parameter(const std::string& id) {
  return {id, {{"en", id}}, {dec("5"), ""}, "", "test"};
}

inline RunDriver started(std::shared_ptr<const Mbr> mbr) {
  RunDriver run(std::move(mbr));
  run.start();
  return run;
}

inline std::string rule_of_proposal(RunDriver& run, const std::string& change) {
  return run.rule_of_refusal(ProposeRedline{change, "why"});
}

inline std::string propose(RunDriver& run, const std::string& change) {
  run.must(ProposeRedline{change, "why"}, kMary);
  return run.exceptions().back().value;
}

inline std::string message_of_refusal(RunDriver& run, const Command& command,
                                      const Person& who = kMary) {
  const auto done = run.execute(command, who);
  return done ? "" : done.error().message;
}

// Approved by a second person; quality is still missing.
inline std::string half_approved(RunDriver& run, const std::string& change) {
  std::string id = propose(run, change);
  run.must(ApproveRedline{id, "agreed"}, kJan);
  return id;
}

inline std::string in_force(RunDriver& run, const std::string& change) {
  std::string id = half_approved(run, change);
  run.must(ApproveRedline{id, "agreed"}, kPetra);
  EXPECT_TRUE(run.state.redlines.at(id).in_force);
  return id;
}

inline void expect_replayed(const RunDriver& run) {
  EXPECT_TRUE(run.state.conflicts.empty());
  EXPECT_EQ(state_text(replay(run.mbr, run.state.run, run.lines)), state_text(run.state));
}

struct TwoPanels {
  explicit TwoPanels(const std::shared_ptr<const Mbr>& mbr) : north(mbr), south(mbr) {
    south.device = "panel-2";
    south.prefix = "MIX3";
    north.start();
  }
  void later() {
    north.now.unix_ms += 1000;
    south.now.unix_ms += 1000;
  }
  void exchange() {
    south.receive(north.commits());
    north.receive(south.commits());
    EXPECT_EQ(state_text(north.state), state_text(south.state));
  }
  RunDriver north, south;
};

}  // namespace batchwright::workflows::test
