#include "client/sync/documents.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/bytes.h"
#include "base/then.h"
#include "record/site_facts_document.h"

namespace batchwright::client::sync {
namespace {

using offline_store::Store;

Result<Json> catalogue_json(Store& store, const char* kind, const char* name) {
  auto text = store.catalogue(kind, name);
  if (!text) return std::unexpected(text.error());
  if (!*text)
    return fail(
        ErrorCode::kNotFound,
        "This panel is not enrolled at a twin. Entries are kept here; enrol it to send them.",
        kind);
  return parse_json(**text);
}

template <typename Read>
auto signed_statement(Store& store, const char* kind, const char* name, const char* purpose,
                      const record::PublicKey& key, Read read) {
  return then(
      catalogue_json(store, kind, name), record::signed_document_from_json,
      [&](const record::SignedDocument& d) { return record::open_document(d, purpose, key); },
      read);
}

// Of a directory whose signature was checked when it arrived.
Result<record::Directory> directory_of(const std::string& text) {
  return then(parse_json(text), record::signed_document_from_json,
              [](const record::SignedDocument& document) {
                return then(parse_json(document.statement), record::directory_from_statement);
              });
}

bool forgets_somebody(const record::Directory& past, const record::Directory& fresh) {
  return std::ranges::any_of(past.people, [&](const record::Person& was) {
    const auto* now = fresh.find(was.id);
    return was.key && (now == nullptr || now->key != was.key || now->roles != was.roles);
  });
}

Result<void> load_devices(Store& store, FeedTrust& trust) {
  auto items = store.catalogue_all("device");
  if (!items) return std::unexpected(items.error());
  for (const auto& item : *items) {
    const auto enrolment = signed_statement(store, "device", item.name.c_str(), "enrolment",
                                            trust.anchor.key, record::enrolment_from_statement);
    if (!enrolment) return std::unexpected(enrolment.error());
    trust.devices[enrolment->device] = enrolment->key;
  }
  return {};
}

// Approved recipes whose text has not arrived: the cursor already passed their feed items.
Result<std::vector<std::string>> missing_mbrs(Store& store) {
  auto approvals = store.catalogue_all("approval");
  if (!approvals) return std::unexpected(approvals.error());
  std::vector<std::string> missing;
  for (const auto& approval : *approvals) {
    auto text = store.catalogue("mbr", approval.name);
    if (!text) return std::unexpected(text.error());
    if (!*text) missing.push_back(approval.name);
  }
  return missing;
}

}  // namespace

Result<record::PublicKey> certified_receipt_key(const record::SignedDocument& document,
                                                const record::PublicKey& site_key) {
  const auto certificate = then(record::open_document(document, "receipt-key", site_key),
                                record::receipt_key_from_statement);
  if (!certificate) return std::unexpected(certificate.error());
  return certificate->key;
}

Result<void> save_enrolment(Store& store, const EnrolmentDocuments& documents) {
  const auto put = [&store](const char* kind, const char* name, const Json& json) {
    return store.put_catalogue({kind, name, to_text(json)});
  };
  for (const auto& item : documents.people)
    if (auto saved = store.put_catalogue(item); !saved) return saved;
  return then(
      put("receipt-key", "current", record::to_json(documents.receipt_key_document)),
      [&] { return put("trust", "self", record::to_json(documents.anchor)); },
      [&] { return put("enrolment", "self", record::to_json(documents.enrolment_document)); });
}

Result<void> keep_past_directory(Store& store, const offline_store::CatalogueItem& newer) {
  auto text = store.catalogue("directory", "current");
  if (!text) return std::unexpected(text.error());
  if (!*text || **text == newer.text) return {};
  const auto past = directory_of(**text);
  if (!past) return std::unexpected(past.error());
  const auto fresh = directory_of(newer.text);
  if (!fresh) return std::unexpected(fresh.error());
  if (!forgets_somebody(*past, *fresh)) return {};
  return store.put_catalogue({"directory", fmt::format("v{}", past->version), **text});
}

Result<Protocol::Settings> load_settings(Store& store) {
  Protocol::Settings settings;
  auto anchor = then(catalogue_json(store, "trust", "self"), record::trust_anchor_from_json);
  if (!anchor) return std::unexpected(anchor.error());
  auto& trust = settings.trust;
  trust.anchor = *anchor;
  const auto self = signed_statement(store, "enrolment", "self", "enrolment", anchor->key,
                                     record::enrolment_from_statement);
  if (!self) return std::unexpected(self.error());
  settings.device = trust.own_device = self->device;
  const auto certificate = signed_statement(store, "receipt-key", "current", "receipt-key",
                                            anchor->key, record::receipt_key_from_statement);
  if (!certificate) return std::unexpected(certificate.error());
  settings.receipt_key = certificate->key;
  const auto directory = signed_statement(store, "directory", "current", "directory", anchor->key,
                                          record::directory_from_statement);
  if (directory) trust.directory_version = directory->version;
  const auto facts = signed_statement(store, "site-facts", "current", "site-facts", anchor->key,
                                      record::site_facts_from_statement);
  if (facts) trust.site_facts_version = facts->version;
  if (auto loaded = load_devices(store, trust); !loaded) return std::unexpected(loaded.error());

  auto confirmed = store.confirmed_through();
  if (!confirmed) return std::unexpected(confirmed.error());
  settings.confirmed_through = *confirmed;
  auto cursor = store.cursor();
  if (!cursor) return std::unexpected(cursor.error());
  settings.cursor = *cursor;
  auto missing = missing_mbrs(store);
  if (!missing) return std::unexpected(missing.error());
  settings.missing_mbrs = *missing;
  auto wedged = unsettled(store);
  if (!wedged) return std::unexpected(wedged.error());
  for (const auto& item : *wedged)
    if (item.first != 0) settings.wedged = item;
  const auto refusals = store.wedged();
  if (!refusals) return std::unexpected(refusals.error());
  settings.refused_arrivals =
      static_cast<std::uint64_t>(std::ranges::count_if(*refusals, is_arrival));
  return settings;
}

bool is_arrival(const offline_store::Wedged& item) {
  return item.first == 0 && (item.reason == kArrivalConflict || item.reason == kArrivalRefused);
}

Result<std::vector<offline_store::Wedged>> unsettled(Store& store) {
  auto confirmed = store.confirmed_through();
  if (!confirmed) return std::unexpected(confirmed.error());
  auto items = store.wedged();
  if (!items) return std::unexpected(items.error());
  auto evidence = store.unsent_evidence();
  if (!evidence) return std::unexpected(evidence.error());
  const auto settled = [&](const offline_store::Wedged& item) {
    if (item.first != 0) return item.first <= *confirmed;
    if (is_arrival(item)) return true;
    return std::ranges::none_of(*evidence, [&](const Digest& digest) {
      return item.detail.find(to_hex(digest)) != std::string::npos;
    });
  };
  std::erase_if(*items, settled);
  return *items;
}

}  // namespace batchwright::client::sync
