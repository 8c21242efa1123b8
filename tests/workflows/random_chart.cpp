#include "tests/workflows/random_chart.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>

namespace batchwright::workflows::test {

void Oracle::start(const std::map<std::string, int>& answers) {
  active_ = true;
  at_ = 0;
  left_ = children_.size();
  if (kind_ == Kind::kChoice) {
    at_ = std::min(static_cast<std::size_t>(answers.at(step_)), children_.size() - 1);
  }
  if (kind_ == Kind::kParallel) {
    for (auto& child : children_) child->start(answers);
  } else if (kind_ != Kind::kStep) {
    children_[at_]->start(answers);
  }
}

bool Oracle::complete(const std::string& step, const std::map<std::string, int>& answers) {
  if (!active_) return false;
  switch (kind_) {
    case Kind::kStep: active_ = step != step_; break;
    case Kind::kSequence:
      if (!children_[at_]->complete(step, answers)) return false;
      active_ = ++at_ < children_.size();
      if (active_) children_[at_]->start(answers);
      break;
    case Kind::kParallel:
      for (auto& child : children_) left_ -= child->complete(step, answers) ? 1 : 0;
      active_ = left_ > 0;
      break;
    case Kind::kChoice: active_ = !children_[at_]->complete(step, answers); break;
    case Kind::kLoop:
      if (!children_[0]->complete(step, answers)) return false;
      active_ = answers.at(step_) == 1;
      if (active_) children_[0]->start(answers);
      break;
  }
  return !active_;
}

void Oracle::collect_open(std::set<std::string>& open) const {
  if (!active_) return;
  if (kind_ == Kind::kStep) open.insert(step_);
  for (const auto& child : children_) child->collect_open(open);
}

namespace {

using Kind = Oracle::Kind;

class Generator {
 public:
  Generator(std::uint64_t seed, int steps_max) : random_(seed), steps_left_(steps_max) {}

  RandomChart make() {
    Element procedure = group("p", Level::kProcedure);
    RandomChart chart;
    chart.oracle = fill(procedure, "", 0);
    ReactionPlan holding = plan("HOLD", 0, true);
    chart.mbr = finished(std::move(procedure), {plan("AGAIN", 1, false), holding});
    chart.steps = steps_made_;
    return chart;
  }

 private:
  struct Made {
    Piece piece;
    std::unique_ptr<Oracle> oracle;
  };

  std::size_t pick(std::size_t count) { return static_cast<std::size_t>(random_() % count); }

  std::unique_ptr<Oracle> fill(Element& parent, const std::string& path, int depth) {
    ChartBuilder chart(parent);
    Made made = make_piece(chart, path, depth);
    chart.finish(made.piece);
    return std::move(made.oracle);
  }

  Made make_piece(ChartBuilder& chart, const std::string& path, int depth) {
    if (steps_left_ <= 1 || depth > 5) return make_step(chart, path);
    switch (pick(8)) {
      case 0: return make_step(chart, path);
      case 1: return make_parallel(chart, path, depth);
      case 2: return make_choice(chart, path, depth);
      case 3: return make_loop(chart, path, depth);
      case 4: return make_group(chart, path, depth);
      default: return make_sequence(chart, path, depth);
    }
  }

  std::string path_of(const std::string& path, const std::string& id) const {
    return path.empty() ? id : path + "/" + id;
  }

  std::string next_id() { return "s" + std::to_string(++steps_made_); }

  Made make_step(ChartBuilder& chart, const std::string& path) {
    --steps_left_;
    const std::string id = next_id();
    std::vector<Entry> entries;
    if (pick(3) != 0) entries.push_back(acknowledge());
    if (pick(3) == 0) {
      entries.push_back(temperature(pick(2) == 0 ? "AGAIN" : "HOLD"));
      entries.push_back(computed("kelvin", "{" + path_of(path, id) + ":temperature} + 273.15"));
    }
    std::vector<SignatureRule> signatures;
    if (pick(12) == 0) signatures = {performed(), verified()};
    Element made = step(id, std::move(entries), std::move(signatures));
    made.step->recovery = static_cast<Recovery>(pick(3));
    return {chart.element(std::move(made)),
            std::make_unique<Oracle>(Kind::kStep, path_of(path, id))};
  }

  // A step whose whole number decides what follows.
  Made make_decider(ChartBuilder& chart, const std::string& path, std::string& id) {
    --steps_left_;
    id = path_of(path, next_id());
    Element made = step(id.substr(id.rfind('/') + 1), {decimal("n", "", 0)});
    return {chart.element(std::move(made)), std::make_unique<Oracle>(Kind::kStep, id)};
  }

