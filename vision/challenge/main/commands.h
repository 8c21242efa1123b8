// Commands of vision-campaign beside the campaigns, one file each.
#pragma once

#include <CLI/CLI.hpp>

namespace batchwright::vision::challenge {

void add_generate(CLI::App& app, int& exit_code);
void add_kit(CLI::App& app, int& exit_code);

}  // namespace batchwright::vision::challenge
