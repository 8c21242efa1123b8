#include "vision/challenge/campaign.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>

#include "base/binomial_bounds.h"
#include "base/bytes.h"
#include "base/sha256.h"
#include "base/time.h"

namespace batchwright::vision::challenge {

namespace {

std::string row_text(const std::vector<std::string>& cells) {
  std::string line = "|";
  for (const auto& cell : cells) line += " " + cell + " |";
  return line + "\n";
}

Result<void> write(const std::string& path, const std::string& text) {
  std::FILE* file = path.empty() ? stdout : std::fopen(path.c_str(), "wb");
  if (file == nullptr) return fail(ErrorCode::kIo, "The result could not be written.", path);
  const bool written = std::fwrite(text.data(), 1, text.size(), file) == text.size();
  const bool closed = file == stdout ? std::fflush(file) == 0 : std::fclose(file) == 0;
  if (written && closed) return {};
  return fail(ErrorCode::kIo, "The result could not be written.", path);
}

}  // namespace

std::string manifest_sha256(const Campaign& campaign, const CampaignOptions& options) {
  // A hash over the lines' hashes: thirty thousand lines need not be kept.
  std::string hashes;
  for (int number = 0; number < options.cases; ++number)
    hashes += to_hex(sha256(campaign.truth(options.seed, number))) + "\n";
  return to_hex(sha256(hashes));
}

std::string page_of(const Campaign& campaign, const CampaignOptions& options,
                    const std::string& manifest_hex, const std::vector<Table>& tables,
                    double seconds) {
  std::string page =
      fmt::format("# Campaign: {}\n\n{}\n\n", campaign.name, campaign.about) +
      fmt::format(
          "{} cases, seed {}, commit {}, {}. Manifest, hashed before the first case ran:\n"
          "`{}`.\n\n",
          options.cases, options.seed, options.commit.empty() ? "not stated" : options.commit,
          options.date.empty() ? "date not stated" : options.date, manifest_hex) +
      fmt::format(
          "To run it again: `vision-campaign {} --cases {} --seed {}`. It took {:.0f} s of "
          "{} process(es), {:.3f} s a case.\n",
          campaign.name, options.cases, options.seed, seconds, options.jobs,
          seconds * options.jobs / std::max(1, options.cases));
  for (const auto& table : tables) {
    page += "\n## " + table.title + "\n\n" + row_text(table.columns) + "|";
    for (std::size_t i = 0; i < table.columns.size(); ++i) page += "---|";
    page += "\n";
    for (const auto& row : table.rows) page += row_text(row);
  }
  return page;
}

Result<void> run_campaign(const Campaign& campaign, const CampaignOptions& options) {
  const auto manifest_hex = manifest_sha256(campaign, options);
  std::fprintf(stderr, "%s: %d cases, manifest %s\n", campaign.name.c_str(), options.cases,
               manifest_hex.c_str());
  const SystemClock clock;
  const auto began_ms = clock.monotonic_ms();
  const auto outcomes = run_cases(campaign, options);
  const double seconds = static_cast<double>(clock.monotonic_ms() - began_ms) / 1000;
  const auto tables = campaign.tables(options.seed, outcomes);
  return write(options.out, page_of(campaign, options, manifest_hex, tables, seconds));
}

std::string rate_text(std::int64_t count, std::int64_t n) {
  const double share = n > 0 ? 100.0 * static_cast<double>(count) / static_cast<double>(n) : 0;
  return fmt::format("{} of {}: {:.2f} % (95 % bounds: above {:.3f} %, below {:.3f} %)", count, n,
                     share, 100 * lower_bound_of_rate(count, n),
                     100 * upper_bound_of_rate(count, n));
}

}  // namespace batchwright::vision::challenge
