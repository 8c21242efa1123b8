// What the site knows about people's trainings, equipment, material lots and rooms: what gates and
// check-in are judged by. A value handed to the engine; the shell keeps it up to date from signed
// documents and from the events of all runs (update_site_facts).
//
// Unknown is never a pass: a gate whose subject isn't here refuses and says so.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>

#include "base/error.h"
#include "record/line.h"
#include "workflows/event.h"

namespace batchwright::workflows {

struct EquipmentFacts {
  std::string equipment_class;
  std::string state = "clean";                // clean, dirty, not ready
  std::int64_t clean_since_unix_ms = 0;       // 0 = not known
  std::int64_t calibrated_until_unix_ms = 0;  // 0 = needs no calibration
  std::string allocated_to;                   // run; empty = free
};

struct LotFacts {
  std::string item;                  // GTIN or item number
  std::string status = "released";   // released, quarantine, rejected
  std::int64_t expires_unix_ms = 0;  // 0 = has no expiry
};

struct RoomFacts {
  std::string state = "clean";
  std::int64_t clean_since_unix_ms = 0;
  std::string occupied_by;  // run; empty = free
};

// Whether cameras may replace a second person under the rules of one market (requirement E11). A
// market that isn't named has two persons.
struct CameraPolicy {
  std::set<std::string> modes;           // equipment_performs, confirms_entry
  std::set<std::string> approved_steps;  // paths the site's quality approved for confirms_entry
};

struct SiteFacts {
  std::map<std::string, EquipmentFacts> equipment;
  std::map<std::string, LotFacts> lots;
  std::map<std::string, RoomFacts> rooms;
  std::map<std::string, std::map<std::string, std::int64_t>>
      trainings;                                      // person -> training ->
                                                      // valid until, 0 = for good
  std::map<std::string, CameraPolicy> camera_policy;  // by market
};

// {"format":"batchwright/site-facts/1", ...}, docs/formats/site-facts.md. kMalformed with the first
// wrong place. `issued_unix_ms` is what "clean_since": "issued" stands for.
[[nodiscard]] Result<SiteFacts> read_site_facts(std::string_view text,
                                                std::int64_t issued_unix_ms = 0);

// What a recorded line says about equipment and rooms: bound, freed when the run ended, dirty,
// clean.
void update_site_facts(SiteFacts& facts, const record::Line& line);

}  // namespace batchwright::workflows
