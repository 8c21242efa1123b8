// Which lines are the ones that were recorded. Compares hashes only.
//
// A wrong link between two lines says that one of them was changed, not which one. What was signed
// decides: the end of the journal (by the footer) and each commit (by its signature) vouch for the
// hash of a line; a line that has the vouched hash vouches through its `prev` for the line before
// it. So the check goes backwards, from what is signed.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "record/internal/line_facts.h"
#include "record/journal_writer.h"

namespace batchwright::record::internal {

enum class LineState {
  kSound,      // nothing speaks against it
  kChanged,    // its bytes are not the ones that were recorded
  kMalformed,  // it is no line at all
  kElsewhere,  // a line of this journal at the wrong place: repeated, or out of order
};

// One line of the file and the seq it stands for, which is not always the one it claims.
struct PlacedLine {
  std::uint64_t seq = 0;
  std::size_t index = 0;  // into facts
  LineState state = LineState::kSound;
  bool is_proved = false;  // something signed vouches for these bytes
};

struct MissingLines {
  std::uint64_t first = 0, last = 0;
};

// A piece of a journal and what is known about both of its ends.
struct Stretch {
  std::span<const std::string> lines;
  std::span<const LineFacts> facts;  // inspect_line of each
  std::uint64_t seq_before = 0;
  std::optional<Digest> hash_before;  // prev of the first line; absent when nobody vouches for it
  std::optional<Digest> hash_end;  // what the last line must be; absent when nobody vouches for it
};

struct ChainReport {
  std::vector<PlacedLine>
      lines;  // in file order; seq of readable lines rises strictly, except for kElsewhere
  std::vector<MissingLines> missing;
  bool begins_elsewhere = false;  // the first line is sound, but does not follow hash_before
};

[[nodiscard]] ChainReport check_chain(const Stretch& stretch);

}  // namespace batchwright::record::internal
