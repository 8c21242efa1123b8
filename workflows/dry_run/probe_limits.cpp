// Limits, answers, identification: what the engine says to values on both sides.
#include <fmt/format.h>

#include <algorithm>

#include "workflows/dry_run/probes.h"
#include "workflows/dry_run/values.h"
#include "workflows/entry_value.h"
#include "workflows/internal/check_rules.h"
#include "workflows/internal/identifier.h"
#include "workflows/internal/limits_of.h"

namespace batchwright::workflows::dry {

namespace {

bool breaks(const std::optional<Decimal>& low, const std::optional<Decimal>& high,
            const Decimal& value) {
  return (low && value < *low) || (high && value > *high);
}

// Verdict and exceptions of one entry, as a decision's events tell them.
struct Answer {
  std::string verdict;
  std::vector<std::string> classes;
};

Answer answer_in(const Drafts& drafts, const std::string& type, const StepRef& ref,
                 const std::string& entry) {
  Answer answer;
  const std::string step = to_text(ref);
  for (const record::Draft& draft : drafts) {
    if (draft.step != step || body_text(draft, "entry") != entry) continue;
    if (draft.type == type) answer.verdict = body_text(draft, "verdict");
    const bool opened = draft.type == "exception_opened" &&
                        body_text(draft, "class") != "manual_entry";  // typed by this probe
    if (opened) answer.classes.push_back(body_text(draft, "class"));
  }
  return answer;
}

bool is_as_expected(const Answer& answer, const std::string& verdict, const std::string& expected) {
  if (answer.verdict != verdict) return false;
  if (!expected.empty()) return std::ranges::find(answer.classes, expected) != answer.classes.end();
  return answer.classes.empty();
}

void report_answer(const Player& player, const std::string& place, const std::string& value,
                   const Answer& answer, const std::string& verdict,
                   const std::string& exception_class) {
  player.stage.ledger.error(
      "limit.verdict", place,
      fmt::format("{} was judged \"{}\"{}, the record says \"{}\"{}.", value, answer.verdict,
                  answer.classes.empty() ? "" : " (" + answer.classes.front() + ")", verdict,
                  exception_class.empty() ? "" : " (" + exception_class + ")"));
}

// What a camera check reads is typed here: the engine takes only its own readings as captured.
RecordEntry typed(const Player& player, const StepRef& ref, const Entry& entry,
                  const std::string& raw) {
  const bool by_hand =
      entry.captured_by.empty() || filled_by(player.content(ref), entry.id).check != nullptr;
  const std::string source = by_hand ? "" : entry.captured_by + ":simulated";
  return {to_text(ref), entry.id, raw, {}, source};
}

void probe_decimal(Player& player, const StepRef& ref, const Entry& entry) {
  const auto limits = limits_of(entry, player.step(ref));
  const std::string place = entry_place(ref.path, entry.id);
  Ledger& ledger = player.stage.ledger;
  if (!limits) {
    ledger.error("limit.unknown", place, "The limits can't be computed when the value is entered.");
    return;
  }
  const Decimal unit = last_place(entry.places);
  for (const LimitSide& side : kLimitSides) {
    const auto& bound = *limits.*side.limit;
    if (!bound) continue;
    bool good = true;
    for (const Decimal& value : {minus(*bound, unit), *bound, plus(*bound, unit)}) {
      const std::string verdict = expected_verdict(*limits, value);
      const std::string expected = expected_class(entry, verdict);
      const auto drafts =
          player.ask(typed(player, ref, entry, value.to_text()), player.worker(ref));
      const Answer answer = drafts ? answer_in(*drafts, "entry_recorded", ref, entry.id)
                                   : Answer{drafts.error().rule, {}};
      if (is_as_expected(answer, verdict, expected)) continue;
      good = false;
      report_answer(player, place, value.to_text(), answer, verdict, expected);
    }
    if (good) ledger.reach("limit", place + " " + side.name);
  }
}

// An instance that the site says is not fit.
void probe_identification(Player& player, const StepRef& ref, const Entry& entry) {
  const std::string place = entry_place(ref.path, entry.id);
  const std::string clean = player.stage.cast.instance_of(entry);
  const bool equipment = player.stage.mbr->find_equipment(entry.identifies) != nullptr;
  const std::string expected = equipment ? "equipment_not_ready" : "material_not_usable";
  SiteFacts facts = player.site;
  if (equipment) {
    facts.equipment[clean].state = "dirty";
  } else {
    facts.lots[clean].status = "quarantine";
  }
  const auto drafts =
      player.ask_at(typed(player, ref, entry, clean), player.worker(ref), player.now, facts);
  const Answer answer = drafts ? answer_in(*drafts, "entry_recorded", ref, entry.id)
                               : Answer{drafts.error().rule, {}};
  if (is_as_expected(answer, verdict::kUnexpected, expected) &&
      !has_event(*drafts, "equipment_bound") && !has_event(*drafts, "material_identified")) {
    player.stage.ledger.reach("identify", place);
  } else {
    report_answer(player, place, clean, answer, verdict::kUnexpected, expected);
  }
}

}  // namespace

bool has_limit(const Entry& entry, std::optional<Decimal> Limits::* limit) {
  const bool formula = std::ranges::find(entry.limit_formulas, limit, &LimitFormula::limit) !=
                       entry.limit_formulas.end();
  return formula || (entry.limits.*limit).has_value();
}

std::string expected_verdict(const Limits& limits, const Decimal& value) {
  if (breaks(limits.hard_low, limits.hard_high, value)) return verdict::kImplausible;
  if (breaks(limits.action_low, limits.action_high, value)) return verdict::kAction;
  if (breaks(limits.alert_low, limits.alert_high, value)) return verdict::kAlert;
  for (const LimitSide& side : kLimitSides) {
    if (limits.*side.limit) return verdict::kOk;
  }
  return verdict::kNone;
}

std::string expected_class(const Entry& entry, const std::string& verdict) {
  if (verdict == verdict::kAlert) return "alert_limit";
  if (!needs_reaction(verdict)) return {};
  if (!entry.exception_class.empty()) return entry.exception_class;
  if (verdict == verdict::kImplausible) return "implausible_value";
  if (verdict == verdict::kUnexpected) return "unexpected_answer";
  return entry.criticality == "CPP" ? "cpp_out_of_limits" : "action_limit";
}

void probe_limits(Player& player, const StepRef& ref, const Entry& entry) {
  const std::string place = entry_place(ref.path, entry.id);
  if (entry.kind == EntryKind::kDecimal) probe_decimal(player, ref, entry);
  if (entry.kind == EntryKind::kYesNo && entry.expected) {
    const std::string raw = *entry.expected ? "no" : "yes";
    const std::string expected = expected_class(entry, verdict::kUnexpected);
    const auto drafts = player.ask(typed(player, ref, entry, raw), player.worker(ref));
    const Answer answer = drafts ? answer_in(*drafts, "entry_recorded", ref, entry.id)
                                 : Answer{drafts.error().rule, {}};
    if (is_as_expected(answer, verdict::kUnexpected, expected)) {
      player.stage.ledger.reach("answer", place);
    } else {
      report_answer(player, place, raw, answer, verdict::kUnexpected, expected);
    }
  }
  if (!entry.identifies.empty()) probe_identification(player, ref, entry);
}

namespace {

bool is_outside(const Decimal& value, const Decimal& bound, bool high) {
  return high ? value > bound : value < bound;
}

// Looks along one leaf, a last place at a time, for where the entry crosses the bound.
class CrossingSearch {
 public:
  CrossingSearch(const Player& player, std::string done, std::string entry, const std::string& leaf,
                 const Entry& leaf_entry, const Decimal& from)
      : player_(player),
        done_(std::move(done)),
        entry_(std::move(entry)),
        leaf_(leaf),
        unit_(last_place(leaf_entry.places)),
        from_(from.rounded(leaf_entry.places)) {}

