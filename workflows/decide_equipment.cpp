// Equipment and material that the procedure needs: checked in, swapped.
#include <fmt/format.h>

#include "workflows/internal/decision.h"
#include "workflows/internal/gates.h"
#include "workflows/internal/identify.h"

namespace batchwright::workflows {
namespace {

Identified identify_equipment(const Decision& decision, const EquipmentRequirement& requirement,
                              const std::string& id) {
  const SiteFacts* site = decision.context().site;
  if (site == nullptr) return {"equipment_not_ready", "its state is not known on this panel"};
  const auto known = site->equipment.find(id);
  if (known == site->equipment.end()) return {"equipment_not_ready", id + " is not known"};
  if (known->second.equipment_class != requirement.equipment_class) {
    return {"equipment_not_ready",
            fmt::format("{} is of class {}, not {}", id, known->second.equipment_class,
                        requirement.equipment_class)};
  }
  return {"equipment_not_ready", why_not_ready(known->second, decision, id)};
}

Identified identify_material(const Decision& decision, const MaterialRequirement& requirement,
                             const std::string& lot) {
  const SiteFacts* site = decision.context().site;
  if (site == nullptr) return {"material_not_usable", "its state is not known on this panel"};
  const auto known = site->lots.find(lot);
  if (known == site->lots.end()) return {"material_unspecified", lot + " is not known"};
  if (known->second.item != requirement.item) {
    return {"material_unspecified",
            fmt::format("lot {} is item {}, not {}", lot, known->second.item, requirement.item)};
  }
  return {"material_not_usable", why_not_usable(known->second, decision, lot)};
}

}  // namespace

Identified identify(const Decision& decision, const std::string& requirement,
                    const std::string& id) {
  const Mbr& mbr = *decision.index().mbr;
  if (const auto* equipment = mbr.find_equipment(requirement)) {
    return identify_equipment(decision, *equipment, id);
  }
  if (const auto* material = mbr.find_material(requirement)) {
    return identify_material(decision, *material, id);
  }
  return {"material_unspecified", "the procedure needs no " + requirement};
}

void bind(Decision& decision, const Entry& entry, const Identified& identified,
          const std::string& id, const std::string& step, const std::string& reason) {
  if (entry.identifies.empty()) return;
  const Mbr& mbr = *decision.index().mbr;
  if (!identified.why_not.empty()) {
    // What was identified before is not what lies there now.
    const RunState& run = decision.state().scalars();
    if (run.materials.contains(entry.identifies)) {
      decision.emit(MaterialIdentified{entry.identifies, {}, {}}, step);
    }
    if (const auto before = run.equipment.find(entry.identifies); before != run.equipment.end()) {
      const EquipmentBinding old = before->second;
      decision.emit(
          EquipmentBound{entry.identifies, {}, old.equipment_class, old.equipment, reason}, step);
    }
    return;
  }
  if (const auto* equipment = mbr.find_equipment(entry.identifies)) {
    const auto& bound = decision.state().scalars().equipment;
    const auto before = bound.find(entry.identifies);
    const std::string replaces = before == bound.end() ? "" : before->second.equipment;
    decision.emit(
        EquipmentBound{entry.identifies, id, equipment->equipment_class, replaces, reason}, step);
  } else if (const auto* material = mbr.find_material(entry.identifies)) {
    decision.emit(MaterialIdentified{entry.identifies, id, material->item}, step);
  }
}

// The gates are those of check-in; that it happened at all is for the reviewer.
Checked decide_command(Decision& decision, const SwapEquipment& command) {
  const auto* requirement = decision.index().mbr->find_equipment(command.requirement);
  const auto& bound = decision.state().scalars().equipment;
  const auto before = bound.find(command.requirement);
  if (requirement == nullptr || before == bound.end()) {
    return refuse("swap.nothing", "Nothing was checked in for it yet. Check it in at its step.",
                  command.requirement);
  }
  if (is_over(decision.state().scalars().status)) {
    return refuse("run.state", "The run is over. Nothing is swapped any more.",
                  command.requirement);
  }
  if (auto good = check_role(decision, {"supervisor"}, "swap.role", "swap equipment"); !good) {
    return good;
  }
  if (auto good = check_reason(command.reason, command.requirement); !good) return good;
  if (before->second.equipment == command.equipment) {
    return refuse("swap.same", "This one is checked in already. Nothing was changed.",
                  command.requirement);
  }
  const Identified identified = identify(decision, command.requirement, command.equipment);
  if (!identified.why_not.empty()) {
    return refuse("gate.equipment",
                  fmt::format("It can't take over: {}. Take another one.", identified.why_not),
                  command.requirement);
  }
  const std::string old = before->second.equipment;
  decision.emit(EquipmentBound{command.requirement, command.equipment, requirement->equipment_class,
                               old, command.reason});
  decision.open_exception(
      {.exception_class = "equipment_swapped",
       .value = command.equipment,
       .limit = old,
       .message = fmt::format("{} took the place of {}.", command.equipment, old)});
  return {};
}

}  // namespace batchwright::workflows
