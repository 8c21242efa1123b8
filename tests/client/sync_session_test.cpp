// A session between a store that says no and a twin that sends what can't be kept. Sync goes on
// with everything else, and nothing is lost without a word.
#include "client/sync/sync_session.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <deque>

#include "tests/client/sync_refusing_store.h"
#include "tests/support/record_fixtures.h"

namespace batchwright::client::sync {
namespace {

using fakes::RefusingStore;
using offline_store::Wedged;
using test::must;
using test::TestPanel;
using test::TestSite;
using ::testing::HasSubstr;

// Answers the journal with a receipt for all of it, and the feed with the pages it was given.
class ScriptedTwin final : public Transport {
 public:
  ScriptedTwin(const TestSite& site, const TestPanel& panel, ManualClock& clock)
      : site_(site), panel_(panel), clock_(clock) {}

  std::deque<Json> pages;
  int journals = 0, polls = 0;

  void start(Lane lane, const Request& request) override {
    if (lane == Lane::kFeed) {
      ++polls;
      if (!pages.empty()) done_.push_back({lane, json_answer(pages.front())});
      if (!pages.empty()) pages.pop_front();
      return;
    }
    ASSERT_TRUE(request.path.ends_with("/journal")) << request.path;
    ++journals;
    const auto seq = panel_.stored.size();
    Json json = Json::object();
    json["receipt"] =
        record::to_json(site_.receipt(panel_.writer.device(), seq, panel_.stored.back().hash));
    done_.push_back({lane, json_answer(json)});
  }
  std::vector<Completion> wait(std::int64_t timeout_ms) override {
    if (done_.empty()) clock_.advance_ms(timeout_ms);
    return std::exchange(done_, {});
  }
  void wake() override {}
  void cancel_all() override { done_.clear(); }

 private:
  static Answer json_answer(const Json& json) {
    return {.status = 200, .content_type = "application/json", .body = to_text(json)};
  }

