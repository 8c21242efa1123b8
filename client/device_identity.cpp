#include "client/device_identity.h"

#include <fmt/format.h>
#include <sys/stat.h>

#include <cstdlib>

#include "base/bytes.h"
#include "base/then.h"
#include "client/file.h"

namespace batchwright::client {

namespace {

Result<Json> catalogue_json(offline_store::Store& store, const char* kind, const char* name,
                            const char* missing) {
  auto text = store.catalogue(kind, name);
  if (!text) return std::unexpected(text.error());
  if (!*text) return fail(ErrorCode::kNotFound, missing, fmt::format("{}/{}", kind, name));
  return parse_json(**text);
}

constexpr const char* kNotEnrolled =
    "This panel is not enrolled at a site yet. Enrol it with: batchwright enroll URL --token T "
    "--site-fingerprint F --store DIR";

}  // namespace

Result<record::SecretKey> load_device_key(const std::filesystem::path& store_directory) {
  auto text = load_file(store_directory / "device.key", 1024);
  if (!text) return std::unexpected(text.error());
  while (!text->empty() && text->back() == '\n') text->pop_back();
  auto bytes = array_from_hex<64>(*text);
  if (!bytes)
    return fail(ErrorCode::kMalformed, "The device key file is damaged. Enrol the panel again.",
                (store_directory / "device.key").string());
  return record::SecretKey(*bytes);
}

Result<void> save_device_key(const std::filesystem::path& store_directory,
                             const record::SecretKey& key) {
  std::error_code error;
  std::filesystem::create_directories(store_directory, error);
  if (error)
    return fail(ErrorCode::kIo, fmt::format("The folder can't be made: {}.", error.message()),
                store_directory.string());
  ::chmod(store_directory.c_str(), 0700);
  return save_file(store_directory / "device.key", to_hex(key.bytes()) + "\n", true);
}

Result<DeviceIdentity> load_device_identity(offline_store::Store& store,
                                            const std::filesystem::path& directory) {
  DeviceIdentity identity;
  auto anchor =
      then(catalogue_json(store, "trust", kSelf, kNotEnrolled), record::trust_anchor_from_json);
  if (!anchor) return std::unexpected(anchor.error());
  identity.anchor = *anchor;

  auto document = then(catalogue_json(store, "enrolment", kSelf, kNotEnrolled),
                       record::signed_document_from_json);
  if (!document) return std::unexpected(document.error());
  identity.enrolment_document = *document;
  auto enrolment = then(record::open_document(*document, "enrolment", identity.anchor.key),
                        record::enrolment_from_statement);
  if (!enrolment) return std::unexpected(enrolment.error());
  identity.enrolment = *enrolment;

  auto key = load_device_key(directory);
  if (!key) return std::unexpected(key.error());
  if (key->public_key() != identity.enrolment.key)
    return fail(
        ErrorCode::kAltered,
        "The device key does not belong to this panel's enrolment. A restored copy must enrol "
        "as a new device.",
        "device.key");
  identity.key = *key;
  identity.zone = machine_zone();
  return identity;
}

Result<record::Directory> load_directory(offline_store::Store& store,
                                         const record::TrustAnchor& anchor) {
  return then(
      catalogue_json(store, "directory", "current",
                     "No directory of people has arrived from the site yet."),
      record::signed_document_from_json,
      [&](const record::SignedDocument& document) {
        return record::open_document(document, "directory", anchor.key);
      },
      record::directory_from_statement);
}

Result<record::SiteFactsDocument> load_site_facts(offline_store::Store& store,
                                                  const record::TrustAnchor& anchor) {
  return then(
      catalogue_json(store, "site-facts", "current",
                     "No facts about equipment, materials and trainings have arrived from the site "
                     "yet."),
      record::signed_document_from_json,
      [&](const record::SignedDocument& document) {
        return record::open_document(document, "site-facts", anchor.key);
      },
      record::site_facts_from_statement);
}

std::string machine_zone() {
  if (const char* zone = std::getenv("TZ"); zone != nullptr && *zone != '\0' && *zone != ':')
    return zone;
  std::error_code error;
  const auto target = std::filesystem::read_symlink("/etc/localtime", error).string();
  constexpr std::string_view kFolder = "/zoneinfo/";
  const auto at = target.find(kFolder);
  if (!error && at != std::string::npos) return target.substr(at + kFolder.size());
  auto name = load_file("/etc/timezone", 256);
  if (name) {
    while (!name->empty() && name->back() == '\n') name->pop_back();
    if (!name->empty()) return *name;
  }
  return "Etc/UTC";
}

}  // namespace batchwright::client
