#include "vision/challenge/sequence_cases.h"

#include <algorithm>
#include <numeric>

#include "base/ensure.h"
#include "vision/engine/check_engine.h"

namespace batchwright::vision::challenge {

namespace {

const cv::Size kSize(240, 180);
constexpr std::uint64_t kScriptDice = 0x5c, kBoardDice = 0xb0;

std::string action_of(int device) {
  return "open-device-" + std::to_string(device + 1);
}

std::vector<int> order_of(int number) {
  std::vector<int> order(kSequenceDevices);
  std::iota(order.begin(), order.end(), 0);
  for (int i = 0; i < number; ++i) std::ranges::next_permutation(order);
  return order;
}

void add_quiet(std::vector<Happening>& script, Dice& dice) {
  for (int i = dice.whole(0, 3); i > 0; --i) {
    const int device = dice.whole(0, kSequenceDevices - 1);
    if (dice.chance(0.5))
      script.push_back({Happening::Kind::kCover, device, dice.whole(1, 9)});
    else
      script.push_back({Happening::Kind::kIdle, device, dice.whole(1, 12)});
  }
}

}  // namespace

SequenceCase sequence_case(std::uint64_t seed, int number) {
  SequenceCase one;
  one.order = order_of(number % kSequenceOrders);
  Dice dice = Dice::of_case(seed ^ kScriptDice, static_cast<std::uint64_t>(number));
  for (const int device : one.order) {
    if (number >= kSequenceOrders) add_quiet(one.script, dice);
    one.script.push_back({Happening::Kind::kAct, device, 0});
  }
  for (int i = 0; i < kSequenceDevices; ++i) {
    if (one.order[static_cast<std::size_t>(i)] == i) continue;
    one.came = action_of(one.order[static_cast<std::size_t>(i)]);
    one.due = action_of(i);
    break;
  }
  return one;
}

std::string truth_of(const SequenceCase& one) {
  std::string text;
  for (const auto& happening : one.script) {
    const char* const kind = happening.kind == Happening::Kind::kAct     ? "act"
                             : happening.kind == Happening::Kind::kCover ? "cover"
                                                                         : "idle";
    text += kind + std::string(" ") + std::to_string(happening.device + 1) + " " +
            std::to_string(happening.frames) + "; ";
  }
  return text + (one.came.empty() ? "pass" : "fail " + one.came + " before " + one.due);
}

CheckResult play(const SequenceCase& one, std::uint64_t seed, int number, int* frames) {
  Dice dice = Dice::of_case(seed ^ kBoardDice, static_cast<std::uint64_t>(number));
  const auto board = board_of(kSequenceDevices, kSize, dice);
  const std::vector<bool> closed(kSequenceDevices, false);
  std::vector<BoardAction> actions;
  for (int i = 0; i < kSequenceDevices; ++i) actions.push_back({i, true});
  auto engine = CheckEngine::prepare(sequence_check(board, closed, actions, dice.bits()));
  ensure(engine.has_value(), "a rendered board makes a check");
  const auto light = ClipLight::any(dice);
  const Clip clip(board, closed, one.script, light, dice.bits());
  const SystemClock clock;
  CheckResult result;
  for (int i = 0; i < clip.frames(); ++i) {
    result = engine->judge(clip.frame(i), {}, clock);
    if (frames != nullptr) *frames = i + 1;
    if (result.verdict != Verdict::kUndecided) break;
  }
  return result;
}

bool is_right(const SequenceCase& one, const CheckResult& result) {
  if (one.came.empty()) return result.verdict == Verdict::kPass;
  const auto failed = std::ranges::find(result.regions, Verdict::kFail, &RegionResult::verdict);
  return result.verdict == Verdict::kFail && failed != result.regions.end() &&
         failed->code == "out_of_order" && failed->region == one.came && failed->seen == one.came &&
         failed->expected == one.due;
}

}  // namespace batchwright::vision::challenge
