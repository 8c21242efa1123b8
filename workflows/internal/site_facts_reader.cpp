#include "workflows/internal/site_facts_reader.h"

#include "base/time.h"

namespace batchwright::workflows {
namespace {

constexpr std::size_t kItemsMax = 100'000;
constexpr std::array<std::string_view, 3> kLotStates{"released", "quarantine", "rejected"};

// A record time, or 0 when absent.
std::int64_t read_time(JsonObject& object, std::string_view key) {
  const std::string text = object.text(key);
  if (text.empty()) return 0;
  const auto instant = instant_from_text(text);
  if (instant) return instant->unix_ms;
  object.report().error("time.invalid", object.at(key).text(),
                        "Write a time as 2026-11-22T14:05:33.120+01:00.");
  return 0;
}

// A time, or "issued": since the site made the document.
std::int64_t read_since(JsonObject& object, std::string_view key, std::int64_t issued_unix_ms) {
  const Json* json = object.find(key);
  const bool issued = json != nullptr && json->is_string() && *json == "issued";
  return issued ? issued_unix_ms : read_time(object, key);
}

std::string read_mode(const Json& json, const JsonPlace& place, Report& report) {
  const std::string mode = read_text(json, place, report);
  for (const auto& known : kStandInModeNames) {
    if (known.text == mode) return mode;
  }
  report.error("value.unknown", place.text(), "A mode is equipment_performs or confirms_entry.");
  return {};
}

template <typename Read>
void each(JsonObject& object, std::string_view key, Read read) {
  std::size_t index = 0;
  for (const Json& json : object.list(key, kItemsMax)) {
    const JsonPlace list = object.at(key);
    const JsonPlace place = list.item(index++);
    JsonObject item(json, place, object.report());
    read(item);
    item.finish();
  }
}

}  // namespace

SiteFacts read_site_facts_document(const Json& json, std::int64_t issued_unix_ms, Report& report) {
  SiteFacts facts;
  const JsonPlace root;
  JsonObject object(json, root, report);
  (void)object.find("format");  // checked by the caller
  each(object, "equipment", [&](JsonObject& item) {
    EquipmentFacts& equipment = facts.equipment[item.text("id", Need::kRequired)];
    equipment.equipment_class = item.text("class", Need::kRequired);
    equipment.state = item.one_of("state", kSubjectStates, "clean");
    equipment.clean_since_unix_ms = read_since(item, "clean_since", issued_unix_ms);
    equipment.calibrated_until_unix_ms = read_time(item, "calibrated_until");
  });
  each(object, "lots", [&](JsonObject& item) {
    LotFacts& lot = facts.lots[item.text("id", Need::kRequired)];
    lot.item = item.text("item", Need::kRequired);
    lot.status = item.one_of("status", kLotStates, "released");
    lot.expires_unix_ms = read_time(item, "expires");
  });
  each(object, "rooms", [&](JsonObject& item) {
    RoomFacts& room = facts.rooms[item.text("id", Need::kRequired)];
    room.state = item.one_of("state", kSubjectStates, "clean");
    room.clean_since_unix_ms = read_since(item, "clean_since", issued_unix_ms);
  });
  each(object, "trainings", [&](JsonObject& item) {
    const std::string person = item.text("person", Need::kRequired);
    facts.trainings[person][item.text("training", Need::kRequired)] = read_time(item, "until");
  });
  each(object, "camera_policy", [&](JsonObject& item) {
    CameraPolicy& policy = facts.camera_policy[item.text("market", Need::kRequired)];
    for (std::string& mode :
         read_list<std::string>(item, "modes", kStandInModeNames.size(), read_mode)) {
      policy.modes.insert(std::move(mode));
    }
    for (std::string& path : read_list<std::string>(item, "approved_steps", kItemsMax, read_text)) {
      policy.approved_steps.insert(std::move(path));
    }
  });
  object.finish();
  return facts;
}

}  // namespace batchwright::workflows
