#include "tests/client/panel_fixture.h"

#include <gtest/gtest.h>

#include "base/bytes.h"
#include "record/wrapped_key.h"
#include "workflows/mbr_json.h"

namespace batchwright::client::test {

namespace {

constexpr const char* kProcedure = R"({
 "format": "batchwright/mbr/1", "id": "TEST-1", "version": "1", "title": "Small buffer", "product": "buffer",
 "batch_size": {"value": "10", "unit": "L"},
 "reaction_plans": [{"id": "R2", "what": "Wait and measure again.", "calls_role": "supervisor",
                     "remeasure_max": 1, "severity": "minor"}],
 "procedure": {"id": "procedure", "title": "Make", "children": [
  {"id": "op", "title": "Compound", "level": "operation", "children": [
   {"id": "temperature", "title": "Measure the temperature", "instruction": "Read the probe.",
    "entries": [{"id": "t", "title": "Temperature", "kind": "decimal", "unit": "°C", "places": 1, "target": "25.0",
                 "alert": ["24.5", "25.5"], "action": ["24.0", "26.0"], "reaction_plan": "R2"}],
    "signatures": [{"meaning": "performed"}]},
   {"id": "weigh", "title": "Weigh", "instruction": "Weigh the salt.",
    "entries": [{"id": "m", "title": "Mass", "kind": "decimal", "unit": "g", "places": 1},
                {"id": "photo", "title": "Photo", "kind": "photo", "required": false}],
    "signatures": [{"meaning": "performed"}, {"meaning": "verified", "other_person": true}]},
   {"id": "close", "title": "Close", "instruction": "Close the vessel.",
    "entries": [{"id": "done", "title": "Vessel is closed", "kind": "acknowledge"}]}
  ]}]}})";

const record::Argon2Cost kQuick{.memory_bytes = 8192, .passes = 1};

Json signed_json(const char* purpose, const Json& statement, const record::SecretKey& key) {
  return record::to_json(record::sign_document(purpose, statement, key));
}

void put(offline_store::Store& store, const std::string& kind, const std::string& name,
         const Json& json) {
  ASSERT_TRUE(store.put_catalogue({kind, name, to_text(json)}));
}

}  // namespace

Panel::Panel(const char* procedure, const std::string& facts, PanelCameras with)
    : site_key(record::generate_key()), device_key(record::generate_key()), with_(with) {
  enrol(procedure == nullptr ? kProcedure : procedure);
  if (!facts.empty()) tell_facts(facts, 1);
  open();
}

void Panel::tell_state(const std::string& state) {
  const auto startable = session->startable();
  const std::string hash = startable.empty() ? run().mbr_hash : to_hex(startable[0].batch.mbr_hash);
  const record::MbrApproval approval{.site = "Test site",
                                     .mbr = "TEST-1",
                                     .version = "1",
                                     .state = state,
                                     .time = to_text(clock.now()),
                                     .hash = array_from_hex<32>(hash).value()};
  put(*store, "approval", hash, signed_json("approval", record::to_statement(approval), site_key));
}

void Panel::tell_facts(const std::string& facts, std::uint64_t version) {
  const record::SiteFactsDocument document{
      .site = "Test site", .version = version, .issued = to_text(clock.now()), .facts = facts};
  put(*store, "site-facts", "current",
      signed_json("site-facts", record::to_statement(document), site_key));
}

