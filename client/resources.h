// Where the files of resources/ and the other programs are on this machine.
#pragma once

#include <filesystem>
#include <string_view>

namespace batchwright::client {

// $BATCHWRIGHT_RESOURCES, else ../share/batchwright beside the program, else the source tree it was
// built from.
[[nodiscard]] std::filesystem::path resources_folder();

// A program that was installed, or built, into the folder of this one.
[[nodiscard]] std::filesystem::path program_beside(std::string_view name);

}  // namespace batchwright::client
