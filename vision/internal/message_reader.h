// Reads members of a message's header. Nothing is believed: each is there, of its kind and within
// its limits, or it is nothing.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/error.h"
#include "base/json.h"
#include "vision/check_result.h"
#include "vision/frame.h"
#include "vision/quality.h"

namespace batchwright::vision {

inline constexpr std::int64_t kNumberMax = 1'000'000'000;

[[nodiscard]] std::unexpected<Error> wrong_message(std::string_view key);
[[nodiscard]] const Json* member(const Json& object, const char* key);
[[nodiscard]] std::optional<std::int64_t> whole(const Json& object, const char* key,
                                                std::int64_t min, std::int64_t max);
// The id of a task of this protocol that says it wants `what`.
[[nodiscard]] std::optional<std::uint64_t> task_id(const Json& header, std::string_view what);
[[nodiscard]] std::optional<double> measure(const Json& object, const char* key, double max);
[[nodiscard]] std::optional<bool> yes_or_no(const Json& object, const char* key);
[[nodiscard]] std::optional<std::string> text(const Json& object, const char* key,
                                              std::size_t bytes_max);

[[nodiscard]] Json to_json(const Quality& quality);
[[nodiscard]] Result<Quality> quality_from_json(const Json& json);

[[nodiscard]] Json expected_json(const ExpectedValues& expected);
[[nodiscard]] std::optional<ExpectedValues> expected_from(const Json& header);

}  // namespace batchwright::vision
