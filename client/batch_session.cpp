#include "client/batch_session.h"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <span>

#include "base/bytes.h"
#include "base/random.h"
#include "base/then.h"
#include "client/recalls.h"
#include "client/signing.h"
#include "workflows/mbr_json.h"

namespace batchwright::client {

namespace {

constexpr std::uint64_t kReplayChunkLines = 4096;

record::Head head_of(const offline_store::JournalHead& head) {
  return {.seq = head.seq, .hash = head.hash, .hlc = head.hlc};
}

}  // namespace

BatchSession::BatchSession(offline_store::Store& store, DeviceIdentity identity, const Clock& clock,
                           record::Head head)
    : store_(store),
      identity_(std::move(identity)),
      writer_(identity_.enrolment.device, identity_.key, head),
      time_(clock, head.seq == 0 ? 0 : head.hlc.unix_ms()) {
  if (time_.uncertainty_ms() > 0)
    spdlog::warn("the wall clock is {} ms behind the journal's newest line: times are uncertain",
                 time_.uncertainty_ms());
}

Result<std::unique_ptr<BatchSession>> BatchSession::open(offline_store::Store& store,
                                                         DeviceIdentity identity,
                                                         const Clock& clock) {
  auto stored = store.head();
  if (!stored) return std::unexpected(stored.error());
  auto head = head_of(*stored);
  if (head.seq == 0) head.hash = identity.enrolment_hash();
  std::unique_ptr<BatchSession> session(new BatchSession(store, std::move(identity), clock, head));
  if (auto loaded = session->load_issues(); !loaded) return std::unexpected(loaded.error());
  if (auto known = session->load_site({}); !known) return std::unexpected(known.error());
  const auto replay = [&](const record::StoredLine& line) { return session->take_up(line); };
  if (auto replayed = session->each_line(replay); !replayed)
    return std::unexpected(replayed.error());
  // A record that can't be written to is still shown; it is told with the next arrival.
  if (auto told = session->tell_recalls(); !told)
    spdlog::warn("recalls were not recorded, code {}", static_cast<int>(told.error().code));
  return session;
}

// Facts that came newer are brought up to date with everything that the journal tells.
Result<void> BatchSession::reload_catalogue() {
  const auto catch_up = [this](SiteKnowledge& site) {
    return each_line([&site](const record::StoredLine& line) -> Result<void> {
      site.fold(line.line);
      return {};
    });
  };
  return then(then(load_issues(), [&] { return load_site(catch_up); }),
              [&] { return tell_recalls(); });
}

Result<void> BatchSession::tell_recalls() {
  auto recalled = recalled_recipes(store_, identity_.anchor);
  if (!recalled) return std::unexpected(recalled.error());
  recalled_ = std::move(*recalled);
  for (const auto& [run, state] : runs_) {
    const auto found = recalled_.find(state.mbr_hash);
    if (found == recalled_.end() || state.recall_told || workflows::is_over(state.status)) continue;
    const workflows::RecallRecipe command{"Recalled by the site at " + found->second};
    if (auto told = execute(run, command, {}); !told) return std::unexpected(told.error());
  }
  return {};
}

Result<void> BatchSession::load_site(const std::function<Result<void>(SiteKnowledge&)>& catch_up) {
  auto document = load_site_facts(store_, identity_.anchor);
  if (!document) {
    const bool is_none = document.error().code == ErrorCode::kNotFound;
    return is_none ? Result<void>() : std::unexpected(document.error());
  }
  if (document->version <= site_.version()) return {};
  SiteKnowledge fresh;
  if (auto begun = fresh.begin(*document); !begun) return begun;
  if (catch_up)
    if (auto done = catch_up(fresh); !done) return done;
  site_ = std::move(fresh);
  return {};
}

Result<void> BatchSession::load_issues() {
  auto directory = load_directory(store_, identity_.anchor);
  if (directory) {
    directory_ = std::move(*directory);
  } else if (directory.error().code != ErrorCode::kNotFound) {
    return std::unexpected(directory.error());
  }
  auto items = store_.catalogue_all("issue");
  if (!items) return std::unexpected(items.error());
  for (const auto& item : *items) {
    auto document = then(parse_json(item.text), record::signed_document_from_json);
    if (!document) return std::unexpected(document.error());
    auto batch = then(record::open_document(*document, "issue", identity_.anchor.key),
                      record::issue_from_statement);
    if (!batch) return std::unexpected(batch.error());
    // Not here yet is no error: the batch can be started as soon as its procedure has arrived.
    if (auto mbr = load_mbr(to_hex(batch->mbr_hash)); !mbr)
      spdlog::info("run {} waits for its procedure, code {}", batch->run,
                   static_cast<int>(mbr.error().code));
    issues_[batch->run] = {*batch, to_hex(document->hash())};
  }
  return {};
}

Result<void> BatchSession::each_line(const Visit& visit) {
  const auto last_seq = writer_.head().seq;
  for (std::uint64_t first = 1; first <= last_seq; first += kReplayChunkLines) {
    auto lines = store_.load_lines(first, kReplayChunkLines);
    if (!lines) return std::unexpected(lines.error());
    for (const auto& bytes : *lines) {
      auto line = record::decode(bytes);
      if (!line) return std::unexpected(line.error());
      if (auto visited = visit(*line); !visited) return visited;
    }
  }
  return {};
}

Result<void> BatchSession::take_up(const record::StoredLine& line) {
  if (line.line.type == "run_started") {
    auto mbr = load_mbr(line.line.body.value("mbr_hash", std::string()));
    if (!mbr) return std::unexpected(mbr.error());
    const auto& run = line.line.subject.id;
    runs_.insert_or_assign(run, workflows::initial_state(*mbr, run));
  }
  fold(line);
  return {};
}

void BatchSession::fold(const record::StoredLine& line) {
  if (line.line.type == "exception_opened") ++exceptions_opened_;
  if (line.line.subject.kind != "run") return;
  site_.fold(line.line);
  if (const auto run = runs_.find(line.line.subject.id); run != runs_.end())
    workflows::apply(run->second, line);
}

Result<std::shared_ptr<const workflows::Mbr>> BatchSession::load_mbr(const std::string& hash_hex) {
  if (const auto known = mbrs_.find(hash_hex); known != mbrs_.end()) return known->second;
  auto text = store_.catalogue("mbr", hash_hex);
  if (!text) return std::unexpected(text.error());
  if (!*text)
    return fail(
        ErrorCode::kNotFound,
        "The master batch record of this run is not on this panel. Connect the panel to the "
        "twin once, so that it arrives.",
        hash_hex);
  if (to_hex(sha256(**text)) != hash_hex)
    return fail(ErrorCode::kAltered,
                "The stored master batch record does not match its hash. Nothing can run from it.",
                hash_hex);
  auto reading = workflows::read_mbr(**text);
  if (!reading) return std::unexpected(reading.error());
  if (has_errors(reading->findings))
    return fail(ErrorCode::kMalformed,
                fmt::format("The master batch record has errors, the first is: {}",
                            reading->findings.front().message),
                reading->findings.front().place);
  auto mbr = std::make_shared<const workflows::Mbr>(std::move(reading->mbr));
  mbrs_[hash_hex] = mbr;
  return mbr;
}

workflows::Context BatchSession::context_for(const Actor& actor, const std::string& lang) const {
  workflows::Context context;
  context.now = time_.now();
  context.clock_uncertainty_ms = time_.uncertainty_ms();
  context.site = site_.facts();
  context.actor = actor.person;
  context.role = actor.role;
  context.roles = actor.roles;
  context.performed_by = actor.performed_by;
  context.lang = lang;
  context.device = identity_.enrolment.device;
  context.prefix = identity_.enrolment.prefix;
  context.exceptions_before = exceptions_opened_;
  fill_random(context.id_seed);
  return context;
}

Result<std::vector<record::StoredLine>> BatchSession::commit(
    const std::vector<record::Draft>& drafts) {
  auto lines = writer_.seal(drafts, time_.now(), {});
  if (!lines) return std::unexpected(lines.error());
  if (auto saved = store_.append(*lines); !saved) {
    spdlog::error("commit of {} lines after seq {} failed, code {}", lines->size(),
                  writer_.head().seq, static_cast<int>(saved.error().code));
    return std::unexpected(saved.error());
  }
  writer_.advance(lines->back());
  if (committed_) committed_(*lines);
  for (const auto& line : *lines) fold(line);
  return std::move(*lines);
}

Result<std::vector<record::StoredLine>> BatchSession::execute(const std::string& run,
                                                              const workflows::Command& command,
                                                              const Actor& actor,
                                                              const std::string& lang) {
  const auto* state = find(run);
  if (state == nullptr)
    return fail(ErrorCode::kNotFound, "There is no such run on this panel.", run);
  // The engine proves that the key signed; only the signed directory knows whose key it is.
  if (const auto* key = key_of(command); key != nullptr && !is_key_of(actor.person, *key))
    return fail(ErrorCode::kRefused,
                "This key is not the signer's. Nothing was signed; sign in again.",
                "sign.key.unknown");
  auto drafts = workflows::decide(*state, command, context_for(actor, lang));
  if (!drafts) {
    const auto& refusal = drafts.error();
    spdlog::info("refused rule={} run={} command={}", refusal.rule, run, command.index());
    keep_refusal(refusal);
    return fail(ErrorCode::kRefused, refusal.message, refusal.rule);
  }
  if (drafts->empty()) return std::vector<record::StoredLine>{};
  return commit(*drafts);
}

Result<std::string> BatchSession::start(const Issue& issue, const Actor& actor) {
  const auto& batch = issue.batch;
  if (runs_.contains(batch.run))
    return fail(ErrorCode::kConflict, "This batch was started before. Open it from the list.",
                batch.number);
  auto mbr = load_mbr(to_hex(batch.mbr_hash));
  if (!mbr) return std::unexpected(mbr.error());
  if ((*mbr)->draft)
    return fail(ErrorCode::kRefused,
                "The master batch record is a draft. Only an approved one can run.", batch.mbr);
  if (recalled_.contains(to_hex(batch.mbr_hash)))
    return fail(ErrorCode::kRefused,
                "The master batch record of this batch was recalled. Nothing was started. Call "
                "quality.",
                batch.mbr);
  runs_.insert_or_assign(batch.run, workflows::initial_state(*mbr, batch.run));
  auto lines = execute(batch.run,
                       workflows::StartRun{.run = batch.run,
                                           .number = batch.number,
                                           .kind = batch.kind,
                                           .issue_sha256 = issue.document_sha256},
                       actor);
  if (!lines) {
    runs_.erase(batch.run);
    return std::unexpected(lines.error());
  }
  return batch.run;
}

Result<void> BatchSession::record_device_event(const std::string& type, Json body,
                                               const Actor& actor) {
  record::Draft draft;
  draft.type = type;
  draft.subject = {"device", identity_.enrolment.device};
  draft.actor = actor.person;
  draft.role = actor.role;
  draft.performed_by = actor.performed_by.empty() ? actor.person : actor.performed_by;
  draft.lang = "en";
  draft.body = std::move(body);
  auto lines = commit({draft});
  if (!lines) return std::unexpected(lines.error());
  return {};
}

Result<std::string> BatchSession::keep_evidence(std::string_view bytes) {
  auto digest = store_.put_evidence(bytes);
  if (!digest) return std::unexpected(digest.error());
  return to_hex(*digest);
}

const workflows::RunState* BatchSession::find(const std::string& run) const {
  const auto found = runs_.find(run);
  return found == runs_.end() ? nullptr : &found->second;
}

std::vector<Issue> BatchSession::startable() const {
  std::vector<Issue> out;
  for (const auto& [run, issue] : issues_)
    if (!runs_.contains(run) && mbrs_.contains(to_hex(issue.batch.mbr_hash))) out.push_back(issue);
  return out;
}

std::shared_ptr<const workflows::Mbr> BatchSession::mbr(const std::string& hash_hex) const {
  const auto found = mbrs_.find(hash_hex);
  return found == mbrs_.end() ? nullptr : found->second;
}

}  // namespace batchwright::client
