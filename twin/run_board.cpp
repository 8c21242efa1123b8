#include "twin/run_board.h"

#include <algorithm>

#include "record/line.h"
#include "twin/recipes.h"
#include "workflows/engine.h"
#include "workflows/mbr_json.h"

namespace batchwright::twin {
namespace {

constexpr std::size_t kRunsCachedMax = 200;

using record::StoredLine;

// All lines of a run in the one order that every machine computes: whole commits by (HLC, device,
// seq).
Result<std::vector<StoredLine>> load_run(Site& site, const std::string& run) {
  auto select = site.db().prepare(
      "SELECT bytes FROM line WHERE subject_kind = 'run' AND subject_id = ? ORDER BY commit_hlc, "
      "device, seq");
  if (!select) return std::unexpected(select.error());
  if (auto started = select->start(run); !started) return std::unexpected(started.error());
  std::vector<StoredLine> lines;
  for (;;) {
    auto row = select->step();
    if (!row) return std::unexpected(row.error());
    if (!*row) return lines;
    auto line = record::decode(select->blob(0));
    if (!line) return std::unexpected(line.error());
    lines.push_back(std::move(*line));
  }
}

std::string text_member(const Json& body, const char* key) {
  const auto found = body.find(key);
  return found != body.end() && found->is_string() ? found->get<std::string>() : std::string();
}

BoardException read_exception(const StoredLine& stored) {
  const auto& body = stored.line.body;
  return {.number = text_member(body, "number"),
          .severity = text_member(body, "severity"),
          .exception_class = text_member(body, "class"),
          .step = stored.line.step,
          .message = text_member(body, "message"),
          .time = stored.line.time};
}

// Without the recipe only what single lines say is known.
void count_lines(const std::vector<StoredLine>& lines, BoardRun& board) {
  board.state = "not understood";
  for (const auto& stored : lines) {
    if (stored.line.type == "step_completed") ++board.steps_complete;
    if (stored.line.type == "exception_opened") board.exceptions.push_back(read_exception(stored));
  }
}

void fold(const std::shared_ptr<const workflows::Mbr>& mbr, const std::vector<StoredLine>& lines,
          BoardRun& board) {
  const auto state = workflows::replay(mbr, board.run, lines);
  board.state = workflows::to_string(state.status);
  board.steps_total = mbr->count_steps();
  for (const auto& [ref, step] : state.steps)
    if (step.status == workflows::StepStatus::kComplete) ++board.steps_complete;
  for (const auto& ref : workflows::open_steps(state))
    board.open_steps.push_back(workflows::to_text(ref));
  for (const auto& id : state.exception_order) {
    const auto& e = state.exceptions.at(id);
    board.exceptions.push_back(
        {e.number, e.severity, e.exception_class, e.step, e.message, e.time, e.released});
  }
  board.conflicts = state.conflicts.size();
  board.not_understood = state.not_understood;
}

}  // namespace

std::shared_ptr<const workflows::Mbr> RunBoard::recipe(const std::string& hash_hex) {
  if (const auto known = recipes_.find(hash_hex); known != recipes_.end()) return known->second;
  auto text = mbr_text(site_, hash_hex);
  if (!text) return nullptr;
  auto reading = workflows::read_mbr(*text);
  if (!reading || has_errors(reading->findings)) return nullptr;
  return recipes_[hash_hex] = std::make_shared<const workflows::Mbr>(std::move(reading->mbr));
}

Result<const BoardRun*> RunBoard::summary(const std::string& run, std::uint64_t count) {
  if (const auto known = runs_.find(run); known != runs_.end() && known->second.lines == count)
    return &known->second;
  if (runs_.size() > kRunsCachedMax) runs_.clear();
  auto lines = load_run(site_, run);
  if (!lines) return std::unexpected(lines.error());
  BoardRun board;
  board.run = run;
  board.lines = count;
  std::string hash;
  const auto started = std::ranges::find(*lines, "run_started",
                                         [](const StoredLine& stored) { return stored.line.type; });
  if (started != lines->end()) {
    const auto& body = started->line.body;
    board.number = text_member(body, "number");
    board.recipe = text_member(body, "mbr");
    board.version = text_member(body, "version");
    board.started = started->line.time;
    hash = text_member(body, "mbr_hash");
  }
  if (const auto mbr = recipe(hash))
    fold(mbr, *lines, board);
  else
    count_lines(*lines, board);
  return &(runs_[run] = std::move(board));
}

Result<std::vector<BoardRun>> RunBoard::newest(int count) {
  auto select = site_.db().prepare(
      "SELECT subject_id, count(*) FROM line WHERE subject_kind = 'run' GROUP BY subject_id ORDER "
      "BY "
      "max(id) DESC LIMIT ?");
  if (!select) return std::unexpected(select.error());
  if (auto started = select->start(count); !started) return std::unexpected(started.error());
  std::vector<BoardRun> out;
  for (;;) {
    auto row = select->step();
    if (!row) return std::unexpected(row.error());
    if (!*row) return out;
    auto run =
        summary(std::string(select->text(0)), static_cast<std::uint64_t>(select->integer(1)));
    if (!run) return std::unexpected(run.error());
    out.push_back(**run);
  }
}

}  // namespace batchwright::twin
