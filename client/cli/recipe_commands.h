// The parts of `batchwright recipe`, one file each.
#pragma once

#include "client/cli/cli.h"

namespace batchwright::client::cli {

inline constexpr int kDifferent = 1;  // of `recipe diff`, as other comparing programs say it

void add_recipe_diff(CLI::App& recipe, int& exit_code);
void add_recipe_library(CLI::App& recipe, int& exit_code);

}  // namespace batchwright::client::cli
