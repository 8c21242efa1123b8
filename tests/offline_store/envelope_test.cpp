// The quick look at a line that the chain check uses.
#include "offline_store/internal/envelope.h"

#include <gtest/gtest.h>

#include "tests/offline_store/sample_journal.h"

namespace batchwright::offline_store::internal {
namespace {

using offline_store::test::SampleJournal;

TEST(Envelope, SaysTheSameAsAFullDecode) {
  SampleJournal journal;
  for (int commit = 0; commit < 12; ++commit) {
    for (const auto& line : journal.next(2)) {
      const auto envelope = scan_envelope(line.bytes);
      ASSERT_TRUE(envelope) << line.bytes;
      EXPECT_EQ(envelope->device, line.line.device);
      EXPECT_EQ(envelope->seq, line.line.seq);
      EXPECT_EQ(envelope->prev, line.line.prev);
      EXPECT_EQ(envelope->hlc, line.line.hlc);
      EXPECT_EQ(envelope->time, line.line.time);
      EXPECT_EQ(envelope->type, line.line.type);
    }
  }
}

TEST(Envelope, RefusesEveryCutAndEveryOtherStart) {
  SampleJournal journal;
  const std::string line = journal.next()[0].bytes;
  const std::size_t end = line.find(R"("v":)");
  ASSERT_NE(end, std::string::npos);
  for (std::size_t bytes = 0; bytes < end + 3; ++bytes) {
    EXPECT_FALSE(scan_envelope(line.substr(0, bytes))) << bytes;
  }
  for (const char* start : {"", " ", "{}", "[1]", R"({"seq":1})", R"({ "device":"a")"}) {
    EXPECT_FALSE(scan_envelope(start)) << start;
  }
}

TEST(Envelope, RefusesASecondSpellingOfANumberOrAHash) {
  SampleJournal journal;
  const std::string line = journal.next()[0].bytes;
  const auto with = [&](const std::string& old, const std::string& text) {
    std::string changed = line;
    return changed.replace(changed.find(old), old.size(), text);
  };
  EXPECT_FALSE(scan_envelope(with(R"("seq":1)", R"("seq":01)")));
  EXPECT_FALSE(scan_envelope(with(R"("seq":1)", R"("seq":0)")));
  EXPECT_FALSE(scan_envelope(with(R"("seq":1)", R"("seq":-1)")));
  EXPECT_FALSE(scan_envelope(with(R"("seq":1)", R"("seq":99999999999999999999)")));
  EXPECT_FALSE(scan_envelope(with(R"("device":"device-a")", R"("device":"device\u002da")")));
  const std::size_t prev = line.find(R"("prev":")") + 8;
  std::string upper = line;
  upper.replace(prev, 2, "AB");
  EXPECT_FALSE(scan_envelope(upper));
}

}  // namespace
}  // namespace batchwright::offline_store::internal
