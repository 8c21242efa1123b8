// SQL text that was fixed when the program was compiled. There is no way to make one at run time,
// so nothing a person typed, a scanner read or a peer sent can ever become SQL.
#pragma once

#include <cstddef>
#include <string_view>

namespace batchwright::offline_store::sqlite {

class Sql {
 public:
  template <std::size_t N>
  consteval Sql(const char (&text)[N])
      : text_(text, N - 1) {}  // NOLINT(google-explicit-constructor): a literal is SQL

  [[nodiscard]] constexpr std::string_view text() const { return text_; }
  // With an end mark behind it, as every literal has one.
  [[nodiscard]] constexpr const char* c_str() const { return text_.begin(); }

 private:
  std::string_view text_;
};

}  // namespace batchwright::offline_store::sqlite
