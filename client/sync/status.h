// What people see of the sync: how many entries exist only on this panel, since when, and what is
// wrong.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/time.h"

namespace batchwright::client::sync {

enum class SyncState {
  kOffline,    // no twin answers; normal, nothing is lost
  kConnected,  // the last exchange succeeded
  kAlarm,      // sending stopped until a person acts; `alarm` says why
};

enum class Alarm {
  kNone,
  kFork,          // two journals with one device key: a copy or a restored store
  kFalseReceipt,  // something signed nonsense in the twin's name
  kDenied,        // 401 or 403: this panel isn't (or no longer) known
  kRejected,      // the twin refused lines for another reason; wedged
  kStore,         // the panel's own store failed, or is full: then it goes on by itself with space
};

struct SyncStatus {
  SyncState state = SyncState::kOffline;
  Alarm alarm = Alarm::kNone;
  std::uint64_t head = 0;               // last line in the journal
  std::uint64_t sent_through = 0;       // last line ever handed to the network, answered or not
  std::uint64_t confirmed_through = 0;  // last line covered by a receipt
  std::uint64_t only_here = 0;          // head - confirmed_through
  std::optional<Instant> oldest_unsent_time;  // of line confirmed_through + 1
  std::uint64_t wedged = 0;                   // refused items that no later receipt covers
  std::uint64_t refused_arrivals = 0;         // what arrived and wasn't believed or can't be kept
  std::optional<Instant> last_contact;        // last answer that was the twin's
  std::string last_error;                     // words for people; empty after success
  std::string last_refused;                   // words about the newest refused arrival; they stay

  bool operator==(const SyncStatus&) const = default;
};

[[nodiscard]] constexpr const char* to_string(SyncState state) {
  switch (state) {
    case SyncState::kOffline: return "offline";
    case SyncState::kConnected: return "connected";
    case SyncState::kAlarm: return "alarm";
  }
  return "offline";
}

[[nodiscard]] constexpr const char* to_string(Alarm alarm) {
  switch (alarm) {
    case Alarm::kNone: return "none";
    case Alarm::kFork: return "fork";
    case Alarm::kFalseReceipt: return "false_receipt";
    case Alarm::kDenied: return "denied";
    case Alarm::kRejected: return "rejected";
    case Alarm::kStore: return "store";
  }
  return "none";
}

}  // namespace batchwright::client::sync
