// The same frame gives the same result, bit for bit: prints one hash that two runs and two builds
// must agree on.
#include "base/bytes.h"
#include "base/sha256.h"
#include "vision/challenge/campaigns.h"
#include "vision/challenge/sequence_cases.h"
#include "vision/challenge/station_campaigns.h"

namespace batchwright::vision::challenge {

namespace {

// Renders scene `number` and judges it: the canonical text of what came out.
using CanonicalResult = std::string (*)(std::uint64_t seed, int number);

struct Kind {
  const char* name;
  CanonicalResult result;
};

// One line for each kind of check that has rendered scenes; frame i is of kind i modulo their
// number.
std::vector<Kind> kinds() {
  return {
      {"labels", label_result},
      {"sequence",
       [](std::uint64_t seed, int number) {
         return canonical_text(play(sequence_case(seed, number), seed, number));
       }},
      {"layout", [](std::uint64_t seed,
                    int number) { return canonical_text(judge_kit_case(seed, number).result); }},
      {"clearance",
       [](std::uint64_t seed, int number) {
         return canonical_text(judge_bench_case(seed, number).result);
       }},
      {"displays", display_result},
      {"gauges", gauge_result},
      {"lamps", lamp_result},
  };
}

}  // namespace

Result<std::string> determinism(const CampaignOptions& options) {
  const auto all = kinds();
  if (all.empty()) return fail(ErrorCode::kUnsupported, "No kind of check has scenes yet.");
  Campaign campaign{"determinism", "", {}, {}, {}};
  campaign.run = [&all](std::uint64_t seed, int number) {
    const auto count = static_cast<int>(all.size());
    const auto& kind = all[static_cast<std::size_t>(number % count)];
    return Json(to_hex(sha256(kind.result(seed, number / count))));
  };
  std::string hashes;
  for (const auto& outcome : run_cases(campaign, options)) {
    if (!outcome.is_string())
      return fail(ErrorCode::kRefused, "A frame ended its process; there is no hash over all.");
    hashes += outcome.get<std::string>() + "\n";
  }
  return to_hex(sha256(hashes));
}

}  // namespace batchwright::vision::challenge
