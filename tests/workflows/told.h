// What a person is told, as one text, so that a test states rule, place and words together.
#pragma once

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/workflows/run_driver.h"

namespace batchwright::workflows::test {

// "rule @ place: message"; "" when it is not refused. A refusal changes nothing.
inline std::string refusal(RunDriver& run, const Command& command, const Person& who = kMary) {
  const std::string before = state_hash(run.state);
  const auto done = run.execute(command, who);
  if (done) return "";
  EXPECT_EQ(before, state_hash(run.state)) << "a refusal changed the state";
  return fmt::format("{} @ {}: {}", done.error().rule, done.error().place, done.error().message);
}

// "class at step:entry, value (limit) plan: message"; what is empty is left out.
inline std::string told(const ExceptionState& exception) {
  std::string text = exception.exception_class;
  if (!exception.step.empty()) text += " at " + exception.step;
  if (!exception.entry.empty()) text += ":" + exception.entry;
  if (!exception.value.empty()) text += ", " + exception.value;
  if (!exception.limit.empty()) text += " (" + exception.limit + ")";
  if (!exception.plan.empty()) text += " " + exception.plan;
  return text + ": " + exception.message;
}

inline std::vector<std::string> told(const std::vector<ExceptionState>& exceptions) {
  std::vector<std::string> texts;
  for (const ExceptionState& exception : exceptions) texts.push_back(told(exception));
  return texts;
}

}  // namespace batchwright::workflows::test
