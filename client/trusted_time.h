// The time that decisions are made by: the machine's wall clock, read once when the program starts,
// carried on by the monotonic clock. Whoever sets the wall clock while a step runs changes no
// duration of the record (requirement B7). Pure over the clock it is given.
//
// What it can't repair, and so states: a wall clock that was wrong already at the start. When it is
// behind the newest line of the journal, durations that span the restart may be wrong by as much.
#pragma once

#include "base/time.h"

namespace batchwright::client {

class TrustedTime final : public Clock {
 public:
  // `machine` must outlive it. `newest_unix_ms`: the newest time the journal knows, 0 when it is
  // empty.
  TrustedTime(const Clock& machine, std::int64_t newest_unix_ms);

  // The offset is the machine's of now: a change to summer time moves no instant.
  [[nodiscard]] Instant now() const override;
  [[nodiscard]] std::int64_t monotonic_ms() const override { return machine_.monotonic_ms(); }

  // How far now() may be wrong against the times in the record: the distance by which the wall
  // clock was behind the record at the start; 0 = it was consistent. A wall clock that was set
  // ahead while the program was off can't be told from time that passed.
  [[nodiscard]] std::int64_t uncertainty_ms() const { return uncertainty_ms_; }

  // Wall clock minus now(): not 0 when somebody or the network set the clock meanwhile. It counts
  // from the next start of the program on.
  [[nodiscard]] std::int64_t wall_moved_ms() const;

 private:
  const Clock& machine_;
  std::int64_t wall_at_start_ms_, monotonic_at_start_ms_, uncertainty_ms_;
};

}  // namespace batchwright::client
