#include "client/auto_run.h"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <map>

#include "base/bytes.h"
#include "base/then.h"
#include "client/batch_session.h"
#include "client/file.h"
#include "client/link.h"
#include "client/local_site.h"
#include "client/people.h"
#include "client/recipe_file.h"
#include "client/simulated_operator.h"

namespace batchwright::client {

namespace {

constexpr std::int64_t kConfirmTimeoutMs = 30'000;

using Keys = std::map<std::string, record::SecretKey>;

Result<std::shared_ptr<const workflows::Mbr>> runnable(const std::string& file) {
  auto recipe = load_recipe(file);
  if (!recipe) return std::unexpected(recipe.error());
  if (has_errors(recipe->findings) || recipe->mbr.draft)
    return fail(ErrorCode::kRefused,
                fmt::format("This recipe can't run yet. See what is open with: batchwright recipe "
                            "check {}",
                            file),
                recipe->findings.empty() ? "" : recipe->findings.front().place);
  return std::make_shared<const workflows::Mbr>(std::move(recipe->mbr));
}

// The unfinished run of this recipe, if the store holds one.
std::string unfinished(const BatchSession& session, const std::string& mbr_hash) {
  for (const auto& [id, run] : session.runs())
    if (run.mbr_hash == mbr_hash && !workflows::is_over(run.status)) return id;
  return {};
}

// Demonstration people: {"people":[{"id","password",...}]} or a list of them.
Result<Keys> unlock_people(offline_store::Store& store, const BatchSession& session,
                           const std::string& file) {
  if (file.empty())
    return fail(
        ErrorCode::kRefused,
        "This store belongs to a site. Name a file with the demonstration people's passwords: "
        "--people FILE");
  auto json =
      then(load_file(file, 1u << 20), [](const std::string& text) { return parse_json(text); });
  if (!json) return std::unexpected(json.error());
  const auto& list = json->is_object() && json->contains("people") ? (*json)["people"] : *json;
  Keys keys;
  for (const auto& person : list) {
    const auto id = person.value("id", std::string());
    auto locked = locked_key(store, session.directory(), id);
    if (!locked) continue;  // not rostered at this panel
    auto key = unlock(*locked, person.value("password", std::string()));
    if (!key) return std::unexpected(key.error());
    keys[id] = *key;
  }
  return keys;
}

Result<void> recover_interrupted(BatchSession& session, const std::string& run,
                                 const Actor& actor) {
  std::vector<workflows::StepRef> running;
  for (const auto& [step, state] : session.find(run)->steps)
    if (state.status == workflows::StepStatus::kRunning) running.push_back(step);
  for (const auto& step : running) {
    auto lines = session.execute(
        run, workflows::RecoverStep{workflows::to_text(step), "simulated: process as left"}, actor);
    if (!lines) return std::unexpected(lines.error());
  }
  return {};
}

Result<std::string> begin(BatchSession& session, offline_store::Store& store, const LocalSite* site,
                          const workflows::Mbr& mbr, const Actor& actor) {
  const auto hash = to_hex(mbr.hash);
  if (auto run = unfinished(session, hash); !run.empty()) {
    if (auto recovered = recover_interrupted(session, run, actor); !recovered)
      return std::unexpected(recovered.error());
    return run;
  }
  for (const auto& issue : session.startable())
    if (to_hex(issue.batch.mbr_hash) == hash) return session.start(issue, actor);
  if (site == nullptr)
    return fail(ErrorCode::kRefused,
                "No batch of this recipe was issued to this panel. Issue one at the twin.", mbr.id);
  const auto number = fmt::format("SIM-{:04}", session.runs().size() + 1);
  auto issue = issue_locally(store, *site, mbr, number, session.clock());
  if (!issue) return std::unexpected(issue.error());
  if (auto loaded = session.reload_catalogue(); !loaded) return std::unexpected(loaded.error());
  return session.start(*issue, actor);
}

AutoRunResult summary(const BatchSession& session, const std::string& run,
                      const sync::SyncStatus& sync) {
  const auto& state = *session.find(run);
  AutoRunResult result;
  result.batch = state.number;
  result.state = workflows::to_string(state.status);
  for (const auto& [step, step_state] : state.steps)
    if (step_state.status == workflows::StepStatus::kComplete) ++result.steps_completed;
  result.events = state.events;
  result.journal = session.identity().enrolment.device;
  result.head = to_hex(session.head().hash);
  result.accepted = session.head().seq;
  result.confirmed = sync.confirmed_through;
  result.wedged = sync.wedged;
  return result;
}

}  // namespace

Result<AutoRunResult> auto_run(const AutoRunOptions& options, const Accepted& accepted) {
  const SystemClock clock;
  auto mbr = runnable(options.recipe);
  if (!mbr) return std::unexpected(mbr.error());
  auto store = offline_store::Store::open(options.store, offline_store::Mode::kOpenOrCreate);
  if (!store) return std::unexpected(store.error());

  std::optional<LocalSite> site;
  auto address = TwinLink::stored_address(**store);
  if (!address) return std::unexpected(address.error());
  if (address->empty() && !options.twin.empty())
    return fail(ErrorCode::kRefused,
                "This store is not enrolled at that twin. Enrol it first: batchwright enroll URL "
                "--token T --site-fingerprint F --store DIR",
                options.store);
  if (address->empty()) {
    auto local = open_local_site(**store, options.store, clock);
    if (!local) return std::unexpected(local.error());
    site = std::move(*local);
  }
  auto identity = load_device_identity(**store, options.store);
  if (!identity) return std::unexpected(identity.error());
  auto session = BatchSession::open(**store, std::move(*identity), clock);
  if (!session) return std::unexpected(session.error());
  TwinLink link(**store, clock);
  if (!options.twin.empty())
    if (auto connected = link.connect(options.twin); !connected)
      return std::unexpected(connected.error());
  (*session)->on_committed([&](const std::vector<record::StoredLine>& lines) {
    accepted(lines.size() > 1 ? lines[lines.size() - 2] : lines.back(), lines.back());
    link.notify_new_lines();
  });

  auto keys = site ? Result<Keys>(site->people) : unlock_people(**store, **session, options.people);
  if (!keys) return std::unexpected(keys.error());
  Actor actor;
  for (const auto& person : (*session)->directory().people)
    if (actor.person.empty() && keys->contains(person.id))
      actor = {person.id, person.roles.empty() ? "operator" : person.roles.front(), person.roles,
               person.id};
  auto run = begin(**session, **store, site ? &*site : nullptr, **mbr, actor);
  if (!run) return std::unexpected(run.error());
  SimulatedOperator simulated(**session, *keys, {.seed = options.seed});
  if (auto worked = simulated.work(*run, [] { return true; }); !worked)
    return std::unexpected(worked.error());
  if (link.connected() && !link.wait_confirmed(kConfirmTimeoutMs))
    spdlog::warn("not all lines are confirmed yet; they are safe here");
  auto result = summary(**session, *run, link.status());
  link.disconnect();
  if (auto closed = (*store)->close(); !closed) return std::unexpected(closed.error());
  return result;
}

}  // namespace batchwright::client
