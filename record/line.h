// One line of a journal: a JSON object whose bytes are stored, hashed and sent unchanged.
// docs/formats/journal.md has the grammar and a worked example. Pure: no disk, network, clock.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/json.h"
#include "base/sha256.h"
#include "record/hlc.h"

namespace batchwright::record {

// What the event is about. Cleaning, calibration and room events belong to no batch.
struct Subject {
  std::string kind;  // run, equipment, room, device, shift
  std::string id;    // for runs: UUIDv7

  bool operator==(const Subject&) const = default;
};

// What a decider says happened, before it has a place in a journal.
struct Draft {
  std::string type;  // e.g. entry_recorded; "commit" is reserved
  int v = 1;         // version of that type
  Subject subject;
  std::string step;   // path and instance, e.g. compound/temperature#1; empty when about no step
  std::string actor;  // person id that recorded it; empty = person not identified
  std::string role;   // role the actor acted in
  std::string performed_by;    // person id that did it; equals actor unless said otherwise
  std::string lang;            // BCP 47 tag of the language that was shown
  Json body = Json::object();  // objects, arrays, strings, booleans, null; no numbers
};

struct Line : Draft {
  std::string device;
  std::uint64_t seq = 0;  // starts at 1 per device key
  Digest prev{};          // hash of the line before; for seq 1 the hash of the enrolment statement
  Hlc hlc;
  std::string time;  // base/time.h text form
};

// A line with its bytes and their hash; what the store keeps and the engine applies.
struct StoredLine {
  Line line;
  std::string bytes;  // without the line feed
  Digest hash{};
};

inline constexpr std::size_t kLineBytesMax = 256u << 10;

// Canonical bytes. The caller guarantees valid text (base/text.h); checked again by decode.
[[nodiscard]] std::string encode(const Line& line);

// Accepts exactly what encode produces: refuses other key order, spaces, duplicate or missing keys,
// numbers elsewhere than seq and v, over-long lines. `place` names the key.
[[nodiscard]] Result<StoredLine> decode(std::string_view bytes);

}  // namespace batchwright::record
