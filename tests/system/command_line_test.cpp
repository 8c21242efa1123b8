// What the command line says and answers to bad input: exit 0 done, 1 refused or altered, 2
// unreadable or in use.
#include <gtest/gtest.h>

#include <cstdio>
#include <fstream>

#include "base/json.h"
#include "client/device_identity.h"
#include "client/file.h"
#include "client/record_package.h"
#include "offline_store/sqlite/connection.h"
#include "record/verify.h"
#include "tests/support/process.h"
#include "tests/support/record_fixtures.h"

namespace batchwright::test {
namespace {

const std::string kRecipe =
    std::string(BATCHWRIGHT_SOURCE_DIR) + "/tests/system/recipes/kill.mbr.json";

void write(const std::string& file, const std::string& text) {
  std::ofstream(file, std::ios::binary) << text;
}

std::string read(const std::string& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

Finished batchwright(std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), program("batchwright"));
  return run_program(arguments);
}

class CommandLine : public ::testing::Test {
 protected:
  // One run serves all: the tests read it, or write beside it.
  static void SetUpTestSuite() {
    shared_folder = std::make_unique<TemporaryFolder>();
    const auto run = batchwright(
        {"run", "--recipe", kRecipe, "--store", *shared_folder / "store", "--auto", "--seed", "5"});
    ASSERT_EQ(run.exit_code, 0) << run.err;
  }
  static void TearDownTestSuite() { shared_folder.reset(); }
  static inline std::unique_ptr<TemporaryFolder> shared_folder;
  TemporaryFolder& folder = *shared_folder;
};

TEST_F(CommandLine, JsonObjectsHaveTheirPromisedMembers) {
  const auto run = batchwright(
      {"run", "--recipe", kRecipe, "--store", folder / "other", "--auto", "--seed", "6", "--json"});
  auto json = parse_json(run.out.substr(0, run.out.size() - 1));
  ASSERT_TRUE(json) << "standard output carries one object only: " << run.out;
  for (const char* member : {"batch", "state", "steps_completed", "events", "journal", "head",
                             "accepted", "confirmed", "wedged"})
    EXPECT_TRUE(json->contains(member)) << member;
  const auto verify = batchwright({"verify", folder / "other", "--json"});
  auto report = parse_json(verify.out.substr(0, verify.out.size() - 1));
  ASSERT_TRUE(report);
  for (const char* member : {"proved", "anchored", "first_bad"})
    EXPECT_TRUE(report->contains(member)) << member;
  EXPECT_FALSE((*report)["anchored"].get<bool>()) << "no trust file was given";
}

TEST_F(CommandLine, ExportedRecordIsProvedAndOneFlippedByteIsNamed) {  // C8, M2
  const auto file = folder / "batch.journal";
  ASSERT_EQ(batchwright({"export", folder / "store", "-o", file}).exit_code, 0);
  EXPECT_EQ(batchwright({"verify", file}).exit_code, 0);
  auto bytes = read(file);
  std::size_t start = 0;
  for (int line = 0; line < 50; ++line)
    start = bytes.find('\n', start) + 1;  // header, then lines 1..49
  bytes[start + 100] = static_cast<char>(bytes[start + 100] ^ 1);
  write(file, bytes);
  const auto verified = batchwright({"verify", file, "--json"});
  EXPECT_EQ(verified.exit_code, 1);
  auto report = parse_json(verified.out.substr(0, verified.out.size() - 1));
  ASSERT_TRUE(report);
  EXPECT_EQ((*report)["first_bad"], 50);
}

TEST_F(CommandLine, SignersWhomNobodyVouchesForAreNotProvedToSomebodyWhoAsksForTrust) {
  const auto file = folder / "vouched.journal";
  ASSERT_EQ(batchwright({"export", folder / "store", "-o", file}).exit_code, 0);
  const auto good = test::must(record::read_package(read(file)));
  const auto trust = folder / "site.trust.json";
  write(trust, to_text(record::to_json(good.header.site)));
  const auto proved = batchwright({"verify", file, "--trust", trust});
  EXPECT_EQ(proved.exit_code, 0) << proved.out;
  EXPECT_NE(proved.out.find("PROVED"), std::string::npos);

  // Somebody with the panel's key drops the people and signs the file again.
  auto header = good.header;
  std::erase_if(header.documents, [](const auto& one) { return one.purpose == "directory"; });
  const auto key = test::must(client::load_device_key(folder / "store"));
  const auto stripped = folder / "stripped.journal";
  write(stripped, record::write_package(header, good.lines, key, test::kTestStart));
  const auto asked = batchwright({"verify", stripped, "--trust", trust});
  EXPECT_EQ(asked.exit_code, 1);
  EXPECT_NE(asked.out.find("error: line "), std::string::npos) << asked.out;
  EXPECT_NE(asked.out.find("NOT PROVED"), std::string::npos) << asked.out;
  EXPECT_EQ(asked.out.find("no trust file was given"), std::string::npos) << asked.out;

  const auto unasked = batchwright({"verify", stripped});
  EXPECT_EQ(unasked.exit_code, 0);
  EXPECT_NE(unasked.out.find("CONSISTENT, NOT ANCHORED (no trust file was given)"),
            std::string::npos);
}

TEST_F(CommandLine, AnEmptyNameOfATrustFileIsNotTakenForNone) {
  EXPECT_EQ(batchwright({"verify", folder / "store", "--trust", ""}).exit_code, 2);
}

TEST_F(CommandLine, AFileTooLargeToReadIsUnreadableAndNotAltered) {
  const auto file = folder / "huge.journal";
  write(file, "");
  std::filesystem::resize_file(file, record::kPackageBytesMax + 1);  // takes no space
  const auto verified = batchwright({"verify", file});
  EXPECT_EQ(verified.exit_code, 2);
  EXPECT_NE(verified.err.find("4294967296 bytes"), std::string::npos) << verified.err;
  EXPECT_EQ(verified.out.find("ALTERED"), std::string::npos);
}

// A panel collects one receipt per commit, for years.
TEST_F(CommandLine, OnlyTheNewestReceiptTravelsAndConfirmsEverythingBeforeIt) {
  const test::TestSite site;
  test::TestPanel panel(site);
  const auto store = offline_store::make_memory_store(panel.enrolment.hash());
  const auto put = [&](const char* kind, const char* name, const Json& json) {
    ASSERT_TRUE(store->put_catalogue({kind, name, to_text(json)}));
  };
  put("trust", "self", record::to_json(site.anchor()));
  put("enrolment", "self", record::to_json(panel.enrolment));
  put("directory", "current", record::to_json(site.directory_document()));
  put("receipt-key", "current", record::to_json(site.receipt_key_document()));
  const std::filesystem::path directory = folder / "receipts";
  ASSERT_TRUE(client::save_device_key(directory, panel.key));
  for (int commit = 0; commit < 20; ++commit) {
    const auto lines = panel.commit({panel.entry("25.3")});
    ASSERT_TRUE(store->append(lines));
    const auto& last = lines.back();
    const auto receipt = site.receipt("panel-2", last.line.seq, last.hash);
    ASSERT_TRUE(store->put_receipt(last.line.seq, to_text(record::to_json(receipt))));
  }
  const auto text = test::must(client::package_of_store(*store, directory, panel.now));
  const auto package = test::must(record::read_package(text));
  EXPECT_EQ(package.header.receipts.size(), 1u);
  const auto report = record::verify(package, site.anchor());
  EXPECT_TRUE(report.anchored);
  EXPECT_EQ(report.confirmed_through, 40u);
}

// A copy of the shared store in which somebody may write.
class CopiedStore : public CommandLine {
 protected:
  void SetUp() override {
    std::filesystem::copy(folder / "store", store, std::filesystem::copy_options::recursive);
    lines = test::must(client::load_package(store, test::kTestStart)).lines;
  }