void Panel::enrol(const char* procedure) {
  const auto now = to_text(clock.now());
  record::DeviceEnrolment enrolment{.site = "Test site",
                                    .device = "018f0000-0000-7000-8000-000000000001",
                                    .prefix = "MIX2",
                                    .room = "114",
                                    .key = device_key.public_key(),
                                    .time = now};
  identity_.key = device_key;
  identity_.enrolment = enrolment;
  identity_.enrolment_document =
      record::sign_document("enrolment", record::to_statement(enrolment), site_key);
  identity_.anchor = {"Test site", site_key.public_key()};
  identity_.zone = "Europe/Berlin";
  store = offline_store::make_memory_store(identity_.enrolment_hash());

  record::Directory directory{.site = "Test site",
                              .version = 1,
                              .issued = now,
                              .expires = "2049-01-01T00:00:00.000+00:00",
                              .people = {}};
  for (const auto& [id, password] : kPasswordOf) {
    keys[id] = record::generate_key();
    auto wrapped = record::wrap_key(keys[id], password, kQuick);
    ASSERT_TRUE(wrapped);
    put(*store, "wrapped-key", id, *wrapped);
    const std::string role = id == std::string("ines")    ? "supervisor"
                             : id == std::string("petra") ? "quality"
                                                          : "operator";
    directory.people.push_back({.id = id,
                                .name = std::string(id) == "mary" ? "Mary Okafor" : id,
                                .roles = {role},
                                .key = keys[id].public_key(),
                                .wrapped_sha256 = to_hex(sha256(to_text(*wrapped)))});
  }
  directory.people.push_back(
      {.id = "eva", .name = "eva", .roles = {"operator"}, .key = {}, .wrapped_sha256 = {}});
  put(*store, "directory", "current",
      signed_json("directory", record::to_statement(directory), site_key));
  auto reading = workflows::read_mbr(procedure);
  ASSERT_TRUE(reading) << reading.error().message;
  ASSERT_FALSE(has_errors(reading->findings)) << reading->findings.front().message;
  ASSERT_TRUE(store->put_catalogue({"mbr", to_hex(reading->mbr.hash), reading->mbr.text}));
  record::BatchIssue issue{.site = "Test site",
                           .run = "018f0000-0000-7000-8000-0000000000b1",
                           .number = "B-1",
                           .mbr = "TEST-1",
                           .version = "1",
                           .kind = "batch",
                           .time = now,
                           .mbr_hash = reading->mbr.hash};
  put(*store, "issue", issue.run, signed_json("issue", record::to_statement(issue), site_key));
}

void Panel::open() {
  auto opened = BatchSession::open(*store, identity_, clock);
  ASSERT_TRUE(opened) << opened.error().message;
  session = std::move(*opened);
  auto made = Desk::open(*session, *store, jobs,
                         {.sync = [this] { return sync; },
                          .photo = [this]() -> Result<std::string> { return photo; },
                          .first_key = [this](const sync::FirstKey& first) -> Result<void> {
                            first_keys.push_back(first);
                            return first.one_time_secret == "once"
                                       ? Result<void>()
                                       : fail(ErrorCode::kDenied, "The one-time secret is wrong.");
                          },
                          .cameras = with_.cameras,
                          .checks = with_.checks,
                          .drift = with_.drift},
                         {.strings = BATCHWRIGHT_SOURCE_DIR "/resources/strings/panel"});
  ASSERT_TRUE(made) << made.error().message;
  desk = std::move(*made);
}

void Panel::restart() {
  desk.reset();
  session.reset();
  open();
}

void Panel::sign_in(const std::string& person) {
  desk->handle(ui::ChoosePerson{person});
  desk->handle(ui::SubmitPassword{person, person + "-password", ""});
}

void Panel::open_batch() {
  const auto list = std::get<ui::RunListView>(desk->view().screen);
  if (!list.issued.empty())
    desk->handle(ui::StartIssued{list.issued.front().id});
  else
    desk->handle(ui::OpenRun{list.runs.front().id});
}

const workflows::RunState& Panel::run() const {
  return session->runs().begin()->second;
}

ui::StepView Panel::step() const {
  return std::get<ui::StepView>(desk->view().screen);
}

void Panel::value(const std::string& entry, const std::string& raw) {
  if (step().next.label == ui::NextView::Label::kBegin) desk->handle(ui::BeginStep{current_step()});
  desk->handle(ui::SubmitValue{current_step(), entry, raw});
}

void Panel::sign(const std::string& person) {
  desk->handle(ui::OpenSign{current_step()});
  confirm(person);
}

void Panel::confirm(const std::string& person) {
  const auto view = desk->view();
  ASSERT_TRUE(view.dialog) << view.notice;
  ASSERT_TRUE(std::holds_alternative<ui::SignView>(*view.dialog));
  const auto page = std::get<ui::SignView>(*view.dialog);
  if (page.signer != person) desk->handle(ui::ChooseSigner{person});
  desk->handle(ui::ConfirmSign{page.step, page.meaning, person, person + "-password"});
}

std::size_t Panel::lines() const {
  return session->head().seq;
}

}  // namespace batchwright::client::test
