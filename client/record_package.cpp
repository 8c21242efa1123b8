#include "client/record_package.h"

#include <iterator>

#include "base/then.h"
#include "client/device_identity.h"
#include "client/file.h"
#include "offline_store/salvage.h"

namespace batchwright::client {

namespace {

using Items = std::vector<offline_store::CatalogueItem>;
using Texts = std::vector<std::string>;

constexpr std::uint64_t kChunkLines = 8192;

// Kinds of documents that travel with a journal. What is about this panel alone is named `self`.
const std::vector<std::string> kKinds = {"trust",     "enrolment", "receipt-key",
                                         "directory", "approval",  "issue"};

// What can't be read is left out and remembered, so that the rest can still be verified.
class HeaderMaker {
 public:
  record::PackageHeader make(const Items& documents, const Texts& receipts) {
    for (const auto& [kind, name, text] : documents) {
      if (kind == "trust") {
        if (auto anchor = parsed(text, record::trust_anchor_from_json)) header_.site = *anchor;
      } else if (kind == "enrolment") {
        if (name == kSelf) add_enrolment(text);
      } else {
        add(text, header_.documents);
      }
    }
    // The newest confirms every line before its own, because each line holds the hash of the one
    // before. All of them would outgrow the header: a panel collects one per commit.
    if (!receipts.empty()) add(receipts.back(), header_.receipts);
    return std::move(header_);
  }

  [[nodiscard]] const std::vector<Error>& errors() const { return errors_; }

 private:
  template <typename T>
  Result<T> parsed(const std::string& text, Result<T> (*read)(const Json&)) {
    auto value = then(parse_json(text), read);
    if (!value) errors_.push_back(value.error());
    return value;
  }

  void add(const std::string& text, std::vector<record::SignedDocument>& out) {
    if (auto document = parsed(text, record::signed_document_from_json)) out.push_back(*document);
  }

  // Whether the site signed it is for verify to say.
  void add_enrolment(const std::string& text) {
    auto document = parsed(text, record::signed_document_from_json);
    if (!document) return;
    if (const auto own = parsed(document->statement, record::enrolment_from_statement)) {
      header_.device = own->device;
    }
    header_.enrolment = std::move(*document);
  }

  record::PackageHeader header_;
  std::vector<Error> errors_;
};

Result<record::PackageHeader> header_of(offline_store::Store& store) {
  Items documents;
  for (const std::string& kind : kKinds) {
    auto items = store.catalogue_all(kind);
    if (!items) return std::unexpected(items.error());
    documents.insert(documents.end(), std::make_move_iterator(items->begin()),
                     std::make_move_iterator(items->end()));
  }
  const auto receipts = store.receipts();
  if (!receipts) return std::unexpected(receipts.error());
  HeaderMaker maker;
  auto header = maker.make(documents, *receipts);
  if (!maker.errors().empty()) return std::unexpected(maker.errors().front());
  return header;
}

Result<std::vector<std::string>> lines_of(offline_store::Store& store) {
  auto head = store.head();
  if (!head) return std::unexpected(head.error());
  std::vector<std::string> lines;
  for (std::uint64_t first = 1; first <= head->seq; first += kChunkLines) {
    auto chunk = store.load_lines(first, kChunkLines);
    if (!chunk) return std::unexpected(chunk.error());
    lines.insert(lines.end(), std::make_move_iterator(chunk->begin()),
                 std::make_move_iterator(chunk->end()));
  }
  return lines;
}

// The store was refused as altered for the reason `refused`. Its rows are read as they stand, so
// that verify can name the line; when they can't be, the store's own words are the answer.
Result<record::Package> package_of_refused(const std::filesystem::path& directory,
                                           const Error& refused) {
  auto found = offline_store::salvage(directory.string(), kKinds, refused);
  if (!found) return std::unexpected(found.error());
  HeaderMaker maker;
  auto header = maker.make(found->documents, found->receipts);
  for (const Error& error : maker.errors())
    found->facts.damage.push_back({.message = error.message});
  return record::package_of_folder(std::move(header), std::move(found->lines),
                                   std::move(found->facts));
}

// A copy of the folder without the device's key, for example an auditor's, can't sign a closing
// line.
Result<record::Package> package_without_key(offline_store::Store& store) {
  auto header = header_of(store);
  if (!header) return std::unexpected(header.error());
  auto lines = lines_of(store);
  if (!lines) return std::unexpected(lines.error());
  // The store compared its end with the side file when it opened.
  return record::package_of_folder(std::move(*header), std::move(*lines), {});
}

Result<record::Package> load_folder(const std::filesystem::path& directory, Instant now) {
  auto store = offline_store::Store::open(directory.string(), offline_store::Mode::kReadClosed);
  if (!store) return std::unexpected(store.error());
  std::error_code error;
  const auto enrolled = (*store)->catalogue("enrolment", kSelf);
  if (enrolled && *enrolled && !std::filesystem::exists(directory / "device.key", error)) {
    return package_without_key(**store);
  }
  return then(package_of_store(**store, directory, now),
              [](const std::string& text) { return record::read_package(text); });
}

// A file is read here; the folder of a store by `read_folder`.
template <typename ReadFolder>
Result<record::Package> load(const std::filesystem::path& path, ReadFolder read_folder) {
  std::error_code error;
  const auto status = std::filesystem::status(path, error);
  if (!std::filesystem::exists(status))
    return fail(ErrorCode::kNotFound, "There is no such file or folder. Check the name.",
                path.string());
  if (std::filesystem::is_directory(status)) return read_folder();
  return then(load_file(path, record::kPackageBytesMax),
              [](const std::string& text) { return record::read_package(text); });
}

}  // namespace

Result<std::string> package_of_store(offline_store::Store& store,
                                     const std::filesystem::path& directory, Instant now) {
  auto identity = load_device_identity(store, directory);
  if (!identity) return std::unexpected(identity.error());
  auto header = header_of(store);
  if (!header) return std::unexpected(header.error());
  auto lines = lines_of(store);
  if (!lines) return std::unexpected(lines.error());
  return record::write_package(*header, *lines, identity->key, now);
}

Result<record::Package> load_package(const std::filesystem::path& path, Instant now) {
  return load(path, [&] { return load_folder(path, now); });
}

Result<record::Package> load_package_to_verify(const std::filesystem::path& path, Instant now) {
  return load(path, [&]() -> Result<record::Package> {
    auto package = load_folder(path, now);
    if (package || package.error().code != ErrorCode::kAltered) return package;
    return package_of_refused(path, package.error());
  });
}

}  // namespace batchwright::client
