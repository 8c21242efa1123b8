#include "tests/workflows/rich_run.h"

#include <algorithm>

#include "tests/workflows/mbr_builder.h"

namespace batchwright::workflows::test {
namespace {

using Kind = ProceduralCommand;

const Person kLab{"lab", {"laboratory"}};

Entry identifying(std::string id) {
  Entry made = entry(id, EntryKind::kText);
  made.identifies = std::move(id);
  return made;
}

Element weigh() {
  Entry net = decimal("net", "g");
  net.captured_by = "scale";
  Entry germs = decimal("germs", "", 0);
  germs.limits.action_high = dec("10");
  germs.late = LateResult{.owner = "laboratory",
                          .due_s = 3600,
                          .consequence = LateResult::Consequence::kBlocksStep,
                          .blocks = "pack"};
  Element made = step("weigh", {identifying("mixer"), identifying("tris"), net, germs});
  made.step->maximum_s = 600;
  made.step->effects = {{"mixer", "dirty"}, {"114", "dirty"}};
  return made;
}

Element mixing() {
  Entry ph = decimal("ph", "", 1);
  ph.limit_formulas = {{&Limits::action_high, expr("{mix/dissolve:temperature} / 3")}};
  Element dissolve = step(
      "dissolve", {temperature("AGAIN"), computed("half", "{mix/dissolve:temperature} / 2"), ph},
      {performed(), verified()});
  dissolve.step->minimum_s = 60;
  Element check = step("check", {computed("quarter", "{mix/dissolve:half} / 2", 2)}, {performed()});
  check.step->relies_on = {"mix/dissolve"};
  Element mix = group("mix", Level::kOperation);
  ChartBuilder chart(mix);
  const Piece first = chart.element(std::move(dissolve));
  const Piece second = chart.element(std::move(check));
  const Piece stir = chart.element(step("stir", {decimal("speed", "", 0)}));
  chart.finish(chart.sequence({first, second, chart.loop(stir, "{mix/stir:speed} < 100")}));
  return mix;
}

Element label() {
  Entry code = decimal("code", "", 0);
  code.may_be_not_applicable = true;
  Element made = step("label", {code, decimal("count", "", 0)});
  made.step->recovery = Recovery::kAskSupervisor;
  return made;
}

Piece chosen_by_supervisor(Element& parent, ChartBuilder& chart) {
  const Piece all{chart.node(NodeKind::kOrSplit), chart.node(NodeKind::kOrJoin)};
  for (const char* way : {"wash", "skip"}) {
    const std::string choice = chart.node(NodeKind::kTransition);
    parent.chart.nodes.back().chosen_by = "supervisor";
    chart.link(all.first, choice);
    const Piece piece = chart.element(step(way));
    chart.link(choice, piece.first);
    chart.link(piece.last, all.last);
  }
  return all;
}

SiteFacts plant() {
  SiteFacts site;
  site.equipment["MX-03"] = {"MX200", "clean", 0, 0, ""};
  site.equipment["MX-04"] = {"MX200", "clean", 0, 0, ""};
  site.lots["T-1"] = {"TRIS", "released", 0};
  return site;
}

class Play {
 public:
  explicit Play(const Onlooker& look) : look_(look), run(rich_recipe()) { run.site = &site_; }

  void act(const std::string& what, const Command& command, const Person& who = kMary) {
    run.must(command, who);
    look_(what, run);
    run.now.unix_ms += 1000;
  }
  void type(const char* step, const char* entry, const char* raw, const Person& who = kMary) {
    act(who.id + " types " + raw, RecordEntry{step, entry, raw}, who);
  }
  void begin(const std::string& step, const Person& who = kMary) {
    act(who.id + " begins " + step, BeginStep{step}, who);
  }
  void complete(const std::string& step, const Person& who = kMary) {
    act(who.id + " completes " + step, CompleteStep{step}, who);
  }
  void sign(const char* step, const char* meaning, const Person& who) {
    act(who.id + " signs: " + meaning, run.sign_command(run.statement(step, meaning, who)), who);
  }
  void pass(std::int64_t seconds) { run.now.unix_ms += seconds * 1000; }

 private:
  const Onlooker& look_;
  SiteFacts site_ = plant();

