// All orders of six actions, plain and with idle and covered frames between them.
#include <fmt/format.h>

#include "vision/challenge/campaigns.h"
#include "vision/challenge/sequence_cases.h"

namespace batchwright::vision::challenge {

namespace {

struct Tally {
  int cases = 0, right = 0, passed = 0, failed = 0, undecided = 0, ended = 0;
};

std::vector<std::string> row_of(const std::string& title, const Tally& tally) {
  return {title,
          std::to_string(tally.cases),
          std::to_string(tally.passed),
          std::to_string(tally.failed),
          std::to_string(tally.undecided),
          std::to_string(tally.ended),
          rate_text(tally.right, tally.cases)};
}

Table table_of(std::uint64_t seed, const std::vector<Json>& outcomes) {
  Tally right, wrong, right_quiet, wrong_quiet;
  for (std::size_t i = 0; i < outcomes.size(); ++i) {
    const int number = static_cast<int>(i);
    const bool in_order = sequence_case(seed, number).came.empty();
    auto& tally = number < kSequenceOrders ? (in_order ? right : wrong)
                                           : (in_order ? right_quiet : wrong_quiet);
    ++tally.cases;
    if (!outcomes[i].is_object()) {
      ++tally.ended;
      continue;
    }
    const auto verdict = outcomes[i]["verdict"].get<std::string>();
    tally.right += outcomes[i]["right"].get<bool>() ? 1 : 0;
    tally.passed += verdict == "pass" ? 1 : 0;
    tally.failed += verdict == "fail" ? 1 : 0;
    tally.undecided += verdict == "undecided" ? 1 : 0;
  }
  return {"Orders of six actions",
          {"clips", "n", "pass", "fail", "undecided", "ended", "as it must be"},
          {row_of("right order", right), row_of("other orders", wrong),
           row_of("right order, idle and covered frames between", right_quiet),
           row_of("other orders, idle and covered frames between", wrong_quiet)}};
}

}  // namespace

Campaign sequences() {
  Campaign campaign;
  campaign.name = "sequences";
  campaign.about =
      "Rendered clips of a hand that opens six devices, each clip on a board, in light and noise "
      "of "
      "its own. Cases 0 to 719 are all orders, of which one is right; later ones are the same with "
      "idle time and hands between the actions that cover something and do nothing. As it must be: "
      "the right order passes; another fails and names the action that came and the one that was "
      "due.";
  campaign.truth = [](std::uint64_t seed, int number) {
    return truth_of(sequence_case(seed, number));
  };
  campaign.run = [](std::uint64_t seed, int number) {
    const auto one = sequence_case(seed, number);
    const auto result = play(one, seed, number);
    return Json{{"verdict", to_string(result.verdict)}, {"right", is_right(one, result)}};
  };
  campaign.tables = [](std::uint64_t seed, const std::vector<Json>& outcomes) {
    return std::vector{table_of(seed, outcomes)};
  };
  return campaign;
}

}  // namespace batchwright::vision::challenge
