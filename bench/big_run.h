// A long run as a panel records it: every line came out of the engine and was sealed with a key.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "record/journal_writer.h"
#include "workflows/engine.h"

namespace batchwright::bench {

// A recipe of `steps` steps, read from its text: measurements with limits, a formula, answers, a
// text, an acknowledgement.
std::shared_ptr<const workflows::Mbr> read_long_recipe(int steps);

// Works the recipe until `events` events are there. Each commit goes to `take` before it is
// applied.
class BigRun {
 public:
  using Commit = std::vector<record::StoredLine>;
  using Take = std::function<void(const Commit&)>;

  BigRun(std::shared_ptr<const workflows::Mbr> mbr, record::JournalWriter writer, Take take);

  void work(std::uint64_t events);
  [[nodiscard]] const workflows::RunState& state() const { return state_; }

 private:
  void execute(const workflows::Command& command);
  void work_at(const workflows::StepRef& ref);
  [[nodiscard]] std::string answer(const workflows::Entry& entry) const;

  std::shared_ptr<const workflows::Mbr> mbr_;
  record::JournalWriter writer_;
  Take take_;
  workflows::RunState state_;
  Instant now_{.unix_ms = 1'795'000'000'000, .offset_minutes = 60};
  std::uint64_t lines_ = 0, exceptions_ = 0;
};

}  // namespace batchwright::bench
