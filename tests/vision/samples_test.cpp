// Requirement E2: symbols are read from pictures nobody made for us. The rates are floors of what
// is measured; a wrong text may never be accepted.
#include "tests/vision/samples.h"

#include <gtest/gtest.h>

#include <cstdio>
#include <fstream>
#include <iterator>

#include "vision/engine/load_image.h"
#include "vision/engine/read_label.h"

namespace batchwright::vision {
namespace {

LabelReading read(const std::filesystem::path& file, Symbologies symbologies) {
  std::ifstream in(file, std::ios::binary);
  const std::vector<std::uint8_t> bytes((std::istreambuf_iterator<char>(in)), {});
  const auto frame = load_image(bytes);
  if (!frame) {
    LabelReading reading;
    reading.verdict = LabelVerdict::kBadImage;
    return reading;
  }
  // A clock that stands still: what is found must not hang on the machine's load.
  const ManualClock clock({});
  return read_label(*frame, {symbologies, 1000}, clock);
}

struct Expected {
  const char* family;
  double least;  // share that must be read
};

class Samples : public ::testing::TestWithParam<Expected> {
 protected:
  void SetUp() override {
    if (samples::folder().empty())
      GTEST_SKIP() << "no ../shared/vision-samples: the rates of real pictures are not measured";
  }
};

TEST_P(Samples, ReadAsOftenAsPromisedAndNeverWrong) {
  const auto [name, least] = GetParam();
  for (const auto& family : samples::families()) {
    if (std::string_view(name) != family.name) continue;
    const auto all = samples::of(family);
    ASSERT_FALSE(all.empty());
    std::size_t right = 0;
    for (const auto& sample : all) {
      bool found = false;
      for (const auto& symbol : read(sample.file, family.symbologies).symbols) {
        const bool same = samples::same_content(family, symbol.text, sample.truth);
        found = found || same;
        EXPECT_TRUE(same || samples::also_there(sample.file, symbol.text))
            << sample.file << " holds " << sample.truth << " and was read as " << symbol.text;
      }
      right += found ? 1 : 0;
    }
    const double rate = static_cast<double>(right) / static_cast<double>(all.size());
    std::printf("%s: %zu of %zu, %.1f %%\n", name, right, all.size(), 100 * rate);
    EXPECT_GE(rate, least);
  }
}

INSTANTIATE_TEST_SUITE_P(OfEveryFamily, Samples,
                         ::testing::Values(Expected{"QR", 0.95}, Expected{"Micro QR", 0.95},
                                           Expected{"Data Matrix", 0.88}, Expected{"Code 128", 1.0},
                                           Expected{"ITF", 0.95}, Expected{"EAN-13", 0.87},
                                           Expected{"EAN-8", 1.0}, Expected{"UPC-A", 0.87},
                                           Expected{"UPC-E", 0.85}),
                         [](const auto& test) {
                           std::string name = test.param.family;
                           std::erase_if(name, [](char c) { return c == ' ' || c == '-'; });
                           return name;
                         });

class WithoutSymbols : public ::testing::Test {};

TEST_F(WithoutSymbols, NothingIsReadWhereNothingIs) {
  if (samples::folder().empty())
    GTEST_SKIP() << "no ../shared/vision-samples: false reads are not measured";
  const auto all = samples::without_symbols();
  ASSERT_FALSE(all.empty());
  for (const auto& file : all)
    for (const auto& symbol : read(file, Symbologies::all()).symbols)
      ADD_FAILURE() << file << " was read as " << to_string(symbol.symbology) << " " << symbol.text;
}

}  // namespace
}  // namespace batchwright::vision
