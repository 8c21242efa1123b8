#include "client/site_knowledge.h"

#include "base/time.h"

namespace batchwright::client {

Result<void> SiteKnowledge::begin(const record::SiteFactsDocument& document) {
  const auto issued = instant_from_text(document.issued);
  if (!issued) return std::unexpected(issued.error());
  auto facts = workflows::read_site_facts(document.facts, issued->unix_ms);
  if (!facts) return std::unexpected(facts.error());
  document_ = *facts;
  facts_ = std::move(*facts);
  issued_unix_ms_ = issued->unix_ms;
  version_ = document.version;
  return {};
}

void SiteKnowledge::fold(const record::Line& line) {
  if (version_ == 0 || line.subject.kind != "run") return;
  workflows::update_site_facts(facts_, line);
  const auto event = workflows::decode_event(line);
  const auto* told = event ? std::get_if<workflows::SubjectStateChanged>(&*event) : nullptr;
  if (told == nullptr) return;
  const auto time = instant_from_text(line.time);
  if (!time || time->unix_ms <= issued_unix_ms_) restore(told->kind, told->id);
}

void SiteKnowledge::restore(const std::string& kind, const std::string& id) {
  if (kind == "room") {
    const auto room = document_.rooms.find(id);
    if (room == document_.rooms.end()) return;
    facts_.rooms[id].state = room->second.state;
    facts_.rooms[id].clean_since_unix_ms = room->second.clean_since_unix_ms;
    return;
  }
  const auto equipment = document_.equipment.find(id);
  if (equipment == document_.equipment.end()) return;
  facts_.equipment[id].state = equipment->second.state;
  facts_.equipment[id].clean_since_unix_ms = equipment->second.clean_since_unix_ms;
}

}  // namespace batchwright::client
