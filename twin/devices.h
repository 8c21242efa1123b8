// Panels known to the site: enrolment by single-use token, and who a device is.
#pragma once

#include <string>
#include <vector>

#include "record/trust.h"
#include "twin/site.h"

namespace batchwright::twin {

inline constexpr std::int64_t kTokenMinutes = 15;

// A single-use token for one panel: short-number prefix (2 to 8 capital letters and digits) and
// room.
[[nodiscard]] Result<std::string> make_token(Site& site, const std::string& prefix,
                                             const std::string& room);

// POST /v1/devices. kDenied (place "token") when the token is wrong, used by another key, or too
// old; the message is the same for all. The same token with the same key gives the same enrolment
// again.
[[nodiscard]] Result<Json> enrol_device(Site& site, const Json& body);

struct Device {
  record::DeviceEnrolment enrolment;
  record::SignedDocument document;
  std::string name;
};
// kDenied (place "device") when it was never enrolled here.
[[nodiscard]] Result<Device> find_device(Site& site, const std::string& device);
[[nodiscard]] Result<std::vector<Device>> all_devices(Site& site);

}  // namespace batchwright::twin
