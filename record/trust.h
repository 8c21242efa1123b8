// Who is believed: the site's public key, and through it devices, people, approvals and the receipt
// key. Statement forms are in docs/formats/trust.md. Pure.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "record/signed_document.h"

namespace batchwright::record {

// The anchor, kept outside the record: {"format":"batchwright/trust/1","site":"Plant 1","key":hex}.
struct TrustAnchor {
  std::string site;
  PublicKey key{};
};
[[nodiscard]] std::string fingerprint(
    const PublicKey& key);  // first 16 hex digits of SHA-256(key), in groups of 4
[[nodiscard]] Json to_json(const TrustAnchor& anchor);
[[nodiscard]] Result<TrustAnchor> trust_anchor_from_json(const Json& json);

// Signed by the site (purpose "enrolment"): {"site","device","prefix","room","key":hex,"time"};
// prefix, e.g. MIX2, begins the short exception numbers people read.
struct DeviceEnrolment {
  std::string site, device, prefix, room;
  PublicKey key{};
  std::string time;
};
[[nodiscard]] Json to_statement(const DeviceEnrolment& enrolment);
[[nodiscard]] Result<DeviceEnrolment> enrolment_from_statement(const Json& statement);

struct Person {
  std::string id;                  // never reused
  std::string name;                // printed name
  std::vector<std::string> roles;  // operator, supervisor, quality, trainer, engineer
  std::optional<PublicKey> key;    // absent until first sign-in
  std::string
      wrapped_sha256;  // hex digest of the wrapped key's text, which travels beside the directory
  bool active = true;
};

// Signed by the site (purpose "directory"):
// {"site","version":"7","issued","expires","people":[...]}.
struct Directory {
  std::string site;
  std::uint64_t version = 0;
  std::string issued, expires;
  std::vector<Person> people;

  [[nodiscard]] const Person* find(std::string_view person_id) const;
};
[[nodiscard]] Json to_statement(const Directory& directory);
[[nodiscard]] Result<Directory> directory_from_statement(const Json& statement);

// Signed by the receipt key (purpose "receipt"): {"device","seq":"41","hash":hex,"time"}.
struct Receipt {
  std::string device;
  std::uint64_t seq = 0;
  Digest hash{};
  std::string time;
};
[[nodiscard]] Json to_statement(const Receipt& receipt);
[[nodiscard]] Result<Receipt> receipt_from_statement(const Json& statement);

// Signed by the site (purpose "receipt-key"): {"site","key":hex,"time"}; the key that signs
// receipts.
struct ReceiptKey {
  std::string site, time;
  PublicKey key{};
};
[[nodiscard]] Json to_statement(const ReceiptKey& certificate);
[[nodiscard]] Result<ReceiptKey> receipt_key_from_statement(const Json& statement);

// Signed by the site (purpose "approval"):
// {"site","mbr","version","hash":hex,"state":"effective","time"}.
struct MbrApproval {
  std::string site, mbr, version, state, time;
  Digest hash{};
};
[[nodiscard]] Json to_statement(const MbrApproval& approval);
[[nodiscard]] Result<MbrApproval> approval_from_statement(const Json& statement);

// Signed by the site (purpose "issue"): one batch, issued once:
// {"site","run":uuid,"number":"B-2417","mbr","version", "hash":hex,"kind":"batch","time"}.
struct BatchIssue {
  std::string site, run, number, mbr, version, kind, time;
  Digest mbr_hash{};
};
[[nodiscard]] Json to_statement(const BatchIssue& issue);
[[nodiscard]] Result<BatchIssue> issue_from_statement(const Json& statement);

}  // namespace batchwright::record
