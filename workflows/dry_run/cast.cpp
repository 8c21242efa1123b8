#include "workflows/dry_run/cast.h"

#include <algorithm>

#include "base/sha256.h"
#include "record/simulated_key.h"

namespace batchwright::workflows::dry {

namespace {

constexpr int kPersonsPerRole = 4;

void add_once(std::vector<std::string>& list, const std::string& item) {
  if (!item.empty() && std::ranges::find(list, item) == list.end()) list.push_back(item);
}

}  // namespace

Cast::Cast(const Mbr& mbr) : mbr_(mbr) {
  for (const char* role : {"operator", "supervisor", "quality"}) add_role(role);
  for (const ReactionPlan& plan : mbr.reaction_plans) {
    add_role(plan.calls_role);
    add_role(plan.escalate_role);
  }
  collect(mbr.procedure);
  for (const std::string& role : roles_) {
    for (int i = 1; i <= kPersonsPerRole; ++i) {
      people_.push_back({role + "-" + std::to_string(i), {role}});
      keys_.emplace(people_.back().id,
                    record::simulated_key(sha256("dry-run " + people_.back().id)));
    }
  }
}

void Cast::add_role(const std::string& role) {
  add_once(roles_, role);
}

void Cast::collect(const Element& element) {
  for (const Node& node : element.chart.nodes) add_role(node.chosen_by);
  if (element.step) collect(*element.step);
  for (const Element& child : element.children) collect(child);  // at most 16 levels
}

void Cast::collect(const StepContent& step) {
  for (const SignatureRule& rule : step.signatures) add_role(rule.role);
  for (const Gate& gate : step.gates) {
    if (gate.kind == Gate::Kind::kRole) add_role(gate.subject);
    if (gate.kind == Gate::Kind::kTraining) add_once(trainings_, gate.subject);
    if (gate.kind == Gate::Kind::kRoom) add_once(rooms_, gate.subject);
  }
  for (const Entry& entry : step.entries) {
    if (entry.late) add_role(entry.late->owner);
    if (entry.identifies.empty()) continue;
    std::vector<std::string>& known = instances_[entry.identifies];
    if (entry.kind == EntryKind::kChoice) {
      for (const std::string& choice : entry.choices) add_once(known, choice);
    } else {
      add_once(known, "SIM-" + entry.identifies);
    }
  }
}

const SimulatedPerson* Cast::someone(const std::string& role,
                                     const std::vector<std::string>& barred) const {
  for (const SimulatedPerson& person : people_) {
    const bool holds = std::ranges::find(person.roles, role) != person.roles.end();
    if (holds && std::ranges::find(barred, person.id) == barred.end()) return &person;
  }
  return nullptr;
}

const SimulatedPerson* Cast::find(const std::string& id) const {
  const auto found = std::ranges::find(people_, id, &SimulatedPerson::id);
  return found == people_.end() ? nullptr : &*found;
}

const record::SecretKey& Cast::key(const std::string& person) const {
  return keys_.at(person);
}

SiteFacts Cast::site(Instant now) const {
  SiteFacts facts;
  for (const SimulatedPerson& person : people_) {
    for (const std::string& training : trainings_) facts.trainings[person.id][training] = 0;
  }
  for (const std::string& room : rooms_) {
    facts.rooms[room] = {.state = "clean", .clean_since_unix_ms = now.unix_ms, .occupied_by = {}};
  }
  for (const auto& [requirement, known] : instances_) {
    const EquipmentRequirement* equipment = mbr_.find_equipment(requirement);
    const MaterialRequirement* material = mbr_.find_material(requirement);
    for (const std::string& id : known) {
      if (equipment != nullptr) {
        facts.equipment[id] = {.equipment_class = equipment->equipment_class,
                               .state = "clean",
                               .clean_since_unix_ms = now.unix_ms,
                               .calibrated_until_unix_ms = 0,
                               .allocated_to = {}};
      } else if (material != nullptr) {
        facts.lots[id] = {.item = material->item, .status = "released", .expires_unix_ms = 0};
      }
    }
  }
  return facts;
}

std::string Cast::instance_of(const Entry& entry) const {
  const auto known = instances_.find(entry.identifies);
  if (entry.kind == EntryKind::kChoice || known == instances_.end()) {
    return entry.choices.empty() ? "SIM" : entry.choices.front();
  }
  return "SIM-" + entry.identifies;
}

}  // namespace batchwright::workflows::dry
