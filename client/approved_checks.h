// Which camera checks a procedure uses.
#pragma once

#include <string>

#include "workflows/mbr.h"

namespace batchwright::client {

// The first camera check in `element` or below that uses the approved check `id`; nullptr = none.
[[nodiscard]] const workflows::CameraCheck* find_camera_check(const workflows::Element& element,
                                                              const std::string& id);

}  // namespace batchwright::client
