// Requirement A6: formulas to their declared decimals against an independent calculation in exact
// fractions, over random values. The seed is printed; BATCHWRIGHT_SEED repeats a run.
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <random>

#include "tests/support/oracle.h"
#include "tests/workflows/mbr_builder.h"
#include "workflows/entry_value.h"

namespace batchwright::workflows::test {
namespace {

struct Formula {
  const char *name, *text;
  const char* unit_of_x;
};

constexpr Formula kFormulas[] = {
    {"potency", "potency({x}, {assay}, {lod})", "g"}, {"yield", "yield({x}, {assay})", ""},
    {"mean", "mean({x}, {assay}, {lod})", ""},        {"flow", "convert({x}, \"mL/min\")", "L/h"},
    {"celsius", "convert({x}, \"°C\")", "°F"},        {"psi", "convert({x}, \"mbar\")", "psi"},
};
constexpr int kRounds = 1'000;

// A number as a panel gets it: up to six digits before the point, up to four behind.
Decimal typed(std::mt19937_64& engine, int whole_max, int low = 0) {
  const auto any = [&](int from, int to) {
    return std::uniform_int_distribution(from, to)(engine);
  };
  const int places = any(0, 4);
  std::string text = std::to_string(any(low, whole_max));
  if (places > 0) text += '.';
  for (int i = 0; i < places; ++i) text += static_cast<char>('0' + any(0, 9));
  return dec(text);
}

void write_case(std::ostream& out, const Formula& formula, std::mt19937_64& engine) {
  const Decimal x = typed(engine, 999'999);
  const Decimal assay = typed(engine, 119, 1);
  const Decimal lod = typed(engine, 98);
  Expression::Environment environment;
  environment.value = [&](std::string_view name) {
    return Value(name == "x" ? x : name == "assay" ? assay : lod);
  };
  environment.unit = [&](std::string_view name) {
    return std::string(name == "x" ? formula.unit_of_x : "%");
  };
  const auto value = expr(formula.text).evaluate(environment);
  ASSERT_TRUE(value) << formula.name;
  Entry entry = computed("r", "0", std::uniform_int_distribution(0, 5)(engine));
  const std::pair<Rounding, const char*> kRules[] = {{Rounding::kHalfEven, "half_even"},
                                                     {Rounding::kHalfUp, "half_up"},
                                                     {Rounding::kDown, "down"}};
  for (const auto& [rule, name] : kRules) {
    entry.rounding = rule;
    const auto reported = report_decimal(entry, std::get<Decimal>(*value));
    ASSERT_TRUE(reported);
    out << fmt::format("{} {} {} {} {} {} {}\n", formula.name, x.to_text(), assay.to_text(),
                       lod.to_text(), entry.places, name, reported->value);
  }
}

TEST(FormulaOracle, EveryReportedResultIsWhatExactFractionsGive) {
  const std::uint64_t seed = batchwright::test::printed_seed();
  const auto file = std::filesystem::temp_directory_path() /
                    fmt::format("batchwright-formulas-{}.txt", ::getpid());
  {
    std::ofstream out(file);
    std::mt19937_64 engine(seed);
    for (int i = 0; i < kRounds; ++i) {
      for (const Formula& formula : kFormulas) write_case(out, formula, engine);
    }
  }
  const std::string output = batchwright::test::output_of(
      fmt::format("python3 '{}/tests/workflows/formula_oracle.py' < '{}' 2>&1",
                  BATCHWRIGHT_SOURCE_DIR, file.string()));
  std::filesystem::remove(file);
  EXPECT_EQ(output, fmt::format("compared {}\n", kRounds * std::size(kFormulas) * 3))
      << "BATCHWRIGHT_SEED=" << seed;
}

}  // namespace
}  // namespace batchwright::workflows::test
