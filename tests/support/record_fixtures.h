// Builders of small, real records for tests: a site that certifies people and panels, a panel that
// writes a journal, an exported package. Keys come from numbers, so that a failure looks the same
// each time; never use them outside tests.
#pragma once

#include <fmt/format.h>
#include <sodium.h>

#include <map>
#include <random>
#include <stdexcept>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "base/time.h"
#include "record/journal_writer.h"
#include "record/package.h"
#include "record/signature.h"
#include "record/trust.h"
#include "record/wrapped_key.h"

namespace batchwright::test {

// The smallest cost that libsodium takes: a test unlocks a key in microseconds.
inline constexpr record::Argon2Cost kTestCost{.memory_bytes = 8192, .passes = 1};
inline constexpr Instant kTestStart{1'800'000'000'000, 60};

// The same number gives the same key.
inline record::SecretKey key_from(std::uint8_t number) {
  std::array<std::uint8_t, crypto_sign_SEEDBYTES> seed{};
  seed.fill(number);
  record::PublicKey public_key{};
  std::array<std::uint8_t, crypto_sign_SECRETKEYBYTES> secret{};
  crypto_sign_seed_keypair(public_key.data(), secret.data(), seed.data());
  return record::SecretKey(secret);
}

template <typename T>
T must(Result<T> result) {
  if (!result) throw std::runtime_error(result.error().message + " " + result.error().place);
  return std::move(*result);
}

// A site with its key, a receipt key and two people: mary (operator) and jan (operator,
// supervisor).
class TestSite {
 public:
  TestSite() {
    add_person("mary", "Mary Okafor", {"operator"}, 11);
    add_person("jan", "Jan Nowak", {"operator", "supervisor"}, 12);
  }

  std::string name = "Plant 1";
  record::SecretKey key = key_from(1);
  record::SecretKey receipt_key = key_from(2);
  record::Directory directory{.site = "Plant 1",
                              .version = 7,
                              .issued = to_text(kTestStart),
                              .expires = to_text(Instant{kTestStart.unix_ms + 86'400'000, 60}),
                              .people = {}};
  std::map<std::string, record::SecretKey> person_keys;

  void add_person(std::string id, std::string printed, std::vector<std::string> roles,
                  std::uint8_t key_number) {
    const record::SecretKey secret = key_from(key_number);
    person_keys.insert_or_assign(id, secret);
    record::Person person;
    person.id = std::move(id);
    person.name = std::move(printed);
    person.roles = std::move(roles);
    person.key = secret.public_key();
    directory.people.push_back(std::move(person));
  }

  [[nodiscard]] record::TrustAnchor anchor() const { return {name, key.public_key()}; }

  [[nodiscard]] record::SignedDocument directory_document() const {
    return record::sign_document("directory", record::to_statement(directory), key);
  }
  [[nodiscard]] record::SignedDocument receipt_key_document() const {
    const record::ReceiptKey certificate{name, to_text(kTestStart), receipt_key.public_key()};
    return record::sign_document("receipt-key", record::to_statement(certificate), key);
  }
  [[nodiscard]] record::SignedDocument enrol(const std::string& device, const std::string& prefix,
                                             const record::PublicKey& device_key) const {
    const record::DeviceEnrolment enrolment{.site = name,
                                            .device = device,
                                            .prefix = prefix,
                                            .room = "114",
                                            .key = device_key,
                                            .time = to_text(kTestStart)};
    return record::sign_document("enrolment", record::to_statement(enrolment), key);
  }
  [[nodiscard]] record::SignedDocument receipt(const std::string& device, std::uint64_t seq,
                                               const Digest& hash) const {
    const record::Receipt receipt{device, seq, hash, to_text(kTestStart)};
    return record::sign_document("receipt", record::to_statement(receipt), receipt_key);
  }
  // The person's key, locked with `password` at the test cost.
  [[nodiscard]] Json wrapped_key(const std::string& person, std::string_view password) const {
    return must(record::wrap_key(person_keys.at(person), password, kTestCost));
  }
};

// A panel with an empty journal; each commit is taken as durable at once.
class TestPanel {
 public:
  explicit TestPanel(const TestSite& site, std::string device = "panel-2",
                     std::string prefix = "MIX2", std::uint8_t key_number = 21)
      : key(key_from(key_number)),
        enrolment(site.enrol(device, prefix, key.public_key())),
        writer(std::move(device), key, record::Head{0, enrolment.hash(), {}}) {}

  record::SecretKey key;
  record::SignedDocument enrolment;
  record::JournalWriter writer;
  Instant now = kTestStart;
  std::vector<record::StoredLine> stored;  // the whole journal
  std::string run = "01890a5d-ac96-774b-bcce-b302099a8057";

