#include "client/sync/feed.h"

#include <fmt/format.h>

#include "base/bytes.h"
#include "base/then.h"
#include "record/commit.h"
#include "record/site_facts_document.h"

namespace batchwright::client::sync {
namespace {

using offline_store::CatalogueItem;
constexpr std::size_t kCursorBytesMax = 128;

const Json& member(const Json& json, const char* key) {
  static const Json kNothing;
  if (!json.is_object()) return kNothing;
  const auto found = json.find(key);
  return found == json.end() ? kNothing : *found;
}

std::string text_of(const Json& json) {
  return json.is_string() ? json.get<std::string>() : std::string();
}

// A site's document whose statement `read` understands.
template <typename Read>
auto site_document(const Json& json, const char* purpose, const record::PublicKey& key, Read read) {
  return then(
      record::signed_document_from_json(json),
      [&](const record::SignedDocument& d) { return record::open_document(d, purpose, key); },
      read);
}

std::string kept_text(const Json& document) {
  const auto read = record::signed_document_from_json(document);
  return read ? to_text(record::to_json(*read)) : std::string();
}

Result<void> take_directory(const Json& item, FeedTrust& trust, FeedPage& page) {
  std::uint64_t version = 0;
  auto documents = read_directory(member(item, "document"), member(item, "wrapped"),
                                  trust.anchor.key, trust.directory_version, version);
  if (!documents) return std::unexpected(documents.error());
  trust.directory_version = version;
  for (auto& document : *documents) page.documents.push_back(std::move(document));
  return {};
}

Result<void> take_site_facts(const Json& item, FeedTrust& trust, FeedPage& page) {
  const auto& document = member(item, "document");
  const auto facts =
      site_document(document, "site-facts", trust.anchor.key, record::site_facts_from_statement);
  if (!facts) return std::unexpected(facts.error());
  if (facts->version < trust.site_facts_version)
    return fail(ErrorCode::kAltered, "Facts of the site older than the ones here.");
  trust.site_facts_version = facts->version;
  page.documents.push_back({"site-facts", "current", kept_text(document)});
  return {};
}

Result<void> take_approval(const Json& item, FeedTrust& trust, FeedPage& page) {
  const auto& document = member(item, "document");
  const auto approval =
      site_document(document, "approval", trust.anchor.key, record::approval_from_statement);
  if (!approval) return std::unexpected(approval.error());
  const auto hash = to_hex(approval->hash);
  page.documents.push_back({"approval", hash, kept_text(document)});
  page.mbrs.push_back(hash);
  return {};
}

Result<void> take_issue(const Json& item, FeedTrust& trust, FeedPage& page) {
  const auto& document = member(item, "document");
  const auto issue =
      site_document(document, "issue", trust.anchor.key, record::issue_from_statement);
  if (!issue) return std::unexpected(issue.error());
  page.documents.push_back({"issue", issue->run, kept_text(document)});
  return {};
}

Result<void> take_enrolment(const Json& item, FeedTrust& trust, FeedPage& page) {
  const auto& document = member(item, "document");
  const auto enrolment =
      site_document(document, "enrolment", trust.anchor.key, record::enrolment_from_statement);
  if (!enrolment) return std::unexpected(enrolment.error());
  if (enrolment->device == trust.own_device) return {};
  trust.devices[enrolment->device] = enrolment->key;
  page.documents.push_back({"device", enrolment->device, kept_text(document)});
  return {};
}

Result<void> take_commit(const Json& item, FeedTrust& trust, FeedPage& page) {
  const auto device = text_of(member(item, "device"));
  if (device == trust.own_device) return {};
  const auto key = trust.devices.find(device);
  if (key == trust.devices.end())
    return fail(ErrorCode::kAltered, "Entries of a device that the site never enrolled.");
  std::vector<std::string> lines;
  const auto& array = member(item, "lines");
  if (array.is_array())
    for (const auto& line : array) lines.push_back(text_of(line));
  auto commit = record::check_commit(lines, device, key->second);
  if (!commit) return std::unexpected(commit.error());
  for (auto& line : *commit) page.foreign.push_back(std::move(line));
  return {};
}

Result<void> take_item(const Json& item, FeedTrust& trust, FeedPage& page) {
  const auto kind = text_of(member(item, "kind"));
  if (kind == "directory") return take_directory(item, trust, page);
  if (kind == "site-facts") return take_site_facts(item, trust, page);
  if (kind == "mbr") return take_approval(item, trust, page);
  if (kind == "issue") return take_issue(item, trust, page);
  if (kind == "enrolment") return take_enrolment(item, trust, page);
  if (kind == "commit") return take_commit(item, trust, page);
  return {};
}

}  // namespace

Result<FeedPage> read_feed(const Json& json, FeedTrust& trust) {
  FeedPage page;
  page.cursor = text_of(member(json, "cursor"));
  const auto& items = member(json, "items");
  if (page.cursor.empty() || page.cursor.size() > kCursorBytesMax || !items.is_array())
    return fail(ErrorCode::kMalformed, "The feed's answer has no cursor and items.");
  page.items = items.size();
  for (std::size_t i = 0; i < items.size(); ++i)
    if (auto taken = take_item(items[i], trust, page); !taken)
      page.refused.push_back(
          fmt::format("{} ({})", taken.error().message, text_of(member(items[i], "kind"))));
  return page;
}

Result<std::vector<CatalogueItem>> read_directory(const Json& document, const Json& wrapped,
                                                  const record::PublicKey& site_key,
                                                  std::uint64_t version_min,
                                                  std::uint64_t& version) {
  const auto directory =
      site_document(document, "directory", site_key, record::directory_from_statement);
  if (!directory) return std::unexpected(directory.error());
  if (directory->version < version_min)
    return fail(ErrorCode::kAltered, "A directory of people older than the one here.");
  std::vector<CatalogueItem> items;
  for (std::size_t i = 0; wrapped.is_array() && i < wrapped.size(); ++i) {
    const auto person = directory->find(text_of(member(wrapped[i], "person")));
    auto text = text_of(member(wrapped[i], "text"));
    if (person == nullptr || to_hex(sha256(text)) != person->wrapped_sha256)
      return fail(ErrorCode::kAltered,
                  "A person's wrapped key is not the one the directory names.");
    items.push_back({"wrapped-key", person->id, std::move(text)});
  }
  // The directory last: whoever sees it finds the keys it names.
  items.push_back({"directory", "current", kept_text(document)});
  version = directory->version;
  return items;
}

}  // namespace batchwright::client::sync
