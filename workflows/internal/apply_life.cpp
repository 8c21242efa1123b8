// What happens around the steps: equipment, materials, shifts, relations, recalls, redlines,
// reviews.
#include <algorithm>

#include "record/signature.h"
#include "workflows/internal/applier.h"
#include "workflows/internal/redline.h"
#include "workflows/internal/redline_rules.h"
#include "workflows/internal/reviews.h"

namespace batchwright::workflows {

void Applier::operator()(const EquipmentBound& event) {
  if (state_.index().mbr->find_equipment(event.requirement) == nullptr) {
    return conflict("equipment_bound", "the procedure needs no such equipment");
  }
  if (event.equipment.empty()) {
    state_.scalars().equipment.erase(event.requirement);
  } else {
    state_.scalars().equipment[event.requirement] = {event.equipment, event.equipment_class,
                                                     line_.time, line_.actor};
  }
  if (const auto ref = existing_step()) state_.edit_step(*ref).lines.push_back(line_.hash);
}

void Applier::operator()(const MaterialIdentified& event) {
  if (state_.index().mbr->find_material(event.requirement) == nullptr) {
    return conflict("material_identified", "the procedure needs no such material");
  }
  if (event.lot.empty()) {
    state_.scalars().materials.erase(event.requirement);
  } else {
    state_.scalars().materials[event.requirement] = event.lot;
  }
  if (const auto ref = existing_step()) state_.edit_step(*ref).lines.push_back(line_.hash);
}

// For the logbooks (site_facts.h); the run itself only keeps that the step did it.
void Applier::operator()(const SubjectStateChanged&) {
  if (const auto ref = existing_step()) state_.edit_step(*ref).lines.push_back(line_.hash);
}

// A signature is made for one statement, once.
bool Applier::use_challenge_of(const std::string& text, const char* type) {
  const auto statement = record::statement_from_text(text);
  if (!statement || state_.used_challenge(statement->challenge)) {
    conflict(type, "its statement can't be read, or its challenge was used before");
    return false;
  }
  state_.use_challenge(statement->challenge);
  return true;
}

void Applier::operator()(const HandedOver& event) {
  if (!use_challenge_of(event.statement, "handed_over")) return;
  auto& handovers = state_.scalars().handovers;
  if (!handovers.empty() && handovers.back().taken_over_time.empty()) {
    return conflict("handed_over", "the last handover was not taken over yet");
  }
  handovers.push_back({line_.actor, {}, event.note, line_.time, {}});
}

void Applier::operator()(const TakenOver& event) {
  if (!use_challenge_of(event.statement, "taken_over")) return;
  auto& handovers = state_.scalars().handovers;
  if (handovers.empty() || !handovers.back().taken_over_time.empty()) {
    return conflict("taken_over", "nothing was handed over");
  }
  handovers.back().to = line_.actor;
  handovers.back().taken_over_time = line_.time;
}

void Applier::operator()(const RunRelated& event) {
  state_.scalars().relations.push_back({event.relation, event.run, event.detail});
}

void Applier::operator()(const RecipeRecalled& event) {
  if (event.mbr_hash != state_.scalars().mbr_hash) {
    return conflict("recipe_recalled", "it is about another master batch record");
  }
  if (state_.scalars().recall_told) {
    return conflict("recipe_recalled", "the run knew of it");  // another panel told it first
  }
  state_.scalars().recall_told = state_.scalars().recalled = true;
}

void Applier::operator()(const RecallDecided&) {
  if (!state_.scalars().recalled) return conflict("recall_decided", "nothing was recalled");
  state_.scalars().recalled = false;
}

void Applier::operator()(const RedlineProposed& event) {
  if (event.id.empty() || state_.redline(event.id) != nullptr) {
    return conflict("redline_proposed", "its id is missing or taken");
  }
  if (state_.redline_ids().size() >= kRedlinesMax) {
    return conflict("redline_proposed", "the run has too many changes");
  }
  Redline& redline = state_.edit_redline(event.id);
  redline.id = event.id;
  redline.change = event.change;
  redline.reason = event.reason;
  redline.proposer = line_.actor;
  redline.step = read_redline(event.change).target;
}

// Another panel may have gone on meanwhile: then the approvals stand, and nothing is changed by
// them.
void Applier::operator()(const RedlineApproved& event) {
  const Redline* known = state_.redline(event.id);
  if (known == nullptr || !is_open(*known) || known->proposer == line_.actor) {
    return conflict("redline_approved", "there is nothing that this person may approve");
  }
  Redline& redline = state_.edit_redline(event.id);
  redline.approvers.insert(line_.actor);
  redline.quality = redline.quality || line_.role == kQualityRole;
  if (redline.quality && redline.approvers.size() >= 2) bring_into_force(event.id);
}

void Applier::bring_into_force(const std::string& id) {
  const std::string change = state_.redline(id)->change;
  auto amended = amended_recipe(state_, change);
  if (!amended) return conflict("redline_approved", amended.error().message);
  const auto ids = state_.redline_ids();
  const auto before = std::ranges::count_if(
      ids, [&](const auto& known) { return state_.redline(known)->in_force; });
  state_.edit_redline(id).in_force = true;
  state_.edit_redline(id).order = static_cast<std::uint64_t>(before) + 1;
  state_.amend(std::move(*amended));
  const RedlineWords words = read_redline(change);
  const StepRef newest{words.target, state_.instances(words.target)};
  if (const StepState* step = state_.step(newest);
      step != nullptr && step->status == StepStatus::kReady) {
    state_.edit_step(newest).redline = id;
    state_.edit_step(newest).overridden.clear();  // those were the gates of the old words
  }
  // What waits was proposed against words that are gone.
  for (const std::string& other : state_.redline_ids()) {
    const Redline& waiting = *state_.redline(other);
    if (!is_open(waiting) || read_redline(waiting.change).subject() != words.subject()) continue;
    Redline& replaced = state_.edit_redline(other);
    replaced.rejected = true;
    replaced.rejection = "another change of the same came into force";
  }
}

void Applier::operator()(const RedlineRejected& event) {
  const Redline* known = state_.redline(event.id);
  if (known == nullptr || !is_open(*known) || !may_reject(*known, line_.actor, line_.role)) {
    return conflict("redline_rejected", "there is nothing that this person may reject");
  }
  Redline& redline = state_.edit_redline(event.id);
  redline.rejected = true;
  redline.rejection = event.reason;
}

void Applier::operator()(const RunReviewed& event) {
  const bool is_signed = !event.statement.empty();
  if (is_signed && !use_challenge_of(event.statement, "run_reviewed")) return;
  RunState& run = state_.scalars();
  if (event.stage.empty() || event.stage != next_review(run)) {
    return conflict("run_reviewed", "it was not the turn of this review");
  }
  run.reviews.push_back({event.stage, event.decision, event.reason, line_.actor, line_.time});
  if (event.decision != "accepted") end_reviews(run);
}

}  // namespace batchwright::workflows
