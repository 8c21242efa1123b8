#include "twin/commands.h"

#include <fmt/format.h>
#include <pthread.h>

#include <csignal>
#include <cstdio>

#include "twin/devices.h"
#include "twin/internal/console.h"
#include "twin/internal/files.h"
#include "twin/mbr_register.h"
#include "twin/people.h"
#include "twin/server.h"
#include "twin/site_facts.h"
#include "workflows/site_facts.h"

namespace batchwright::twin {
namespace {

constexpr std::size_t kFileBytesMax = 16u << 20;
constexpr record::Argon2Cost kDemoCost{.memory_bytes = 8u << 20, .passes = 1};

using internal::done;
using internal::report;
using internal::system_clock;

}  // namespace

int run_init(const InitOptions& options) {
  // Read first: a mistake in the file must not leave half a twin behind.
  std::vector<NewPerson> people;
  if (!options.people_file.empty()) {
    auto text = internal::load_whole(options.people_file, kFileBytesMax);
    if (!text) return report(text.error());
    auto read = read_people(*text);
    if (!read) return report(read.error());
    people = std::move(*read);
  }
  std::string facts;
  if (!options.facts_file.empty()) {
    auto text = internal::load_whole(options.facts_file, kFileBytesMax);
    if (!text) return report(text.error());
    if (auto readable = workflows::read_site_facts(*text); !readable)
      return report(readable.error());
    facts = std::move(*text);
  }
  auto site = Site::create(options.directory, options.site, system_clock());
  if (!site) return report(site.error());
  fmt::print("site: {}\nfingerprint: {}\n", (*site)->anchor().site,
             record::fingerprint((*site)->anchor().key));
  if (!facts.empty()) {
    auto version = publish_site_facts(**site, facts);
    if (!version) return report(version.error());
    fmt::print("site facts: version {}\n", *version);
  }
  if (people.empty()) return done();
  auto secrets = add_people(**site, people, options.demo_cost ? kDemoCost : record::Argon2Cost{});
  if (!secrets) return report(secrets.error());
  fmt::print("people: {}\n", people.size());
  for (const auto& secret : *secrets)
    fmt::print("one-time secret for {}: {}\n", secret.person, secret.secret);
  return done();
}

int run_facts(const FactsOptions& options) {
  auto text = internal::load_whole(options.file, kFileBytesMax);
  if (!text) return report(text.error());
  auto site = Site::open(options.directory, system_clock());
  if (!site) return report(site.error());
  auto version = publish_site_facts(**site, *text);
  if (!version) return report(version.error());
  fmt::print("site facts: version {}\n", *version);
  return done();
}

int run_token(const TokenOptions& options) {
  auto site = Site::open(options.directory, system_clock());
  if (!site) return report(site.error());
  auto token = make_token(**site, options.prefix, options.room);
  if (!token) return report(token.error());
  fmt::print("token: {}\nfingerprint: {}\nvalid for {} minutes, once\n", *token,
             record::fingerprint((*site)->anchor().key), kTokenMinutes);
  return done();
}

int run_trust(const TrustOptions& options) {
  auto site = Site::open(options.directory, system_clock());
  if (!site) return report(site.error());
  const auto text = to_text(record::to_json((*site)->anchor())) + "\n";
  if (options.output.empty() || options.output == "-") {
    fmt::print("{}", text);
    return done();
  }
  if (auto saved = internal::save_durably(options.output, text); !saved)
    return report(saved.error());
  return done();
}

int run_serve(const ServeOptions& options) {
  // Blocked before any thread starts, so that the signal waits for sigwait below and ends nothing
  // halfway.
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGINT);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  auto site = Site::open(options.directory, system_clock());
  if (!site) return report(site.error());
  if (auto renewed = renew_directory(**site); !renewed) return report(renewed.error());
  if (auto told = publish_due_states(**site); !told) return report(told.error());
  auto server = Server::start(std::move(*site), {.address = options.address, .port = options.port});
  if (!server) return report(server.error());
  fmt::print("listening {}\n", (*server)->url());
  std::fflush(stdout);
  int received = 0;
  sigwait(&signals, &received);
  server->reset();
  fmt::print("stopped\n");
  return done();
}

}  // namespace batchwright::twin
