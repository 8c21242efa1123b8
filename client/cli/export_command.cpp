// batchwright export PATH -o FILE.journal: the whole journal as one self-contained text file.
#include <fmt/format.h>

#include "client/cli/cli.h"
#include "client/evidence_audit.h"
#include "client/file.h"
#include "client/record_package.h"

namespace batchwright::client::cli {

namespace {

struct Options {
  std::string path, out;
};

int run(const Options& options) {
  const auto now = SystemClock().now();
  auto store = offline_store::Store::open(options.path, offline_store::Mode::kReadClosed);
  if (!store) return report(store.error());
  auto text = package_of_store(**store, options.path, now);
  if (!text) return report(text.error());
  if (auto saved = save_file(options.out, *text); !saved) return report(saved.error());
  const auto package = record::read_package(*text);
  if (!package) return report(package.error());
  const auto copy = copy_evidence(*package, std::filesystem::path(options.path) / "evidence",
                                  options.out + ".evidence");
  if (!copy) return report(copy.error());
  if (copy->copied > 0)
    fmt::print("{} pictures and files that it rests on are in {}.evidence\n", copy->copied,
               options.out);
  fmt::print("Exported to {} ({} bytes). Prove it with: batchwright verify {}\n", options.out,
             text->size(), options.out);
  if (copy->copied == copy->files) return kDone;
  fmt::print(
      stderr,
      "{} of {} pictures and files that it rests on are missing in the store or were altered, "
      "and were not copied. Verify names them. Call quality.\n",
      copy->files - copy->copied, copy->files);
  return kRefused;
}

}  // namespace

void add_export(CLI::App& app, int& exit_code) {
  auto options = std::make_shared<Options>();
  auto* command = app.add_subcommand(
      "export", "Write a closed store's journal as one file, its pictures beside it");
  command->add_option("path", options->path, "Folder of a closed store")->required();
  command->add_option("-o,--out", options->out, "File to write, e.g. batch.journal")->required();
  command->callback([options, &exit_code] { exit_code = run(*options); });
}

}  // namespace batchwright::client::cli
