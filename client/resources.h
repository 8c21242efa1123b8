// Where the files of resources/ are on this machine.
#pragma once

#include <filesystem>

namespace batchwright::client {

// $BATCHWRIGHT_RESOURCES, else ../share/batchwright beside the program, else the source tree it was
// built from.
[[nodiscard]] std::filesystem::path resources_folder();

}  // namespace batchwright::client
