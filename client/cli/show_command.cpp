// batchwright show PATH: the record in words.
#include <cstdio>

#include "client/cli/cli.h"
#include "client/record_package.h"
#include "client/record_text.h"

namespace batchwright::client::cli {

void add_show(CLI::App& app, int& exit_code) {
  auto path = std::make_shared<std::string>();
  auto* command = app.add_subcommand("show", "Print a record in words");
  command->add_option("path", *path, "Exported journal, or the folder of a closed store")
      ->required();
  command->callback([path, &exit_code] {
    auto package = load_package(*path, SystemClock().now());
    if (!package) {
      exit_code = report(package.error());
      return;
    }
    std::fputs(record_text(*package).c_str(), stdout);
    exit_code = kDone;
  });
}

}  // namespace batchwright::client::cli
