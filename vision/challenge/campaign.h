// Long proofs: thousands of rendered cases, each judged by itself, with a result page whose
// manifest was hashed before the first case ran.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/error.h"
#include "base/json.h"

namespace batchwright::vision::challenge {

struct CampaignOptions {
  int cases = 300;
  std::uint64_t seed = 1;
  int jobs = 1;        // processes at once
  std::string commit;  // stated on the page: what was measured
  std::string date;    // YYYY-MM-DD, stated on the page
  std::string out;     // Markdown file; empty = standard output
};

// A table of the result page.
struct Table {
  std::string title;
  std::vector<std::string> columns;
  std::vector<std::vector<std::string>> rows;
};

// One kind of challenge. Everything is a function of seed and number, so that any case can be
// played again by itself, in any order and in any process.
struct Campaign {
  std::string name;
  std::string about;  // what a case is and what is counted, for the page
  // What is drawn and what is true of it: one line of the manifest. Must not look at pictures.
  std::function<std::string(std::uint64_t seed, int number)> truth;
  // Renders and judges one case.
  std::function<Json(std::uint64_t seed, int number)> run;
  // Tables over all outcomes, in the order of the cases; null stands for a case whose process
  // ended.
  std::function<std::vector<Table>(std::uint64_t seed, const std::vector<Json>& outcomes)> tables;
};

// SHA-256 over the manifest's lines.
[[nodiscard]] std::string manifest_sha256(const Campaign& campaign, const CampaignOptions& options);

// Every case's outcome. A case that ends its process is null and the others go on.
[[nodiscard]] std::vector<Json> run_cases(const Campaign& campaign, const CampaignOptions& options);

// The page: what was run, the manifest's hash, the tables, the time taken.
[[nodiscard]] std::string page_of(const Campaign& campaign, const CampaignOptions& options,
                                  const std::string& manifest_hex, const std::vector<Table>& tables,
                                  double seconds);

// Manifest, cases, page; writes `options.out`.
[[nodiscard]] Result<void> run_campaign(const Campaign& campaign, const CampaignOptions& options);

// "3 of 2995: 0.10 % (upper bound 0.26 %)".
[[nodiscard]] std::string rate_text(std::int64_t count, std::int64_t n);

}  // namespace batchwright::vision::challenge
