#include "record/internal/chain_check.h"

#include "record/internal/placement.h"

namespace batchwright::record::internal {
namespace {

// What the lines behind say a line's hash must be.
struct Expectation {
  std::optional<Digest> hash;
  bool is_vouched = false;  // by something signed, not only by a line that may itself be changed
};

class BackwardPass {
 public:
  BackwardPass(const Stretch& stretch, ChainReport& report) : stretch_(stretch), report_(report) {}

  void run() {
    Expectation expected{stretch_.hash_end, stretch_.hash_end.has_value()};
    std::uint64_t seq_behind = 0;  // of the line behind; 0 at the end
    for (std::size_t i = report_.lines.size(); i-- > 0;) {
      PlacedLine& line = report_.lines[i];
      if (line.state == LineState::kElsewhere) continue;
      const bool is_gap = seq_behind != 0 && line.seq + 1 != seq_behind;
      judge(line, is_gap ? Expectation{} : expected);
      expected = expected_before(line, find_before(i));
      seq_behind = line.seq;
    }
    judge_start(expected, seq_behind);
  }

 private:
  [[nodiscard]] const LineFacts& facts(const PlacedLine& line) const {
    return stretch_.facts[line.index];
  }

  // Hash of the nearest line before lines[i], or of what comes before the stretch.
  [[nodiscard]] std::optional<Digest> find_before(std::size_t i) const {
    while (i-- > 0) {
      const PlacedLine& line = report_.lines[i];
      if (line.state != LineState::kElsewhere) return facts(line).hash;
    }
    return stretch_.hash_before;
  }

  void judge(PlacedLine& line, const Expectation& expected) {
    vouched_hash_ = expected.is_vouched ? expected.hash : std::nullopt;
    if (line.state == LineState::kMalformed) return;
    const bool matches = !expected.hash || *expected.hash == facts(line).hash;
    const bool stands_here = facts(line).seq == line.seq;
    if (!matches || !stands_here) line.state = LineState::kChanged;
    line.is_proved = vouched_hash_ && line.state == LineState::kSound;
  }

  // What `line`, just judged, says about the line before it, whose hash is `before`.
  [[nodiscard]] Expectation expected_before(const PlacedLine& line,
                                            const std::optional<Digest>& before) const {
    const LineFacts& own = facts(line);
    if (line.state == LineState::kMalformed) return {};
    if (own.seq != line.seq) return {};  // a line from elsewhere knows nothing about this place
    if (line.is_proved || (own.commit && own.commit->is_signed)) return {own.prev, true};
    if (!before || own.prev == *before) return {own.prev, false};
    // Perhaps only `prev` was changed: then with the right one the line is as recorded again.
    if (is_restored_by(line, *before)) return {before, true};
    return {own.prev, false};
  }

  [[nodiscard]] bool is_restored_by(const PlacedLine& line, const Digest& prev) const {
    if (!vouched_hash_) return false;
    auto restored = decode(stretch_.lines[line.index]);
    if (!restored) return false;
    restored->line.prev = prev;
    return sha256(encode(restored->line)) == *vouched_hash_;
  }

  void judge_start(const Expectation& expected, std::uint64_t first_seq) {
    if (!stretch_.hash_before || !expected.hash || first_seq != stretch_.seq_before + 1) return;
    report_.begins_elsewhere = *expected.hash != *stretch_.hash_before;
  }

  const Stretch& stretch_;
  ChainReport& report_;
  std::optional<Digest>
      vouched_hash_;  // what the line being judged must hash to, when that is certain
};

}  // namespace

ChainReport check_chain(const Stretch& stretch) {
  ChainReport report = place_lines(stretch);
  BackwardPass(stretch, report).run();
  return report;
}

}  // namespace batchwright::record::internal
