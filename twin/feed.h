// What panels are told: one append-only list per site, read by cursor.
#pragma once

#include <optional>
#include <string>

#include "base/json.h"
#include "twin/site.h"

namespace batchwright::twin {

struct FeedItem {
  std::string kind;                           // directory, mbr, issue, enrolment, commit
  std::string name;                           // version, hash, run, device, device
  std::uint64_t first_seq = 0, last_seq = 0;  // commit only
};

// Inside the transaction that makes the thing true.
[[nodiscard]] Result<void> add_feed_item(Site& site, const FeedItem& item);

struct FeedAnswer {
  Json json;  // {"cursor","items"}
  bool empty = true;
};

// Items after `cursor` (unknown or empty: from the start), without the device's own commits; at
// most 500 items or about 1 MiB. kDenied when the device is not enrolled.
[[nodiscard]] Result<FeedAnswer> read_feed(Site& site, const std::string& device,
                                           const std::string& cursor);

}  // namespace batchwright::twin
