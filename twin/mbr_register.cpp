#include "twin/mbr_register.h"

#include <fmt/format.h>

#include <map>

#include "base/bytes.h"
#include "base/then.h"
#include "offline_store/sqlite/transaction.h"
#include "twin/feed.h"

namespace batchwright::twin {
namespace {

using offline_store::sqlite::Blob;
using offline_store::sqlite::Statement;
using offline_store::sqlite::Transaction;
using workflows::LifeRegister;
using workflows::LifeVersion;
using workflows::MbrState;

struct Row {
  std::string hash, title, said;  // said: the state of the newest document
  std::string document;
  bool written = false;  // whether it stands in mbr_state
  bool in_feed = false;
};

std::string hex_of(std::string_view bytes) {
  return to_hex({reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()});
}

Result<record::MbrApproval> open_approval(Site& site, std::string_view text) {
  return then(
      parse_json(text), record::signed_document_from_json,
      [&](const record::SignedDocument& document) {
        return record::open_document(document, "approval", site.anchor().key);
      },
      record::approval_from_statement);
}

// One version as its row says, before any act.
Result<LifeVersion> read_version(Site& site, const Statement& row) {
  LifeVersion version;
  version.hash = hex_of(row.blob(0));
  version.mbr = row.text(1);
  version.version = row.text(2);
  version.product = row.text(3);
  version.site = site.anchor().site;
  auto first = open_approval(site, row.text(5));
  if (!first) return std::unexpected(first.error());
  if (first->state == to_string(MbrState::kEffective)) {
    version.reached = MbrState::kApproved;
    auto from = instant_from_text(first->time);
    if (!from) return std::unexpected(from.error());
    version.effective_from = *from;
  }
  return version;
}

Result<LifeRegister> read_versions(Site& site, std::vector<Row>* rows) {
  auto select = site.db().prepare(
      "SELECT m.hash, m.mbr, m.version, coalesce(json_extract(CAST(m.text AS TEXT), '$.product'), "
      "''), m.title, m.approval, (SELECT s.state FROM mbr_state s WHERE s.mbr_hash = m.hash ORDER "
      "BY s.id DESC LIMIT 1), (SELECT s.document FROM mbr_state s WHERE s.mbr_hash = m.hash ORDER "
      "BY s.id DESC LIMIT 1), (SELECT min(f.id) FROM feed f WHERE f.kind = 'mbr' AND f.name = "
      "lower(hex(m.hash))) AS fed FROM mbr m ORDER BY fed IS NULL, fed, m.mbr, m.version");
  if (!select) return std::unexpected(select.error());
  if (auto started = select->start(); !started) return std::unexpected(started.error());
  LifeRegister versions;
  for (;;) {
    auto more = select->step();
    if (!more) return std::unexpected(more.error());
    if (!*more) return versions;
    auto version = read_version(site, *select);
    if (!version) return std::unexpected(version.error());
    if (rows != nullptr) {
      const bool effective = version->effective_from.has_value();
      const auto said = effective ? MbrState::kEffective : MbrState::kDraft;
      rows->push_back(
          {.hash = version->hash,
           .title = std::string(select->text(4)),
           .said = select->is_null(6) ? to_string(said) : std::string(select->text(6)),
           .document = std::string(select->is_null(7) ? select->text(5) : select->text(7)),
           .written = !select->is_null(6),
           .in_feed = !select->is_null(8)});
    }
    versions.versions.push_back(std::move(*version));
  }
}

Result<void> apply_acts(Site& site, LifeRegister& versions) {
  auto select = site.db().prepare(
      "SELECT mbr_hash, command, person, role, time, effective_from, diff FROM mbr_act ORDER BY "
      "id");
  if (!select) return std::unexpected(select.error());
  if (auto started = select->start(); !started) return std::unexpected(started.error());
  for (;;) {
    auto row = select->step();
    if (!row) return std::unexpected(row.error());
    if (!*row) return {};
    workflows::LifeAct act;
    act.hash = hex_of(select->blob(0));
    const auto command = workflows::life_command_from_text(select->text(1));
    auto time = instant_from_text(select->text(4));
    if (!command || !time)
      return fail(ErrorCode::kAltered, "The register of recipes holds an act nobody made.");
    act.command = *command;
    act.person = select->text(2);
    act.role = select->text(3);
    act.time = *time;
    if (!select->text(5).empty()) {
      auto from = instant_from_text(select->text(5));
      if (!from) return std::unexpected(from.error());
      act.effective_from = *from;
    }
    act.diff = select->text(6);
    apply(versions, act);
  }
}

Result<LifeRegister> load(Site& site, std::vector<Row>* rows) {
  auto versions = read_versions(site, rows);
  if (!versions) return std::unexpected(versions.error());
  if (auto applied = apply_acts(site, *versions); !applied) return std::unexpected(applied.error());
  return versions;
}

// Drafts are nobody's business but their authors'.
bool concerns_panels(const std::string& state, bool in_feed) {
  return in_feed ||
         (state != to_string(MbrState::kDraft) && state != to_string(MbrState::kInReview) &&
          state != to_string(MbrState::kRetired));
}

}  // namespace

Result<LifeRegister> load_register(Site& site) {
  return load(site, nullptr);
}

const LifeVersion* find_version(const LifeRegister& versions, std::string_view wanted,
                                Instant now) {
  const LifeVersion* last = nullptr;
  for (const LifeVersion& version : versions.versions) {
    if (version.hash == wanted || fmt::format("{}@{}", version.mbr, version.version) == wanted)
      return &version;
    if (version.mbr != wanted) continue;
    if (state_at(versions, version, now) == MbrState::kEffective) return &version;
    last = &version;
  }
  return last;
}

std::string state_text(const LifeRegister& versions, const LifeVersion& version, Instant now) {
  return version.recalled_at ? "recalled" : to_string(state_at(versions, version, now));
}

std::string sign_state(Site& site, const LifeVersion& version, const std::string& state) {
  record::MbrApproval approval;
  approval.site = site.anchor().site;
  approval.mbr = version.mbr;
  approval.version = version.version;
  approval.state = state;
  approval.time = site.now_text();
  if (const auto hash = array_from_hex<32>(version.hash)) approval.hash = *hash;
  return to_text(record::to_json(site.sign("approval", record::to_statement(approval))));
}

Result<void> store_acts(Site& site, const std::vector<SignedAct>& acts) {
  auto insert = site.db().prepare(
      "INSERT INTO mbr_act (mbr_hash, command, person, role, time, effective_from, effective_ms, "
      "diff, signature) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)");
  if (!insert) return std::unexpected(insert.error());
  for (const auto& [act, signature] : acts) {
    const auto hash = array_from_hex<32>(act.hash);
    if (!hash) return std::unexpected(hash.error());
    const auto from = act.effective_from ? to_text(*act.effective_from) : std::string();
    const std::int64_t from_ms = act.effective_from ? act.effective_from->unix_ms : 0;
    auto done = insert->run(Blob(*hash), std::string(to_string(act.command)), act.person, act.role,
                            to_text(act.time), from, from_ms, act.diff, signature);
    if (!done) return done;
  }
  return publish_states(site);
}

Result<void> publish_states(Site& site) {
  std::vector<Row> rows;
  auto versions = load(site, &rows);
  if (!versions) return std::unexpected(versions.error());
  const auto now = site.clock().now();
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const LifeVersion& version = versions->versions[i];
    const auto state = state_text(*versions, version, now);
    const bool known = state == rows[i].said;
    if (known && rows[i].written) continue;
    auto insert =
        site.db().prepare("INSERT INTO mbr_state (mbr_hash, state, document) VALUES (?, ?, ?)");
    if (!insert) return std::unexpected(insert.error());
    const auto hash = array_from_hex<32>(version.hash);
    if (!hash) return std::unexpected(hash.error());
    if (auto done = insert->run(Blob(*hash), state, sign_state(site, version, state)); !done)
      return done;
    if (known || !concerns_panels(state, rows[i].in_feed)) continue;
    if (auto told = add_feed_item(site, {.kind = "mbr", .name = version.hash}); !told) return told;
  }
  return {};
}

