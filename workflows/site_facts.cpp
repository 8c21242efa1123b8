#include "workflows/site_facts.h"

#include "base/time.h"
#include "workflows/internal/site_facts_reader.h"
#include "workflows/procedural_state.h"

namespace batchwright::workflows {
namespace {

constexpr std::string_view kFormat = "batchwright/site-facts/1";
constexpr std::size_t kBytesMax = 8u << 20;

void set_state(SiteFacts& facts, const SubjectStateChanged& event, std::int64_t unix_ms) {
  if (event.kind == "room") {
    RoomFacts& room = facts.rooms[event.id];
    room.state = event.state;
    if (event.state == "clean") room.clean_since_unix_ms = unix_ms;
    return;
  }
  EquipmentFacts& equipment = facts.equipment[event.id];
  equipment.state = event.state;
  if (event.state == "clean") equipment.clean_since_unix_ms = unix_ms;
}

void free_everything(SiteFacts& facts, const std::string& run) {
  for (auto& [id, equipment] : facts.equipment) {
    if (equipment.allocated_to == run) equipment.allocated_to.clear();
  }
  for (auto& [id, room] : facts.rooms) {
    if (room.occupied_by == run) room.occupied_by.clear();
  }
}

}  // namespace

Result<SiteFacts> read_site_facts(std::string_view text, std::int64_t issued_unix_ms) {
  const auto json = parse_json(text, {.bytes_max = kBytesMax, .depth_max = 8});
  if (!json) return std::unexpected(json.error());
  if (!json->is_object() || json->value("format", Json()) != Json(kFormat)) {
    return fail(ErrorCode::kMalformed, "These are not the facts of a site: no known format.",
                "/format");
  }
  Report report;
  SiteFacts facts = read_site_facts_document(*json, issued_unix_ms, report);
  for (const Finding& finding : report.take()) {
    if (finding.severity == Severity::kError) {
      return fail(ErrorCode::kMalformed, finding.message, finding.place);
    }
  }
  return facts;
}

void update_site_facts(SiteFacts& facts, const record::Line& line) {
  const auto event = decode_event(line);
  if (!event) return;
  const auto time = instant_from_text(line.time);
  const std::int64_t unix_ms = time ? time->unix_ms : line.hlc.unix_ms();
  if (const auto* bound = std::get_if<EquipmentBound>(&*event)) {
    if (!bound->replaces.empty()) facts.equipment[bound->replaces].allocated_to.clear();
    facts.equipment[bound->equipment].allocated_to = line.subject.id;
  } else if (const auto* changed = std::get_if<SubjectStateChanged>(&*event)) {
    set_state(facts, *changed, unix_ms);
  } else if (const auto* run = std::get_if<RunStateChanged>(&*event)) {
    const auto state = procedural_state_from_text(run->to);
    if (state && is_over(*state)) free_everything(facts, line.subject.id);
  }
}

}  // namespace batchwright::workflows
