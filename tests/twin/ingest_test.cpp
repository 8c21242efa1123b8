// What the twin takes from panels, and what it refuses. Rows I4 (exactly-once effect) and T8
// (tampering is named).
#include "twin/ingest.h"

#include <gtest/gtest.h>

#include "tests/support/twin_fixtures.h"
#include "twin/flags.h"

namespace batchwright {
namespace {

using test::must;
using test::TestTwin;
using test::TwinPanel;

record::Receipt opened_receipt(TestTwin& twin, const Json& answer) {
  const auto document = must(record::signed_document_from_json(answer.at("receipt")));
  return must(record::receipt_from_statement(
      must(record::open_document(document, "receipt", twin.site->receipt_key().public_key()))));
}

std::vector<std::string> stored_lines(TestTwin& twin) {
  auto select = must(twin.site->db().prepare("SELECT bytes FROM line ORDER BY device, seq"));
  TestTwin::must_void(select.start());
  std::vector<std::string> lines;
  while (must(select.step())) lines.emplace_back(select.blob(0));
  return lines;
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  const auto at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return text.replace(at, from.size(), to);
}

TEST(Ingest, AnswersASignedReceiptForTheLastCommittedLine) {
  TestTwin twin;
  TwinPanel panel(twin);
  test::write_events(panel, twin.people, 30);
  const auto receipt = opened_receipt(twin, twin.json("POST", panel.journal_path(), panel.body()));
  EXPECT_EQ(receipt.device, panel.id());
  EXPECT_EQ(receipt.seq, panel.stored.size());
  EXPECT_EQ(receipt.hash, panel.stored.back().hash);
  EXPECT_EQ(stored_lines(twin), panel.lines());
}

TEST(Ingest, TakesTheSameLinesAnyNumberOfTimesWithOneEffect) {
  RecordProperty("requirement", "I4");
  TestTwin twin;
  TwinPanel panel(twin);
  test::write_events(panel, twin.people, 30);
  for (int i = 0; i < 3; ++i) {
    const auto answer = twin.json("POST", panel.journal_path(), panel.body());
    EXPECT_EQ(opened_receipt(twin, answer).seq, panel.stored.size());
  }
  EXPECT_EQ(stored_lines(twin), panel.lines());
}

TEST(Ingest, ABodyCutAtAnyByteNeverLeavesHalfACommit) {
  RecordProperty("requirement", "T10");
  TestTwin twin;
  TwinPanel panel(twin);
  test::write_events(panel, twin.people, 12);
  const auto whole = panel.body();
  std::size_t held = 0;
  for (std::size_t cut = 0; cut <= whole.size(); cut += 7) {
    const auto reply = twin.call("POST", panel.journal_path(), whole.substr(0, cut));
    ASSERT_EQ(reply.status, 200) << reply.body;
    const auto lines = stored_lines(twin);
    ASSERT_GE(lines.size(), held);
    held = lines.size();
    if (held > 0) {
      ASSERT_EQ(panel.stored.at(held - 1).line.type, "commit");
    }
  }
  twin.call("POST", panel.journal_path(), whole);
  EXPECT_EQ(stored_lines(twin), panel.lines());
}

TEST(Ingest, AsksForTheLinesItMisses) {
  TestTwin twin;
  TwinPanel panel(twin);
  panel.commit({panel.entry("1")});
  panel.commit({panel.entry("2")});
  EXPECT_EQ(twin.json("POST", panel.journal_path(), panel.body(3)).at("want"), 1);
  EXPECT_EQ(twin.json("POST", panel.journal_path(), "").at("want"), 1);
  twin.call("POST", panel.journal_path(), panel.body(1, 2));
  panel.commit({panel.entry("3")});
  EXPECT_EQ(twin.json("POST", panel.journal_path(), panel.body(5)).at("want"), 3);
}

TEST(Ingest, NamesTheAlteredLineAndKeepsTheCommitsBeforeIt) {
  RecordProperty("requirement", "T8");
  TestTwin twin;
  TwinPanel panel(twin);
  panel.commit({panel.entry("20.0"), panel.entry("21.0")});                       // 1-3
  panel.commit({panel.entry("22.0"), panel.entry("23.0"), panel.entry("24.0")});  // 4-7
  const auto body = replaced(panel.body(), "\"value\":\"23.0\"", "\"value\":\"23.9\"");
  const auto reply = twin.call("POST", panel.journal_path(), body);
  EXPECT_EQ(reply.status, 422);
  const auto problem = must(parse_json(reply.body));
  EXPECT_EQ(problem.at("type"), "urn:batchwright:problem:altered");
  EXPECT_EQ(problem.at("seq"), 5);
  EXPECT_EQ(stored_lines(twin).size(), 3u);
  EXPECT_EQ(twin.call("POST", panel.journal_path(), panel.body()).status, 200);
  EXPECT_EQ(stored_lines(twin), panel.lines());
}

TEST(Ingest, RefusesACommitThatTheEnrolledDeviceDidNotSign) {
  TestTwin twin;
  TwinPanel panel(twin);
  panel.writer = record::JournalWriter(panel.id(), test::key_from(99), panel.writer.head());
  panel.commit({panel.entry("20.0")});
  const auto reply = twin.call("POST", panel.journal_path(), panel.body());
  EXPECT_EQ(reply.status, 422);
  EXPECT_EQ(must(parse_json(reply.body)).at("seq"), 2);
  EXPECT_TRUE(stored_lines(twin).empty());
}

TEST(Ingest, RefusesAPersonsSignatureThatDoesNotFitItsStatement) {
  TestTwin twin;
  TwinPanel panel(twin);
  auto draft = panel.signature(twin.people, panel.statement(twin.people, "mary", "a#1", {}));
  auto sig = draft.body.at("sig").get<std::string>();
  sig[0] = sig[0] == '0' ? '1' : '0';
  draft.body["sig"] = sig;
  panel.commit({draft});
  const auto reply = twin.call("POST", panel.journal_path(), panel.body());
  EXPECT_EQ(reply.status, 422);
  EXPECT_EQ(must(parse_json(reply.body)).at("seq"), 1);
}

TEST(Ingest, RefusesASignatureMovedToAnotherStep) {
  TestTwin twin;
  TwinPanel panel(twin);
  auto draft = panel.signature(twin.people, panel.statement(twin.people, "mary", "a#1", {}));
  draft.step = "b#1";
  panel.commit({draft});
  EXPECT_EQ(twin.call("POST", panel.journal_path(), panel.body()).status, 422);
}

TEST(Ingest, KeepsAndFlagsASignatureWithAKeyThatNobodyWasGiven) {
  TestTwin twin;
  TwinPanel panel(twin);
  test::TestSite stranger = twin.people;
  stranger.person_keys.insert_or_assign("mary", test::key_from(77));
  panel.commit({panel.signature(stranger, panel.statement(twin.people, "mary", "a#1", {}))});
  EXPECT_EQ(twin.call("POST", panel.journal_path(), panel.body()).status, 200);
  const auto flags = must(twin::newest_flags(*twin.site, 10));
  ASSERT_EQ(flags.size(), 1u);
  EXPECT_EQ(flags[0].code, "signer_unknown");
  EXPECT_EQ(flags[0].seq, 1u);
}

TEST(Ingest, FlagsWhatAPersonSignedAfterTheyWereMadeInactive) {
  RecordProperty("requirement", "I2");
  TestTwin twin;
  TwinPanel panel(twin);
  auto people = twin.people.directory.people;
  people.front().active = false;  // mary
  TestTwin::must_void(twin::publish_directory(*twin.site, people));
  panel.commit({panel.signature(twin.people, panel.statement(twin.people, "mary", "a#1", {}))});
  EXPECT_EQ(twin.call("POST", panel.journal_path(), panel.body()).status, 200);
  const auto flags = must(twin::newest_flags(*twin.site, 10));
  ASSERT_EQ(flags.size(), 1u);
  EXPECT_EQ(flags[0].code, "signer_inactive");
}

TEST(Ingest, FlagsAClockThatIsFarAhead) {
  RecordProperty("requirement", "I6");
  TestTwin twin;
  TwinPanel panel(twin);
  panel.now.unix_ms += 3'600'000;
  panel.commit({panel.entry("20.0")});
  EXPECT_EQ(twin.call("POST", panel.journal_path(), panel.body()).status, 200);
  const auto flags = must(twin::newest_flags(*twin.site, 10));
  ASSERT_EQ(flags.size(), 1u);
  EXPECT_EQ(flags[0].code, "clock_ahead");
}

TEST(Ingest, RefusesAForkAndNamesWhereItBegins) {
  TestTwin twin;
  TwinPanel panel(twin);
  panel.commit({panel.entry("20.0")});
  const auto fork_from = panel.writer.head();
  auto copy = panel;
  panel.commit({panel.entry("21.0")});
  twin.call("POST", panel.journal_path(), panel.body());
  copy.writer = record::JournalWriter(panel.id(), panel.key, fork_from);
  copy.commit({copy.entry("99.0")});
  const auto reply = twin.call("POST", copy.journal_path(), copy.body());
  EXPECT_EQ(reply.status, 409);
  const auto problem = must(parse_json(reply.body));
  EXPECT_EQ(problem.at("type"), "urn:batchwright:problem:fork");
  EXPECT_EQ(problem.at("seq"), 3);
  EXPECT_EQ(stored_lines(twin), panel.lines());
}

TEST(Ingest, RefusesLinesOfAnotherDevice) {
  TestTwin twin;
  TwinPanel one(twin, 21, "MIX1");
  TwinPanel two(twin, 22, "MIX2");
  one.commit({one.entry("20.0")});
  EXPECT_EQ(twin.call("POST", two.journal_path(), one.body()).status, 422);
}

TEST(Ingest, RefusesAnUnknownDevice) {
  TestTwin twin;
  TwinPanel panel(twin);
  panel.commit({panel.entry("20.0")});
  const auto reply = twin.call("POST", "/v1/devices/nobody/journal", panel.body());
  EXPECT_EQ(reply.status, 403);
  EXPECT_NE(reply.body.find("unknown-device"), std::string::npos);
}

TEST(Ingest, RefusesABodyThatWasDamagedOnTheWayAsAWhole) {
  TestTwin twin;
  TwinPanel panel(twin);
  panel.commit({panel.entry("20.0")});
  twin::HttpRequest request;
  request.method = "POST";
  request.path = panel.journal_path();
  request.host = "localhost";
  request.body = panel.body();
  request.content_digest = content_digest("something else");
  const auto reply = twin.call(request);
  EXPECT_EQ(reply.status, 422);
  EXPECT_NE(reply.body.find("problem:digest"), std::string::npos);
  EXPECT_TRUE(stored_lines(twin).empty());
  request.content_digest = content_digest(request.body);
  EXPECT_EQ(twin.call(request).status, 200);
}

TEST(Ingest, HoldsWhatItConfirmedAfterARestart) {
  TestTwin twin;
  TwinPanel panel(twin);
  test::write_events(panel, twin.people, 20);
  twin.call("POST", panel.journal_path(), panel.body());
  twin.restart();
  EXPECT_EQ(stored_lines(twin), panel.lines());
  EXPECT_EQ(opened_receipt(twin, twin.json("POST", panel.journal_path(), "")).seq,
            panel.stored.size());
}

TEST(Ingest, SurvivesGarbageInEveryForm) {
  TestTwin twin;
  TwinPanel panel(twin);
  panel.commit({panel.entry("20.0")});
  const std::string line = panel.stored[0].bytes;
  const std::vector<std::string> bodies{
      "\n",
      "\n\n\n",
      "{}\n",
      "[1,2]\n",
      "null\n",
      std::string(1000, '[') + "\n",
      "\xff\xfe\n",
      std::string("\0\n", 2),
      line + line + "\n",
      line + " \n",
      " " + line + "\n",
      replaced(line, "\"seq\":1", "\"seq\":18446744073709551615") + "\n",
      replaced(line, "\"seq\":1", "\"seq\":-1") + "\n",
      replaced(line, "\"seq\":1", "\"seq\":1e999") + "\n",
      std::string(300'000, 'x') + "\n"};
  for (const auto& body : bodies) {
    const auto reply = twin.call("POST", panel.journal_path(), body);
    EXPECT_TRUE(reply.status == 422 || reply.status == 200) << reply.status << " " << body.size();
    EXPECT_TRUE(stored_lines(twin).empty());
  }
  std::string many;
  for (std::size_t i = 0; i <= twin::kJournalLinesMax; ++i) many += "x\n";
  EXPECT_EQ(twin.call("POST", panel.journal_path(), many).status, 413);
}

}  // namespace
}  // namespace batchwright
