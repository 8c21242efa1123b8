// Takes a device's lines: verified before anything is stored, stored by whole commits, answered
// with a signed receipt.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>

#include "record/signed_document.h"
#include "twin/site.h"

namespace batchwright::twin {

inline constexpr std::size_t kJournalBytesMax = 8u << 20;
inline constexpr std::size_t kJournalLinesMax = 20'000;

struct IngestReceipt {
  record::SignedDocument document;
  bool news = false;  // at least one commit was new
};
struct IngestWants {
  std::uint64_t seq = 1;
};
// Nothing of the commit that holds `seq` was stored; commits before it were.
struct IngestRefused {
  enum class Why { kFork, kAltered, kTooLarge, kMalformed } why = Why::kAltered;
  std::uint64_t seq = 0;  // 0: about the body as a whole
  std::string words;
  bool news = false;
};
using IngestAnswer = std::variant<IngestReceipt, IngestWants, IngestRefused>;

// `body` is NDJSON; bytes after the last LF and lines after the last commit line are ignored.
// Idempotent. An Error is kDenied for an unknown device, otherwise the database's: nothing of the
// current commit was stored.
[[nodiscard]] Result<IngestAnswer> ingest(Site& site, const std::string& device,
                                          std::string_view body);

struct DeviceHead {
  std::uint64_t seq = 0;
  Digest hash{};  // the enrolment statement's when seq is 0
};
[[nodiscard]] Result<DeviceHead> device_head(Site& site, const std::string& device);

}  // namespace batchwright::twin
