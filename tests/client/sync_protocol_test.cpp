// The sync protocol alone: what is sent next, and what each answer means. No network, no clock.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "client/sync/protocol.h"
#include "tests/support/record_fixtures.h"

namespace batchwright::client::sync {
namespace {

using test::must;
using test::TestPanel;
using test::TestSite;
using ::testing::HasSubstr;

class SyncProtocol : public ::testing::Test {
 protected:
  SyncProtocol() {
    test::write_events(panel, site, 40);
    settings.device = panel.writer.device();
    settings.receipt_key = site.receipt_key.public_key();
    settings.trust.anchor = site.anchor();
    settings.trust.own_device = settings.device;
  }

  Protocol& protocol() {
    if (!made) made.emplace(settings);
    return *made;
  }
  [[nodiscard]] std::uint64_t head() const { return panel.stored.size(); }
  [[nodiscard]] Moment moment() const {
    return {.now_ms = now_ms, .wall = test::kTestStart, .random = 0};
  }
  OwnHash own_hash() {
    return [this](std::uint64_t seq) -> std::optional<Digest> {
      if (seq == 0 || seq > panel.stored.size()) return std::nullopt;
      return panel.stored[seq - 1].hash;
    };
  }
  // The batch that is to be sent now.
  Batch batch() {
    const auto task = protocol().next(Lane::kSend, {.head = head(), .evidence = {}}, now_ms);
    if (!task || !std::holds_alternative<SendJournal>(*task)) {
      ADD_FAILURE() << "nothing of the journal is to be sent";
      return {};
    }
    const auto& send = std::get<SendJournal>(*task);
    const auto lines = panel.lines();
    const std::vector<std::string> rest(lines.begin() + static_cast<std::ptrdiff_t>(send.first) - 1,
                                        lines.end());
    return must(cut_batch(send.first, rest, send.limits));
  }
  std::vector<Effect> answer(const Batch& sent, const Result<Answer>& with) {
    return protocol().take_journal(sent, with, own_hash(), head(), moment());
  }
  Answer receipt_answer(std::uint64_t seq) {
    return json_answer("receipt", record::to_json(site.receipt(settings.device, seq,
                                                               panel.stored.at(seq - 1).hash)));
  }
  static Answer json_answer(const char* key, const Json& value) {
    Json json = Json::object();
    json[key] = value;
    return {.status = 200, .content_type = "application/json", .body = to_text(json)};
  }
  static Answer problem(int status, const char* type, std::uint64_t seq = 0) {
    Json json = Json::object();
    json["type"] = std::string("urn:batchwright:problem:") + type;
    json["title"] = std::string("The twin says ") + type + ".";
    if (seq != 0) json["seq"] = seq;
    return {.status = status, .content_type = "application/problem+json", .body = to_text(json)};
  }
  [[nodiscard]] bool sends_now() {
    const auto task = protocol().next(Lane::kSend, {.head = head(), .evidence = {}}, now_ms);
    if (task) protocol().abandon(Lane::kSend, "only looked", moment());
    return task.has_value();
  }

