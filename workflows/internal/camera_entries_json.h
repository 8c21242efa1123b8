// The keys of camera checks in the native format: entries that a camera judges, challenges, and
// signatures that a check may stand in for.
#pragma once

#include <optional>

#include "base/json.h"
#include "workflows/internal/json_object.h"
#include "workflows/mbr.h"

namespace batchwright::workflows {

// `json` is the entry that `object` reads.
[[nodiscard]] CameraCheck read_camera_check(const Json& json, JsonObject& object);
[[nodiscard]] CameraChallenge read_camera_challenge(JsonObject& object);
// Of a signature; absent when it has no key "camera".
[[nodiscard]] std::optional<CameraStandIn> read_stand_in(JsonObject& signature);

void put_camera_check(Json& entry, const CameraCheck& check);
void put_camera_challenge(Json& entry, const CameraChallenge& challenge);
void put_stand_in(Json& signature, const CameraStandIn& stand_in);

}  // namespace batchwright::workflows