  std::vector<record::StoredLine> commit(const std::vector<record::Draft>& drafts,
                                         const record::SeenHeads& seen = {}) {
    now.unix_ms += 1000;
    auto lines = must(writer.seal(drafts, now, seen));
    writer.advance(lines.back());
    stored.insert(stored.end(), lines.begin(), lines.end());
    return lines;
  }

  // An event of `run` at `step`, recorded by mary.
  [[nodiscard]] record::Draft draft(std::string type, std::string step, Json body) const {
    record::Draft draft;
    draft.type = std::move(type);
    draft.subject = {"run", run};
    draft.step = std::move(step);
    draft.actor = draft.performed_by = "mary";
    draft.role = "operator";
    draft.lang = "en";
    draft.body = std::move(body);
    return draft;
  }

  [[nodiscard]] record::Draft entry(const std::string& value,
                                    const std::string& step = "compound/temperature#1") const {
    Json body = Json::object();
    body["entry"] = "temperature";
    body["kind"] = "decimal";
    body["raw"] = value;
    body["value"] = value;
    body["unit"] = "°C";
    body["verdict"] = "ok";
    body["attempt"] = "1";
    return draft("entry_recorded", step, std::move(body));
  }

  // What `person` is shown when signing `covered` now; the head is the end of the journal.
  [[nodiscard]] record::SignatureStatement statement(const TestSite& site,
                                                     const std::string& person,
                                                     const std::string& step,
                                                     std::vector<std::string> covered) {
    const record::Person* const found = site.directory.find(person);
    record::SignatureStatement statement;
    statement.site = site.name;
    statement.subject = {"run", run};
    statement.control_recipe = to_hex(sha256("control recipe"));
    statement.step = step;
    statement.meaning = "performed";
    statement.meaning_words = "I performed this step as written and the entries are true.";
    statement.signer = person;
    statement.name = found->name;
    statement.role = found->roles.front();
    statement.time = to_text(now);
    statement.zone = "Europe/Zurich";
    statement.device = writer.device();
    statement.challenge = to_hex(sha256(fmt::format("challenge {}", challenges_++))).substr(0, 32);
    statement.covered = std::move(covered);
    if (writer.head().seq > 0) statement.as_of[writer.device()] = writer.head();
    statement.state = to_hex(sha256("state"));
    return statement;
  }

  // The signature_made event of `statement`, at the step it names.
  [[nodiscard]] record::Draft signature(const TestSite& site,
                                        const record::SignatureStatement& statement) const {
    const record::SecretKey& person_key = site.person_keys.at(statement.signer);
    const std::string text = record::to_text(statement);
    Json body = Json::object();
    body["statement"] = text;
    body["key"] = to_hex(person_key.public_key());
    body["sig"] = to_hex(record::sign_statement(text, person_key));
    record::Draft made = draft("signature_made", statement.step, std::move(body));
    made.actor = made.performed_by = statement.signer;
    made.role = statement.role;
    return made;
  }

  [[nodiscard]] std::vector<std::string> lines() const {
    std::vector<std::string> bytes;
    for (const record::StoredLine& line : stored) bytes.push_back(line.bytes);
    return bytes;
  }

  [[nodiscard]] record::PackageHeader header(const TestSite& site) const {
    return {.device = writer.device(),
            .site = site.anchor(),
            .enrolment = enrolment,
            .documents = {site.directory_document(), site.receipt_key_document()},
            .receipts = {}};
  }

  // The exported file; with a receipt for the line `confirmed`, when it is not 0.
  [[nodiscard]] std::string export_text(const TestSite& site, std::uint64_t confirmed = 0) const {
    record::PackageHeader head = header(site);
    if (confirmed > 0) {
      head.receipts.push_back(
          site.receipt(writer.device(), confirmed, stored.at(confirmed - 1).hash));
    }
    return record::write_package(head, lines(), key, now);
  }

 private:
  int challenges_ = 0;
};

// Writes at least `events` event lines in commits of one to eight, every fifth commit one with a
// person's signature over the commit before.
inline void write_events(TestPanel& panel, const TestSite& site, std::size_t events,
                         unsigned seed = 1) {
  std::mt19937 random(seed);
  std::vector<std::string> covered;
  std::size_t written = 0;
  for (int commit = 0; written < events; ++commit) {
    std::vector<record::Draft> drafts;
    const std::string step = fmt::format("compound/step-{}#1", commit / 5);
    if (commit % 5 == 4) {
      drafts.push_back(panel.signature(site, panel.statement(site, "mary", step, covered)));
      covered.clear();
    } else {
      const std::size_t count = std::min<std::size_t>(1 + random() % 8, events - written);
      for (std::size_t i = 0; i < count; ++i) {
        drafts.push_back(panel.entry(fmt::format("{}.{}", random() % 100, random() % 10), step));
      }
    }
    written += drafts.size();
    for (const record::StoredLine& line : panel.commit(drafts))
      covered.push_back(to_hex(line.hash));
    covered.pop_back();  // the commit line itself is not shown to people
  }
}

}  // namespace batchwright::test
