// The parts of `batchwright vision`, one file each.
#pragma once

#include "client/cli/cli.h"

namespace batchwright::client::cli {

void add_vision_validate(CLI::App& vision, int& exit_code);
void add_vision_teach(CLI::App& vision, int& exit_code);
void add_vision_pictures(CLI::App& vision, int& exit_code);  // generate and kit

}  // namespace batchwright::client::cli