  std::optional<Crossing> find(const Decimal& bound, bool high) {
    for (const int direction : {1, -1}) {
      std::int64_t inside = 0;
      for (int i = 0; i < 24; ++i) {
        std::int64_t at = direction * (std::int64_t{1} << i);
        const auto there = value_at(at);
        if (!there) break;
        if (!is_outside(*there, bound, high)) {
          inside = at;
          continue;
        }
        while (at - inside > 1 || inside - at > 1) {
          const std::int64_t middle = inside + (at - inside) / 2;
          const auto value = value_at(middle);
          (value && is_outside(*value, bound, high) ? at : inside) = middle;
        }
        return Crossing{leaf_, leaf_at(at), leaf_at(inside)};
      }
    }
    return std::nullopt;
  }

 private:
  [[nodiscard]] std::string leaf_at(std::int64_t steps) const {
    const auto offset = multiply(unit_, Decimal(steps));
    return (offset ? plus(from_, *offset) : from_).to_text();
  }

  [[nodiscard]] std::optional<Decimal> value_at(std::int64_t steps) const {
    const Assignment values{{leaf_, leaf_at(steps)}};
    return Outlook(player_, values, done_).number(entry_);
  }

  const Player& player_;
  std::string done_, entry_, leaf_;
  Decimal unit_, from_;
};

}  // namespace

std::optional<Crossing> find_crossing(const Player& player, const StepRef& ref, const Entry& entry,
                                      const Decimal& bound, bool high) {
  const std::string place = entry_place(ref.path, entry.id);
  for (const std::string& leaf : player.stage.leaves(place)) {
    const std::size_t colon = leaf.rfind(':');
    const std::string path = leaf.substr(0, colon);
    const Entry* leaf_entry = entry_at(player.stage.index(), leaf);
    const auto made = player.state.instances.find(path);
    if (leaf_entry->kind != EntryKind::kDecimal || made == player.state.instances.end()) continue;
    const auto* known = player.value({path, made->second}, leaf.substr(colon + 1));
    const auto from = known == nullptr ? Result<Decimal>(fail(ErrorCode::kNotFound, ""))
                                       : Decimal::parse(known->value);
    if (!from || !known->source.empty()) continue;
    CrossingSearch search(player, ref.path, place, leaf, *leaf_entry, *from);
    if (auto crossing = search.find(bound, high)) return crossing;
  }
  return std::nullopt;
}

void probe_computed(Player& player, const StepRef& ref, const Entry& entry) {
  const std::string place = entry_place(ref.path, entry.id);
  const auto limits = limits_of(entry, player.step(ref));
  const RecordedValue* current = player.value(ref, entry.id);
  if (!limits || current == nullptr) return;
  for (const LimitSide& side : kLimitSides) {
    const auto& bound = *limits.*side.limit;
    const std::string item = place + " " + side.name;
    if (!bound || player.stage.ledger.is_reached("limit", item)) continue;
    const auto crossing = find_crossing(player, ref, entry, *bound, side.high);
    if (!crossing) {
      player.stage.ledger.explain("limit", item, "no single entered value brings it across");
      continue;
    }
    bool good = true;
    for (const std::string& raw : {crossing->outside, crossing->inside}) {
      const std::string path = crossing->leaf.substr(0, crossing->leaf.rfind(':'));
      const StepRef at{path, player.state.instances.at(path)};
      const std::string leaf = crossing->leaf.substr(path.size() + 1);
      if (player.value(at, leaf)->raw == raw) continue;  // the clean value, judged already
      const Assignment values{{crossing->leaf, raw}};
      const auto value = Outlook(player, values, ref.path).number(place);
      const std::string verdict = value ? expected_verdict(*limits, *value) : "";
      const std::string expected = expected_class(entry, verdict);
      const auto drafts = player.ask(
          CorrectEntry{to_text(at), leaf, raw, "simulated: another value"}, player.worker(ref));
      Answer answer = drafts ? answer_in(*drafts, "entry_computed", ref, entry.id)
                             : Answer{drafts.error().rule, {}};
      if (drafts && answer.verdict.empty())
        answer.verdict = current->verdict;  // rounds to the same
      if (is_as_expected(answer, verdict, expected)) continue;
      good = false;
      report_answer(player, place, value ? value->to_text() : raw, answer, verdict, expected);
    }
    if (good) player.stage.ledger.reach("limit", item);
  }
}

void probe_late(Player& player, const std::string& pending_place) {
  const std::size_t colon = pending_place.rfind(':');
  const auto ref = step_ref_from_text(pending_place.substr(0, colon));
  const std::string id = pending_place.substr(colon + 1);
  const Entry* entry = ref ? find_entry(player.content(*ref), id) : nullptr;
  const SimulatedPerson* owner =
      entry == nullptr ? nullptr : player.stage.cast.someone(entry->late->owner);
  if (owner == nullptr) return;
  const std::string place = entry_place(ref->path, id);
  const PendingResult& pending = player.state.pending.at(pending_place);
  Instant late = player.now;
  late.unix_ms = std::max(late.unix_ms, pending.due_unix_ms + 1000);
  const auto overdue = player.ask_at(Tick{}, *owner, late, player.site);
  const auto classes = overdue ? opened(*overdue, id) : std::vector<std::string>{};
  if (std::ranges::find(classes, "result_overdue") != classes.end()) {
    player.stage.ledger.reach("time", place + " due");
  } else {
    player.stage.ledger.error("late.due", place, "Nothing tells that this result is overdue.");
  }
  const auto ask = [&](const std::string& raw) {
    return player.ask(RecordResult{to_text(*ref), id, raw, {}}, *owner);
  };
  for (const LimitSide& side : kLimitSides) {
    const auto& bound = entry->limits.*side.limit;
    if (entry->kind != EntryKind::kDecimal || !bound) continue;
    bool good = true;
    const Decimal unit = last_place(entry->places);
    for (const Decimal& value : {minus(*bound, unit), *bound, plus(*bound, unit)}) {
      const std::string verdict = expected_verdict(entry->limits, value);
      const std::string expected =
          needs_reaction(verdict) ? "out_of_specification" : expected_class(*entry, verdict);
      const auto drafts = ask(value.to_text());
      const Answer answer =
          drafts ? answer_in(*drafts, "entry_recorded", *ref, id) : Answer{drafts.error().rule, {}};
      if (is_as_expected(answer, verdict, expected)) continue;
      good = false;
      report_answer(player, place, value.to_text(), answer, verdict, expected);
    }
    if (good) player.stage.ledger.reach("limit", place + " " + side.name);
  }
  if (entry->kind == EntryKind::kYesNo && entry->expected) {
    const auto drafts = ask(*entry->expected ? "no" : "yes");
    const Answer answer = drafts ? answer_in(*drafts, "entry_recorded", *ref, id) : Answer{};
    if (is_as_expected(answer, verdict::kUnexpected, "out_of_specification")) {
      player.stage.ledger.reach("answer", place);
    }
  }
}

}  // namespace batchwright::workflows::dry
