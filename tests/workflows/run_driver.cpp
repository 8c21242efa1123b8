#include "tests/workflows/run_driver.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

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

RunDriver::RunDriver(std::shared_ptr<const Mbr> recipe)
    : mbr(std::move(recipe)), state(initial_state(mbr, "run-1")) {}

Context RunDriver::context(const Person& who) const {
  Context context;
  context.now = now;
  context.actor = who.id;
  context.role = who.roles.empty() ? "" : who.roles.front();
  context.roles = who.roles;
  context.device = "panel-1";
  context.prefix = "MIX2";
  context.exceptions_before = exceptions_opened_;
  context.id_seed = sha256(fmt::format("seed {}", lines.size()));
  return context;
}

void RunDriver::store(const record::Draft& draft) {
  record::StoredLine stored;
  static_cast<record::Draft&>(stored.line) = draft;
  stored.line.device = "panel-1";
  stored.line.seq = lines.size() + 1;
  stored.line.time = to_text(now);
  stored.line.hlc = {static_cast<std::uint64_t>(now.unix_ms) << 16};
  if (exact_lines) {
    stored.line.prev = lines.empty() ? Digest{} : lines.back().hash;
    stored = record::decode(record::encode(stored.line)).value();
  } else {
    stored.hash = sha256(fmt::format("{} {} {}", stored.line.seq, draft.type, draft.step));
  }
  if (draft.type == "exception_opened") ++exceptions_opened_;
  lines.push_back(std::move(stored));
}

std::expected<std::size_t, Refusal> RunDriver::execute(const Command& command, const Person& who) {
  auto drafts = decide(state, command, context(who));
  if (!drafts) return std::unexpected(drafts.error());
  if (drafts->empty()) return 0;
  const std::size_t first = lines.size();
  for (const record::Draft& draft : *drafts) store(draft);
  record::Draft commit;
  commit.type = "commit";
  commit.subject = {"run", state.run};
  store(commit);
  for (std::size_t i = first; i < lines.size(); ++i) apply(state, lines[i]);
  commit_ends.push_back(lines.size());
  return drafts->size();
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
  statement.device = "panel-1";
  statement.challenge = fmt::format("{:032x}", ++challenges_);
  statement.covered = lines_to_sign(state, step_ref_from_text(ref).value());
  statement.state = state_hash(state);
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