  Made make_sequence(ChartBuilder& chart, const std::string& path, int depth) {
    auto oracle = std::make_unique<Oracle>(Kind::kSequence, "");
    std::vector<Piece> pieces;
    for (std::size_t i = 2 + pick(4); i > 0; --i) {
      Made made = make_piece(chart, path, depth + 1);
      pieces.push_back(made.piece);
      oracle->add(std::move(made.oracle));
    }
    return {chart.sequence(pieces), std::move(oracle)};
  }

  Made make_parallel(ChartBuilder& chart, const std::string& path, int depth) {
    auto oracle = std::make_unique<Oracle>(Kind::kParallel, "");
    std::vector<Piece> pieces;
    for (std::size_t i = 2 + pick(2); i > 0; --i) {
      Made made = make_piece(chart, path, depth + 1);
      pieces.push_back(made.piece);
      oracle->add(std::move(made.oracle));
    }
    return {chart.parallel(pieces), std::move(oracle)};
  }

  Made make_choice(ChartBuilder& chart, const std::string& path, int depth) {
    std::string decider;
    Made ask = make_decider(chart, path, decider);
    auto choice = std::make_unique<Oracle>(Kind::kChoice, decider);
    std::vector<std::pair<std::string, Piece>> pieces;
    const std::size_t ways = 2 + pick(2);
    for (std::size_t i = 0; i < ways; ++i) {
      Made made = make_piece(chart, path, depth + 1);
      pieces.emplace_back(i + 1 == ways ? "true" : fmt::format("{{{}:n}} = {}", decider, i),
                          made.piece);
      choice->add(std::move(made.oracle));
    }
    auto oracle = std::make_unique<Oracle>(Kind::kSequence, "");
    oracle->add(std::move(ask.oracle));
    oracle->add(std::move(choice));
    return {chart.sequence({ask.piece, chart.choice(pieces)}), std::move(oracle)};
  }

  Made make_loop(ChartBuilder& chart, const std::string& path, int depth) {
    Made body = make_piece(chart, path, depth + 1);
    std::string decider;
    Made ask = make_decider(chart, path, decider);
    auto round = std::make_unique<Oracle>(Kind::kSequence, "");
    round->add(std::move(body.oracle));
    round->add(std::move(ask.oracle));
    auto oracle = std::make_unique<Oracle>(Kind::kLoop, decider);
    oracle->add(std::move(round));
    return {
        chart.loop(chart.sequence({body.piece, ask.piece}), fmt::format("{{{}:n}} = 1", decider)),
        std::move(oracle)};
  }

  Made make_group(ChartBuilder& chart, const std::string& path, int depth) {
    Element child = group("g" + std::to_string(++groups_made_), Level::kOperation);
    auto oracle = fill(child, path_of(path, child.id), depth + 1);
    return {chart.element(std::move(child)), std::move(oracle)};
  }

