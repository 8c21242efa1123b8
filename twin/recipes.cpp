#include "twin/recipes.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <vector>

#include "base/bytes.h"
#include "base/random.h"
#include "base/text.h"
#include "base/then.h"
#include "base/uuid.h"
#include "offline_store/sqlite/transaction.h"
#include "twin/feed.h"
#include "twin/mbr_register.h"
#include "twin/people.h"
#include "twin/recipe_acts.h"
#include "workflows/mbr_json.h"

namespace batchwright::twin {
namespace {

using offline_store::sqlite::Blob;
using offline_store::sqlite::Transaction;
using workflows::LifeCommand;
using workflows::LifeRegister;
using workflows::LifeVersion;

constexpr std::size_t kMbrBytesMax = 16u << 20;
constexpr std::size_t kNumberBytesMax = 64;

// Who of the directory holds `role` (empty: any) and isn't one of `taken`; "" when nobody.
std::string pick(const record::Directory& people, const std::string& role,
                 const std::vector<std::string>& taken) {
  for (const auto& person : people.people) {
    const bool fits = role.empty() || std::ranges::find(person.roles, role) != person.roles.end();
    if (person.active && fits && std::ranges::find(taken, person.id) == taken.end())
      return person.id;
  }
  return {};
}

Approval with_people(const record::Directory& people, Approval approval) {
  if (approval.quality.empty())
    approval.quality = pick(people, "quality", {approval.preparer, approval.checker});
  if (approval.checker.empty())
    approval.checker = pick(people, "supervisor", {approval.preparer, approval.quality});
  if (approval.checker.empty())
    approval.checker = pick(people, {}, {approval.preparer, approval.quality});
  if (approval.preparer.empty())
    approval.preparer = pick(people, {}, {approval.checker, approval.quality});
  return approval;
}

// Submit, check, approve, make effective; each by the rules.
Result<std::vector<SignedAct>> acts_of(Site& site, LifeRegister versions, const std::string& hash,
                                       const std::string& diff, const Approval& wanted) {
  auto directory = current_directory(site);
  if (!directory) return std::unexpected(directory.error());
  const auto approval = with_people(directory->directory, wanted);
  const std::pair<LifeCommand, std::string> wishes[] = {
      {LifeCommand::kSubmit, approval.preparer},
      {LifeCommand::kCheck, approval.checker},
      {LifeCommand::kApprove, approval.quality},
      {LifeCommand::kMakeEffective, approval.quality}};
  std::vector<SignedAct> acts;
  for (const auto& [command, person] : wishes) {
    const auto* known = directory->directory.find(person);
    if (known == nullptr || !known->active)
      return fail(ErrorCode::kRefused,
                  "Three people of the directory prepare, check and approve a master batch record, "
                  "the last with the quality role. Nothing was loaded.",
                  person.empty() ? to_string(command) : person);
    auto act = decide(versions, {command, hash, approval.effective_from, diff},
                      {site.clock().now(), person, known->roles});
    if (!act) return std::unexpected(act.error());
    apply(versions, *act);
    acts.push_back({std::move(*act), {}});
  }
  return acts;
}

LifeVersion version_of(Site& site, const workflows::Mbr& mbr) {
  LifeVersion version;
  version.hash = to_hex(mbr.hash);
  version.mbr = mbr.id;
  version.version = mbr.version;
  version.product = mbr.product;
  version.site = site.anchor().site;
  return version;
}

Result<void> store(Site& site, const workflows::Mbr& mbr, const std::string& title,
                   const LifeVersion& version, const std::vector<SignedAct>& acts) {
  auto insert = site.db().prepare(
      "INSERT INTO mbr (hash, mbr, version, title, text, approval) VALUES (?, ?, ?, ?, ?, ?)");
  if (!insert) return std::unexpected(insert.error());
  auto transaction = Transaction::begin(site.db());
  if (!transaction) return std::unexpected(transaction.error());
  return then(
      insert->run(Blob(mbr.hash), mbr.id, mbr.version, title, Blob(mbr.text),
                  sign_state(site, version, to_string(workflows::MbrState::kDraft))),
      [&] { return store_acts(site, acts); }, [&] { return transaction->commit(); });
}

Result<LoadedMbr> register_mbr(Site& site, const workflows::Mbr& mbr, LifeRegister versions,
                               const std::optional<Approval>& approval) {
  const auto version = version_of(site, mbr);
  for (const auto& other : versions.versions)
    if (other.mbr == mbr.id && other.version == mbr.version)
      return fail(
          ErrorCode::kConflict,
          "Another text has this id and version already. Nothing was loaded; a changed recipe "
          "needs a new version.",
          fmt::format("{} {}", mbr.id, mbr.version));
  versions.versions.push_back(version);
  std::vector<SignedAct> acts;
  if (approval) {
    auto diff = diff_for_approval(site, versions, mbr);
    if (!diff) return std::unexpected(diff.error());
    auto made = acts_of(site, versions, version.hash, diff->empty() ? "" : to_hex(sha256(*diff)),
                        *approval);
    if (!made) return std::unexpected(made.error());
    acts = std::move(*made);
    for (const auto& [act, signature] : acts) apply(versions, act);
  }
  const auto words = mbr.title.find("en");
  const auto title = words == mbr.title.end() ? mbr.id : words->second;
  if (auto done = store(site, mbr, title, version, acts); !done)
    return std::unexpected(done.error());
  const auto& kept = versions.versions.back();
  return LoadedMbr{
      version.hash, mbr.id, mbr.version, title, state_text(versions, kept, site.clock().now()),
      false};
}

}  // namespace

Result<LoadedMbr> load_mbr(Site& site, std::string_view text, Findings& findings,
                           const std::optional<Approval>& approval) {
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
  auto versions = load_register(site);
  if (!versions) return std::unexpected(versions.error());
  if (const auto* known = versions->find(to_hex(mbr.hash))) {
    const auto words = mbr.title.find("en");
    return LoadedMbr{known->hash,
                     mbr.id,
                     mbr.version,
                     words == mbr.title.end() ? mbr.id : words->second,
                     state_text(*versions, *known, site.clock().now()),
                     true};
  }
  return register_mbr(site, mbr, std::move(*versions), approval);
}

Result<IssuedBatch> issue_batch(Site& site, const std::string& wanted, const std::string& number) {
  auto checked = checked_text(number);
  if (!checked) return std::unexpected(checked.error());
  if (number.empty() || number.size() > kNumberBytesMax)
    return fail(ErrorCode::kMalformed, "A batch number has 1 to 64 characters.", "--number");
  if (auto told = publish_due_states(site); !told) return std::unexpected(told.error());
  auto versions = load_register(site);
  if (!versions) return std::unexpected(versions.error());
  const auto* mbr = find_version(*versions, wanted, site.clock().now());
  if (mbr == nullptr)
    return fail(ErrorCode::kNotFound,
                "This twin holds no such master batch record. Load it first; nothing was issued.",
                wanted);
  if (auto allowed = check_issue(*versions, *mbr, site.clock().now()); !allowed)
    return std::unexpected(allowed.error());
  Digest entropy{};
  fill_random(entropy);
  record::BatchIssue issue;
  issue.site = site.anchor().site;
  issue.run = make_uuid_v7(site.clock().now().unix_ms, entropy);
  issue.number = number;
  issue.mbr = mbr->mbr;
  issue.version = mbr->version;
  issue.kind = "batch";
  issue.time = site.now_text();
  const auto hash = array_from_hex<32>(mbr->hash);
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
