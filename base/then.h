// Chains steps that can fail: then(load(path), parse, check) runs each step on the value of the one
// before and stops at the first error. It is what std::expected::and_then becomes with g++ 13;
// Debian 12 has 12.
#pragma once

#include <functional>
#include <type_traits>
#include <utility>

#include "base/error.h"

namespace batchwright {

template <typename T>
[[nodiscard]] Result<T> then(Result<T> result) {
  return result;
}

// A step after Result<T> takes T; after Result<void> it takes nothing. Each returns a Result of its
// own type.
template <typename T, typename Step, typename... More>
[[nodiscard]] auto then(Result<T> result, Step&& step, More&&... more) {
  if constexpr (std::is_void_v<T>) {
    using Next = std::invoke_result_t<Step>;
    using Last = decltype(then(std::declval<Next>(), std::forward<More>(more)...));
    if (!result) return Last(std::unexpected(std::move(result.error())));
    return then(std::invoke(std::forward<Step>(step)), std::forward<More>(more)...);
  } else {
    using Next = std::invoke_result_t<Step, T>;
    using Last = decltype(then(std::declval<Next>(), std::forward<More>(more)...));
    if (!result) return Last(std::unexpected(std::move(result.error())));
    return then(std::invoke(std::forward<Step>(step), std::move(*result)),
                std::forward<More>(more)...);
  }
}

}  // namespace batchwright
