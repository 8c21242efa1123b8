#include "twin/devices.h"

#include <algorithm>

#include "base/bytes.h"
#include "base/random.h"
#include "base/text.h"
#include "base/then.h"
#include "base/uuid.h"
#include "offline_store/sqlite/transaction.h"
#include "twin/feed.h"
#include "twin/people.h"
#include "twin/secret.h"

namespace batchwright::twin {
namespace {

using offline_store::sqlite::Blob;
using offline_store::sqlite::Statement;
using offline_store::sqlite::Transaction;

std::unexpected<Error> token_refused() {
  return fail(
      ErrorCode::kDenied,
      "The token is wrong, used or older than 15 minutes. Nothing was changed; ask IT for a "
      "new one.",
      "token");
}

struct Token {
  std::string prefix, room, device;
};

Result<Token> find_token(Site& site, const Digest& hash) {
  auto select =
      site.db().prepare("SELECT prefix, room, expires_ms, device FROM token WHERE hash = ?");
  if (!select) return std::unexpected(select.error());
  if (auto started = select->start(Blob(hash)); !started) return std::unexpected(started.error());
  auto row = select->step();
  if (!row) return std::unexpected(row.error());
  if (!*row || select->integer(2) <= site.clock().now().unix_ms) return token_refused();
  return Token{std::string(select->text(0)), std::string(select->text(1)),
               std::string(select->text(3))};
}

std::string fresh_uuid(const Clock& clock) {
  Digest entropy{};
  fill_random(entropy);
  return make_uuid_v7(clock.now().unix_ms, entropy);
}

Result<std::string> register_device(Site& site, const Digest& token_hash, const Token& token,
                                    const record::PublicKey& key, const std::string& name) {
  record::DeviceEnrolment enrolment;
  enrolment.site = site.anchor().site;
  enrolment.device = fresh_uuid(site.clock());
  enrolment.prefix = token.prefix;
  enrolment.room = token.room;
  enrolment.key = key;
  enrolment.time = site.now_text();
  const auto document = site.sign("enrolment", record::to_statement(enrolment));
  auto insert = site.db().prepare(
      "INSERT INTO device (device, name, public_key, document) VALUES (?, ?, ?, ?)");
  if (!insert) return std::unexpected(insert.error());
  auto use = site.db().prepare("UPDATE token SET device = ? WHERE hash = ? AND device IS NULL");
  if (!use) return std::unexpected(use.error());
  auto transaction = Transaction::begin(site.db());
  if (!transaction) return std::unexpected(transaction.error());
  auto done = then(
      insert->run(enrolment.device, name, Blob(key), to_text(record::to_json(document))),
      [&] { return use->run(enrolment.device, Blob(token_hash)); },
      [&] { return add_feed_item(site, {.kind = "enrolment", .name = enrolment.device}); },
      [&] { return transaction->commit(); });
  if (!done) return std::unexpected(done.error());
  return enrolment.device;
}

Result<Device> read_device(const Statement& row, const record::PublicKey& site_key) {
  Device device;
  device.name = std::string(row.text(0));
  auto document = then(parse_json(row.text(1)), record::signed_document_from_json);
  if (!document) return std::unexpected(document.error());
  device.document = std::move(*document);
  auto enrolment = then(record::open_document(device.document, "enrolment", site_key),
                        record::enrolment_from_statement);
  if (!enrolment) return std::unexpected(enrolment.error());
  device.enrolment = std::move(*enrolment);
  return device;
}

Result<Json> enrolment_answer(Site& site, const std::string& device_id) {
  auto device = find_device(site, device_id);
  if (!device) return std::unexpected(device.error());
  auto people = directory_json(site);
  if (!people) return std::unexpected(people.error());
  Json json = Json::object();
  json["trust"] = record::to_json(site.anchor());
  json["enrolment"] = record::to_json(device->document);
  json["receipt_key"] = record::to_json(site.receipt_certificate());
  json["directory"] = (*people)["document"];
  json["wrapped"] = (*people)["wrapped"];
  return json;
}

}  // namespace

Result<std::string> make_token(Site& site, const std::string& prefix, const std::string& room) {
  const bool good =
      prefix.size() >= 2 && prefix.size() <= 8 && std::ranges::all_of(prefix, [](char c) {
        return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
      });
  if (!good)
    return fail(ErrorCode::kMalformed,
                "A prefix has 2 to 8 capital letters or digits, for example MIX2.", "--prefix");
  auto checked = checked_text(room);
  if (!checked) return std::unexpected(checked.error());
  auto token = make_secret();
  auto insert =
      site.db().prepare("INSERT INTO token (hash, prefix, room, expires_ms) VALUES (?, ?, ?, ?)");
  if (!insert) return std::unexpected(insert.error());
  const auto hash = secret_hash(token);
  const auto expires_ms = site.clock().now().unix_ms + kTokenMinutes * 60'000;
  auto done = insert->run(Blob(hash), prefix, *checked, expires_ms);
  if (!done) return std::unexpected(done.error());
  return token;
}

Result<Json> enrol_device(Site& site, const Json& body) {
  const auto text = [&body](const char* key) {
    const auto found = body.find(key);
    return found != body.end() && found->is_string() ? found->get<std::string>() : std::string();
  };
  const auto key = array_from_hex<32>(text("key"));
  auto name = checked_text(text("name"));
  if (!key || !name || !body.contains("token"))
    return fail(ErrorCode::kMalformed, "An enrolment brings token, key (64 hex digits) and name.");
  const auto hash = secret_hash(text("token"));
  auto token = find_token(site, hash);
  if (!token) return std::unexpected(token.error());
  if (!token->device.empty()) {
    auto device = find_device(site, token->device);
    if (!device) return std::unexpected(device.error());
    if (device->enrolment.key != *key) return token_refused();
    return enrolment_answer(site, token->device);
  }
  auto device = register_device(site, hash, *token, *key, *name);
  if (!device && device.error().code == ErrorCode::kConflict)
    return fail(ErrorCode::kConflict,
                "This device key is enrolled already. A restored copy makes a new key and enrols "
                "as a new device.",
                "key");
  if (!device) return std::unexpected(device.error());
  return enrolment_answer(site, *device);
}

Result<Device> find_device(Site& site, const std::string& device) {
  auto select = site.db().prepare("SELECT name, document FROM device WHERE device = ?");
  if (!select) return std::unexpected(select.error());
  if (auto started = select->start(device); !started) return std::unexpected(started.error());
  auto row = select->step();
  if (!row) return std::unexpected(row.error());
  if (!*row)
    return fail(
        ErrorCode::kDenied,
        "This panel is not enrolled at this twin. Its entries stay on the panel; enrol it or "
        "check the address.",
        "device");
  return read_device(*select, site.anchor().key);
}

Result<std::vector<Device>> all_devices(Site& site) {
  auto select = site.db().prepare("SELECT name, document FROM device ORDER BY name, device");
  if (!select) return std::unexpected(select.error());
  if (auto started = select->start(); !started) return std::unexpected(started.error());
  std::vector<Device> devices;
  for (;;) {
    auto row = select->step();
    if (!row) return std::unexpected(row.error());
    if (!*row) return devices;
    auto device = read_device(*select, site.anchor().key);
    if (!device) return std::unexpected(device.error());
    devices.push_back(std::move(*device));
  }
}

}  // namespace batchwright::twin
