#include "tests/workflows/two_branches.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <random>

namespace batchwright::workflows::test {
namespace {

// The same number for the same text in every process.
std::size_t number_of(const std::string& text) {
  return sha256(text)[0];
}

Element make_step(std::mt19937_64& random, const std::string& branch, int number) {
  const std::string id = fmt::format("s{}", number);
  const std::string path = branch + "/" + id;
  std::vector<Entry> entries;
  std::vector<SignatureRule> signatures;
  if (random() % 2 == 0) {
    entries.push_back(temperature(random() % 2 == 0 ? "AGAIN" : "HOLD"));
    entries.push_back(computed("shifted", "{" + path + ":temperature} + 273.15"));
    entries.back().unit = "°C";
  }
  if (entries.empty() || random() % 2 == 0) entries.push_back(acknowledge());
  if (random() % 4 == 0) signatures = {performed(), verified()};
  Element made = step(id, std::move(entries), std::move(signatures));
  made.step->instruction = {{"en", fmt::format("Note {}", random() % 1000)}};
  return made;
}

Element make_branch(std::mt19937_64& random, const std::string& id) {
  Element branch = group(id, Level::kOperation);
  ChartBuilder chart(branch);
  std::vector<Piece> pieces;
  const int steps = 1 + static_cast<int>(random() % 2);
  for (int i = 1; i <= steps; ++i) pieces.push_back(chart.element(make_step(random, id, i)));
  if (random() % 2 == 0) {
    const Piece ask = chart.element(step("ask", {decimal("n", "", 0)}));
    pieces.push_back(chart.loop(ask, fmt::format("count(\"{}/ask\") < 2", id)));
  }
  chart.finish(chart.sequence(pieces));
  return branch;
}

// Fixed by the step and what its instruction says.
std::string value_for(const StepRef& ref, const StepContent& content, const Entry& entry) {
  const std::size_t number = number_of(
      to_text(ref) + entry.id + (content.instruction.empty() ? "" : content.instruction.at("en")));
  if (entry.id == "n") return std::to_string(number % 5);
  if (entry.kind == EntryKind::kDecimal)
    return number % 4 == 0 ? "27.0" : fmt::format("25.{}", number % 5);
  return "done";
}

}  // namespace

std::shared_ptr<const Mbr> make_two_branches(std::uint64_t seed) {
  std::mt19937_64 random(seed);
  Element procedure = group("p", Level::kProcedure);
  ChartBuilder chart(procedure);
  const Piece first = chart.element(step("weigh", {decimal("x")}));
  const Piece north = chart.element(make_branch(random, "north"));
  const Piece south = chart.element(make_branch(random, "south"));
  const Piece last = chart.element(step("join", {decimal("x")}));
  chart.finish(chart.sequence({first, chart.parallel({north, south}), last}));
  return finished(std::move(procedure), {plan("AGAIN", 1, false), plan("HOLD", 0, true)});
}

bool Worker::act(RunDriver& run) const {
  for (const StepRef& ref : open_steps(run.state)) {
    if (!ref.path.starts_with(area_)) continue;
    act_at(run, ref);
    return true;
  }
  return false;
}

void Worker::act_at(RunDriver& run, const StepRef& ref) const {
  const std::string text = to_text(ref);
  const StepState& step = run.state.steps.at(ref);
  const StepContent& content = *run.mbr->procedure.find(ref.path)->step;
  if (step.status == StepStatus::kReady) return run.must(BeginStep{text}, person_);
  if (step.status == StepStatus::kHeld)
    return run.must(run.release(text, step.held_by, "checked", kSven, "supervisor"), kSven);
  if (measure_again(run, ref, step)) return;
  const StepNeeds missing = needs(run.state, ref, run.now);
  if (!missing.missing_entries.empty()) {
    const auto entry =
        std::ranges::find(content.entries, missing.missing_entries.front(), &Entry::id);
    return run.must(RecordEntry{text, entry->id, value_for(ref, content, *entry)}, person_);
  }
  if (!missing.missing_signatures.empty()) {
    const SignatureRule& rule = missing.missing_signatures.front();
    return run.sign(text, rule.meaning, rule.other_person ? kInes : person_);
  }
  run.must(CompleteStep{text}, person_);
}

bool Worker::measure_again(RunDriver& run, const StepRef& ref, const StepState& step) const {
  const auto measured = step.entries.find("temperature");
  if (measured == step.entries.end() || measured->second.values.size() != 1) return false;
  const Element& element = *run.mbr->procedure.find(ref.path);
  const auto entry = std::ranges::find(element.step->entries, "temperature", &Entry::id);
  if (measured->second.values.front().verdict != "action" || entry->reaction_plan != "AGAIN")
    return false;
  run.must(RecordEntry{to_text(ref), "temperature", "25.3"}, person_);
  return true;
}

std::string facts_of(const RunState& state) {
  std::string text = fmt::format("{}\n", to_string(state.status));
  for (const auto& [path, name] : state.elements) text += fmt::format("{} {}\n", path, name);
  for (const auto& [ref, step] : state.steps) {
    text += fmt::format("{} {} by {}\n", to_text(ref), to_string(step.status), step.started_by);
    for (const auto& [id, entry] : step.entries) {
      for (const RecordedValue& value : entry.values) {
        text += fmt::format("  {} {} {} {}{}\n", id, value.raw, value.value, value.actor,
                            value.superseded ? " superseded" : "");
      }
    }
    for (const SignatureState& signature : step.signatures) {
      text += fmt::format("  {} by {} as {}{}\n", signature.meaning, signature.signer,
                          signature.role, signature.voided_by.empty() ? "" : " void");
    }
  }
  std::vector<std::string> exceptions;
  for (const auto& [id, exception] : state.exceptions) {
    exceptions.push_back(fmt::format("{} {} {} {}\n", exception.step, exception.exception_class,
                                     exception.value, exception.actor));
  }
  std::ranges::sort(exceptions);
  for (const std::string& exception : exceptions) text += exception;
  return text;
}

}  // namespace batchwright::workflows::test
