#include "workflows/internal/camera_entries_json.h"

#include "workflows/internal/json_put.h"
#include "workflows/internal/mbr_limits.h"
#include "workflows/internal/names.h"

namespace batchwright::workflows {
namespace {

using Pair = std::pair<std::string, std::string>;

ApprovedCheck read_approved(JsonObject& entry) {
  const Json* json = entry.find("check", Need::kRequired);
  if (json == nullptr) return {};
  const JsonPlace place = entry.at("check");
  JsonObject object(*json, place, entry.report());
  ApprovedCheck check;
  check.id = object.slug("id", Need::kRequired);
  check.version = object.text("version", Need::kRequired);
  check.sha256 = object.text("sha256", Need::kRequired);
  check.challenge_sha256 = object.text("challenge_sha256");
  object.finish();
  return check;
}

Pair read_fill(const Json& json, const JsonPlace& place, Report& report) {
  if (!json.is_array() || json.size() != 2) {
    report.error("fills.pair", place.text(), "Write [\"reading\", \"entry id\"].");
    return {};
  }
  return {read_text(json[0], place.item(0), report), read_text(json[1], place.item(1), report)};
}

// [name, text], [name, {"requirement": id}] or [name, {"parameter": id}].
CheckExpectation read_expected(const Json& json, const JsonPlace& place, Report& report) {
  if (!json.is_array() || json.size() != 2) {
    report.error("expects.pair", place.text(), "Write [\"name\", what it must be].");
    return {};
  }
  CheckExpectation expected;
  expected.name = read_text(json[0], place.item(0), report);
  const JsonPlace what = place.item(1);
  if (!json[1].is_object()) {
    expected.text = read_text(json[1], what, report);
    return expected;
  }
  JsonObject object(json[1], what, report);
  expected.requirement = object.slug("requirement");
  expected.parameter = object.slug("parameter");
  object.finish();
  return expected;
}

Json to_json(const CheckExpectation& expected) {
  Json what = expected.text;
  if (!expected.requirement.empty()) what = Json{{"requirement", expected.requirement}};
  if (!expected.parameter.empty()) what = Json{{"parameter", expected.parameter}};
  return Json::array({expected.name, std::move(what)});
}

}  // namespace

CameraCheck read_camera_check(const Json& json, JsonObject& object) {
  CameraCheck check;
  check.check = read_approved(object);
  check.camera = object.text("camera", Need::kRequired);
  const bool given = json.is_object() && json.contains("attempts_max");
  if (given) check.attempts_max = object.whole("attempts_max", kCheckAttemptsMax);
  check.fills = read_list<Pair>(object, "fills", kFillsMax, read_fill);
  check.expects = read_list<CheckExpectation>(object, "expects", kFillsMax, read_expected);
  return check;
}

CameraChallenge read_camera_challenge(JsonObject& object) {
  CameraChallenge challenge;
  challenge.checks = read_list<std::string>(object, "checks", kChecksMax, read_text);
  challenge.when =
      object.name("when", kChallengeTimeNames, CameraChallenge::When::kStart, Need::kRequired);
  return challenge;
}

std::optional<CameraStandIn> read_stand_in(JsonObject& signature) {
  const Json* json = signature.find("camera");
  if (json == nullptr) return std::nullopt;
  const JsonPlace place = signature.at("camera");
  JsonObject object(*json, place, signature.report());
  CameraStandIn stand_in;
  stand_in.check = object.slug("check", Need::kRequired);
  stand_in.mode =
      object.name("mode", kStandInModeNames, StandInMode::kEquipmentPerforms, Need::kRequired);
  object.finish();
  return stand_in;
}

void put_camera_check(Json& entry, const CameraCheck& check) {
  entry["check"] = Json::object();
  entry["check"]["id"] = check.check.id;
  entry["check"]["version"] = check.check.version;
  entry["check"]["sha256"] = check.check.sha256;
  if (!check.check.challenge_sha256.empty())
    entry["check"]["challenge_sha256"] = check.check.challenge_sha256;
  entry["camera"] = check.camera;
  if (check.attempts_max != CameraCheck::kAttemptsMax) entry["attempts_max"] = check.attempts_max;
  if (!check.fills.empty()) {
    Json& fills = entry["fills"] = Json::array();
    for (const auto& [reading, id] : check.fills) fills.push_back(Json::array({reading, id}));
  }
  if (check.expects.empty()) return;
  Json& expects = entry["expects"] = Json::array();
  for (const CheckExpectation& expected : check.expects) expects.push_back(to_json(expected));
}

void put_camera_challenge(Json& entry, const CameraChallenge& challenge) {
  entry["checks"] = challenge.checks;
  entry["when"] = name_of(kChallengeTimeNames, challenge.when);
}

void put_stand_in(Json& signature, const CameraStandIn& stand_in) {
  Json& camera = signature["camera"] = Json::object();
  camera["check"] = stand_in.check;
  camera["mode"] = name_of(kStandInModeNames, stand_in.mode);
}

}  // namespace batchwright::workflows
