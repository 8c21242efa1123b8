// Any bytes as an expression: parsed or refused with a column, checked for kind and unit, and
// evaluated without a crash.
#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "workflows/internal/expression_kind.h"

using namespace batchwright;
using namespace batchwright::workflows;

namespace {

std::string unit_of_name(std::string_view name) {
  static constexpr const char* kUnits[] = {"kg", "%", "°C", "", "g", "mol/L", "K", "wk9", "ppb"};
  return kUnits[name.size() % std::size(kUnits)];
}

}  // namespace

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
      .count = [](std::string_view step) { return static_cast<int>(step.size()); },
      .unit = unit_of_name};
  (void)expression->evaluate(environment);
  KindReport report{.text = expression->text(), .findings = {}};
  const auto kind_of = [](std::string_view name) { return number_in(unit_of_name(name)); };
  const Kind kind = infer_kind(*expression->root(), kind_of, report);
  check_declared(*expression->root(), kind, number_in("kg"), report);
  for (const Finding& finding : report.findings) {
    if (finding.message.size() > 10'000) std::abort();
  }
  // What was accepted is accepted again, and reads the same names.
  const auto again = Expression::parse(expression->text());
  if (!again || again->references() != expression->references()) std::abort();
  return 0;
}
