#include "workflows/dry_run/player.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/bytes.h"
#include "workflows/dry_run/values.h"
#include "workflows/internal/check_rules.h"
#include "workflows/internal/run_index.h"
#include "workflows/internal/step_rules.h"

namespace batchwright::workflows::dry {

namespace {

std::shared_ptr<const Mbr> approved(std::shared_ptr<const Mbr> mbr) {
  if (!mbr->draft) return mbr;
  auto copy = std::make_shared<Mbr>(*mbr);
  copy->draft = false;
  return copy;
}

constexpr const char* kRun = "dry-run";

}  // namespace

Stage::Stage(std::shared_ptr<const Mbr> recipe, Ledger& counted)
    : mbr(approved(std::move(recipe))),
      cast(*mbr),
      ledger(counted),
      start(initial_state(mbr, kRun)) {
  for (const auto& order : mbr->expectations.precedes) firsts[order.then].push_back(order.first);
}

std::string Way::value(Player& player, const StepRef& ref, const Entry& entry) {
  return clean_value(entry, &player.step(ref), player.stage.cast, player.now);
}

bool has_event(const Drafts& drafts, std::string_view type) {
  return std::ranges::find(drafts, type, &record::Draft::type) != drafts.end();
}

std::string body_text(const record::Draft& draft, const char* key) {
  const auto found = draft.body.find(key);
  return found != draft.body.end() && found->is_string() ? found->get<std::string>()
                                                         : std::string();
}

std::vector<std::string> opened(const Drafts& drafts, const std::string& entry) {
  std::vector<std::string> classes;
  for (const record::Draft& draft : drafts) {
    if (draft.type != "exception_opened") continue;
    if (!entry.empty() && body_text(draft, "entry") != entry) continue;
    classes.push_back(body_text(draft, "class"));
  }
  return classes;
}

Player::Player(const Stage& on, Way& way, std::string of)
    : stage(on), name(std::move(of)), state(on.start), site(on.cast.site(now)), way_(way) {}

Context Player::context(const SimulatedPerson& who) const {
  Context context;
  context.now = now;
  context.actor = who.id;
  context.role = who.roles.front();
  context.roles = who.roles;
  context.device = "dry-run-panel";
  context.prefix = "DRY";
  context.exceptions_before = exceptions_opened_;
  context.id_seed = sha256(fmt::format("{} {}", name, lines_.size()));
  context.site = &site;
  return context;
}

std::expected<Drafts, Refusal> Player::ask(const Command& command,
                                           const SimulatedPerson& who) const {
  (void)stage.ledger.may_go_on();
  return decide(state, command, context(who));
}

std::expected<Drafts, Refusal> Player::ask_at(const Command& command, const SimulatedPerson& who,
                                              Instant when, const SiteFacts& facts) const {
  return ask_in(state, command, who, when, facts);
}

std::expected<Drafts, Refusal> Player::ask_in(const RunState& other, const Command& command,
                                              const SimulatedPerson& who, Instant when,
                                              const SiteFacts& facts) const {
  (void)stage.ledger.may_go_on();
  Context asked = context(who);
  asked.now = when;
  asked.site = &facts;
  return decide(other, command, asked);
}

bool Player::perform(const Command& command, const SimulatedPerson& who) {
  if (!stage.ledger.may_go_on()) {
    gave_up = true;
    return false;
  }
  ++commands;
  auto drafts = decide(state, command, context(who));
  if (!drafts) {
    refusal = std::move(drafts.error());
    ++stage.ledger.report.refusals;
    commit(refusal.to_record);
    return false;
  }
  commit(*drafts);
  way_.committed(*this, *drafts);
  return true;
}

bool Player::must(const Command& command, const SimulatedPerson& who) {
  if (perform(command, who)) return true;
  if (gave_up) return false;
  stage.ledger.error("dry_run.refused", refusal.place,
                     fmt::format("On the way \"{}\" this was refused: {} [{}]", name,
                                 refusal.message, refusal.rule));
  gave_up = true;
  return false;
}

// As the shell does, but for the bytes: lines get a hash that is theirs alone.
void Player::commit(const Drafts& drafts) {
  for (const record::Draft& draft : drafts) {
    record::StoredLine stored;
    static_cast<record::Draft&>(stored.line) = draft;
    stored.line.device = "dry-run-panel";
    stored.line.seq = lines_.size() + 1;
    stored.line.time = to_text(now);
    stored.line.hlc = {static_cast<std::uint64_t>(now.unix_ms) << 16};
    stored.hash = sha256(fmt::format("{} {} {}", stored.line.seq, draft.type, draft.step));
    lines_.push_back(std::move(stored));
    apply(state, lines_.back());
    observe(draft);
  }
  stage.ledger.report.events += drafts.size();
  now.unix_ms += 1000;
}

void Player::observe(const record::Draft& draft) {
  const std::string& type = draft.type;
  if (type == "exception_opened") ++exceptions_opened_;
  if (type == "signature_made" || type == "step_released") ++stage.ledger.report.signatures;
  if (type == "equipment_bound" || type == "subject_state_changed" || type == "run_state_changed") {
    update_site_facts(site, lines_.back().line);
  }
  if (type == "step_ready" || type == "step_started") {
    const auto ref = step_ref_from_text(draft.step);
    if (ref && type == "step_started") check_order(*ref);
    if (ref && type == "step_ready" && ref->instance > 1 &&
        state.open.contains({ref->path, ref->instance - 1})) {
      stage.ledger.error("way.twice", draft.step,
                         fmt::format("On the way \"{}\" the step is open twice at once.", name));
    }
  }
  if (!state.conflicts.empty()) {
    stage.ledger.error("way.conflict", draft.step,
                       fmt::format("On the way \"{}\": {}", name, state.conflicts.front()));
  }
}

void Player::check_order(const StepRef& ref) {
  stage.ledger.reach("step", ref.path);
  const auto firsts = stage.firsts.find(ref.path);
  if (firsts == stage.firsts.end()) return;
  for (const std::string& first : firsts->second) {
    const auto made = state.instances.find(first);
    bool was_complete = false;
    for (int i = 1; made != state.instances.end() && i <= made->second; ++i) {
      const auto before = state.steps.find({first, i});
      was_complete =
          was_complete || (before != state.steps.end() && !before->second.completed_time.empty());
    }
    if (was_complete) {
      stage.ledger.reach("order", first + " before " + ref.path);
      continue;
    }
    stage.ledger.error(
        "expect.precedes", ref.path,
        fmt::format("On the way \"{}\" it began before \"{}\" was complete.", name, first));
  }
}

void Player::check_replay() {
  RunState folded = stage.start;
  for (const record::StoredLine& line : lines_) apply(folded, line);
  if (state_text(folded) == state_text(state)) return;
  stage.ledger.error("way.replay", "(procedure)",
                     fmt::format("The way \"{}\" folded again gives another state.", name));
}

const StepContent& Player::content(const StepRef& ref) const {
  return *stage.index().step(ref.path);
}

const RecordedValue* Player::value(const StepRef& ref, const std::string& entry) const {
  return current_value(step(ref), entry);
}

std::vector<std::string> Player::exception_classes() const {
  std::vector<std::string> classes;
  classes.reserve(state.exception_order.size());
  for (const std::string& id : state.exception_order) {
    classes.push_back(state.exceptions.at(id).exception_class);
  }
  return classes;
}

bool Player::opened_after(std::size_t count, std::string_view exception_class) const {
  for (std::size_t i = count; i < state.exception_order.size(); ++i) {
    const std::string& id = state.exception_order[i];
    if (state.exceptions.at(id).exception_class == exception_class) return true;
  }
  return false;
}

const SimulatedPerson& Player::worker(const StepRef& ref) const {
  const auto& rules = content(ref).signatures;
  const SimulatedPerson* person = rules.empty() ? nullptr : stage.cast.someone(rules[0].role);
  return person != nullptr ? *person : *stage.cast.someone("operator");
}

const SimulatedPerson& Player::beginner(const StepRef& ref) const {
  for (const Gate& gate : content(ref).gates) {
    const bool role = gate.kind == Gate::Kind::kRole;
    const SimulatedPerson* person = role ? stage.cast.someone(gate.subject) : nullptr;
    if (person != nullptr) return *person;
  }
  return worker(ref);
}

bool Player::first_time(const std::string& hook, const StepRef& ref) {
  return seen_.insert(hook + " " + workflows::to_text(ref)).second;
}

bool Player::play() {
  ++stage.ledger.report.ways;
  stage.ledger.doing(name);
  if (!must(StartRun{kRun, "DRY-1", "batch", to_hex(sha256("issue"))},
            *stage.cast.someone("supervisor"))) {
    return false;
  }
  const std::size_t commands_max = 5'000 + 100 * static_cast<std::size_t>(stage.mbr->count_steps());
  while (!gave_up && !is_over(state.status)) {
    if (commands > commands_max) {
      stage.ledger.error("way.endless", name,
                         fmt::format("The way \"{}\" doesn't end: {} commands.", name, commands));
      gave_up = true;
    } else if (work()) {
      continue;
    }
    if (!gave_up) report_stuck();
    break;
  }
  if (!gave_up && is_over(state.status)) way_.end(*this);
  if (!stage.ledger.stopped()) check_replay();
  return is_over(state.status) && !gave_up;
}

bool Player::work() {
  const bool holds = state.status == RunStatus::kHeld || !state.held_elements.empty();
  if (holds) return way_.held(*this) || release_anything({});
  for (const StepRef& ref : open_steps(state)) {
    const Turn turn = work_at(ref);
    if (turn == Turn::kDone) return true;
    if (gave_up) return false;
  }
  return choose() || bring_results({}, true);
}

Player::Turn Player::work_at(const StepRef& ref) {
  switch (step(ref).status) {
    case StepStatus::kReady: return begin(ref);
    case StepStatus::kHeld:
      if (way_.held(*this)) return Turn::kDone;
      return release_anything(ref) ? Turn::kDone : Turn::kStuck;
    case StepStatus::kRunning: {
      if (first_time("running", ref) && !step(ref).reopened) {
        way_.running(*this, ref);
        return gave_up ? Turn::kStuck : Turn::kDone;
      }
      const Turn filled = fill(ref);
      return filled == Turn::kNothing ? finish(ref) : filled;
    }
    default: return Turn::kStuck;
  }
}

Player::Turn Player::begin(const StepRef& ref) {
  if (first_time("before", ref)) {
    way_.before(*this, ref);
    return gave_up ? Turn::kStuck : Turn::kDone;
  }
  if (perform(BeginStep{workflows::to_text(ref)}, beginner(ref))) return Turn::kDone;
  if (gave_up) return Turn::kStuck;
  return wait_for_gate(ref) ? Turn::kDone : Turn::kStuck;
}

// A gate that time or a late result opens.
bool Player::wait_for_gate(const StepRef& ref) {
  if (refusal.rule == "gate.result") return bring_results({}, true);
  std::int64_t until_ms = 0;
  const auto wait_until = [&](const std::string& from, int minimum_s) {
    const auto made = state.instances.find(from);
    if (made == state.instances.end() || minimum_s == 0) return;
    const StepState& before = state.steps.at({from, made->second});
    if (before.completed_time.empty()) return;
    until_ms = std::max(until_ms, before.completed_unix_ms + std::int64_t{minimum_s} * 1000);
  };
  for (const Gate& gate : content(ref).gates) {
    if (gate.kind == Gate::Kind::kTimeWindow) wait_until(gate.subject, gate.minimum_s);
  }
  for (const TimeLimit& limit : stage.mbr->time_limits) {
    if (limit.to == ref.path) wait_until(limit.from, limit.minimum_s);
  }
  if (until_ms <= now.unix_ms) return false;
  now.unix_ms = until_ms;
  return true;
}

Player::Turn Player::fill(const StepRef& ref) {
  const StepContent& step_content = content(ref);
  const StepState& at = step(ref);
  const bool closed = at.reopened || has_valid_signature(at);
  for (const Entry& entry : step_content.entries) {
    if (entry.late || current_value(at, entry.id) != nullptr || at.excused.contains(entry.id) ||
        at.not_applicable.contains(entry.id) || left_out_.contains({ref, entry.id})) {
      continue;
    }
    if (closed && !entry.required) continue;
    if (entry.kind == EntryKind::kComputed) continue;
    const Filling filling = filled_by(step_content, entry.id);
    const bool by_camera = entry.camera_check || entry.camera_challenge;
    const Entry* check = by_camera ? &entry : filling.check;
    if (check != nullptr && current_value(at, check->id) == nullptr) {
      const Turn judged = judge(ref, *check);
      if (judged != Turn::kNothing) return judged;
    }
    if (by_camera) continue;
    if (first_time("recording " + entry.id, ref)) {
      way_.recording(*this, ref, entry);
      return gave_up ? Turn::kStuck : Turn::kDone;
    }
    const auto planned = planned_.find({ref, entry.id});
    const std::string raw =
        planned != planned_.end() ? planned->second : way_.value(*this, ref, entry);
    planned_.erase({ref, entry.id});
    if (raw.empty()) {
      left_out_.insert({ref, entry.id});
      return Turn::kDone;
    }
    if (!record(ref, entry, raw)) return Turn::kStuck;
    way_.recorded(*this, ref, entry);
    return gave_up ? Turn::kStuck : Turn::kDone;
  }
  return Turn::kNothing;
}

Player::Turn Player::finish(const StepRef& ref) {
  if (first_time("filled", ref) && !step(ref).reopened) {
    way_.filled(*this, ref);
    return gave_up ? Turn::kStuck : Turn::kDone;
  }
  // A value that can't be computed is let go by the person its exception calls.
  for (const std::string& id : missing_entries(content(ref), step(ref))) {
    for (const std::string& exception : state.exception_order) {
      const ExceptionState& known = state.exceptions.at(exception);
      const bool of_it = known.exception_class == "formula_error" && known.entry == id &&
                         known.step == workflows::to_text(ref) && !known.released;
      if (of_it) return release(exception) ? Turn::kDone : Turn::kStuck;
    }
    return Turn::kStuck;
  }
  const auto missing = missing_signatures(content(ref), step(ref));
  if (!missing.empty()) {
    const Turn confirmed = confirm(ref);
    if (confirmed != Turn::kNothing) return confirmed;
    if (first_time("signing " + missing.front().meaning, ref)) {
      way_.signing(*this, ref, missing.front());
      return gave_up ? Turn::kStuck : Turn::kDone;
    }
    const SimulatedPerson* who = signer(ref, missing.front());
    if (who == nullptr) return Turn::kStuck;
    return must(signature(ref, missing.front(), *who), *who) ? Turn::kDone : Turn::kStuck;
  }
  if (first_time("completing", ref) && !step(ref).reopened) {
    way_.completing(*this, ref);
    return gave_up ? Turn::kStuck : Turn::kDone;
  }
  const auto left_ms = needs(state, ref, now).minimum_left_ms;
  if (left_ms > 0) now.unix_ms += left_ms;
  if (!must(CompleteStep{workflows::to_text(ref)}, worker(ref))) return Turn::kStuck;
  if (first_time("complete", ref)) way_.complete(*this, ref);
  return gave_up ? Turn::kStuck : Turn::kDone;
}

bool Player::choose() {
  std::vector<std::pair<std::string, std::string>> ways;
  for (const auto& [chart, waiting] : state.tokens) {
    const ChartIndex* index = stage.index().chart(chart);
    if (index == nullptr) continue;
    for (const auto& [id, node] : index->nodes) {
      if (node.node->kind == NodeKind::kTransition && !node.node->chosen_by.empty()) {
        ways.emplace_back(chart, id);
      }
    }
  }
  way_.rank(*this, ways);
  for (const auto& [chart, id] : ways) {
    const std::string& role = stage.index().chart(chart)->find(id)->node->chosen_by;
    const SimulatedPerson* who = stage.cast.someone(role);
    const ChooseTransition command{chart, id, "simulated: this way"};
    if (who != nullptr && perform(command, *who)) return true;
    if (gave_up) return false;
  }
  return false;
}

void Player::report_stuck() {
  std::string open;
  for (const StepRef& ref : open_steps(state)) {
    open += (open.empty() ? "" : ", ") + workflows::to_text(ref);
  }
  for (const auto& [chart, waiting] : state.tokens) {
    if (!open.empty()) break;
    for (const auto& [place, count] : waiting) {
      open += fmt::format("{}{} at {}", open.empty() ? "" : ", ",
                          chart.empty() ? "(procedure)" : chart, place);
    }
  }
  stage.ledger.error("way.deadlock", open.substr(0, 200),
                     fmt::format("On the way \"{}\" nothing can go on. Last refusal: {}", name,
                                 refusal.message.empty() ? "none" : refusal.message));
}

}  // namespace batchwright::workflows::dry
