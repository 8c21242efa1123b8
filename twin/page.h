// The one read-only page: runs, exceptions, devices. Plain HTML that refreshes itself; no script,
// nothing from elsewhere.
#pragma once

#include <string>

#include "base/error.h"

namespace batchwright::twin {

class Service;

[[nodiscard]] Result<std::string> make_page(Service& service);

// Text as it may stand in HTML, also inside quotes.
[[nodiscard]] std::string escaped(std::string_view text);

}  // namespace batchwright::twin
