#include "client/resources.h"

#include <cstdlib>

namespace batchwright::client {

std::filesystem::path resources_folder() {
  if (const char* named = std::getenv("BATCHWRIGHT_RESOURCES"); named != nullptr && *named != '\0')
    return named;
  std::error_code error;
  const auto program = std::filesystem::read_symlink("/proc/self/exe", error);
  if (!error) {
    const auto installed = program.parent_path().parent_path() / "share" / "batchwright";
    if (std::filesystem::is_directory(installed, error)) return installed;
  }
  return BATCHWRIGHT_SOURCE_RESOURCES;
}

std::filesystem::path program_beside(std::string_view name) {
  std::error_code error;
  const auto program = std::filesystem::read_symlink("/proc/self/exe", error);
  return (error ? std::filesystem::path(".") : program.parent_path()) / name;
}

}  // namespace batchwright::client
