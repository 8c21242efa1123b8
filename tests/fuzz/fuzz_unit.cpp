// Any bytes as a unit: read or refused with words, and what was read is bounded, described, and the
// same when its description or itself is read again.
#include <cstdint>
#include <string_view>

#include "base/ensure.h"
#include "base/unit_scale.h"

using namespace batchwright;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto unit = parse_unit(text);
  if (!unit) {
    ensure(!unit.error().message.empty(), "a refusal says why");
    return 0;
  }
  ensure(unit->factor > 0, "a unit has a size");
  ensure(describe(*unit).size() < 500, "a description is short");
  ensure(parse_unit(text) == *unit, "reading is the same every time");
  const Decimal value = Decimal::parse("25.30").value();
  const auto same = convert(value, *unit, *unit);
  ensure(same.has_value() && *same == value, "a unit converts into itself");
  (void)convert(value, *unit, UnitScale{});
  return 0;
}
