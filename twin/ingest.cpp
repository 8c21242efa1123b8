#include "twin/ingest.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <optional>
#include <vector>

#include "base/then.h"
#include "offline_store/sqlite/transaction.h"
#include "record/commit.h"
#include "twin/devices.h"
#include "twin/feed.h"
#include "twin/flags.h"

namespace batchwright::twin {
namespace {

using offline_store::sqlite::Blob;
using offline_store::sqlite::Transaction;
using record::StoredLine;
using Why = IngestRefused::Why;

// Lines that end with LF. Nothing when there are more than the limit.
std::optional<std::vector<std::string>> split_lines(std::string_view body) {
  std::vector<std::string> lines;
  for (auto end = body.find('\n'); end != std::string_view::npos; end = body.find('\n')) {
    if (lines.size() == kJournalLinesMax) return std::nullopt;
    lines.emplace_back(body.substr(0, end));
    body.remove_prefix(end + 1);
  }
  return lines;
}

std::uint64_t seq_of_place(const std::string& place) {
  constexpr std::string_view kLine = "line ";
  std::uint64_t seq = 0;
  if (place.starts_with(kLine))
    std::from_chars(place.data() + kLine.size(), place.data() + place.size(), seq);
  return seq;
}

Result<std::optional<Digest>> stored_hash(Site& site, const std::string& device,
                                          std::uint64_t seq) {
  auto select = site.db().prepare("SELECT hash FROM line WHERE device = ? AND seq = ?");
  if (!select) return std::unexpected(select.error());
  if (auto started = select->start(device, seq); !started) return std::unexpected(started.error());
  auto row = select->step();
  if (!row) return std::unexpected(row.error());
  if (!*row) return std::nullopt;
  Digest hash{};
  const auto bytes = select->blob(0);
  std::copy_n(bytes.begin(), std::min(bytes.size(), hash.size()), hash.begin());
  return hash;
}

Result<void> store_commit(Site& site, const std::vector<StoredLine>& commit) {
  auto insert = site.db().prepare(
      "INSERT INTO line (device, seq, hash, bytes, type, subject_kind, subject_id, commit_seq, "
      "commit_hlc) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)");
  if (!insert) return std::unexpected(insert.error());
  auto transaction = Transaction::begin(site.db());
  if (!transaction) return std::unexpected(transaction.error());
  const auto& last = commit.back().line;
  for (const auto& stored : commit) {
    const auto& line = stored.line;
    auto done = insert->run(line.device, line.seq, Blob(stored.hash), Blob(stored.bytes), line.type,
                            line.subject.kind, line.subject.id, last.seq, last.hlc.bits);
    if (!done) return done;
  }
  if (auto flagged = flag_strange_lines(site, commit); !flagged) return flagged;
  const bool of_run = std::ranges::any_of(
      commit, [](const StoredLine& stored) { return stored.line.subject.kind == "run"; });
  if (of_run) {
    auto told = add_feed_item(site, {.kind = "commit",
                                     .name = last.device,
                                     .first_seq = commit.front().line.seq,
                                     .last_seq = last.seq});
    if (!told) return told;
  }
  return transaction->commit();
}

// One body on its way in. Each step answers when it knows the answer, and nothing when the next
// step shall go on.
class Ingestion {
 public:
  Ingestion(Site& site, const Device& device, DeviceHead head)
      : site_(site), device_(device), head_(head) {}

  Result<std::optional<IngestAnswer>> skip_known(const std::vector<std::string>& lines);
  Result<std::optional<IngestAnswer>> take_new(const std::vector<std::string>& lines);
  IngestAnswer answer() const;

 private:
  Result<std::optional<IngestAnswer>> take_commit(std::span<const std::string> lines);
  IngestAnswer refused(Why why, std::uint64_t seq, std::string words) const {
    return IngestRefused{.why = why, .seq = seq, .words = std::move(words), .news = news_};
  }

