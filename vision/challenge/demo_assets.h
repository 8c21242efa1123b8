// Files for the demonstration: what a panel would get from the site, and what its hands put before
// the cameras. Nothing of it is kept in the repository but the check files.
#pragma once

#include <filesystem>

#include "base/error.h"

namespace batchwright::vision::challenge {

// Writes below `folder`: checks/ID.check.json, checks/challenges/ID/manifest.json with its
// pictures, objects/NAME/0001.png ... kIo when it can't be written. With `only_checks` nothing
// else.
[[nodiscard]] Result<void> write_demo_assets(const std::filesystem::path& folder, bool only_checks);

}  // namespace batchwright::vision::challenge