  const TestSite& site_;
  const TestPanel& panel_;
  ManualClock& clock_;
  std::vector<Completion> done_;
};

class SyncWithAStoreThatSaysNo : public ::testing::Test {
 protected:
  SyncWithAStoreThatSaysNo() {
    settings.device = panel.writer.device();
    settings.receipt_key = site.receipt_key.public_key();
    settings.trust.anchor = site.anchor();
    settings.trust.own_device = settings.device;
    settings.trust.devices[other.writer.device()] = other.key.public_key();
    session.emplace(store, twin, clock, settings, [] { return 0u; });
  }
  void write() { ASSERT_TRUE(store.append(panel.commit({panel.entry("20.0")}))); }
  void exchange(int times = 1) {
    for (int i = 0; i < times; ++i) {
      const auto sent = session->send_due();
      ASSERT_TRUE(sent) << sent.error().message;
      const auto received = session->receive(5'000);
      ASSERT_TRUE(received) << received.error().message;
    }
  }
  static Json page(const char* cursor, const std::vector<Json>& items) {
    Json json = Json::object();
    json["cursor"] = cursor;
    json["items"] = items;
    return json;
  }
  Json issue(const std::string& run) const {
    const record::BatchIssue issue{.site = site.name,
                                   .run = run,
                                   .number = "B-1",
                                   .mbr = "recipe",
                                   .version = "1",
                                   .kind = "batch",
                                   .time = to_text(test::kTestStart),
                                   .mbr_hash = {}};
    Json item = Json::object();
    item["kind"] = "issue";
    item["document"] =
        record::to_json(record::sign_document("issue", record::to_statement(issue), site.key));
    return item;
  }
  static Json commit_of(TestPanel& panel, const std::string& value) {
    Json item = Json::object();
    item["kind"] = "commit";
    item["device"] = panel.writer.device();
    item["lines"] = Json::array();
    for (const auto& line : panel.commit({panel.entry(value)})) item["lines"].push_back(line.bytes);
    return item;
  }

  TestSite site;
  TestPanel panel{site};
  TestPanel other{site, "panel-other", "MIX3", 33};
  ManualClock clock{test::kTestStart};
  RefusingStore store{offline_store::make_memory_store(panel.enrolment.hash())};
  ScriptedTwin twin{site, panel, clock};
  Protocol::Settings settings;
  std::optional<SyncSession> session;
};

TEST_F(SyncWithAStoreThatSaysNo, AForkedCommitOfAnotherPanelIsToldAndEverythingElseGoesOn) {
  RecordProperty("requirement", "I5, I7");
  auto copy = other;  // the same key and the same line numbers
  const auto good = commit_of(other, "20.0");
  const auto forked = commit_of(copy, "66.0");
  const auto next = commit_of(other, "21.0");
  twin.pages = {page("1", {good}), page("2", {forked, next})};
  write();
  exchange(4);
  write();
  exchange(4);
  const auto status = session->status();
  EXPECT_EQ(status.only_here, 0u) << "this panel's own journal is sent";
  EXPECT_EQ(status.alarm, Alarm::kNone);
  EXPECT_EQ(status.refused_arrivals, 1u);
  EXPECT_EQ(status.wedged, 0u) << "nothing of ours was refused";
  EXPECT_THAT(status.last_refused, HasSubstr("two different lines with the same number"));
  EXPECT_EQ(must(store.cursor()), "2");
  EXPECT_EQ(must(store.load_foreign(other.run)), other.lines()) << "the good commit of the page";
  const auto told = must(store.wedged());
  ASSERT_EQ(told.size(), 1u);
  EXPECT_EQ(told[0].reason, kArrivalConflict);
  EXPECT_THAT(told[0].detail, HasSubstr("panel-other line 1"));
}

TEST_F(SyncWithAStoreThatSaysNo, ADocumentThatCannotBeKeptIsToldOnceAndTheCursorMovesOn) {
  RecordProperty("requirement", "I7");
  const auto bad = page("1", {issue(std::string(300, 'r')), issue("run-1")});
  twin.pages = {bad, page("2", {issue("run-2")}), bad};
  write();
  exchange(6);
  const auto status = session->status();
  EXPECT_EQ(status.alarm, Alarm::kNone) << status.last_error;
  EXPECT_EQ(status.only_here, 0u);
  EXPECT_EQ(status.refused_arrivals, 1u) << "the same document again is no other one";
  EXPECT_TRUE(must(store.catalogue("issue", "run-1")));
  EXPECT_TRUE(must(store.catalogue("issue", "run-2")));
  const auto told = must(store.wedged());
  ASSERT_EQ(told.size(), 1u);
  EXPECT_EQ(told[0].reason, kArrivalRefused);
  EXPECT_THAT(told[0].detail, HasSubstr("too large"));
  EXPECT_TRUE(must(unsettled(store)).empty());
}

TEST_F(SyncWithAStoreThatSaysNo, ADirectoryThatForgetsSomebodyDoesNotForgetTheirSignatures) {
  RecordProperty("requirement", "C3, M2");
  const auto item = [this](std::uint64_t version) {
    site.directory.version = version;
    Json json = Json::object();
    json["kind"] = "directory";
    json["document"] = record::to_json(site.directory_document());
    json["wrapped"] = Json::array();
    return json;
  };
  const auto first = item(8), same_people = item(9);
  const auto left = site.directory.people.back().id;
  site.directory.people.pop_back();
  twin.pages = {page("1", {first}), page("2", {same_people}), page("3", {item(10)})};
  write();
  exchange(8);
  ASSERT_EQ(session->status().refused_arrivals, 0u) << session->status().last_refused;
  EXPECT_EQ(must(store.catalogue_all("directory")).size(), 2u)
      << "one for today, one for the signatures of " << left;
  EXPECT_FALSE(must(store.catalogue("directory", "v8"))) << "nobody was missing in version 9";
  EXPECT_TRUE(must(store.catalogue("directory", "v9")));
}

TEST_F(SyncWithAStoreThatSaysNo, AFullDiskIsWaitedOutAndNothingThatArrivedIsLost) {
  RecordProperty("requirement", "T5");
  twin.pages = {page("1", {issue("run-1")}), page("2", {issue("run-2")})};
  write();
  store.fail_writes_with = Error{ErrorCode::kFull, "There is no space left on this panel.", {}};
  exchange(30);
  auto status = session->status();
  EXPECT_EQ(status.alarm, Alarm::kStore);
  EXPECT_EQ(status.last_error, "There is no space left on this panel.");
  EXPECT_EQ(status.confirmed_through, 0u);
  EXPECT_EQ(status.refused_arrivals, 0u);
  EXPECT_EQ(twin.polls, 1) << "nothing new is asked for before the last answer is kept";
  EXPECT_EQ(twin.journals, 1);
  EXPECT_LE(store.failed_writes, 30) << "it waits between tries";
  store.fail_writes_with.reset();
  clock.advance_ms(Backoff::kLastMs);
  exchange(6);
  status = session->status();
  EXPECT_EQ(status.alarm, Alarm::kNone);
  EXPECT_EQ(status.last_error, "");
  EXPECT_EQ(status.only_here, 0u);
  EXPECT_TRUE(must(store.catalogue("issue", "run-1")));
  EXPECT_TRUE(must(store.catalogue("issue", "run-2")));
  EXPECT_EQ(must(store.cursor()), "2");
}

TEST_F(SyncWithAStoreThatSaysNo, AFailedOrDamagedStoreEndsTheSession) {
  RecordProperty("requirement", "T4");
  for (const auto code : {ErrorCode::kIo, ErrorCode::kAltered}) {
    session.emplace(store, twin, clock, settings, [] { return 0u; });
    store.fail_writes_with = Error{code, "The disk of this panel failed.", {}};
    twin.pages = {page("1", {issue("run-1")})};
    ASSERT_TRUE(session->send_due());
    const auto received = session->receive(5'000);
    ASSERT_FALSE(received);
    EXPECT_EQ(received.error().code, code);
  }
}

TEST_F(SyncWithAStoreThatSaysNo, AHostileTwinCannotFillTheDiskWithRefusals) {
  for (std::size_t i = 0; i < kArrivalRefusalsMax; ++i)
    ASSERT_TRUE(store.put_wedged(
        {.first = 0, .reason = kArrivalRefused, .detail = std::to_string(i), .time = "t"}));
  twin.pages = {page("1", {issue(std::string(300, 'r'))})};
  exchange(2);
  EXPECT_EQ(must(store.wedged()).size(), kArrivalRefusalsMax);
  EXPECT_EQ(session->status().refused_arrivals, 1u) << "counted and told all the same";
  EXPECT_THAT(session->status().last_refused, HasSubstr("too large"));
}

}  // namespace
}  // namespace batchwright::client::sync
