#include "client/record_package.h"

#include "base/then.h"
#include "client/device_identity.h"
#include "client/file.h"

namespace batchwright::client {

namespace {

constexpr std::uint64_t kChunkLines = 8192;

Result<void> add_documents(offline_store::Store& store, const char* kind,
                           std::vector<record::SignedDocument>& out) {
  auto items = store.catalogue_all(kind);
  if (!items) return std::unexpected(items.error());
  for (const auto& item : *items) {
    auto document = then(parse_json(item.text), record::signed_document_from_json);
    if (!document) return std::unexpected(document.error());
    out.push_back(std::move(*document));
  }
  return {};
}

// The newest confirms every line before its own, because each line holds the hash of the one
// before. All of them would outgrow the header: a panel collects one per commit.
Result<void> add_newest_receipt(offline_store::Store& store,
                                std::vector<record::SignedDocument>& out) {
  auto receipts = store.receipts();
  if (!receipts) return std::unexpected(receipts.error());
  if (receipts->empty()) return {};
  auto newest = then(parse_json(receipts->back()), record::signed_document_from_json);
  if (!newest) return std::unexpected(newest.error());
  out.push_back(std::move(*newest));
  return {};
}

Result<record::PackageHeader> header_of(offline_store::Store& store,
                                        const DeviceIdentity& identity) {
  record::PackageHeader header;
  header.device = identity.enrolment.device;
  header.site = identity.anchor;
  header.enrolment = identity.enrolment_document;
  for (const char* kind : {"receipt-key", "directory", "approval", "issue"})
    if (auto added = add_documents(store, kind, header.documents); !added)
      return std::unexpected(added.error());
  if (auto added = add_newest_receipt(store, header.receipts); !added)
    return std::unexpected(added.error());
  return header;
}

}  // namespace

Result<std::string> package_of_store(offline_store::Store& store,
                                     const std::filesystem::path& directory, Instant now) {
  auto identity = load_device_identity(store, directory);
  if (!identity) return std::unexpected(identity.error());
  auto header = header_of(store, *identity);
  if (!header) return std::unexpected(header.error());
  auto head = store.head();
  if (!head) return std::unexpected(head.error());
  std::vector<std::string> lines;
  for (std::uint64_t first = 1; first <= head->seq; first += kChunkLines) {
    auto chunk = store.load_lines(first, kChunkLines);
    if (!chunk) return std::unexpected(chunk.error());
    lines.insert(lines.end(), std::make_move_iterator(chunk->begin()),
                 std::make_move_iterator(chunk->end()));
  }
  return record::write_package(*header, lines, identity->key, now);
}

Result<record::Package> load_package(const std::filesystem::path& path, Instant now) {
  std::error_code error;
  const auto status = std::filesystem::status(path, error);
  if (!std::filesystem::exists(status))
    return fail(ErrorCode::kNotFound, "There is no such file or folder. Check the name.",
                path.string());
  if (!std::filesystem::is_directory(status))
    return then(load_file(path, record::kPackageBytesMax),
                [](const std::string& text) { return record::read_package(text); });
  auto store = offline_store::Store::open(path.string(), offline_store::Mode::kReadClosed);
  if (!store) return std::unexpected(store.error());
  return then(package_of_store(**store, path, now),
              [](const std::string& text) { return record::read_package(text); });
}

}  // namespace batchwright::client
