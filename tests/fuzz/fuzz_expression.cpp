// Any bytes as an expression: parsed or refused with a column, and evaluated without a crash.
#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "workflows/expression.h"

using namespace batchwright;
using namespace batchwright::workflows;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto expression = Expression::parse(text);
  if (!expression) {
    if (expression.error().place.empty()) std::abort();
    return 0;
  }
  const auto value_of = [](std::string_view name) -> Value {
    switch (name.size() % 4) {
      case 0: return NoValue{};
      case 1: return Decimal(static_cast<std::int64_t>(name.size()) - 5);
      case 2: return name.front() < 'n';
      default: return std::string(name);
    }
  };
  const Expression::Environment environment{
      .value = value_of,
      .completed = [](std::string_view step) { return step.size() % 2 == 0; },
      .count = [](std::string_view step) { return static_cast<int>(step.size()); }};
  (void)expression->evaluate(environment);
  // What was accepted is accepted again, and reads the same names.
  const auto again = Expression::parse(expression->text());
  if (!again || again->references() != expression->references()) std::abort();
  return 0;
}