  // Changes a digit of the clock in the stored bytes of line `seq`; with `is_hash_fitted` the hash
  // beside it, too.
  void change_line(std::uint64_t seq, bool is_hash_fitted) {
    std::string line = lines.at(seq - 1);
    const std::size_t digit = line.find("\"time\":\"") + 10;
    std::string bytes = read(store + "/store.db");
    const std::size_t start = bytes.find(line.substr(0, digit + 1));
    ASSERT_NE(start, std::string::npos) << seq;
    line[digit] = line[digit] == '0' ? '1' : '0';
    bytes[start + digit] = line[digit];
    const Digest hash = sha256(line);
    if (is_hash_fitted) std::ranges::copy(hash, bytes.begin() + std::ptrdiff_t(start) - 32);
    write(store + "/store.db", bytes);
  }

  // As somebody with a tool for databases would; what is written stays in the log.
  void run_sql(offline_store::sqlite::Sql sql) {
    namespace sqlite = offline_store::sqlite;
    auto connection = test::must(sqlite::Connection::open(
        store + "/store.db", {.access = sqlite::Access::kReadWrite, .vfs = {}}));
    ASSERT_TRUE(connection.exec(sql));
  }

  void expect_first_bad(std::uint64_t seq) {
    const auto told = batchwright({"verify", store});
    EXPECT_EQ(told.exit_code, 1) << told.out << told.err;
    EXPECT_NE(told.out.find(fmt::format("ALTERED. The first bad place is line {}.", seq)),
              std::string::npos)
        << told.out;
    const auto verified = batchwright({"verify", store, "--json"});
    EXPECT_EQ(verified.exit_code, 1);
    const auto json = parse_json(verified.out.substr(0, verified.out.size() - 1));
    ASSERT_TRUE(json) << verified.out << verified.err;
    EXPECT_EQ((*json)["first_bad"], seq);
    EXPECT_EQ((*json)["proved"], false);
  }

