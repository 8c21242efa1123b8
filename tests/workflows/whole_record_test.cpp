// One eventful batch, and every line of its record word for word: what is written is what an
// inspector reads years later. Requirements A6, B1, B8, B11-B15, D1, D3-D5.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "base/bytes.h"
#include "tests/workflows/mbr_builder.h"
#include "tests/workflows/recipe_files.h"
#include "tests/workflows/run_driver.h"

namespace batchwright::workflows::test {
namespace {

using Kind = ProceduralCommand;

const Person kLab{"lab", {"laboratory"}};
constexpr const char* kRecord = "tests/workflows/records/eventful_batch.txt";

Entry identifying(const char* id) {
  Entry made = entry(id, EntryKind::kText);
  made.identifies = id;
  return made;
}

std::vector<Element> steps() {
  Entry count = decimal("count", "", 0);
  count.limits.action_high = dec("10");
  count.late = LateResult{.owner = "laboratory", .due_s = 3600, .blocks = {}};
  Entry note = entry("note", EntryKind::kText);
  note.may_be_not_applicable = true;
  Entry net = decimal("net", "g");
  net.captured_by = "scale";
  net.limit_formulas = {{&Limits::action_high, expr("{heat:x} * 100")}};
  Element prepare = step("prepare", {identifying("mixer"), identifying("tris"), note, count});
  prepare.step->effects = {{"mixer", "dirty"}, {"114", "dirty"}};
  Element heat = step("heat", {temperature("R2"), decimal("x"), computed("half", "{heat:x} / 2")},
                      {performed(), verified()});
  Element weigh = step("weigh", {net});
  weigh.step->relies_on = {"heat"};
  weigh.step->gates = {{.id = "door",
                        .kind = Gate::Kind::kRole,
                        .subject = "nobody",
                        .condition = {},
                        .remedy = {{"en", "Open it."}}}};
  return {prepare, heat, weigh, step("label")};
}

std::shared_ptr<const Mbr> recipe() {
  ReactionPlan twice = plan("R2", 1, false);
  twice.remeasure_after_s = 60;
  auto mbr = std::make_shared<Mbr>(*linear(steps(), {twice}));
  mbr->equipment = {{"mixer", "MX200", {{"en", "Mixer"}}}};
  mbr->materials = {{"tris", "TRIS", {{"en", "Tris"}}}};
  mbr->planned_hold_max_s = 600;
  return mbr;
}

void prepare(RunDriver& run) {
  run.must(BeginStep{"prepare#1"});
  run.must(RecordEntry{"prepare#1", "mixer", "MX-03"});
  run.must(SwapEquipment{"mixer", "MX-04", "motor"}, kInes);
  run.must(RecordEntry{"prepare#1", "tris", "T-1"});
  run.must(MarkNotApplicable{"prepare#1", "note", "nothing to note"});
  run.must(CompleteStep{"prepare#1"});
}

void heat(RunDriver& run) {
  run.must(BeginStep{"heat#1"});
  run.must(RecordEntry{"heat#1", "temperature", "27"});
  run.must(CommentException{run.exceptions().back().id, "display was steady"});
  run.now.unix_ms += 30'000;
  run.must(RecordEntry{"heat#1", "temperature", "26.5"});  // too early, and bad for the last time
  run.must(run.release("heat#1", run.step("heat#1").held_by, "cools down", kSven, "supervisor"),
           kSven);
  run.must(CorrectEntry{"heat#1", "temperature", "25", "misread"});
  run.must(RecordEntry{"heat#1", "x", "6"});
  run.sign("heat#1", "performed", kMary);
  run.sign("heat#1", "verified", kJan);
  run.must(CompleteStep{"heat#1"});
}

void weigh(RunDriver& run) {
  run.must(OverrideGate{"weigh#1", "door", "door is open"}, kSven);
  run.must(BeginStep{"weigh#1"});
  run.must(RecordEntry{"weigh#1", "net", "0.6114", "kg", "scale:BS-04"});
  run.must(InvalidateValue{"weigh#1", "net", "not level", ""});
  run.must(RecordEntry{"weigh#1", "net", "599"});
  run.now.unix_ms += 61'000;
  run.must(RecoverStep{"weigh#1", "as left"});
  run.must(RepeatStep{"weigh#1", "spilled"}, kSven);
  run.must(OverrideGate{"weigh#2", "door", "still open"}, kSven);
  run.must(BeginStep{"weigh#2"}, kJan);
  run.must(ForceStep{"weigh#2", "scale is broken"}, kSven);
}

void around(RunDriver& run) {
  run.must(run.hand_over("to be labelled", kMary));
  run.must(run.take_over(kJan), kJan);
  run.must(RelateRun{"sub-lot", "B-1-01", "first half"});
  run.must(RecallRecipe{"label text is wrong"}, kPetra);
  run.must(DecideRecall{true, "no label yet"}, kPetra);
  run.must(Control{"", Kind::kHold, "lunch", true});
  run.now.unix_ms += 601'000;
  run.must(Tick{});
  run.must(Control{"", Kind::kRestart, "back"}, kSven);
  run.must(AnnotateStep{"label#1", "warm day"});
  run.must(ReportFailure{"", "communication_failure", "cable"}, {"", {}});
}

void finish(RunDriver& run) {
  run.work("label#1");
  run.must(RecordResult{"prepare#1", "count", "11", ""}, kLab);
  run.must(RecordResult{"prepare#1", "count", "3", "second plate"}, kLab);
  const std::string bad = run.step("prepare#1").entries.at("count").values[0].line_hash;
  run.must(InvalidateValue{"prepare#1", "count", "plate mixed up", bad}, kPetra);
  run.must(CorrectEntry{"heat#1", "x", "5", "misread"});  // re-opens heat and changes limits
  run.sign("heat#1", "performed", kMary);
  run.sign("heat#1", "verified", kJan);
  run.must(CompleteStep{"heat#1"});
  run.must(ForceStep{"weigh#2", "the scale is still broken"}, kSven);  // it relied on heat
  run.must(run.review("production", "accepted", kSven), kSven);
  run.must(run.review("quality", "accepted", kPetra), kPetra);
}

// Ids and hashes by the number of the exception and of the line they stand for, so that the page
// can be read. Keys are made anew in every run of the tests; what is signed is tested elsewhere.
std::string with_numbers(std::string text, const RunDriver& run) {
  const auto replace = [&](const std::string& known, const std::string& number) {
    for (std::size_t at = 0; (at = text.find(known, at)) != std::string::npos;) {
      text.replace(at, known.size(), number);
    }
  };
  for (const ExceptionState& exception : run.exceptions()) replace(exception.id, exception.number);
  for (const record::StoredLine& line : run.lines) {
    replace(to_hex(line.hash), fmt::format("line {}", line.line.seq));
  }
  return text;
}

std::string text_of(const record::Line& line) {
  Json body = line.body;
  for (const char* secret : {"statement", "key", "sig"}) {
    if (body.contains(secret)) body[secret] = "...";
  }
  const std::string who = line.actor.empty() ? "nobody" : line.actor;
  return fmt::format("{} {}{}{}, {}: {}\n", line.seq, line.type, line.step.empty() ? "" : " ",
                     line.step, who, body.dump());
}

TEST(WholeRecord, OfAnEventfulBatchIsAsWritten) {  // B1
  SiteFacts site;
  site.equipment["MX-03"] = site.equipment["MX-04"] = {"MX200", "clean", 0, 0, ""};
  site.lots["T-1"] = {"TRIS", "released", 0};
  RunDriver run(recipe());
  run.site = &site;
  run.start();
  prepare(run);
  heat(run);
  weigh(run);
  around(run);
  finish(run);
  std::string text;
  for (const record::StoredLine& stored : run.lines) {
    if (stored.line.type != "commit") text += text_of(stored.line);
  }
  text = with_numbers(text, run);
  EXPECT_EQ(text, repository_file(kRecord)) << "what it is now:\n" << text;
  EXPECT_TRUE(run.state.conflicts.empty());
}

}  // namespace
}  // namespace batchwright::workflows::test