 public:
  RunDriver run;
};

void weigh(Play& play) {
  const std::string step = "weigh#1";
  play.begin(step);
  play.type("weigh#1", "mixer", "MX-03");
  play.type("weigh#1", "tris", "T-1");
  play.act("the scale was not level", RecordEntry{step, "net", "611.4", "g", "scale:BS-04"});
  play.act("mary takes the value out of force", InvalidateValue{step, "net", "not level", ""});
  play.act("the scale again", RecordEntry{step, "net", "611.6", "g", "scale:BS-04"});
  play.act("ines swaps the mixer", SwapEquipment{"mixer", "MX-04", "motor"}, kInes);
  play.pass(600);
  play.act("it takes too long", Tick{});
  play.complete(step);
}

void dissolve(Play& play) {
  const char* step = "mix/dissolve#1";
  play.begin(step);
  play.type(step, "temperature", "27.3");
  const std::string id = play.run.exceptions().back().id;
  play.act("mary comments", CommentException{id, "display was steady"});
  play.pass(1801);
  play.act("half an hour too warm", Tick{});
  play.type(step, "temperature", "25.0");
  play.type(step, "ph", "8.0");
  play.sign(step, "performed", kMary);
  play.sign(step, "verified", kJan);
  play.complete(step);
  play.begin("mix/check#1");
  play.sign("mix/check#1", "performed", kMary);
  play.complete("mix/check#1");
  play.act("mary corrects the temperature", CorrectEntry{step, "temperature", "25.2", "misread"});
  play.sign(step, "performed", kMary);
  play.sign(step, "verified", kJan);
  play.complete(step);
  play.sign("mix/check#1", "performed", kMary);
  play.complete("mix/check#1");
}

void stir(Play& play) {
  play.begin("mix/stir#1");
  play.type("mix/stir#1", "speed", "90");
  play.act("jan holds the batch", Control{"", Kind::kHold, "alarm"}, kJan);
  play.pass(99);
  play.act("ines goes on", Control{"", Kind::kRestart, "false alarm"}, kInes);
  play.complete("mix/stir#1");
  play.act("jan holds the operation", Control{"mix", Kind::kHold, "leak"}, kJan);
  play.act("ines lets it go on", Control{"mix", Kind::kRestart, "tight"}, kInes);
  play.begin("mix/stir#2");
  play.type("mix/stir#2", "speed", "100");
  play.complete("mix/stir#2");
}

void side_by_side(Play& play) {
  play.begin("label#1");
  play.pass(59);
  play.act("the panel starts again", RecoverStep{"label#1", "as left"});
  const std::string id = play.run.exceptions().back().id;
  play.act("sven releases", play.run.release("label#1", id, "looked", kSven, "supervisor"), kSven);
  play.act("no code", MarkNotApplicable{"label#1", "code", "plain label"});
  play.type("label#1", "count", "5");
  play.act("sven repeats the label", RepeatStep{"label#1", "torn"}, kSven);
  play.act("sven forces the rinse", ForceStep{"cip/rinse#1", "no water"}, kSven);
  play.begin("label#2");
  play.type("label#2", "code", "7");
  play.type("label#2", "count", "4");
  play.complete("label#2");
}

void shift_and_recall(Play& play) {
  play.act("mary hands over", play.run.hand_over("wash is next", kMary), kMary);
  play.act("jan takes over", play.run.take_over(kJan), kJan);
  play.act("the recipe is recalled", RecallRecipe{"label text"});
  play.act("petra lets it go on", DecideRecall{true, "no label yet"}, kPetra);
  play.act("jan names a sub-lot", RelateRun{"sub-lot", "B-1-01", "first drum"}, kJan);
  const auto& nodes = play.run.mbr->procedure.chart.nodes;
  const auto wash = std::ranges::find(nodes, "supervisor", &Node::chosen_by);
  play.act("sven chooses to wash", ChooseTransition{"", wash->id, "dark"}, kSven);
  play.begin("wash#1", kJan);
  play.type("wash#1", "done", "done", kJan);
  play.complete("wash#1", kJan);
}

void pack(Play& play) {
  play.pass(3600);
  play.act("the result is overdue", Tick{});
  play.act("a bad result", RecordResult{"weigh#1", "germs", "11", ""}, kLab);
  play.act("a retest", RecordResult{"weigh#1", "germs", "4", "second plate"}, kLab);
  const auto& results = play.run.step("weigh#1").entries.at("germs").values;
  const InvalidateValue bad{"weigh#1", "germs", "plate was dirty", results[0].line_hash};
  play.act("petra invalidates the bad one", bad, kPetra);
  play.act("sven overrides the gate", OverrideGate{"pack#1", "packer", "nobody here"}, kSven);
  play.begin("pack#1", kJan);
  play.act("jan pauses", Control{"", Kind::kPause, "lunch"}, kJan);
  play.type("pack#1", "done", "done", kJan);
  play.complete("pack#1", kJan);
  play.act("ines resumes", Control{"", Kind::kResume, "back"}, kInes);
}

}  // namespace

std::shared_ptr<const Mbr> rich_recipe() {
  Element procedure = group("p", Level::kProcedure);
  ChartBuilder chart(procedure);
  const Piece first = chart.element(weigh());
  const Piece mix = chart.element(mixing());
  Element cip = group("cip", Level::kOperation);
  run_in_sequence(cip, {step("rinse")});
  const Piece both = chart.parallel({chart.element(label()), chart.element(std::move(cip))});
  const Piece choice = chosen_by_supervisor(procedure, chart);
  Element last = step("pack");
  Gate packer;
  packer.id = "packer";
  packer.kind = Gate::Kind::kRole;
  packer.subject = "packer";
  last.step->gates = {packer};
  const Piece packing = chart.element(std::move(last));
  chart.finish(chart.sequence({first, mix, both, choice, packing}));
  ReactionPlan again = plan("AGAIN", 2, false);
  again.escalate_after_s = 1800;
  again.escalate_severity = "major";
  again.escalate_role = "quality";
  auto mbr = std::make_shared<Mbr>(*finished(std::move(procedure), {again}));
  mbr->equipment = {{"mixer", "MX200", {{"en", "Mixer"}}}};
  mbr->materials = {{"tris", "TRIS", {{"en", "Tris"}}}};
  mbr->time_limits = {{.id = "open",
                       .title = {{"en", "Open time"}},
                       .from = "weigh",
                       .to = "pack",
                       .minimum_s = 0,
                       .maximum_s = 5400,
                       .reaction_plan = {}}};
  return mbr;
}

RunDriver play_rich_run(const Onlooker& look) {
  Play play(look);
  play.act("ines starts", StartRun{play.run.state.run, "B-1", "batch", std::string(64, 'a')},
           kInes);
  weigh(play);
  dissolve(play);
  stir(play);
  side_by_side(play);
  shift_and_recall(play);
  pack(play);
  play.run.site = nullptr;
  return std::move(play.run);
}

}  // namespace batchwright::workflows::test