  Site& site_;
  const Device& device_;
  DeviceHead head_;
  std::size_t next_ = 0;  // index of the first line not seen before
  bool news_ = false;
};

Result<std::optional<IngestAnswer>> Ingestion::skip_known(const std::vector<std::string>& lines) {
  const auto& id = device_.enrolment.device;
  for (; next_ < lines.size(); ++next_) {
    const auto line = record::decode(lines[next_]);
    if (!line) {
      // Without its number the line is named by its place: after the lines before it.
      const auto seq = next_ == 0 ? 0 : head_.seq + 1;
      return refused(Why::kAltered, seq, line.error().message);
    }
    const auto seq = line->line.seq;
    if (line->line.device != id)
      return refused(Why::kAltered, seq, "The line was written by another device.");
    if (seq > head_.seq + 1) return IngestWants{head_.seq + 1};
    if (seq == head_.seq + 1) return std::nullopt;
    auto stored = stored_hash(site_, id, seq);
    if (!stored) return std::unexpected(stored.error());
    if (*stored != line->hash)
      return refused(Why::kFork, seq,
                     fmt::format("The twin holds another line {} of this panel. Two journals were "
                                 "written with one device key; every entry is kept on the panel. "
                                 "Call IT and quality.",
                                 seq));
  }
  return std::nullopt;
}

Result<std::optional<IngestAnswer>> Ingestion::take_commit(std::span<const std::string> lines) {
  auto commit = record::check_commit(lines, device_.enrolment.device, device_.enrolment.key);
  if (!commit) {
    const auto seq = seq_of_place(commit.error().place);
    return refused(Why::kAltered, seq == 0 ? head_.seq + 1 : seq, commit.error().message);
  }
  const auto& first = commit->front().line;
  if (first.seq != head_.seq + 1)
    return refused(Why::kAltered, first.seq, "The line's number does not follow the one before.");
  if (first.prev != head_.hash)
    return refused(Why::kAltered, first.seq, "The line does not continue the stored chain.");
  if (auto stored = store_commit(site_, *commit); !stored) return std::unexpected(stored.error());
  head_ = {commit->back().line.seq, commit->back().hash};
  news_ = true;
  return std::nullopt;
}

Result<std::optional<IngestAnswer>> Ingestion::take_new(const std::vector<std::string>& lines) {
  std::size_t begin = next_;
  for (std::size_t i = next_; i < lines.size(); ++i) {
    const auto line = record::decode(lines[i]);
    if (!line) return refused(Why::kAltered, head_.seq + 1 + (i - begin), line.error().message);
    if (line->line.type != "commit") continue;
    auto taken = take_commit(std::span(lines).subspan(begin, i + 1 - begin));
    if (!taken || *taken) return taken;
    begin = i + 1;
  }
  return std::nullopt;
}

IngestAnswer Ingestion::answer() const {
  if (head_.seq == 0) return IngestWants{1};
  record::Receipt receipt;
  receipt.device = device_.enrolment.device;
  receipt.seq = head_.seq;
  receipt.hash = head_.hash;
  receipt.time = site_.now_text();
  return IngestReceipt{
      record::sign_document("receipt", record::to_statement(receipt), site_.receipt_key()), news_};
}

}  // namespace

Result<DeviceHead> device_head(Site& site, const std::string& device) {
  auto known = find_device(site, device);
  if (!known) return std::unexpected(known.error());
  auto select =
      site.db().prepare("SELECT seq, hash FROM line WHERE device = ? ORDER BY seq DESC LIMIT 1");
  if (!select) return std::unexpected(select.error());
  if (auto started = select->start(device); !started) return std::unexpected(started.error());
  auto row = select->step();
  if (!row) return std::unexpected(row.error());
  if (!*row) return DeviceHead{0, known->document.hash()};
  DeviceHead head{static_cast<std::uint64_t>(select->integer(0)), {}};
  const auto bytes = select->blob(1);
  std::copy_n(bytes.begin(), std::min(bytes.size(), head.hash.size()), head.hash.begin());
  return head;
}

Result<IngestAnswer> ingest(Site& site, const std::string& device_id, std::string_view body) {
  auto device = find_device(site, device_id);
  if (!device) return std::unexpected(device.error());
  auto head = device_head(site, device_id);
  if (!head) return std::unexpected(head.error());
  if (body.size() > kJournalBytesMax)
    return IngestRefused{Why::kTooLarge, 0, "The body is larger than 8 MiB. Send fewer lines."};
  const auto lines = split_lines(body);
  if (!lines) return IngestRefused{Why::kTooLarge, 0, "More than 20,000 lines. Send fewer."};
  Ingestion ingestion(site, *device, *head);
  auto known = ingestion.skip_known(*lines);
  if (!known) return std::unexpected(known.error());
  if (*known) return std::move(**known);
  auto taken = ingestion.take_new(*lines);
  if (!taken) return std::unexpected(taken.error());
  if (*taken) return std::move(**taken);
  return ingestion.answer();
}

}  // namespace batchwright::twin
