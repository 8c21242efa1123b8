#include "tests/workflows/run_driver.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <tuple>

#include "base/bytes.h"
#include "record/signature.h"

namespace batchwright::workflows::test {
namespace {

const record::SecretKey& key_of(const std::string& person) {
  static std::map<std::string, record::SecretKey> keys;
  const auto found = keys.find(person);
  return found != keys.end() ? found->second
                             : keys.emplace(person, record::generate_key()).first->second;
}

}  // namespace

std::vector<record::StoredLine> merged(std::vector<Commit> commits) {
  std::ranges::sort(commits, {}, [](const Commit& commit) {
    const record::Line& last = commit.back().line;
    return std::tuple(last.hlc, last.device, last.seq);
  });
  std::vector<record::StoredLine> lines;
  for (const Commit& commit : commits) lines.insert(lines.end(), commit.begin(), commit.end());
  return lines;
}

RunDriver::RunDriver(std::shared_ptr<const Mbr> recipe)
    : mbr(std::move(recipe)), state(initial_state(mbr, "run-1")) {}

Context RunDriver::context(const Person& who) const {
  Context context;
  context.now = now;
  context.actor = who.id;
  context.role = who.roles.empty() ? "" : who.roles.front();
  context.roles = who.roles;
  context.site = site;
  context.clock_uncertainty_ms = clock_uncertainty_ms;
  context.device = device;
  context.prefix = prefix;
  context.exceptions_before = exceptions_opened_;
  context.id_seed = sha256(fmt::format("seed {} {}", device, lines.size()));
  return context;
}

void RunDriver::store(const record::Draft& draft) {
  record::StoredLine stored;
  static_cast<record::Draft&>(stored.line) = draft;
  stored.line.device = device;
  stored.line.seq = lines.size() + 1;
  stored.line.time = to_text(now);
  hlc_ = record::next(hlc_, now.unix_ms);
  stored.line.hlc = hlc_;
  if (exact_lines) {
    stored.line.prev = lines.empty() ? Digest{} : lines.back().hash;
    stored = record::decode(record::encode(stored.line)).value();
  } else {
    stored.hash =
        sha256(fmt::format("{} {} {} {}", device, stored.line.seq, draft.type, draft.step));
  }
  if (draft.type == "exception_opened") ++exceptions_opened_;
  lines.push_back(std::move(stored));
}

void RunDriver::append(const std::vector<record::Draft>& drafts) {
  const std::size_t first = lines.size();
  for (const record::Draft& draft : drafts) store(draft);
  record::Draft commit;
  commit.type = "commit";
  commit.subject = {"run", state.run};
  store(commit);
  for (std::size_t i = first; i < lines.size(); ++i) apply(state, lines[i]);
  commit_ends.push_back(lines.size());
}

std::expected<std::size_t, Refusal> RunDriver::execute(const Command& command, const Person& who) {
  auto drafts = decide(state, command, context(who));
  if (!drafts) return std::unexpected(drafts.error());
  if (drafts->empty()) return 0;
  append(*drafts);
  return drafts->size();
}

std::vector<Commit> RunDriver::commits() const {
  std::vector<Commit> all;
  std::size_t begin = 0;
  for (const std::size_t end : commit_ends) {
    all.emplace_back(lines.begin() + static_cast<std::ptrdiff_t>(begin),
                     lines.begin() + static_cast<std::ptrdiff_t>(end));
    begin = end;
  }
  return all;
}

std::vector<Commit> RunDriver::known_commits() const {
  std::vector<Commit> all = commits();
  for (const auto& [place, commit] : foreign_) all.push_back(commit);
  return all;
}

void RunDriver::receive(const std::vector<Commit>& others) {
  const std::size_t known = foreign_.size();
  for (const Commit& commit : others) {
    const record::Line& last = commit.back().line;
    if (last.device == device) continue;
    foreign_.emplace(std::pair(last.device, last.seq), commit);
    hlc_ = std::max(hlc_, last.hlc);
  }
  if (foreign_.size() > known) state = replay(mbr, state.run, merged(known_commits()));
}

void RunDriver::must(const Command& command, const Person& who) {
  const auto done = execute(command, who);
  ASSERT_TRUE(done.has_value()) << done.error().rule << " at " << done.error().place << ": "
                                << done.error().message;
}

std::string RunDriver::rule_of_refusal(const Command& command, const Person& who) {
  const std::string before = state_hash(state);
  const auto done = execute(command, who);
  if (done) return "";
  EXPECT_EQ(before, state_hash(state)) << "a refusal changed the state";
  EXPECT_FALSE(done.error().message.empty());
  return done.error().rule;
}

void RunDriver::start() {
  must(StartRun{state.run, "B-1", "batch", to_hex(sha256("issue"))}, kInes);
}

void RunDriver::work(const std::string& ref, const std::map<std::string, std::string>& values,
                     const Person& who) {
  must(BeginStep{ref}, who);
  for (const auto& [entry, raw] : values) must(RecordEntry{ref, entry, raw}, who);
  must(CompleteStep{ref}, who);
}

record::SignatureStatement RunDriver::statement(const std::string& ref, const std::string& meaning,
                                                const Person& who) const {
  record::SignatureStatement statement;
  statement.site = "Plant 1";
  statement.subject = {"run", state.run};
  statement.control_recipe = state.mbr_hash;
  statement.step = ref;
  statement.meaning = meaning;
  statement.meaning_words = "I stand for it.";
  statement.signer = who.id;
  statement.name = "Printed " + who.id;
  statement.role = who.roles.front();
  statement.time = to_text(now);
  statement.zone = "Europe/Berlin";
  statement.device = device;
  statement.challenge =
      to_hex(sha256(fmt::format("challenge {} {}", device, ++challenges_))).substr(0, 32);
  if (!ref.empty()) statement.covered = lines_to_sign(state, step_ref_from_text(ref).value());
  statement.state = hash_when_signing ? state_hash(state) : std::string(64, '0');
  return statement;
}

SignStep RunDriver::sign_command(const record::SignatureStatement& statement) const {
  const std::string text = record::to_text(statement);
  const record::SecretKey& key = key_of(statement.signer);
  return {statement.step, statement.meaning, text, to_hex(key.public_key()),
          to_hex(record::sign_statement(text, key))};
}

void RunDriver::sign(const std::string& ref, const std::string& meaning, const Person& who) {
  must(sign_command(statement(ref, meaning, who)), who);
}

ReleaseStep RunDriver::release(const std::string& ref, const std::string& exception,
                               const std::string& reason, const Person& who,
                               const std::string& role) const {
  auto shown = statement(ref, "released", who);
  shown.role = role;
  const SignStep made = sign_command(shown);
  return {ref, exception, reason, made.statement, made.key_hex, made.signature_hex};
}

HandOver RunDriver::hand_over(const std::string& note, const Person& who) const {
  const SignStep made = sign_command(statement("", "handed over", who));
  return {note, made.statement, made.key_hex, made.signature_hex};
}

TakeOver RunDriver::take_over(const Person& who) const {
  const SignStep made = sign_command(statement("", "taken over", who));
  return {made.statement, made.key_hex, made.signature_hex};
}

ReviewRun RunDriver::review(const std::string& stage, const std::string& decision,
                            const Person& who) const {
  auto shown = statement("", decision, who);
  shown.role = stage == "production" ? "supervisor" : "quality";
  shown.covered = {state.last_line};
  const SignStep made = sign_command(shown);
  return {stage, decision, "why", made.statement, made.key_hex, made.signature_hex};
}

const StepState& RunDriver::step(const std::string& ref) const {
  return state.steps.at(step_ref_from_text(ref).value());
}

const RecordedValue* RunDriver::value(const std::string& ref, const std::string& entry) const {
  const StepState& found = step(ref);
  const auto recorded = found.entries.find(entry);
  return recorded == found.entries.end() ? nullptr : recorded->second.current();
}

std::vector<ExceptionState> RunDriver::exceptions() const {
  std::vector<ExceptionState> list;
  for (const std::string& id : state.exception_order) list.push_back(state.exceptions.at(id));
  return list;
}

std::vector<std::string> RunDriver::open() const {
  std::vector<std::string> list;
  for (const StepRef& ref : open_steps(state)) list.push_back(workflows::to_text(ref));
  return list;
}

std::vector<Json> RunDriver::bodies(const std::string& type) const {
  std::vector<Json> found;
  for (const record::StoredLine& line : lines) {
    if (line.line.type == type) found.push_back(line.line.body);
  }
  return found;
}

}  // namespace batchwright::workflows::test
