// From a store to the self-contained package that `export` writes and `verify` and `show` read.
#pragma once

#include <filesystem>
#include <string>

#include "base/time.h"
#include "offline_store/store.h"
#include "record/package.h"

namespace batchwright::client {

// The whole journal of `store` as package text, its footer signed by the device key found in
// `directory`.
[[nodiscard]] Result<std::string> package_of_store(offline_store::Store& store,
                                                   const std::filesystem::path& directory,
                                                   Instant now);

// A package from an exported file or, when `path` is a folder, from the closed store in it. kInUse
// while a panel runs on that store, kAltered when the store finds itself altered. Without the
// device's key in the folder the package has no footer (record::FolderFacts). Nothing is written.
[[nodiscard]] Result<record::Package> load_package(const std::filesystem::path& path, Instant now);

// The same for `verify`, which names what is wrong: of an altered store the lines are read as they
// stand, and what the store found goes along. kAltered only when no line can be read at all.
[[nodiscard]] Result<record::Package> load_package_to_verify(const std::filesystem::path& path,
                                                             Instant now);

}  // namespace batchwright::client
