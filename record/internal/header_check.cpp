#include "record/internal/header_check.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/then.h"
#include "record/internal/member_reader.h"

namespace batchwright::record::internal {
namespace {

class HeaderPass {
 public:
  HeaderPass(const PackageHeader& header, bool is_anchor_given, FindingLog& log)
      : header_(header), log_(log) {
    report_.context.device = header.device;
    report_.context.site = header.site.site;
    report_.context.must_trace_signers = is_anchor_given;
  }

  HeaderReport run() {
    check_enrolment();
    for (const SignedDocument& document : header_.documents) check_document(document);
    for (const SignedDocument& document : header_.receipts) check_receipt(document);
    return std::move(report_);
  }

 private:
  // Opens a document of the site and checks that its statement is of this site.
  template <typename Read>
  [[nodiscard]] auto open(const SignedDocument& document, Read read) {
    auto statement =
        then(open_document(document, document.purpose, header_.site.key), std::move(read));
    if (!statement) {
      log_.header("document." + document.purpose, statement.error().message);
    } else if (statement->site != header_.site.site) {
      log_.header("document." + document.purpose,
                  fmt::format("The {} is of the site {}, not of this one.", document.purpose,
                              statement->site));
      statement = fail(ErrorCode::kAltered, "of another site");
    }
    return statement;
  }

  void check_enrolment() {
    if (header_.enrolment.purpose != "enrolment") {
      log_.header("document.enrolment", "The device's enrolment is missing.");
      return;
    }
    const auto enrolment = open(header_.enrolment, enrolment_from_statement);
    if (!enrolment) return;
    if (enrolment->device != header_.device) {
      log_.header("document.enrolment", fmt::format("The enrolment is of the device {}, not of {}.",
                                                    enrolment->device, header_.device));
      return;
    }
    report_.context.device_key = enrolment->key;
    report_.enrolment_hash = header_.enrolment.hash();
  }

  void check_document(const SignedDocument& document) {
    if (document.purpose == "directory") {
      if (const auto directory = open(document, directory_from_statement)) {
        report_.context.people.add(*directory);
      }
    } else if (document.purpose == "receipt-key") {
      if (const auto certificate = open(document, receipt_key_from_statement)) {
        receipt_keys_.push_back(certificate->key);
      }
    } else if (document.purpose == "approval") {
      (void)open(document, approval_from_statement);
    } else if (document.purpose == "issue") {
      (void)open(document, issue_from_statement);
    } else {
      log_.header("document.unknown",
                  fmt::format("A document for \"{}\" is not understood and was not checked.",
                              document.purpose),
                  Severity::kWarning);
    }
  }

  void check_receipt(const SignedDocument& document) {
    if (std::ranges::find(receipt_keys_, document.key) == receipt_keys_.end()) {
      log_.header("document.receipt",
                  "A receipt is signed by a key that the site has not certified for receipts.");
      return;
    }
    const auto receipt =
        then(open_document(document, "receipt", document.key), receipt_from_statement);
    if (!receipt) {
      log_.header("document.receipt", receipt.error().message);
    } else if (receipt->device != header_.device) {
      log_.header("document.receipt",
                  fmt::format("A receipt is of the device {}.", receipt->device));
    } else {
      report_.receipts.push_back(*receipt);
    }
  }

  const PackageHeader& header_;
  FindingLog& log_;
  HeaderReport report_;
  std::vector<PublicKey> receipt_keys_;
};

}  // namespace

HeaderReport check_header(const PackageHeader& header, const std::optional<TrustAnchor>& anchor,
                          FindingLog& log) {
  if (anchor && anchor->key != header.site.key) {
    log.header("trust.anchor",
               fmt::format("This record leads back to the site key {}, not to the trusted one, {}.",
                           fingerprint(header.site.key), fingerprint(anchor->key)));
  } else if (anchor && anchor->site != header.site.site) {
    log.header("trust.anchor", fmt::format("This record names its site {}; the trusted name is {}.",
                                           header.site.site, anchor->site));
  }
  return HeaderPass(header, anchor.has_value(), log).run();
}

}  // namespace batchwright::record::internal
