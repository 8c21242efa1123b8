#include "record/trust.h"

#include "base/bytes.h"
#include "record/internal/member_reader.h"

namespace batchwright::record {
namespace {

constexpr std::string_view kAnchorFormat = "batchwright/trust/1";

std::string_view text_of(const PublicKey& key) {
  return {reinterpret_cast<const char*>(key.data()), key.size()};
}

}  // namespace

std::string fingerprint(const PublicKey& key) {
  std::string marks = to_hex(sha256(text_of(key))).substr(0, 16);
  for (const std::size_t gap : {12u, 8u, 4u}) marks.insert(gap, 1, ' ');
  return marks;
}

Json to_json(const TrustAnchor& anchor) {
  Json json = Json::object();
  json["format"] = kAnchorFormat;
  json["site"] = anchor.site;
  json["key"] = to_hex(anchor.key);
  return json;
}

Result<TrustAnchor> trust_anchor_from_json(const Json& json) {
  internal::MemberReader reader(json, "trust anchor");
  if (reader.raw("format") != kAnchorFormat) reader.note("format", "is not batchwright/trust/1");
  TrustAnchor anchor;
  anchor.site = reader.name("site");
  anchor.key = reader.hex<std::tuple_size_v<PublicKey>>("key");
  if (const auto error = reader.finish()) return std::unexpected(*error);
  return anchor;
}

Json to_statement(const DeviceEnrolment& enrolment) {
  Json json = Json::object();
  json["site"] = enrolment.site;
  json["device"] = enrolment.device;
  json["prefix"] = enrolment.prefix;
  json["room"] = enrolment.room;
  json["key"] = to_hex(enrolment.key);
  json["time"] = enrolment.time;
  return json;
}

Result<DeviceEnrolment> enrolment_from_statement(const Json& statement) {
  internal::MemberReader reader(statement, "device enrolment");
  DeviceEnrolment enrolment;
  enrolment.site = reader.name("site");
  enrolment.device = reader.name("device");
  enrolment.prefix = reader.text("prefix");
  enrolment.room = reader.text("room");
  enrolment.key = reader.hex<std::tuple_size_v<PublicKey>>("key");
  enrolment.time = reader.time("time");
  if (const auto error = reader.finish()) return std::unexpected(*error);
  return enrolment;
}

Json to_statement(const Receipt& receipt) {
  Json json = Json::object();
  json["device"] = receipt.device;
  json["seq"] = std::to_string(receipt.seq);
  json["hash"] = to_hex(receipt.hash);
  json["time"] = receipt.time;
  return json;
}

Result<Receipt> receipt_from_statement(const Json& statement) {
  internal::MemberReader reader(statement, "receipt");
  Receipt receipt;
  receipt.device = reader.name("device");
  receipt.seq = reader.number("seq");
  receipt.hash = reader.hex<std::tuple_size_v<Digest>>("hash");
  receipt.time = reader.time("time");
  if (const auto error = reader.finish()) return std::unexpected(*error);
  return receipt;
}

Json to_statement(const ReceiptKey& certificate) {
  Json json = Json::object();
  json["site"] = certificate.site;
  json["key"] = to_hex(certificate.key);
  json["time"] = certificate.time;
  return json;
}

Result<ReceiptKey> receipt_key_from_statement(const Json& statement) {
  internal::MemberReader reader(statement, "certificate of the receipt key");
  ReceiptKey certificate;
  certificate.site = reader.name("site");
  certificate.key = reader.hex<std::tuple_size_v<PublicKey>>("key");
  certificate.time = reader.time("time");
  if (const auto error = reader.finish()) return std::unexpected(*error);
  return certificate;
}

Json to_statement(const MbrApproval& approval) {
  Json json = Json::object();
  json["site"] = approval.site;
  json["mbr"] = approval.mbr;
  json["version"] = approval.version;
  json["hash"] = to_hex(approval.hash);
  json["state"] = approval.state;
  json["time"] = approval.time;
  return json;
}

Result<MbrApproval> approval_from_statement(const Json& statement) {
  internal::MemberReader reader(statement, "approval of a master batch record");
  MbrApproval approval;
  approval.site = reader.name("site");
  approval.mbr = reader.name("mbr");
  approval.version = reader.name("version");
  approval.hash = reader.hex<std::tuple_size_v<Digest>>("hash");
  approval.state = reader.name("state");
  approval.time = reader.time("time");
  if (const auto error = reader.finish()) return std::unexpected(*error);
  return approval;
}

Json to_statement(const BatchIssue& issue) {
  Json json = Json::object();
  json["site"] = issue.site;
  json["run"] = issue.run;
  json["number"] = issue.number;
  json["mbr"] = issue.mbr;
  json["version"] = issue.version;
  json["hash"] = to_hex(issue.mbr_hash);
  json["kind"] = issue.kind;
  json["time"] = issue.time;
  return json;
}

Result<BatchIssue> issue_from_statement(const Json& statement) {
  internal::MemberReader reader(statement, "issue of a batch");
  BatchIssue issue;
  issue.site = reader.name("site");
  issue.run = reader.name("run");
  issue.number = reader.name("number");
  issue.mbr = reader.name("mbr");
  issue.version = reader.name("version");
  issue.mbr_hash = reader.hex<std::tuple_size_v<Digest>>("hash");
  issue.kind = reader.name("kind");
  issue.time = reader.time("time");
  if (const auto error = reader.finish()) return std::unexpected(*error);
  return issue;
}

}  // namespace batchwright::record
