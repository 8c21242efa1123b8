#include "client/approved_checks.h"

namespace batchwright::client {

// As deep as the reader of master batch records lets procedures be.
const workflows::CameraCheck* find_camera_check(const workflows::Element& element,
                                                const std::string& id) {
  if (element.step)
    for (const auto& entry : element.step->entries)
      if (entry.camera_check && entry.camera_check->check.id == id) return &*entry.camera_check;
  for (const auto& child : element.children)
    if (const auto* found = find_camera_check(child, id); found != nullptr) return found;
  return nullptr;
}

}  // namespace batchwright::client
