// What the panel and the vision worker tell each other survives the way, and nothing else is taken
// for it.
#include "vision/message.h"

#include <gtest/gtest.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>

namespace batchwright::vision {
namespace {

LabelReading sample() {
  LabelReading reading;
  reading.verdict = LabelVerdict::kRead;
  reading.symbols = {{Symbology::kDataMatrix,
                      "01095060001343521725123110LOT7\x1d"
                      "21S-1",
                      true,
                      {Point{1, 2}, {30, 2}, {30, 40}, {-1, 40}},
                      {"zxing/as_it_is"}}};
  reading.quality = {true, Advice::kNone, 180.5, 0.25, 0.01, 0.5, 0, 3.25};
  reading.complete = true;
  reading.took_ms = 12;
  return reading;
}

TEST(VisionMessage, AReadingSurvivesTheWay) {
  const auto text = to_text(to_json(sample()));
  const auto back = label_reading_from_json(parse_json(text).value());
  ASSERT_TRUE(back.has_value());
  EXPECT_EQ(*back, sample());
  EXPECT_NE(text.find("\\u001d"), std::string::npos) << "FNC1 stays in the text";
}

TEST(VisionMessage, ATaskSurvivesTheWay) {
  LabelTask task{
      7, {{Symbology::kQr, Symbology::kItf}, 250}, false, {PixelFormat::kBgr, 640, 480, 1920, {}}};
  const auto back = label_task_from_json(to_json(task));
  ASSERT_TRUE(back.has_value());
  EXPECT_EQ(back->id, 7u);
  EXPECT_EQ(back->request, task.request);
  EXPECT_EQ(back->frame, task.frame);
  EXPECT_FALSE(back->stored);
}

TEST(VisionMessage, EveryMemberThatIsMissingOrOfAnotherKindIsRefused) {
  const Json whole = to_json(sample());
  for (const auto& [key, value] : whole.items()) {
    for (const Json& other : {Json(nullptr), Json(-1), Json("?"), Json::array({1}), Json(1e300)}) {
      SCOPED_TRACE(key + " = " + to_text(other));
      Json broken = whole;
      broken[key] = other;
      if (key == "reason" && other == "?") continue;  // a reason is any text
      EXPECT_FALSE(label_reading_from_json(broken).has_value());
    }
    Json without = whole;
    without.erase(key);
    EXPECT_FALSE(label_reading_from_json(without).has_value()) << key;
  }
}

TEST(VisionMessage, ReadWithoutASymbolAndASymbolWithoutReadAreRefused) {
  Json empty = to_json(sample());
  empty["symbols"] = Json::array();
  EXPECT_FALSE(label_reading_from_json(empty).has_value());
  for (const char* verdict : {"none", "bad_image", "not_performed"}) {
    Json other = to_json(sample());
    other["verdict"] = verdict;
    EXPECT_FALSE(label_reading_from_json(other).has_value()) << verdict;
  }
}

class Pair : public ::testing::Test {
 protected:
  Pair() { EXPECT_EQ(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends_.data()), 0); }
  ~Pair() override {
    for (const int end : ends_)
      if (end >= 0) ::close(end);
  }
  void write(std::string_view bytes) {
    ASSERT_EQ(::send(ends_[0], bytes.data(), bytes.size(), 0), static_cast<ssize_t>(bytes.size()));
  }
  std::array<int, 2> ends_{};
  SystemClock clock_;
};

TEST_F(Pair, AMessageArrivesWithItsPayload) {
  const std::vector<std::uint8_t> payload{1, 2, 3};
  ASSERT_TRUE(send_message(ends_[0], {{"a", 1}}, payload, 1000, clock_).has_value());
  const auto message = receive_message(ends_[1], 1000, clock_);
  ASSERT_TRUE(message.has_value());
  EXPECT_EQ(to_text(message->header), R"({"a":1})");
  EXPECT_EQ(message->payload, payload);
}

TEST_F(Pair, LengthsBeyondTheLimitsAreRefusedBeforeAnythingIsAllocated) {
  write(std::string_view("\xff\xff\xff\xff\0\0\0\0", 8));
  const auto message = receive_message(ends_[1], 1000, clock_);
  ASSERT_FALSE(message.has_value());
  EXPECT_EQ(message.error().code, ErrorCode::kMalformed);
}

TEST_F(Pair, SilenceAndAnEndAreToldAfterTheTime) {
  write("half");
  EXPECT_EQ(receive_message(ends_[1], 50, clock_).error().code, ErrorCode::kUnreachable);
  ::close(ends_[0]);
  ends_[0] = -1;
  EXPECT_EQ(receive_message(ends_[1], 60'000, clock_).error().code, ErrorCode::kUnreachable);
  EXPECT_EQ(send_message(ends_[1], {{"a", 1}}, {}, 1000, clock_).error().code,
            ErrorCode::kUnreachable);
}

}  // namespace
}  // namespace batchwright::vision
