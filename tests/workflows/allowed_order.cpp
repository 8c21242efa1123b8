#include "tests/workflows/allowed_order.h"

#include <fmt/format.h>

namespace batchwright::workflows::test {

std::string Guard::text(std::size_t style) const {
  const std::string name = "{" + step + ":n}";
  switch (kind) {
    case Kind::kAlways: return "true";
    case Kind::kAnswerIs:
      switch (style % 5) {
        case 0: return fmt::format("{} = {}", name, value);
        case 1: return fmt::format("{0} > {1} - 1 and {0} < {1} + 1", name, value);
        case 2: return fmt::format("not ({} <> {})", name, value);
        case 3: return fmt::format("round({} * 2.0 / 2, 0) = {}.0", name, value);
        default: return fmt::format("if({} = {}, 1, -1) >= 0", name, value);
      }
    case Kind::kCountBelow:
      return style % 2 == 0 ? fmt::format("count(\"{}\") < {}", step, value)
                            : fmt::format("not (count(\"{}\") >= {})", step, value);
  }
  return {};
}

bool Facts::holds(const Guard& guard) const {
  switch (guard.kind) {
    case Guard::Kind::kAlways: return true;
    case Guard::Kind::kAnswerIs: {
      const auto found = answers.find(guard.step);
      return found != answers.end() && found->second == guard.value;
    }
    case Guard::Kind::kCountBelow: {
      const auto found = counts.find(guard.step);
      return (found == counts.end() ? 0 : found->second) < guard.value;
    }
  }
  return false;
}

}  // namespace batchwright::workflows::test
