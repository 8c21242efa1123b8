#include "record/internal/journal_check.h"

#include <fmt/format.h>

#include "record/internal/commit_check.h"
#include "record/internal/covered_check.h"

namespace batchwright::record::internal {
namespace {

class ForwardPass {
 public:
  ForwardPass(const JournalCheck& check, FindingLog& log)
      : check_(check),
        log_(log),
        commits_(check.stretch.seq_before, check.is_device_key_known),
        covered_(check.stretch.seq_before == 0),
        last_hlc_(check.hlc_before) {}

  JournalReport run() {
    const ChainReport chain = check_chain(check_.stretch);
    report_missing(chain);
    report_.last_seq = check_.stretch.seq_before;
    std::uint64_t expected = check_.stretch.seq_before + 1;
    for (const PlacedLine& line : chain.lines) {
      if (line.state != LineState::kElsewhere) {
        if (line.seq > expected) commits_.unknown_line();
        expected = line.seq + 1;
        report_.last_seq = line.seq;
      }
      visit(line);
    }
    if (chain.begins_elsewhere) report_begin(chain);
    if (check_.is_device_key_known) report_unproved(chain);
    if (commits_.is_open()) report_.open_from = commits_.start().value_or(report_.last_seq);
    report_.commits = commits_.commits();
    return std::move(report_);
  }

 private:
  void report_missing(const ChainReport& chain) {
    for (const auto& [first, last] : chain.missing) {
      log_.line(first, "line.missing",
                first == last ? fmt::format("Line {} is missing.", first)
                              : fmt::format("Lines {} to {} are missing.", first, last));
    }
  }

  void report_begin(const ChainReport& chain) {
    const PlacedLine& first = chain.lines.front();
    if (first.state != LineState::kSound) return;  // already said
    log_.line(first.seq, "line.start",
              check_.stretch.seq_before == 0
                  ? "The journal does not begin at this device's enrolment."
                  : fmt::format("This line does not follow line {} as it is known here.",
                                check_.stretch.seq_before));
  }

  // A commit's signature covers its lines, but not the commit line's own clock stamp and heads;
  // those are vouched for by what follows. At the end of a journal that goes on elsewhere nothing
  // follows yet.
  [[nodiscard]] bool is_open_end(const PlacedLine& line) const {
    const LineFacts& facts = check_.stretch.facts[line.index];
    return !check_.stretch.hash_end && line.index + 1 == check_.stretch.facts.size() &&
           facts.commit && facts.commit->is_signed;
  }

  // Lines that fit together, but whose commit line is lost: they are shown, and not proved.
  void report_unproved(const ChainReport& chain) {
    const auto& lines = chain.lines;
    const auto is_unproved = [&](const PlacedLine& line) {
      return line.state == LineState::kSound && !line.is_proved && !is_open_end(line);
    };
    for (std::size_t i = 0; i < lines.size(); ++i) {
      if (!is_unproved(lines[i])) continue;
      const std::uint64_t first = lines[i].seq;
      while (i + 1 < lines.size() && is_unproved(lines[i + 1])) ++i;
      const std::string range = first == lines[i].seq
                                    ? fmt::format("line {}", first)
                                    : fmt::format("lines {} to {}", first, lines[i].seq);
      log_.line(first, "line.unproved",
                fmt::format("Nothing that is signed vouches for all of {}: what is here only fits "
                            "together.",
                            range),
                Severity::kWarning);
    }
  }

  void visit(const PlacedLine& line) {
    const LineFacts& facts = check_.stretch.facts[line.index];
    switch (line.state) {
      case LineState::kSound: visit_sound(line.seq, facts); return;
      case LineState::kMalformed:
        log_.line(line.seq, "line.malformed", facts.malformed->message);
        break;
      case LineState::kChanged:
        log_.line(
            line.seq, "line.changed",
            "This line was changed after it was recorded: its SHA-256 or its number is not the "
            "one that the journal holds for it.");
        break;
      case LineState::kElsewhere:
        log_.line(line.seq, "line.elsewhere", "This line stands a second time or out of order.");
        return;
    }
    commits_.unknown_line();
  }

  void visit_sound(std::uint64_t seq, const LineFacts& facts) {
    for (const Finding& remark : facts.remarks) {
      log_.line(seq, remark.code, remark.message, remark.severity);
    }
    if (facts.hlc <= last_hlc_) {
      log_.line(seq, "line.clock", "The clock stamp of this line is not after the one before it.");
    }
    last_hlc_ = std::max(last_hlc_, facts.hlc);
    const std::uint64_t commit_start = commits_.start().value_or(seq);
    commits_.sound_line(seq, facts, log_);
    if (facts.signature) {
      ++report_.signatures;
      report_.all_signers_traced = report_.all_signers_traced && facts.signature->is_traced;
      covered_.signature(seq, commit_start, *facts.signature, log_);
    }
    covered_.line(seq, facts.hash);
    report_.hashes.emplace_hint(report_.hashes.end(), seq, facts.hash);
  }

  const JournalCheck& check_;
  FindingLog& log_;
  CommitCheck commits_;
  CoveredCheck covered_;
  Hlc last_hlc_;
  JournalReport report_;
};

}  // namespace

JournalReport check_journal(const JournalCheck& check, FindingLog& log) {
  return ForwardPass(check, log).run();
}

}  // namespace batchwright::record::internal
