#include "twin/flags.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/bytes.h"
#include "record/hlc.h"
#include "record/signature.h"
#include "twin/people.h"

namespace batchwright::twin {
namespace {

using offline_store::sqlite::Blob;
using record::StoredLine;

Result<void> add_flag(Site& site, const record::Line& line, const char* code,
                      const std::string& words) {
  auto insert =
      site.db().prepare("INSERT INTO flag (device, seq, code, words) VALUES (?, ?, ?, ?)");
  if (!insert) return std::unexpected(insert.error());
  return insert->run(line.device, line.seq, code, words);
}

Result<bool> holds_line(Site& site, const std::string& hash_hex) {
  const auto hash = array_from_hex<32>(hash_hex);
  if (!hash) return false;
  auto select = site.db().prepare("SELECT 1 FROM line WHERE hash = ?");
  if (!select) return std::unexpected(select.error());
  if (auto started = select->start(Blob(*hash)); !started) return std::unexpected(started.error());
  return select->step();
}

Result<void> flag_signer(Site& site, const record::Line& line,
                         const record::SignatureStatement& statement, const std::string& key) {
  auto current = current_directory(site);
  if (!current) return std::unexpected(current.error());
  const auto* person = current->directory.find(statement.signer);
  if (person == nullptr || !person->key || to_hex(*person->key) != key)
    return add_flag(site, line, "signer_unknown",
                    "Signed with a key that this site's directory gives to nobody of that id.");
  if (!person->active)
    return add_flag(site, line, "signer_inactive", "Signed by a person who is no longer active.");
  const auto signed_at = instant_from_text(statement.time);
  const auto expires = instant_from_text(current->directory.expires);
  if (signed_at && expires && signed_at->unix_ms > expires->unix_ms)
    return add_flag(site, line, "directory_expired",
                    "Signed after the directory of people had expired.");
  return {};
}

Result<void> flag_signature(Site& site, const record::Line& line) {
  const auto statement = record::statement_from_text(line.body.value("statement", std::string()));
  if (!statement) return std::unexpected(statement.error());
  auto signer = flag_signer(site, line, *statement, line.body.value("key", std::string()));
  if (!signer) return signer;
  for (const auto& hash : statement->covered) {
    auto held = holds_line(site, hash);
    if (!held) return std::unexpected(held.error());
    if (!*held)
      return add_flag(site, line, "covers_unknown",
                      "The signature covers lines that the twin does not hold.");
  }
  return {};
}

}  // namespace

Result<void> flag_strange_lines(Site& site, const std::vector<StoredLine>& commit) {
  for (const auto& stored : commit)
    if (stored.line.type == "signature_made")
      if (auto flagged = flag_signature(site, stored.line); !flagged) return flagged;
  const auto& last = commit.back().line;
  const auto ahead_ms = last.hlc.unix_ms() - site.clock().now().unix_ms;
  if (ahead_ms > record::kRemoteAheadMsMax)
    return add_flag(site, last, "clock_ahead",
                    fmt::format("The panel's clock is {} s ahead of the twin's.", ahead_ms / 1000));
  return {};
}

Result<std::vector<Flag>> newest_flags(Site& site, int count) {
  auto select =
      site.db().prepare("SELECT device, seq, code, words FROM flag ORDER BY id DESC LIMIT ?");
  if (!select) return std::unexpected(select.error());
  if (auto started = select->start(count); !started) return std::unexpected(started.error());
  std::vector<Flag> flags;
  for (;;) {
    auto row = select->step();
    if (!row) return std::unexpected(row.error());
    if (!*row) return flags;
    flags.push_back({std::string(select->text(0)), static_cast<std::uint64_t>(select->integer(1)),
                     std::string(select->text(2)), std::string(select->text(3))});
  }
}

}  // namespace batchwright::twin
