// batchwright enroll URL --token T --site-fingerprint F --store DIR
#include <fmt/format.h>

#include "client/cli/cli.h"
#include "client/device_identity.h"
#include "client/link.h"
#include "client/sync/enrol.h"

namespace batchwright::client::cli {

namespace {

struct Options {
  std::string url, token, fingerprint, store, name;
};

int run(const Options& options) {
  auto store = offline_store::Store::open(options.store, offline_store::Mode::kOpenOrCreate);
  if (!store) return report(store.error());
  auto enrolled = (*store)->catalogue("enrolment", kSelf);
  if (!enrolled) return report(enrolled.error());
  if (*enrolled)
    return report(
        {ErrorCode::kRefused,
         "This store is enrolled already. A panel that must start anew gets a new folder.",
         options.store});
  // The key is kept before the token is used: an answer that gets lost can be asked for again.
  auto key = load_device_key(options.store);
  if (!key) {
    key = record::generate_key();
    if (auto saved = save_device_key(options.store, *key); !saved) return report(saved.error());
  }
  auto documents = sync::enrol(options.url, {.token = options.token,
                                             .site_fingerprint = options.fingerprint,
                                             .device_key = key->public_key(),
                                             .name = options.name});
  if (!documents) return report(documents.error());
  if (auto kept = TwinLink::keep_address(**store, options.url); !kept) return report(kept.error());
  if (auto saved = sync::save_enrolment(**store, *documents); !saved) return report(saved.error());
  fmt::print("Enrolled at site {} as {}, {}.\n", documents->anchor.site,
             documents->enrolment.prefix, documents->enrolment.room);
  return kDone;
}

}  // namespace

void add_enroll(CLI::App& app, int& exit_code) {
  auto options = std::make_shared<Options>();
  auto* command = app.add_subcommand("enroll", "Make this panel known to a site");
  command->add_option("url", options->url, "Address of the twin")->required();
  command->add_option("--token", options->token, "From batchwright-twin token")->required();
  command->add_option("--site-fingerprint", options->fingerprint, "From batchwright-twin init")
      ->required();
  command->add_option("--store", options->store, "Folder of the record")->required();
  command->add_option("--name", options->name, "What people call this panel");
  command->callback([options, &exit_code] { exit_code = run(*options); });
}

}  // namespace batchwright::client::cli
