// The commands of batchwright-twin as functions: what they print is their answer. Exit codes: 0
// done, 1 refused, 2 unreadable or in use.
#pragma once

#include <cstdint>
#include <string>

#include "record/wrapped_key.h"

namespace batchwright::twin {

struct InitOptions {
  std::string directory, site, people_file, facts_file;
  bool demo_cost = false;  // light key derivation, for demonstrations only
};
struct FactsOptions {
  std::string directory, file;
};
struct TokenOptions {
  std::string directory, prefix, room;
};
struct LoadOptions {
  std::string directory, file;
  std::string preparer, checker, quality, effective_from;
  bool demo_approval = false;  // the first fitting people, for demonstrations only
};
struct ActOptions {
  std::string directory, mbr, command, person, password_file, effective_from, diff;
};
struct IssueOptions {
  std::string directory, mbr, number;
};
struct ServeOptions {
  std::string directory, address = "127.0.0.1";
  std::uint16_t port = 0;
};
struct TrustOptions {
  std::string directory, output;
};

[[nodiscard]] int run_init(const InitOptions& options);
[[nodiscard]] int run_facts(const FactsOptions& options);
[[nodiscard]] int run_token(const TokenOptions& options);
[[nodiscard]] int run_load(const LoadOptions& options);
[[nodiscard]] int run_act(const ActOptions& options);
[[nodiscard]] int run_issue(const IssueOptions& options);
[[nodiscard]] int run_trust(const TrustOptions& options);
// Until SIGTERM or SIGINT.
[[nodiscard]] int run_serve(const ServeOptions& options);

}  // namespace batchwright::twin
