// Requirement A6: decimals against an independent implementation, Python's decimal module, over
// random numbers of every size. The seed is printed; BATCHWRIGHT_SEED repeats a run.
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <random>

#include "base/decimal.h"
#include "tests/support/oracle.h"

namespace batchwright {
namespace {

constexpr int kCases = 6'000;

class Numbers {
 public:
  explicit Numbers(std::uint64_t seed) : engine_(seed) {}

  int below(int limit) { return std::uniform_int_distribution(0, limit - 1)(engine_); }

  // Any length from 1 to 34 digits and any point; often nines, zeros and fives, where carrying and
  // ties are.
  Decimal any() {
    const int digits = below(4) == 0 ? 1 + below(34) : 1 + below(12);
    const int style = below(4);
    std::string text;
    for (int i = 0; i < digits; ++i) text += digit(style);
    const auto places = static_cast<std::size_t>(below(digits + 1));
    std::string number = text.substr(0, text.size() - places);
    if (places > 0) number += "." + text.substr(text.size() - places);
    return Decimal::parse((below(2) == 0 ? "-" : "") + number).value();
  }

 private:
  char digit(int style) {
    if (style == 0) return '9';
    if (style == 1) return "0059"[below(4)];
    return static_cast<char>('0' + below(10));
  }

  std::mt19937_64 engine_;
};

std::string words(const Result<Decimal>& result) {
  return result ? result->to_text() : "error";
}

void write_case(std::ostream& out, Numbers& numbers) {
  const Decimal a = numbers.any();
  const Decimal b = numbers.any();
  const auto line = [&](const char* operation, const Result<Decimal>& result) {
    out << fmt::format("{} {} {} {}\n", operation, a.to_text(), b.to_text(), words(result));
  };
  line("add", add_rounded(a, b));
  line("multiply", multiply_rounded(a, b));
  line("divide", divide(a, b));
  line("exact_add", add(a, b));
  line("exact_multiply", multiply(a, b));
  const int places = numbers.below(a.places() + 1);  // fewer: more zeros may not fit 34 digits
  for (const auto& [rule, name] : {std::pair{Rounding::kHalfEven, "half_even"},
                                   {Rounding::kHalfUp, "half_up"},
                                   {Rounding::kDown, "down"}}) {
    out << fmt::format("round {} {} {} {}\n", a.to_text(), places, name,
                       a.rounded(places, rule).to_text());
  }
}

TEST(DecimalOracle, EveryResultIsWhatPythonsDecimalSays) {
  const std::uint64_t seed = test::printed_seed();
  const auto file = std::filesystem::temp_directory_path() /
                    fmt::format("batchwright-decimals-{}.txt", ::getpid());
  {
    std::ofstream out(file);
    Numbers numbers(seed);
    for (int i = 0; i < kCases; ++i) write_case(out, numbers);
  }
  const std::string output =
      test::output_of(fmt::format("python3 '{}/tests/base/decimal_oracle.py' < '{}' 2>&1",
                                  BATCHWRIGHT_SOURCE_DIR, file.string()));
  std::filesystem::remove(file);
  EXPECT_EQ(output, fmt::format("compared {}\n", kCases * 8)) << "BATCHWRIGHT_SEED=" << seed;
}

}  // namespace
}  // namespace batchwright
