// Any journal lines, one per text line, folded into a run: total, never a crash, and equal when
// folded again.
#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "tests/workflows/mbr_builder.h"
#include "workflows/engine.h"

using namespace batchwright;
using namespace batchwright::workflows;

namespace {

Entry camera_entry(const char* id, EntryKind kind) {
  Entry made = test::entry(id, kind);
  if (kind == EntryKind::kCameraCheck) {
    made.camera_check = CameraCheck{};
    made.camera_check->check.id = "c";
    made.camera_check->fills = {{"t", "temperature"}};
  } else {
    made.camera_challenge = CameraChallenge{{"c"}, CameraChallenge::When::kStart};
  }
  return made;
}

// Every kind of node, nested groups, a loop, limits, plans, formulas and signatures.
std::shared_ptr<const Mbr> small_recipe() {
  using namespace batchwright::workflows::test;
  Element phase = group("g", Level::kPhase);
  run_in_sequence(phase, {step("x",
                               {temperature("R"), computed("f", "{g/x:temperature} / 2"),
                                camera_entry("look", EntryKind::kCameraCheck),
                                camera_entry("set", EntryKind::kCameraChallenge)},
                               {performed(), verified()}),
                          step("y", {entry("n", EntryKind::kYesNo)})});
  Element procedure = group("p", Level::kProcedure);
  ChartBuilder chart(procedure);
  const Piece loop = chart.loop(chart.element(phase), "{g/y:n}");
  const Piece both = chart.parallel({chart.element(step("l")), chart.element(step("r"))});
  const Piece either = chart.choice(
      {{"count(\"g/x\") > 1", chart.element(step("many"))}, {"true", chart.element(step("one"))}});
  chart.finish(chart.sequence({loop, both, either}));
  return finished(procedure, {plan("R", 1, false)});
}

// A line as it is, or as the body of an entry: short inputs should reach apply as well.
record::StoredLine stored_line(const std::string& text) {
  if (auto line = record::decode(text)) return std::move(*line);
  record::StoredLine stored;
  stored.line.subject = {"run", "r"};
  stored.line.device = "d";
  const std::size_t first = text.find(' ');
  const std::size_t second = first == std::string::npos ? first : text.find(' ', first + 1);
  stored.line.type = text.substr(0, first);
  if (second != std::string::npos) {
    stored.line.step = text.substr(first + 1, second - first - 1);
    if (auto body = parse_json(text.substr(second + 1))) stored.line.body = std::move(*body);
  }
  stored.hash = sha256(text);
  return stored;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const auto mbr = small_recipe();
  std::vector<record::StoredLine> lines;
  std::string text;
  for (std::size_t i = 0; i <= size; ++i) {
    if (i < size && data[i] != '\n') {
      text += static_cast<char>(data[i]);
      continue;
    }
    lines.push_back(stored_line(text));
    text.clear();
  }
  const RunState state = replay(mbr, "r", lines);
  const std::string first = state_text(state);
  if (first != state_text(replay(mbr, "r", lines))) std::abort();
  for (const StepRef& step : open_steps(state)) {
    (void)needs(state, step, Instant{});
    (void)lines_to_sign(state, step);
  }
  Context context;
  context.actor = "a";
  (void)decide(state, Tick{}, context);
  return 0;
}