  TestSite site;
  TestPanel panel{site};
  Protocol::Settings settings;
  std::optional<Protocol> made;
  std::int64_t now_ms = 1'000;
};

TEST_F(SyncProtocol, ConfirmsOnlyWithAReceiptAndThenHasNothingToSend) {
  RecordProperty("requirement", "I7");
  const auto sent = batch();
  EXPECT_EQ(sent.last, head());
  const auto effects = answer(sent, receipt_answer(head()));
  ASSERT_EQ(effects.size(), 1u);
  EXPECT_EQ(std::get<StoreReceipt>(effects[0]).seq, head());
  EXPECT_FALSE(sends_now());
  EXPECT_EQ(protocol().condition().state, SyncState::kConnected);
}

TEST_F(SyncProtocol, BelievesNoReceiptThatTheSitesTwinDidNotSign) {
  auto forger = site;
  forger.receipt_key = test::key_from(66);
  const auto sent = batch();
  const auto forged = forger.receipt(settings.device, head(), panel.stored.back().hash);
  EXPECT_TRUE(answer(sent, json_answer("receipt", record::to_json(forged))).empty());
  EXPECT_EQ(protocol().condition().alarm, Alarm::kFalseReceipt);
  EXPECT_FALSE(sends_now()) << "sending stops until a person looks";
  protocol().retry();
  EXPECT_TRUE(sends_now()) << "and nothing was lost";
}

TEST_F(SyncProtocol, BelievesNoReceiptWithAnAlteredStatementOrForAnotherDevice) {
  auto altered = site.receipt(settings.device, 3, panel.stored[2].hash);
  altered.statement.replace(altered.statement.find("\"3\""), 3, "\"9\"");
  for (const auto& document :
       {record::to_json(altered),
        record::to_json(site.receipt("another-panel", 3, panel.stored[2].hash)), Json("text"),
        Json::object(), Json(), Json::array()}) {
    made.emplace(settings);
    EXPECT_TRUE(answer(batch(), json_answer("receipt", document)).empty());
    EXPECT_EQ(protocol().condition().alarm, Alarm::kFalseReceipt) << to_text(document);
  }
}

TEST_F(SyncProtocol, AWellSignedReceiptOverOtherLinesIsAFork) {
  const auto other = site.receipt(settings.device, 5, sha256("another line"));
  auto effects = answer(batch(), json_answer("receipt", record::to_json(other)));
  ASSERT_EQ(effects.size(), 1u);
  EXPECT_EQ(std::get<StoreWedged>(effects[0]).wedged.reason, "fork");
  EXPECT_EQ(protocol().condition().alarm, Alarm::kFork);
  made.emplace(settings);
  const auto beyond = site.receipt(settings.device, head() + 5, sha256("from a later life"));
  effects = answer(batch(), json_answer("receipt", record::to_json(beyond)));
  ASSERT_EQ(effects.size(), 1u);
  EXPECT_THAT(std::get<StoreWedged>(effects[0]).wedged.detail, HasSubstr("restored"));
}

TEST_F(SyncProtocol, WedgesAForkAndStopsSendingLines) {
  const auto effects = answer(batch(), problem(409, "fork", 7));
  ASSERT_EQ(effects.size(), 1u);
  const auto& wedged = std::get<StoreWedged>(effects[0]).wedged;
  EXPECT_EQ(wedged.reason, "fork");
  EXPECT_EQ(wedged.first, 7u);
  EXPECT_EQ(wedged.detail, "The twin says fork.");
  EXPECT_EQ(protocol().condition().alarm, Alarm::kFork);
  EXPECT_FALSE(sends_now());
}

TEST_F(SyncProtocol, WedgesAnyOtherRefusalWithTheTwinsWords) {
  for (const int status : {400, 404, 405, 410, 415, 422, 451}) {
    made.emplace(settings);
    const auto effects = answer(batch(), problem(status, "altered", 4));
    ASSERT_EQ(effects.size(), 1u) << status;
    const auto& wedged = std::get<StoreWedged>(effects[0]).wedged;
    EXPECT_EQ(wedged.reason, "rejected");
    EXPECT_EQ(wedged.first, 4u);
    EXPECT_EQ(protocol().condition().alarm, Alarm::kRejected);
  }
}

TEST_F(SyncProtocol, StopsAndTellsWhenItIsNotAllowedIn) {
  for (const int status : {401, 403}) {
    made.emplace(settings);
    EXPECT_TRUE(answer(batch(), problem(status, "unknown-device")).empty());
    EXPECT_EQ(protocol().condition().alarm, Alarm::kDenied);
    EXPECT_EQ(protocol().condition().last_error, "The twin says unknown-device.");
    now_ms += 3'600'000;
    EXPECT_FALSE(sends_now());
  }
}

TEST_F(SyncProtocol, TriesAgainLaterAfterEverythingThatMayPass) {
  RecordProperty("requirement", "T10");
  const std::vector<Result<Answer>> passing{
      fail(ErrorCode::kUnreachable, "no route"),
      problem(408, "x"),
      problem(425, "x"),
      problem(429, "x"),
      problem(500, "x"),
      problem(502, "x"),
      problem(503, "busy"),
      problem(504, "x"),
      problem(422, "digest"),
      Answer{.status = 200, .content_type = "text/html", .body = "<html>sign in here</html>"},
      Answer{.status = 403, .content_type = "text/html", .body = "<html>proxy</html>"},
      Answer{.status = 404, .content_type = "text/plain", .body = "nothing here"},
      Answer{.status = 302, .content_type = "text/html", .body = {}},
      Answer{.status = 200, .content_type = "application/json", .body = "<html>"},
      Answer{.status = 200, .content_type = "application/json", .body = "[]"},
      Answer{.status = 200, .content_type = "application/json", .body = "{}"},
      Answer{.status = 200, .content_type = "application/json", .body = {}},
      Answer{.status = 204, .content_type = {}, .body = {}},
      json_answer("want", Json("1")),
      json_answer("want", Json(0)),
      json_answer("want", Json(-3)),
      json_answer("want", Json(9'999'999)),
      json_answer("want", Json(1))};
  for (const auto& passed : passing) {
    made.emplace(settings);
    EXPECT_TRUE(answer(batch(), passed).empty());
    EXPECT_EQ(protocol().condition().state, SyncState::kOffline);
    EXPECT_EQ(protocol().condition().alarm, Alarm::kNone);
    EXPECT_FALSE(protocol().condition().last_error.empty());
    EXPECT_FALSE(sends_now()) << "not at once";
    now_ms += 1'000;
    EXPECT_TRUE(sends_now());
  }
}

TEST_F(SyncProtocol, SaysThatAWebPageAnsweredInsteadOfTheTwin) {
  answer(batch(), Answer{.status = 200, .content_type = "text/html", .body = "<html>"});
  EXPECT_THAT(protocol().condition().last_error, HasSubstr("web page answered instead"));
}

TEST_F(SyncProtocol, WaitsLongerEachTimeAndAsLongAsTheTwinAsks) {
  std::int64_t before = 0;
  for (int i = 0; i < 12; ++i) {
    now_ms = std::max(now_ms, protocol().due_ms(Lane::kSend));
    answer(batch(), fail(ErrorCode::kUnreachable, "no route"));
    const auto wait_ms = protocol().due_ms(Lane::kSend) - now_ms;
    EXPECT_GE(wait_ms, before);
    EXPECT_LE(wait_ms, Backoff::kLastMs);
    before = wait_ms;
  }
  EXPECT_EQ(before, Backoff::kLastMs / 2) << "random 0 gives the shorter half";
  now_ms = protocol().due_ms(Lane::kSend);
  auto asked = problem(503, "busy");
  asked.retry_after_s = 120;
  answer(batch(), asked);
  EXPECT_EQ(protocol().due_ms(Lane::kSend) - now_ms, 120'000);
}

TEST_F(SyncProtocol, HalvesABatchThatIsTooLargeUntilOneCommitIsLeft) {
  std::size_t before = 1'000;
  for (int i = 0; i < 20; ++i) {
    const auto sent = batch();
    ASSERT_LT(sent.commits, before);
    before = sent.commits;
    const auto effects = answer(sent, problem(413, "too-large"));
    if (sent.commits > 1) {
      EXPECT_TRUE(effects.empty());
      continue;
    }
    ASSERT_EQ(effects.size(), 1u);
    EXPECT_EQ(std::get<StoreWedged>(effects[0]).wedged.reason, "too_large");
    return;
  }
  FAIL() << "never came down to one commit";
}

TEST_F(SyncProtocol, SendsTheLinesThatTheTwinWants) {
  settings.confirmed_through = head();
  test::write_events(panel, site, 10, 2);
  const auto sent = batch();
  EXPECT_TRUE(answer(sent, json_answer("want", Json(1))).empty());
  EXPECT_EQ(batch().first, 1u) << "a restored twin gets everything again, nothing is renumbered";
}

TEST_F(SyncProtocol, DoesNotRunInCirclesWithATwinThatOnlyWants) {
  settings.confirmed_through = 5;
  int exchanges = 0;
  for (; exchanges < 100; ++exchanges) {
    const auto task = protocol().next(Lane::kSend, {.head = head(), .evidence = {}}, now_ms);
    if (!task) break;
    const auto first = std::get<SendJournal>(*task).first;
    const Batch sent{.first = first, .last = head(), .commits = 2, .body = {}};
    answer(sent, json_answer("want", Json(first == 1 ? 3 : 1)));
  }
  EXPECT_LE(exchanges, 4) << "then it waits";
}

TEST_F(SyncProtocol, SendsEvidenceOnlyWhenNoLineWaits) {
  const Digest picture = sha256("picture");
  const Protocol::Waiting waiting{.head = head(), .evidence = {picture}};
  auto task = protocol().next(Lane::kSend, waiting, now_ms);
  ASSERT_TRUE(task && std::holds_alternative<SendJournal>(*task));
  const Batch sent{.first = 1, .last = head(), .commits = 2, .body = {}};
  answer(sent, receipt_answer(head()));
  task = protocol().next(Lane::kSend, waiting, now_ms);
  ASSERT_TRUE(task && std::holds_alternative<SendEvidence>(*task));
  const auto& evidence = std::get<SendEvidence>(*task);
  EXPECT_TRUE(protocol().take_evidence(evidence, json_answer("sha256", "other"), moment()).empty())
      << "an answer about something else is no promise";
  now_ms += 1'000;
  task = protocol().next(Lane::kSend, waiting, now_ms);
  ASSERT_TRUE(task);
  const auto effects =
      protocol().take_evidence(evidence, json_answer("sha256", to_hex(picture)), moment());
  ASSERT_EQ(effects.size(), 1u);
  EXPECT_EQ(std::get<StoreEvidenceSent>(effects[0]).digest, picture);
}

TEST_F(SyncProtocol, ARefusedPictureDoesNotHoldUpTheNextOne) {
  settings.confirmed_through = head();
  const std::vector<Digest> pictures{sha256("one"), sha256("two")};
  const Protocol::Waiting waiting{.head = head(), .evidence = pictures};
  auto task = protocol().next(Lane::kSend, waiting, now_ms);
  ASSERT_TRUE(task);
  const auto effects =
      protocol().take_evidence(std::get<SendEvidence>(*task), problem(413, "too-large"), moment());
  ASSERT_EQ(effects.size(), 1u);
  EXPECT_EQ(std::get<StoreWedged>(effects[0]).wedged.reason, "too_large");
  EXPECT_THAT(std::get<StoreWedged>(effects[0]).wedged.detail, HasSubstr(to_hex(pictures[0])));
  task = protocol().next(Lane::kSend, waiting, now_ms);
  ASSERT_TRUE(task);
  EXPECT_EQ(std::get<SendEvidence>(*task).digest, pictures[1]);
}

TEST_F(SyncProtocol, AnEarlierRefusalIsSettledByALaterReceipt) {
  settings.wedged = {.first = 3, .reason = "rejected", .detail = "words", .time = {}};
  EXPECT_EQ(protocol().condition().alarm, Alarm::kRejected) << "still shown after a restart";
  answer(batch(), receipt_answer(head()));
  EXPECT_EQ(protocol().condition().alarm, Alarm::kNone);
}

TEST_F(SyncProtocol, KeepsARecipeOnlyWhenItsBytesHaveTheApprovedHash) {
  settings.confirmed_through = head();
  const std::string text = "{\"format\":\"batchwright/mbr/1\"}";
  settings.missing_mbrs = {to_hex(sha256(text))};
  const Protocol::Waiting waiting{.head = head(), .evidence = {}};
  auto task = protocol().next(Lane::kSend, waiting, now_ms);
  ASSERT_TRUE(task && std::holds_alternative<FetchMbr>(*task));
  Answer answer{.status = 200, .content_type = "application/json", .body = text + " "};
  EXPECT_TRUE(protocol().take_mbr(std::get<FetchMbr>(*task), answer, moment()).empty());
  now_ms += 1'000;
  task = protocol().next(Lane::kSend, waiting, now_ms);
  ASSERT_TRUE(task);
  answer.body = text;
  const auto effects = protocol().take_mbr(std::get<FetchMbr>(*task), answer, moment());
  ASSERT_EQ(effects.size(), 1u);
  EXPECT_EQ(std::get<StoreDocument>(effects[0]).item.text, text);
  EXPECT_FALSE(protocol().next(Lane::kSend, waiting, now_ms));
}

TEST_F(SyncProtocol, ARecipeThatArrivesDamagedHoldsUpNeitherEvidenceNorLinesNorOtherRecipes) {
  RecordProperty("requirement", "I7");
  settings.confirmed_through = head();
  const std::string good = "good", bad = to_hex(sha256("never arrives"));
  settings.missing_mbrs = {bad, to_hex(sha256(good))};
  const Digest picture = sha256("picture");
  Protocol::Waiting waiting{.head = head(), .evidence = {picture}};
  auto task = protocol().next(Lane::kSend, waiting, now_ms);
  ASSERT_TRUE(task && std::holds_alternative<SendEvidence>(*task)) << "evidence before recipes";
  ASSERT_EQ(protocol()
                .take_evidence(std::get<SendEvidence>(*task),
                               json_answer("sha256", to_hex(picture)), moment())
                .size(),
            1u);
  waiting.evidence.clear();
  task = protocol().next(Lane::kSend, waiting, now_ms);
  ASSERT_TRUE(task && std::holds_alternative<FetchMbr>(*task));
  ASSERT_EQ(std::get<FetchMbr>(*task).hash, bad);
  const Answer answer{.status = 200, .content_type = "application/json", .body = good};
  EXPECT_TRUE(protocol().take_mbr(std::get<FetchMbr>(*task), answer, moment()).empty());
  EXPECT_EQ(protocol().condition().refused_arrivals, 1u);
  EXPECT_THAT(protocol().condition().last_refused, HasSubstr(bad));
  task = protocol().next(Lane::kSend, waiting, now_ms);
  ASSERT_TRUE(task && std::holds_alternative<FetchMbr>(*task)) << "the other recipe, at once";
  EXPECT_EQ(protocol().take_mbr(std::get<FetchMbr>(*task), answer, moment()).size(), 1u);
  EXPECT_FALSE(protocol().next(Lane::kSend, waiting, now_ms)) << "the bad one has to wait";
  test::write_events(panel, site, 3, 9);
  EXPECT_TRUE(sends_now()) << "lines don't";
  EXPECT_EQ(protocol().condition().refused_arrivals, 1u) << "still told";
}

TEST_F(SyncProtocol, AnEverDamagedRecipeIsAskedForMoreAndMoreRarely) {
  settings.confirmed_through = head();
  settings.missing_mbrs = {to_hex(sha256("never arrives"))};
  const Answer answer{.status = 200, .content_type = "application/json", .body = "{}"};
  int asked = 0;
  for (const auto end_ms = now_ms + 3'600'000; now_ms < end_ms; now_ms += 100)
    if (const auto task = protocol().next(Lane::kSend, {.head = head(), .evidence = {}}, now_ms)) {
      EXPECT_TRUE(protocol().take_mbr(std::get<FetchMbr>(*task), answer, moment()).empty());
      ++asked;
    }
  EXPECT_GT(asked, 50);
  EXPECT_LT(asked, 150);
  EXPECT_EQ(protocol().condition().refused_arrivals, 1u) << "one recipe, however often";
}

TEST_F(SyncProtocol, EvidenceThatNeverGetsThroughDoesNotKeepRecipesAway) {
  settings.confirmed_through = head();
  const std::string text = "recipe";
  settings.missing_mbrs = {to_hex(sha256(text))};
  const Protocol::Waiting waiting{.head = head(), .evidence = {sha256("picture")}};
  for (int i = 0; i < 5; ++i, now_ms += Backoff::kLastMs) {
    const auto task = protocol().next(Lane::kSend, waiting, now_ms);
    ASSERT_TRUE(task);
    if (std::holds_alternative<FetchMbr>(*task)) return;
    EXPECT_TRUE(protocol()
                    .take_evidence(std::get<SendEvidence>(*task), problem(503, "storage"), moment())
                    .empty());
  }
  FAIL() << "the recipe was never asked for";
}

TEST_F(SyncProtocol, AFeedThatAnswersAtOnceWithNothingNewIsNotAskedInCircles) {
  RecordProperty("requirement", "T10");
  const auto poll = [&](const char* cursor, const Json& items) {
    EXPECT_TRUE(protocol().next(Lane::kFeed, {}, now_ms));
    Json json = Json::object();
    json["cursor"] = cursor;
    json["items"] = items;
    (void)protocol().take_feed(
        Answer{.status = 200, .content_type = "application/json", .body = to_text(json)}, moment());
    return protocol().due_ms(Lane::kFeed) - now_ms;
  };
  Json item = Json::object();
  item["kind"] = "something new";
  const Json one = Json::array({item}), none = Json::array();
  EXPECT_LE(poll("1", one), 0) << "a page with news is followed at once";
  EXPECT_LE(poll("2", one), 0);
  EXPECT_GE(poll("2", one), 1'000) << "the cursor didn't move";
  EXPECT_FALSE(protocol().next(Lane::kFeed, {}, now_ms + 999));
  now_ms += 2'000;
  EXPECT_GE(poll("2", none), 1'000);
  now_ms += 2'000;
  EXPECT_GE(poll("3", none), 1'000) << "a cursor that moves over nothing is no news";
  EXPECT_EQ(protocol().condition().state, SyncState::kConnected) << "nothing failed";
  protocol().retry();
  EXPECT_TRUE(protocol().next(Lane::kFeed, {}, now_ms));
}

}  // namespace
}  // namespace batchwright::client::sync
