#include "bench/big_run.h"

#include <fmt/format.h>

#include "base/bytes.h"
#include "base/ensure.h"
#include "workflows/mbr_json.h"

namespace batchwright::bench {
namespace {

using workflows::EntryKind;

std::string step_text(int number) {
  return fmt::format(
      R"({{"id":"s{0}","title":"Mix and measure {0}","instruction":"Stir, then **measure**.","entries":[
{{"id":"temperature","title":"Temperature","kind":"decimal","unit":"°C","places":1,"target":"25.0",
"alert":["24.5","25.5"],"action":["24.0","26.0"],"hard":["0","100"],"criticality":"CPP","reaction_plan":"R1"}},
{{"id":"kelvin","title":"Kelvin","kind":"computed","places":2,"formula":"{{s{0}:temperature}} + 273.15"}},
{{"id":"clear","title":"Is it clear?","kind":"yes_no","expected":true}},
{{"id":"lot","title":"Lot","kind":"text"}},
{{"id":"done","title":"Stirred","kind":"acknowledge"}}]}})",
      number);
}

}  // namespace

std::shared_ptr<const workflows::Mbr> read_long_recipe(int steps) {
  std::string text =
      R"({"format":"batchwright/mbr/1","id":"LONG","version":"1","title":"A long run",
"reaction_plans":[{"id":"R1","what":"Wait, measure again.","remeasure_max":3}],
"procedure":{"id":"long","title":"A long run","children":[)";
  for (int number = 1; number <= steps; ++number) {
    if (number > 1) text += ",\n";
    text += step_text(number);
  }
  text += "]}}";
  auto reading = workflows::read_mbr(text);
  ensure(reading && !has_errors(reading->findings), "the long recipe is a right one");
  return std::make_shared<const workflows::Mbr>(std::move(reading->mbr));
}

BigRun::BigRun(std::shared_ptr<const workflows::Mbr> mbr, record::JournalWriter writer, Take take)
    : mbr_(std::move(mbr)),
      writer_(std::move(writer)),
      take_(std::move(take)),
      state_(workflows::initial_state(mbr_, "01930000-0000-7000-8000-000000000001")) {}

void BigRun::work(std::uint64_t events) {
  execute(workflows::StartRun{state_.run, "B-2417", "batch", std::string(64, 'a')});
  while (state_.events < events && state_.status == workflows::RunStatus::kRunning) {
    work_at(workflows::open_steps(state_).front());
  }
}

void BigRun::work_at(const workflows::StepRef& ref) {
  const std::string text = to_text(ref);
  execute(workflows::BeginStep{text});
  for (const workflows::Entry& entry : mbr_->procedure.find(ref.path)->step->entries) {
    if (entry.kind != EntryKind::kComputed)
      execute(workflows::RecordEntry{text, entry.id, answer(entry)});
  }
  execute(workflows::CompleteStep{text});
}

// One measurement in fifty is out of limits.
std::string BigRun::answer(const workflows::Entry& entry) const {
  switch (entry.kind) {
    case EntryKind::kDecimal: return lines_ % 50 == 0 ? "26.7" : fmt::format("25.{}", lines_ % 5);
    case EntryKind::kYesNo: return "yes";
    case EntryKind::kText: return fmt::format("L-{}", lines_);
    default: return "done";
  }
}

void BigRun::execute(const workflows::Command& command) {
  now_.unix_ms += 1500;
  const workflows::Context context{.now = now_,
                                   .actor = "p-17",
                                   .role = "operator",
                                   .performed_by = {},
                                   .device = "panel-1",
                                   .prefix = "MIX2",
                                   .exceptions_before = exceptions_,
                                   .id_seed = sha256(std::to_string(lines_)),
                                   .roles = {"operator"}};
  const auto drafts = workflows::decide(state_, command, context);
  ensure(drafts.has_value(), "the command of the benchmark may happen");
  const auto commit = writer_.seal(*drafts, now_, {});
  ensure(commit.has_value(), "the commit can be sealed");
  take_(*commit);
  writer_.advance(commit->back());
  for (const record::StoredLine& line : *commit) {
    workflows::apply(state_, line);
    if (line.line.type == "exception_opened") ++exceptions_;
    ++lines_;
  }
}

}  // namespace batchwright::bench
