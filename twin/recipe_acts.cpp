#include "twin/recipe_acts.h"

#include <fmt/format.h>

#include <array>
#include <cstdlib>

#include "base/bytes.h"
#include "base/then.h"
#include "offline_store/sqlite/transaction.h"
#include "record/wrapped_key.h"
#include "twin/mbr_register.h"
#include "twin/people.h"
#include "twin/recipes.h"
#include "workflows/mbr_diff.h"
#include "workflows/mbr_json.h"

namespace batchwright::twin {
namespace {

using offline_store::sqlite::Transaction;

constexpr const char* kPurpose = "recipe-act";
constexpr std::size_t kMemberBytesMax = 256;

struct Member {
  const char* name;
  std::string RecipeAct::* value;
};
constexpr std::array kMembers{
    Member{"site", &RecipeAct::site},
    Member{"hash", &RecipeAct::hash},
    Member{"command", &RecipeAct::command},
    Member{"person", &RecipeAct::person},
    Member{"effective_from", &RecipeAct::effective_from},
    Member{"diff", &RecipeAct::diff},
    Member{"time", &RecipeAct::time},
};

std::unexpected<Error> not_theirs() {
  return fail(ErrorCode::kDenied,
              "This act is not signed by a person of the site's directory. Nothing was changed.",
              "signature");
}

// The statement, proved to be the person's, and the person.
Result<std::pair<RecipeAct, record::Person>> open_act(Site& site, const Json& json) {
  auto document = record::signed_document_from_json(json);
  if (!document) return std::unexpected(document.error());
  auto claimed = then(parse_json(document->statement), act_from_statement);
  if (!claimed) return std::unexpected(claimed.error());
  auto directory = current_directory(site);
  if (!directory) return std::unexpected(directory.error());
  const auto* person = directory->directory.find(claimed->person);
  if (person == nullptr || !person->active || !person->key) return not_theirs();
  if (!record::open_document(*document, kPurpose, *person->key)) return not_theirs();
  return std::pair{std::move(*claimed), *person};
}

Result<void> check_time_and_site(Site& site, const RecipeAct& act) {
  if (act.site != site.anchor().site)
    return fail(ErrorCode::kRefused, "This act was signed for another site.", act.site);
  const auto time = instant_from_text(act.time);
  if (!time) return std::unexpected(time.error());
  if (std::llabs(time->unix_ms - site.clock().now().unix_ms) > kActMinutes * 60'000)
    return fail(ErrorCode::kRefused,
                "This act was signed more than 15 minutes ago or ahead. Sign it now; nothing was "
                "changed.",
                act.time);
  return {};
}

Result<workflows::Mbr> read_kept(Site& site, const std::string& hash) {
  return then(
      mbr_text(site, hash), [](const std::string& text) { return workflows::read_mbr(text); },
      [](workflows::MbrReading reading) { return Result<workflows::Mbr>(std::move(reading.mbr)); });
}

// An approver signs for the difference that was read, so it has to be this one.
Result<void> check_diff(Site& site, const RecipeAct& act) {
  auto text = diff_for_approval(site, act.hash);
  if (!text) return std::unexpected(text.error());
  const auto due = text->empty() ? std::string() : to_hex(sha256(*text));
  if (act.diff == due) return {};
  return fail(ErrorCode::kRefused,
              due.empty() ? std::string("No version is effective, so that there is no difference "
                                        "to approve; leave \"diff\" empty. Nothing was changed.")
                          : "The approval has to name the difference from the effective version, " +
                                due + ". Read it, then sign for it; nothing was changed.",
              act.diff);
}

Result<std::string> locked_key(Site& site, const std::string& person) {
  auto select = site.db().prepare("SELECT wrapped FROM person_key WHERE person = ?");
  if (!select) return std::unexpected(select.error());
  if (auto started = select->start(person); !started) return std::unexpected(started.error());
  auto row = select->step();
  if (!row) return std::unexpected(row.error());
  if (!*row || select->is_null(0))
    return fail(ErrorCode::kNotFound, "This person has no key here yet.", person);
  return std::string(select->text(0));
}

}  // namespace

Json to_statement(const RecipeAct& act) {
  Json json = Json::object();
  for (const auto& [name, value] : kMembers) json[name] = act.*value;
  return json;
}

Result<RecipeAct> act_from_statement(const Json& statement) {
  RecipeAct act;
  bool right = statement.is_object() && statement.size() == kMembers.size();
  for (const auto& [name, value] : kMembers) {
    if (!right) break;
    const auto found = statement.find(name);
    right = found != statement.end() && found->is_string() &&
            found->get_ref<const std::string&>().size() <= kMemberBytesMax;
    if (right) act.*value = found->get<std::string>();
  }
  if (!right)
    return fail(ErrorCode::kMalformed,
                "An act on a recipe is an object of the texts site, hash, command, person, "
                "effective_from, diff and time.");
  return act;
}

Result<Json> perform_act(Site& site, const Json& document, const std::string& about) {
  auto opened = open_act(site, document);
  if (!opened) return std::unexpected(opened.error());
  const auto& [act, person] = *opened;
  if (act.hash != about)
    return fail(ErrorCode::kRefused, "This act was signed for another record.", act.hash);
  if (auto fits = check_time_and_site(site, act); !fits) return std::unexpected(fits.error());
  const auto command = workflows::life_command_from_text(act.command);
  if (!command) return fail(ErrorCode::kMalformed, "There is no such command.", act.command);
  workflows::LifeRequest request{*command, act.hash, std::nullopt, act.diff};
  if (!act.effective_from.empty()) {
    auto from = instant_from_text(act.effective_from);
    if (!from) return std::unexpected(from.error());
    request.effective_from = *from;
  }
  if (auto told = publish_due_states(site); !told) return std::unexpected(told.error());
  auto versions = load_register(site);
  if (!versions) return std::unexpected(versions.error());
  auto decided = decide(*versions, request, {site.clock().now(), person.id, person.roles});
  if (!decided) return std::unexpected(decided.error());
  if (*command == workflows::LifeCommand::kApprove)
    if (auto read = check_diff(site, act); !read) return std::unexpected(read.error());
  apply(*versions, *decided);
  auto transaction = Transaction::begin(site.db());
  if (!transaction) return std::unexpected(transaction.error());
  auto stored = then(store_acts(site, {{*decided, to_text(document)}}),
                     [&] { return transaction->commit(); });
  if (!stored) return std::unexpected(stored.error());
  const auto* version = versions->find(act.hash);
  Json json = Json::object();
  json["mbr"] = version->mbr;
  json["version"] = version->version;
  json["hash"] = version->hash;
  json["state"] = state_text(*versions, *version, site.clock().now());
  json["effective_from"] =
      version->effective_from ? to_text(*version->effective_from) : std::string();
  return json;
}

Result<Json> perform_at_console(Site& site, RecipeAct act, const std::string& password) {
  act.site = site.anchor().site;
  act.time = site.now_text();
  auto versions = load_register(site);
  if (!versions) return std::unexpected(versions.error());
  const auto* version = find_version(*versions, act.hash, site.clock().now());
  if (version == nullptr)
    return fail(ErrorCode::kNotFound, "This twin holds no such master batch record.", act.hash);
  act.hash = version->hash;
  auto key = then(
      locked_key(site, act.person), [](const std::string& text) { return parse_json(text); },
      [&](const Json& wrapped) { return record::unwrap_key(wrapped, password); });
  if (!key) return std::unexpected(key.error());
  const auto document = record::sign_document(kPurpose, to_statement(act), *key);
  return perform_act(site, record::to_json(document), act.hash);
}

Result<std::string> diff_for_approval(Site& site, const workflows::LifeRegister& versions,
                                      const workflows::Mbr& mbr) {
  const auto* version = versions.find(to_hex(mbr.hash));
  if (version == nullptr)
    return fail(ErrorCode::kNotFound, "There is no such master batch record.");
  const auto* before = effective_at(versions, *version, site.clock().now());
  if (before == nullptr || before == version) return std::string();
  auto old = read_kept(site, before->hash);
  if (!old) return std::unexpected(old.error());
  return workflows::diff_mbr(*old, mbr).text;
}

Result<std::string> diff_for_approval(Site& site, const std::string& hash_hex) {
  auto mbr = read_kept(site, hash_hex);
  if (!mbr) return std::unexpected(mbr.error());
  auto versions = load_register(site);
  if (!versions) return std::unexpected(versions.error());
  return diff_for_approval(site, *versions, *mbr);
}

}  // namespace batchwright::twin