  std::mt19937_64 random_;
  int steps_left_;
  int steps_made_ = 0, groups_made_ = 0;
};

}  // namespace

RandomChart make_random_chart(std::uint64_t seed, int steps_max) {
  return Generator(seed, steps_max).make();
}

bool RandomOperator::work() {
  run_.start();
  chart_.oracle->start(answers_);
  constexpr std::size_t kCommandsMax = 100'000;
  while (run_.state.status != RunStatus::kComplete) {
    if (::testing::Test::HasFailure() || !is_as_expected()) return false;
    if (++commands > kCommandsMax) {
      ADD_FAILURE() << "the run doesn't end";
      return false;
    }
    disturb();
    const auto open = open_steps(run_.state);
    if (open.empty()) {
      ADD_FAILURE() << "nothing is left to do, but the run is not complete";
      return false;
    }
    work_at(open[pick(open.size())]);
    run_.now.unix_ms += static_cast<std::int64_t>(pick(2000));
  }
  for (const StepRef& ref : open_steps(run_.state)) {  // re-opened ones
    while (run_.state.open.contains(ref) && ++commands < kCommandsMax) work_at(ref);
  }
  return is_as_expected() && run_.state.conflicts.empty();
}

bool RandomOperator::is_as_expected() const {
  std::set<std::string> expected, open;
  chart_.oracle->collect_open(expected);
  for (const StepRef& ref : open_steps(run_.state)) {
    if (!run_.state.steps.at(ref).reopened) open.insert(ref.path);
  }
  EXPECT_EQ(open, expected);
  const auto quiet = decide(run_.state, Tick{}, run_.context(kMary));
  const bool is_quiet = quiet.has_value() && quiet->empty();
  EXPECT_TRUE(is_quiet) << "something could still have happened by itself";
  EXPECT_TRUE(run_.state.conflicts.empty()) << run_.state.conflicts.front();
  return open == expected && is_quiet && run_.state.conflicts.empty();
}

void RandomOperator::disturb() {
  if (one_in(8)) try_something_wrong();
  if (one_in(30)) correct_something();
  if (one_in(60)) {
    run_.must(HoldRun{"alarm"});
    run_.must(ResumeRun{"false alarm"}, kInes);
  }
}

void RandomOperator::try_something_wrong() {
  const std::string ref = fmt::format("s{}#{}", 1 + pick(60), 1 + pick(3));
  const std::vector<Command> wrong = {CompleteStep{ref},
                                      BeginStep{ref + "9"},
                                      RecordEntry{ref, "done", "maybe"},
                                      RecordEntry{ref, "nothing", "1"},
                                      ResumeRun{"why"},
                                      ReleaseStep{ref, "none", "why"},
                                      SignStep{ref, "performed", "{}", "", ""},
                                      StartRun{"run-1", "B-2", "batch", std::string(64, 'a')},
                                      CorrectEntry{ref, "done", "maybe", "why"}};
  // The whole state is compared now and then only: it costs as much as a hundred commands.
  const Command& command = wrong[pick(wrong.size())];
  if (std::holds_alternative<CompleteStep>(command)) {
    const auto found = step_ref_from_text(ref);
    if (found && run_.state.open.contains(*found)) return;  // might be right
  }
  const bool was_refused =
      one_in(10) ? !run_.rule_of_refusal(command).empty() : !run_.execute(command).has_value();
  EXPECT_TRUE(was_refused);
  ++refused;
}

void RandomOperator::correct_something() {
  std::vector<StepRef> measured;
  for (const auto& [ref, step] : run_.state.steps) {
    const auto recorded = step.entries.find("temperature");
    if (recorded != step.entries.end() && recorded->second.current() != nullptr)
      measured.push_back(ref);
  }
  if (measured.empty()) return;
  const std::string ref = workflows::to_text(measured[pick(measured.size())]);
  const auto& now =
      *run_.state.steps.at(*step_ref_from_text(ref)).entries.at("temperature").current();
  auto raw = fmt::format("25.{:03}", pick(400));
  if (raw == now.raw || raw == now.value) raw = fmt::format("25.{:03}", 400 + pick(100));
  run_.must(CorrectEntry{ref, "temperature", raw, "misread"}, one_in(2) ? kMary : kJan);
}

void RandomOperator::work_at(const StepRef& ref) {
  const Person& who = one_in(2) ? kMary : kJan;
  const std::string text = workflows::to_text(ref);
  const StepState& step = run_.state.steps.at(ref);
  const StepContent& content = *run_.mbr->procedure.find(ref.path)->step;
  switch (step.status) {
    case StepStatus::kReady: return run_.must(BeginStep{text}, who);
    case StepStatus::kHeld: return run_.must(ReleaseStep{text, step.held_by, "checked"}, kInes);
    default: break;
  }
  if (one_in(40)) return run_.must(RecoverStep{text, "as left"}, who);
  if (record_next(ref, content, who)) return;
  const auto missing = needs(run_.state, ref, run_.now).missing_signatures;
  if (!missing.empty())
    return run_.sign(text, missing.front().meaning, missing.front().other_person ? kInes : kMary);
  finish(ref, who);
}

bool RandomOperator::record_next(const StepRef& ref, const StepContent& content,
                                 const Person& who) {
  const auto missing = needs(run_.state, ref, run_.now).missing_entries;
  if (missing.empty()) return false;
  const std::string& id = missing.front();
  const auto kind = std::ranges::find(content.entries, id, &Entry::id)->kind;
  std::string raw = "done";
  if (id == "n") {
    const int answer = static_cast<int>(pick(3));
    answers_[ref.path] = answer;
    raw = std::to_string(answer);
  } else if (kind == EntryKind::kDecimal) {
    raw = one_in(6) ? "27.0" : fmt::format("25.{}", pick(5));
  }
  run_.must(RecordEntry{workflows::to_text(ref), id, raw}, who);
  return true;
}

void RandomOperator::finish(const StepRef& ref, const Person& who) {
  const bool reopened = run_.state.steps.at(ref).reopened;
  run_.must(CompleteStep{workflows::to_text(ref)}, who);
  if (!reopened) chart_.oracle->complete(ref.path, answers_);
}

}  // namespace batchwright::workflows::test