  TemporaryFolder copies;
  std::string store = copies / "store";
  std::vector<std::string> lines;
};

TEST_F(CopiedStore, WithAChangedLineIsAlteredAndTheLineIsNamed) {  // C8, M2
  const auto whole = read(store + "/store.db");
  for (const std::uint64_t seq :
       {std::uint64_t{1}, std::uint64_t{50}, lines.size() - 1, lines.size()}) {
    for (const bool is_hash_fitted : {false, true}) {
      SCOPED_TRACE(fmt::format("line {} of {}, fitted {}", seq, lines.size(), is_hash_fitted));
      change_line(seq, is_hash_fitted);
      expect_first_bad(seq);
      write(store + "/store.db", whole);
    }
  }
  EXPECT_EQ(batchwright({"verify", store}).exit_code, 0) << "whole again";
}

TEST_F(CopiedStore, WithALineDroppedIsAlteredAndTheLineIsNamed) {
  run_sql("DROP TRIGGER journal_keeps_all; DELETE FROM journal WHERE seq = 50");
  const auto log = read(store + "/store.db-wal");
  ASSERT_FALSE(log.empty());
  expect_first_bad(50);
  EXPECT_EQ(read(store + "/store.db-wal"), log) << "looking changes nothing";
}

// The lines themselves are whole, so only the store's own finding knows the place.
TEST_F(CopiedStore, WithAChangedHashBesideALineIsAlteredAndTheLineIsNamed) {
  std::string bytes = read(store + "/store.db");
  const std::size_t start = bytes.find(lines.at(49));
  ASSERT_NE(start, std::string::npos);
  bytes[start - 1] ^= 1;
  write(store + "/store.db", bytes);
  expect_first_bad(50);
}

TEST_F(CopiedStore, WithItsTailCutIsAlteredAndTheFirstMissingLineIsNamed) {
  run_sql("DROP TRIGGER journal_keeps_all; DELETE FROM journal WHERE seq > 50");
  expect_first_bad(51);
}

TEST_F(CopiedStore, WithoutItsKeyIsVerifiedAndTheMissingClosingLineIsSaid) {
  const auto package = test::must(client::load_package(store, test::kTestStart));
  const auto trust = copies / "site.trust.json";
  write(trust, to_text(record::to_json(package.header.site)));
  std::filesystem::remove(store + "/device.key");
  for (const auto& arguments : {std::vector<std::string>{"verify", store},
                                std::vector<std::string>{"verify", store, "--trust", trust}}) {
    const auto verified = batchwright(arguments);
    EXPECT_EQ(verified.exit_code, 0) << verified.out << verified.err;
    EXPECT_NE(verified.out.find("without a signed closing line"), std::string::npos);
  }
  EXPECT_EQ(batchwright({"show", store}).exit_code, 0);
  change_line(50, true);
  expect_first_bad(50);
}

TEST_F(CopiedStore, WhoseDatabaseIsNoneIsAlteredWithoutALine) {
  write(store + "/store.db", std::string(8192, 'x'));
  const auto verified = batchwright({"verify", store, "--json"});
  EXPECT_EQ(verified.exit_code, 1);
  const auto json = parse_json(verified.out.substr(0, verified.out.size() - 1));
  ASSERT_TRUE(json) << verified.out << verified.err;
  EXPECT_EQ((*json)["first_bad"], 0);
}

TEST_F(CommandLine, ShowPrintsEveryEntryInWords) {
  const auto shown = batchwright({"show", folder / "store"});
  EXPECT_EQ(shown.exit_code, 0);
  EXPECT_NE(shown.out.find("SIGNED performed by Simulated operator"), std::string::npos);
  EXPECT_NE(shown.out.find("°C"), std::string::npos);
}

TEST_F(CommandLine, MissingThingsAreUnreadable) {
  EXPECT_EQ(batchwright({"verify", folder / "nothing.journal"}).exit_code, 2);
  EXPECT_EQ(batchwright({"show", folder / "nothing"}).exit_code, 2);
  EXPECT_EQ(batchwright({"recipe", "check", folder / "nothing.xml"}).exit_code, 2);
}

TEST_F(CommandLine, NonsenseIsRefusedWithItsPlaceAndNoCrash) {
  const std::vector<std::pair<const char*, std::string>> bad = {
      {"broken.xml", "<a><b></a>"},
      {"bomb.xml", "<!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;\">]><x>&b;</x>"},
      {"broken.mbr.json", "{\"format\": \"batchwright/mbr/1\","},
      {"twice.mbr.json", R"({"format":"batchwright/mbr/1","id":"a","id":"b"})"},
      {"number.mbr.json", R"({"format":"batchwright/mbr/1","id":1e999})"},
      {"nan.mbr.json", R"({"format":"batchwright/mbr/1","id":NaN})"},
      {"deep.mbr.json", std::string(10'000, '[') + std::string(10'000, ']')},
      {"deep.xml",
       [] {
         std::string text;
         for (int i = 0; i < 10'000; ++i) text += "<a>";
         return text;
       }()},
      {"empty.mbr.json", ""},
  };
  for (const auto& [name, text] : bad) {
    write(folder / name, text);
    const auto checked = batchwright({"recipe", "check", folder / name});
    EXPECT_EQ(checked.exit_code, 1) << name << ": " << checked.out << checked.err;
    EXPECT_NE((checked.out + checked.err).find(name), std::string::npos) << name;
  }
}

TEST_F(CommandLine, JournalThatIsNoneIsUnreadable) {
  write(folder / "page.journal", "<html>not a journal</html>");
  EXPECT_EQ(batchwright({"verify", folder / "page.journal"}).exit_code, 2);
}

TEST_F(CommandLine, UnreachableTwinOrUnknownPanelIsSaidPlainly) {
  const auto enrolled = batchwright({"enroll", "http://127.0.0.1:1", "--token", "t",
                                     "--site-fingerprint", "0000", "--store", folder / "new"});
  EXPECT_EQ(enrolled.exit_code, 1);
  EXPECT_FALSE(enrolled.err.empty());
}

}  // namespace
}  // namespace batchwright::test
