#include "twin/recipes.h"

#include <fmt/format.h>

#include <optional>

#include "base/bytes.h"
#include "base/random.h"
#include "base/text.h"
#include "base/then.h"
#include "base/uuid.h"
#include "offline_store/sqlite/transaction.h"
#include "twin/feed.h"
#include "workflows/mbr_json.h"

namespace batchwright::twin {
namespace {

using offline_store::sqlite::Blob;
using offline_store::sqlite::Statement;
using offline_store::sqlite::Transaction;

constexpr std::size_t kMbrBytesMax = 16u << 20;
constexpr std::size_t kNumberBytesMax = 64;

struct MbrRow {
  std::string hash, mbr, version, title;
};

MbrRow read_row(const Statement& row) {
  const auto hash = row.blob(0);
  return {to_hex({reinterpret_cast<const std::uint8_t*>(hash.data()), hash.size()}),
          std::string(row.text(1)), std::string(row.text(2)), std::string(row.text(3))};
}

// `wanted` is a hash, an id, or ID@VERSION.
Result<std::optional<MbrRow>> find_mbr(Site& site, const std::string& wanted) {
  auto select = site.db().prepare(
      "SELECT m.hash, m.mbr, m.version, m.title FROM mbr m JOIN feed f ON f.kind = 'mbr' AND "
      "f.name = lower(hex(m.hash)) WHERE lower(hex(m.hash)) = ?1 OR m.mbr = ?1 OR "
      "m.mbr || '@' || m.version = ?1 ORDER BY f.id DESC LIMIT 1");
  if (!select) return std::unexpected(select.error());
  if (auto started = select->start(wanted); !started) return std::unexpected(started.error());
  auto row = select->step();
  if (!row) return std::unexpected(row.error());
  if (!*row) return std::nullopt;
  return read_row(*select);
}

Result<void> approve(Site& site, const workflows::Mbr& mbr, const std::string& title) {
  record::MbrApproval approval;
  approval.site = site.anchor().site;
  approval.mbr = mbr.id;
  approval.version = mbr.version;
  approval.state = "effective";
  approval.time = site.now_text();
  approval.hash = mbr.hash;
  const auto document = site.sign("approval", record::to_statement(approval));
  auto insert = site.db().prepare(
      "INSERT INTO mbr (hash, mbr, version, title, text, approval) VALUES (?, ?, ?, ?, ?, ?)");
  if (!insert) return std::unexpected(insert.error());
  auto transaction = Transaction::begin(site.db());
  if (!transaction) return std::unexpected(transaction.error());
  return then(
      insert->run(Blob(mbr.hash), mbr.id, mbr.version, title, Blob(mbr.text),
                  to_text(record::to_json(document))),
      [&] { return add_feed_item(site, {.kind = "mbr", .name = to_hex(mbr.hash)}); },
      [&] { return transaction->commit(); });
}

}  // namespace

Result<LoadedMbr> load_mbr(Site& site, std::string_view text, Findings& findings) {
  if (text.size() > kMbrBytesMax)
    return fail(ErrorCode::kFull, "A master batch record has at most 16 MiB.");
  auto reading = workflows::read_mbr(text);
  if (!reading) return std::unexpected(reading.error());
  findings = reading->findings;
  const auto& mbr = reading->mbr;
  if (has_errors(findings) || mbr.draft)
    return fail(
        ErrorCode::kRefused,
        "This recipe can't run yet: it is a draft or has findings. Nothing was loaded; settle "
        "them and load it again.");
  auto known = find_mbr(site, to_hex(mbr.hash));
  if (!known) return std::unexpected(known.error());
  if (*known)
    return LoadedMbr{(*known)->hash, (*known)->mbr, (*known)->version, (*known)->title, true};
  const auto words = mbr.title.find("en");
  const auto title = words == mbr.title.end() ? mbr.id : words->second;
  auto done = approve(site, mbr, title);
  if (!done && done.error().code == ErrorCode::kConflict)
    return fail(
        ErrorCode::kConflict,
        "Another text has this id and version already. Nothing was loaded; a changed recipe "
        "needs a new version.",
        fmt::format("{} {}", mbr.id, mbr.version));
  if (!done) return std::unexpected(done.error());
  return LoadedMbr{to_hex(mbr.hash), mbr.id, mbr.version, title, false};
}

Result<IssuedBatch> issue_batch(Site& site, const std::string& wanted, const std::string& number) {
  auto checked = checked_text(number);
  if (!checked) return std::unexpected(checked.error());
  if (number.empty() || number.size() > kNumberBytesMax)
    return fail(ErrorCode::kMalformed, "A batch number has 1 to 64 characters.", "--number");
  auto mbr = find_mbr(site, wanted);
  if (!mbr) return std::unexpected(mbr.error());
  if (!*mbr)
    return fail(ErrorCode::kNotFound,
                "This twin holds no such master batch record. Load it first; nothing was issued.",
                wanted);
  Digest entropy{};
  fill_random(entropy);
  record::BatchIssue issue;
  issue.site = site.anchor().site;
  issue.run = make_uuid_v7(site.clock().now().unix_ms, entropy);
  issue.number = number;
  issue.mbr = (*mbr)->mbr;
  issue.version = (*mbr)->version;
  issue.kind = "batch";
  issue.time = site.now_text();
  const auto hash = array_from_hex<32>((*mbr)->hash);
  if (!hash) return std::unexpected(hash.error());
  issue.mbr_hash = *hash;
  const auto document = site.sign("issue", record::to_statement(issue));
  auto insert =
      site.db().prepare("INSERT INTO issue (run, number, mbr_hash, document) VALUES (?, ?, ?, ?)");
  if (!insert) return std::unexpected(insert.error());
  auto transaction = Transaction::begin(site.db());
  if (!transaction) return std::unexpected(transaction.error());
  auto done = then(
      insert->run(issue.run, number, Blob(*hash), to_text(record::to_json(document))),
      [&] { return add_feed_item(site, {.kind = "issue", .name = issue.run}); },
      [&] { return transaction->commit(); });
  if (!done && done.error().code == ErrorCode::kConflict)
    return fail(
        ErrorCode::kConflict,
        "A batch of this number was issued before. Nothing was issued; choose another number.",
        number);
  if (!done) return std::unexpected(done.error());
  return IssuedBatch{issue.run, number, issue.mbr, issue.version};
}

Result<Json> list_mbrs(Site& site) {
  auto select = site.db().prepare(
      "SELECT hash, mbr, version, title, approval FROM mbr ORDER BY mbr, version");
  if (!select) return std::unexpected(select.error());
  if (auto started = select->start(); !started) return std::unexpected(started.error());
  Json json = Json::object();
  json["mbrs"] = Json::array();
  for (;;) {
    auto row = select->step();
    if (!row) return std::unexpected(row.error());
    if (!*row) return json;
    const auto mbr = read_row(*select);
    auto approval = parse_json(select->text(4));
    if (!approval) return std::unexpected(approval.error());
    Json item = Json::object();
    item["hash"] = mbr.hash;
    item["mbr"] = mbr.mbr;
    item["version"] = mbr.version;
    item["title"] = mbr.title;
    item["approval"] = std::move(*approval);
    json["mbrs"].push_back(std::move(item));
  }
}

Result<std::string> mbr_text(Site& site, const std::string& hash_hex) {
  const auto hash = array_from_hex<32>(hash_hex);
  if (!hash) return std::unexpected(hash.error());
  auto select = site.db().prepare("SELECT text FROM mbr WHERE hash = ?");
  if (!select) return std::unexpected(select.error());
  if (auto started = select->start(Blob(*hash)); !started) return std::unexpected(started.error());
  auto row = select->step();
  if (!row) return std::unexpected(row.error());
  if (!*row) return fail(ErrorCode::kNotFound, "There is no such master batch record.", hash_hex);
  return std::string(select->blob(0));
}

}  // namespace batchwright::twin
