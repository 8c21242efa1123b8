// The command line of `batchwright`. Each command is one file: it declares its options and does its
// work. Exit codes (docs/cli.md): 0 done or proved, 1 refused or altered, 2 unreadable or in use.
#pragma once

#include <CLI/CLI.hpp>
#include <string>

#include "base/error.h"
#include "base/finding.h"
#include "base/json.h"

namespace batchwright::client::cli {

enum Exit : int { kDone = 0, kRefused = 1, kUnreadable = 2 };

// Each adds its command to `app`; when chosen, it runs and puts its exit code in `exit_code`.
void add_panel(CLI::App& app, int& exit_code);
void add_teach(CLI::App& app, int& exit_code);
void add_enroll(CLI::App& app, int& exit_code);
void add_run(CLI::App& app, int& exit_code);
void add_recipe(CLI::App& app, int& exit_code);
void add_dry_run(CLI::App& recipe, int& exit_code);  // below `recipe`
void add_show(CLI::App& app, int& exit_code);
void add_verify(CLI::App& app, int& exit_code);
void add_export(CLI::App& app, int& exit_code);
void add_read_label(CLI::App& app, int& exit_code);
void add_check_image(CLI::App& app, int& exit_code);
void add_vision(CLI::App& app, int& exit_code);

// Says on standard error what happened and where; returns the exit code for it.
[[nodiscard]] int report(const Error& error);
// One line per finding on `stream` (stdout or stderr).
void print_findings(const Findings& findings, std::FILE* stream);
// One JSON object on standard output.
void print_json(const Json& json);

}  // namespace batchwright::client::cli
