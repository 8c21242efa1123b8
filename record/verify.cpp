#include "record/verify.h"

#include <fmt/format.h>

#include "base/bytes.h"
#include "record/internal/header_check.h"
#include "record/internal/journal_check.h"
#include "record/internal/package_parts.h"

namespace batchwright::record {
namespace {

using internal::FindingLog;
using internal::Footer;
using internal::HeaderReport;
using internal::JournalReport;
using internal::LineContext;
using internal::LineFacts;

std::vector<LineFacts> inspect(std::span<const std::string> lines, const LineContext& context) {
  std::vector<LineFacts> facts;
  facts.reserve(lines.size());
  for (const std::string& line : lines) facts.push_back(internal::inspect_line(line, context));
  return facts;
}

// What stands for the closing line where there is none to expect: in a store's folder.
void report_folder(const FolderFacts& folder, FindingLog& log) {
  log.footer("footer.none",
             "This was read from the folder of a store, without a signed closing line: lines cut "
             "from the end would go unnoticed when the folder's own note of its end was cut too. "
             "Compare the last line with the twin, or export the journal on its panel.",
             Severity::kWarning);
  for (const FolderFacts::Damage& damage : folder.damage) {
    if (damage.seq > 0) {
      log.line(damage.seq, "store.altered", damage.message);
    } else {
      log.footer("store.altered", damage.message);  // so that a line that is known comes first
    }
  }
}

// The closing line of the file, when it is good.
std::optional<Footer> check_footer(const Package& package, const LineContext& context,
                                   FindingLog& log) {
  if (package.folder) {
    report_folder(*package.folder, log);
    return std::nullopt;
  }
  if (package.footer_bytes.empty()) {
    log.footer("footer.missing",
               fmt::format("The file was cut: it ends after {} lines without its signed closing "
                           "line. What came after is missing.",
                           package.lines.size()));
    return std::nullopt;
  }
  if (!context.device_key) return std::nullopt;  // said about the header
  auto footer = internal::read_footer(package.footer_bytes, *context.device_key);
  if (!footer) {
    log.footer("footer.bad", footer.error().message);
    return std::nullopt;
  }
  if (footer->device != context.device) {
    log.footer("footer.bad", "The closing line is of another device.");
    return std::nullopt;
  }
  if (footer->header != sha256(package.header_bytes)) {
    log.header("header.changed", "The header was changed after the export.");
  }
  return std::move(*footer);
}

using End = FolderFacts::End;

// Where the journal must end: what the footer signs, or what the store's folder remembers. That may
// lag behind after a crash, so a longer journal is no finding there.
std::optional<End> known_end(const Package& package, const std::optional<Footer>& footer) {
  if (footer) return End{footer->last, footer->hash};
  if (!package.folder || !package.folder->end) return std::nullopt;
  return package.folder->end->seq < package.lines.size() ? std::nullopt : package.folder->end;
}

// The end vouches for the last line only when the file still ends at the line it names; a cut or
// longer file is reported by its length instead.
std::optional<Digest> vouched_end(const std::optional<End>& end, std::span<const LineFacts> facts) {
  if (!end || facts.empty()) return std::nullopt;
  const LineFacts& last = facts.back();
  const bool ends_there = !last.malformed && last.seq == end->seq;
  return ends_there || facts.size() == end->seq ? std::optional(end->hash) : std::nullopt;
}

void check_end(const std::optional<End>& end, const JournalReport& journal, FindingLog& log) {
  const std::uint64_t last_seq = journal.last_seq;
  const bool is_known_cut = end && end->seq > last_seq;
  if (journal.open_from && !is_known_cut) {
    log.line(*journal.open_from, "commit.missing",
             fmt::format("The journal ends at line {} inside a commit: from line {} on, no commit "
                         "line signs what was recorded.",
                         last_seq, *journal.open_from));
  }
  if (!end || end->seq == last_seq) return;
  if (is_known_cut) {
    log.line(last_seq + 1, "line.missing",
             fmt::format("The journal was cut: it ends at line {}, but {} were recorded.", last_seq,
                         end->seq));
  } else {
    log.line(end->seq + 1, "line.added",
             fmt::format("Lines were added after the export, which ended at line {}.", end->seq));
  }
}

// Answers the last seq that a receipt confirms.
std::uint64_t check_receipts(const std::vector<Receipt>& receipts, const JournalReport& journal,
                             FindingLog& log) {
  std::uint64_t confirmed = 0;
  for (const Receipt& receipt : receipts) {
    const auto found = journal.hashes.find(receipt.seq);
    if (found != journal.hashes.end() && found->second == receipt.hash) {
      confirmed = std::max(confirmed, receipt.seq);
    } else if (found != journal.hashes.end()) {
      log.line(receipt.seq, "receipt.mismatch",
               "The twin confirmed another line here: this one was put in its place later.");
    } else if (receipt.seq > journal.last_seq) {
      log.line(journal.last_seq + 1, "receipt.beyond",
               fmt::format("The twin confirmed line {}, but the journal ends at line {}.",
                           receipt.seq, journal.last_seq));
    }
  }
  return confirmed;
}

VerifyReport report_of(FindingLog& log, const JournalReport& journal,
                       std::span<const LineFacts> facts, const std::string& device) {
  VerifyReport report;
  report.proved = !log.has_errors();
  report.first_bad = log.first_bad();
  report.findings = log.take();
  report.device = device;
  report.lines = facts.size();
  report.commits = journal.commits;
  report.signatures = journal.signatures;
  if (!facts.empty()) report.head = to_hex(facts.back().hash);
  return report;
}

std::optional<VerifyReport> refuse_too_many(std::size_t lines) {
  if (lines <= kPackageLinesMax) return std::nullopt;
  VerifyReport report;
  report.first_bad = 0;
  report.lines = lines;
  report.findings.push_back({Severity::kError, "file.too-long", "header",
                             fmt::format("More than {} lines are not read.", kPackageLinesMax)});
  return report;
}

}  // namespace

VerifyReport verify(const Package& package, const std::optional<TrustAnchor>& anchor) {
  if (auto refused = refuse_too_many(package.lines.size())) return *refused;
  FindingLog log;
  HeaderReport header;
  // From the bytes, so that what is checked is what the footer signed.
  if (const auto read = internal::read_header(package.header_bytes)) {
    header = internal::check_header(*read, anchor, log);
  } else {
    log.header("header.malformed", read.error().message);
  }
  const auto footer = check_footer(package, header.context, log);
  const auto end = known_end(package, footer);
  const auto facts = inspect(package.lines, header.context);
  const JournalReport journal =
      internal::check_journal({.stretch = {.lines = package.lines,
                                           .facts = facts,
                                           .seq_before = 0,
                                           .hash_before = header.enrolment_hash,
                                           .hash_end = vouched_end(end, facts)},
                               .hlc_before = {},
                               .is_device_key_known = header.context.device_key.has_value()},
                              log);
  check_end(end, journal, log);
  const std::uint64_t confirmed = check_receipts(header.receipts, journal, log);

  VerifyReport report = report_of(log, journal, facts, header.context.device);
  report.confirmed_through = confirmed;
  report.anchored = report.proved && anchor.has_value() && journal.all_signers_traced;
  return report;
}

VerifyReport verify_part(const JournalPart& part, std::span<const std::string> lines) {
  if (auto refused = refuse_too_many(lines.size())) return *refused;
  FindingLog log;
  LineContext context{
      .device = part.device, .device_key = part.device_key, .site = part.site, .people = {}};
  for (const Directory& directory : part.directories) context.people.add(directory);
  const auto facts = inspect(lines, context);
  const JournalReport journal =
      internal::check_journal({.stretch = {.lines = lines,
                                           .facts = facts,
                                           .seq_before = part.before.seq,
                                           .hash_before = part.before.hash,
                                           .hash_end = std::nullopt},
                               .hlc_before = part.before.hlc,
                               .is_device_key_known = true},
                              log);
  check_end(std::nullopt, journal, log);
  VerifyReport report = report_of(log, journal, facts, part.device);
  report.anchored = report.proved && journal.all_signers_traced;
  return report;
}

}  // namespace batchwright::record