// Also what an earlier version of this program left without a written state.
Result<void> publish_due_states(Site& site) {
  auto due = site.db().prepare(
      "SELECT (SELECT count(*) FROM mbr m WHERE NOT EXISTS (SELECT 1 FROM mbr_state s WHERE "
      "s.mbr_hash = m.hash)) + (SELECT count(*) FROM mbr_act a WHERE a.effective_ms > 0 AND "
      "a.effective_ms <= ? AND NOT EXISTS (SELECT 1 FROM mbr_state s WHERE s.mbr_hash = a.mbr_hash "
      "AND s.state NOT IN ('draft', 'in_review', 'approved')))");
  if (!due) return std::unexpected(due.error());
  if (auto started = due->start(site.clock().now().unix_ms); !started) return started;
  auto row = due->step();
  if (!row) return std::unexpected(row.error());
  const bool any = *row && due->integer(0) > 0;
  due->reset();
  if (!any) return {};
  auto transaction = Transaction::begin(site.db());
  if (!transaction) return std::unexpected(transaction.error());
  return then(publish_states(site), [&] { return transaction->commit(); });
}

Result<Json> list_mbrs(Site& site) {
  std::vector<Row> rows;
  auto versions = load(site, &rows);
  if (!versions) return std::unexpected(versions.error());
  const auto now = site.clock().now();
  std::map<std::pair<std::string, std::string>, Json> items;  // by id and version
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const LifeVersion& version = versions->versions[i];
    auto document = parse_json(rows[i].document);
    if (!document) return std::unexpected(document.error());
    Json item = Json::object();
    item["hash"] = version.hash;
    item["mbr"] = version.mbr;
    item["version"] = version.version;
    item["title"] = rows[i].title;
    item["state"] = state_text(*versions, version, now);
    item["effective_from"] =
        version.effective_from ? to_text(*version.effective_from) : std::string();
    item["preparer"] = version.preparer;
    item["checker"] = version.checker;
    item["approver"] = version.approver;
    item["diff"] = version.diff;
    item["approval"] = std::move(*document);
    items[{version.mbr, version.version}] = std::move(item);
  }
  Json json = Json::object();
  Json& list = json["mbrs"] = Json::array();
  for (auto& [name, item] : items) list.push_back(std::move(item));
  return json;
}

}  // namespace batchwright::twin
