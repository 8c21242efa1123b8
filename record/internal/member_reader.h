// Reads the members of a JSON object that must have exactly the expected ones, and remembers the
// first thing wrong.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/json.h"

namespace batchwright::record::internal {

// A getter that finds its member missing or of another kind answers an empty value; finish() then
// tells. `what` names the object in messages: "device enrolment".
class MemberReader {
 public:
  MemberReader(const Json& object, std::string_view what);

  // Bounded, valid text without control characters. May be empty.
  [[nodiscard]] std::string text(std::string_view key);
  // The same, at least one character.
  [[nodiscard]] std::string name(std::string_view key);
  // Any string; the caller checks it.
  [[nodiscard]] std::string raw(std::string_view key);
  [[nodiscard]] std::uint64_t number(std::string_view key);  // decimal string
  [[nodiscard]] std::string time(std::string_view key);      // base/time.h text form
  [[nodiscard]] bool boolean(std::string_view key);
  [[nodiscard]] const Json& object(std::string_view key);
  [[nodiscard]] const Json& array(std::string_view key);
  [[nodiscard]] const Json& any(std::string_view key);

  template <std::size_t N>
  [[nodiscard]] std::array<std::uint8_t, N> hex(std::string_view key) {
    const auto bytes = array_from_hex<N>(raw(key));
    if (!bytes) note(key, "is not the expected number of lower-case hex digits");
    return bytes.value_or(std::array<std::uint8_t, N>{});
  }

  // Records that the value of `key` breaks a rule of the caller.
  void note(std::string_view key, std::string_view problem);

  // What was wrong, unknown members included; nothing when all is well. Call it last.
  [[nodiscard]] std::optional<Error> finish();

 private:
  const Json* object_;
  std::string what_;
  std::vector<std::string_view> asked_;
  std::optional<Error> error_;
};

}  // namespace batchwright::record::internal
