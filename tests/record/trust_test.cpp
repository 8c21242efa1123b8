#include "record/trust.h"

#include <gtest/gtest.h>

#include <functional>

#include "tests/support/record_fixtures.h"

namespace batchwright::record {
namespace {

using test::key_from;
using test::TestPanel;
using test::TestSite;

TEST(SignedDocument, OpensWithItsPurposeAndKeyOnly) {
  const TestSite site;
  const SignedDocument document = site.directory_document();
  EXPECT_TRUE(open_document(document, "directory", site.key.public_key()));
  EXPECT_EQ(open_document(document, "approval", site.key.public_key()).error().code,
            ErrorCode::kAltered);
  EXPECT_EQ(open_document(document, "directory", key_from(2).public_key()).error().code,
            ErrorCode::kAltered);
  SignedDocument relabelled = document;
  relabelled.purpose = "approval";
  EXPECT_FALSE(open_document(relabelled, "approval", site.key.public_key()));
}

TEST(SignedDocument, WithAnyChangedByteDoesNotOpen) {
  const TestSite site;
  const SignedDocument document = site.receipt_key_document();
  for (std::size_t i = 0; i < document.statement.size(); ++i) {
    SignedDocument changed = document;
    changed.statement[i] = static_cast<char>(changed.statement[i] ^ 1);
    EXPECT_FALSE(open_document(changed, "receipt-key", site.key.public_key())) << i;
  }
}

TEST(SignedDocument, TravelsAsJson) {
  const TestSite site;
  const Json json = to_json(site.directory_document());
  const auto back = signed_document_from_json(json);
  ASSERT_TRUE(back);
  EXPECT_EQ(to_json(*back), json);
  for (const auto& [key, value] : json.items()) {
    Json changed = json;
    changed.erase(key);
    EXPECT_FALSE(signed_document_from_json(changed)) << key;
  }
  // A document must not pass for a commit or for a person's signature.
  for (const char* const purpose : {"commit", "signature", "", "a\nb", "Directory"}) {
    Json changed = json;
    changed["purpose"] = purpose;
    EXPECT_FALSE(signed_document_from_json(changed)) << purpose;
  }
}

// Each statement form reads back unchanged and refuses a missing, an unknown and a wrongly typed
// member.
void check_form(const Json& statement,
                const std::function<std::optional<Json>(const Json&)>& reread) {
  EXPECT_EQ(reread(statement), statement);
  for (const auto& [key, value] : statement.items()) {
    Json changed = statement;
    changed.erase(key);
    EXPECT_FALSE(reread(changed)) << key;
    changed = statement;
    changed[key] = 1;
    EXPECT_FALSE(reread(changed)) << key;
  }
  Json changed = statement;
  changed["unknown"] = "";
  EXPECT_FALSE(reread(changed));
  EXPECT_FALSE(reread(Json::array()));
}

template <typename T>
std::function<std::optional<Json>(const Json&)> reread(Result<T> (*read)(const Json&)) {
  return [read](const Json& json) -> std::optional<Json> {
    const auto value = read(json);
    if (!value) return std::nullopt;
    return to_statement(*value);
  };
}

TEST(Statements, HaveExactlyTheirMembers) {
  const std::string time = to_text(test::kTestStart);
  check_form(to_statement(DeviceEnrolment{"Plant 1", "panel-2", "MIX2", "114", {}, time}),
             reread(enrolment_from_statement));
  check_form(to_statement(TestSite().directory), reread(directory_from_statement));
  check_form(to_statement(Receipt{"panel-2", 41, sha256("x"), time}),
             reread(receipt_from_statement));
  check_form(to_statement(ReceiptKey{"Plant 1", time, {}}), reread(receipt_key_from_statement));
  check_form(to_statement(MbrApproval{"Plant 1", "BUF-0117", "3", "effective", time, sha256("m")}),
             reread(approval_from_statement));
  check_form(to_statement(BatchIssue{"Plant 1", "01890a5d-ac96-774b-bcce-b302099a8057", "B-2417",
                                     "BUF-0117", "3", "batch", time, sha256("m")}),
             reread(issue_from_statement));
}

TEST(Directory, NamesEachPersonOnce) {
  TestSite site;
  EXPECT_EQ(site.directory.find("jan")->name, "Jan Nowak");
  EXPECT_EQ(site.directory.find("eve"), nullptr);
  site.directory.people.push_back(site.directory.people.front());
  EXPECT_FALSE(directory_from_statement(to_statement(site.directory)));
}

TEST(Directory, HoldsPeopleWhoNeverSignedIn) {
  TestSite site;
  site.directory.people.front().key.reset();
  const auto directory = directory_from_statement(to_statement(site.directory));
  ASSERT_TRUE(directory);
  EXPECT_FALSE(directory->people.front().key);
}

TEST(TrustAnchor, TravelsAsJsonOfItsFormat) {
  const TrustAnchor anchor = TestSite().anchor();
  Json json = to_json(anchor);
  EXPECT_EQ(json["format"], "batchwright/trust/1");
  EXPECT_EQ(to_json(trust_anchor_from_json(json).value()), json);
  json["format"] = "batchwright/trust/2";
  EXPECT_FALSE(trust_anchor_from_json(json));
}

TEST(Fingerprint, IsFourGroupsOfTheKeysDigest) {
  PublicKey key{};
  const std::string digest = to_hex(sha256(std::string(32, '\0')));
  EXPECT_EQ(fingerprint(key), digest.substr(0, 4) + " " + digest.substr(4, 4) + " " +
                                  digest.substr(8, 4) + " " + digest.substr(12, 4));
}

}  // namespace
}  // namespace batchwright::record
