// Two numbers divided by a line feed: parsed, calculated with, and every result reads back as the
// same value.
#include <cstdint>
#include <string_view>

#include "base/decimal.h"
#include "base/ensure.h"

namespace {

using namespace batchwright;

void check(const Result<Decimal>& number) {
  if (!number) return;
  const auto again = Decimal::parse(number->to_text());
  ensure(again.has_value(), "a number's text is a number");
  ensure(*again == *number && again->places() == number->places(), "and the same one");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  const std::size_t cut = std::min(input.find('\n'), input.size());
  const auto a = Decimal::parse(input.substr(0, cut));
  const auto b = Decimal::parse(input.substr(std::min(cut + 1, input.size())));
  check(a);
  if (!a || !b) return 0;
  check(add(*a, *b));
  check(subtract(*a, *b));
  check(multiply(*a, *b));
  check(divide(*a, *b));
  for (const int places : {-1, 0, 2, 34, 99}) check(a->rounded(places));
  ensure((*a < *b) == (*b > *a), "order has two sides");
  return 0;
}
