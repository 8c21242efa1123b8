#include "client/sync/enrol.h"

#include <fmt/format.h>

#include <cctype>

#include "base/bytes.h"
#include "base/then.h"
#include "client/sync/ask.h"
#include "client/sync/curl_transport.h"
#include "client/sync/judge.h"

namespace batchwright::client::sync {
namespace {

std::string folded(std::string_view fingerprint) {
  std::string out;
  for (const char c : fingerprint)
    if (std::isalnum(static_cast<unsigned char>(c)) != 0)
      out += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return out;
}

Json member(const Json& json, const char* key) {
  const auto found = json.find(key);
  return found == json.end() ? Json() : *found;
}

Result<void> check_site(const record::TrustAnchor& anchor, const std::string& expected) {
  const auto fingerprint = record::fingerprint(anchor.key);
  if (folded(expected).empty() || folded(fingerprint) != folded(expected))
    return fail(
        ErrorCode::kDenied,
        fmt::format("The twin at this address shows another site key ({}). Nothing was sent "
                    "to it; check the address and the fingerprint.",
                    fingerprint),
        "fingerprint");
  return {};
}

Result<EnrolmentDocuments> read_documents(const Json& json, const record::TrustAnchor& anchor,
                                          const record::PublicKey& device_key) {
  EnrolmentDocuments out;
  out.anchor = anchor;
  auto enrolment = record::signed_document_from_json(member(json, "enrolment"));
  if (!enrolment) return std::unexpected(enrolment.error());
  out.enrolment_document = *enrolment;
  auto statement = then(record::open_document(*enrolment, "enrolment", anchor.key),
                        record::enrolment_from_statement);
  if (!statement) return std::unexpected(statement.error());
  out.enrolment = *statement;
  if (statement->key != device_key)
    return fail(ErrorCode::kAltered, "The enrolment names another device key. Nothing was kept.",
                "enrolment");
  auto receipt_key = record::signed_document_from_json(member(json, "receipt_key"));
  if (!receipt_key) return std::unexpected(receipt_key.error());
  out.receipt_key_document = *receipt_key;
  if (auto key = certified_receipt_key(*receipt_key, anchor.key); !key)
    return std::unexpected(key.error());
  std::uint64_t version = 0;
  auto people =
      read_directory(member(json, "directory"), member(json, "wrapped"), anchor.key, 0, version);
  if (!people) return std::unexpected(people.error());
  out.people = std::move(*people);
  return out;
}

}  // namespace

Result<EnrolmentDocuments> enrol(Transport& transport, const EnrolmentRequest& request) {
  Request trust;
  trust.path = "/v1/trust";
  auto anchor = then(ask(transport, trust), record::trust_anchor_from_json);
  if (!anchor) return std::unexpected(anchor.error());
  if (auto same = check_site(*anchor, request.site_fingerprint); !same)
    return std::unexpected(same.error());

  Json body = Json::object();
  body["token"] = request.token;
  body["key"] = to_hex(request.device_key);
  body["name"] = request.name;
  Request post = json_post("/v1/devices", body);
  post.answer_bytes_max = 16u << 20;
  auto answer = ask(transport, post);
  if (!answer) return std::unexpected(answer.error());
  return read_documents(*answer, *anchor, request.device_key);
}

Result<EnrolmentDocuments> enrol(const std::string& url, const EnrolmentRequest& request) {
  auto transport = make_curl_transport(url);
  if (!transport) return std::unexpected(transport.error());
  return enrol(**transport, request);
}

}  // namespace batchwright::client::sync
