#include "record/internal/package_parts.h"

#include <fmt/format.h>

#include "base/bytes.h"
#include "record/internal/member_reader.h"

namespace batchwright::record::internal {
namespace {

constexpr std::string_view kFormat = "batchwright/journal/1";
constexpr std::string_view kFormatFamily = "batchwright/journal/";
constexpr std::string_view kPurpose = "export";
constexpr std::size_t kHeaderBytesMax = 256u << 20;
constexpr std::size_t kFooterBytesMax = 64u << 10;
constexpr std::size_t kDocumentsMax = 100'000;

Json to_json_list(const std::vector<SignedDocument>& documents) {
  Json list = Json::array();
  for (const SignedDocument& document : documents) list.push_back(to_json(document));
  return list;
}

std::vector<SignedDocument> read_documents(MemberReader& reader, std::string_view key) {
  std::vector<SignedDocument> documents;
  for (const Json& item : reader.array(key)) {
    auto document = signed_document_from_json(item);
    if (!document) {
      reader.note(key, "holds something that is no signed document");
      break;
    }
    documents.push_back(std::move(*document));
  }
  return documents;
}

// A limit of this reader, so it says nothing about the record.
std::unexpected<Error> too_large(std::string_view what, std::size_t most) {
  return fail(
      ErrorCode::kUnreadable,
      fmt::format("The header of this exported journal holds more than {} {}, the most that "
                  "is read. Nothing was checked.",
                  most, what),
      "header");
}

bool has_too_many(const Json& header, const char* list) {
  const auto found = header.find(list);  // its end for anything but an object
  return found != header.end() && found->is_array() && found->size() > kDocumentsMax;
}

}  // namespace

std::string write_header(const PackageHeader& header) {
  Json json = Json::object();
  json["format"] = kFormat;
  json["device"] = header.device;
  json["site"] = to_json(header.site);
  json["enrolment"] = to_json(header.enrolment);
  json["documents"] = to_json_list(header.documents);
  json["receipts"] = to_json_list(header.receipts);
  return batchwright::to_text(json);
}

Result<PackageHeader> read_header(std::string_view bytes) {
  if (bytes.size() > kHeaderBytesMax) return too_large("bytes", kHeaderBytesMax);
  const auto json = parse_json(bytes, {.bytes_max = kHeaderBytesMax, .depth_max = 8});
  if (!json) return std::unexpected(json.error());
  for (const char* const list : {"documents", "receipts"}) {
    if (has_too_many(*json, list)) return too_large(list, kDocumentsMax);
  }
  MemberReader reader(*json, "package header");
  const std::string format = reader.raw("format");
  if (format != kFormat) {
    if (format.starts_with(kFormatFamily)) {
      return fail(ErrorCode::kUnsupported,
                  "This exported journal has a format of another version than this program reads. "
                  "Nothing was checked. Use a newer program.",
                  "header");
    }
    reader.note("format", "is not batchwright/journal/1");
  }
  PackageHeader header;
  header.device = reader.name("device");
  auto site = trust_anchor_from_json(reader.object("site"));
  auto enrolment = signed_document_from_json(reader.object("enrolment"));
  header.documents = read_documents(reader, "documents");
  header.receipts = read_documents(reader, "receipts");
  if (!site) reader.note("site", "is not a site with its key");
  if (!enrolment) reader.note("enrolment", "is not a signed document");
  if (const auto error = reader.finish()) return std::unexpected(*error);
  header.site = std::move(*site);
  header.enrolment = std::move(*enrolment);
  return header;
}

std::string write_footer(const Footer& footer, const SecretKey& device_key) {
  Json statement = Json::object();
  statement["header"] = to_hex(footer.header);
  statement["device"] = footer.device;
  statement["first"] = "1";
  statement["last"] = std::to_string(footer.last);
  statement["hash"] = to_hex(footer.hash);
  statement["time"] = footer.time;
  return batchwright::to_text(to_json(sign_document(std::string(kPurpose), statement, device_key)));
}

Result<Footer> read_footer(std::string_view bytes, const PublicKey& device_key) {
  const auto json = parse_json(bytes, {.bytes_max = kFooterBytesMax, .depth_max = 8});
  if (!json) return std::unexpected(json.error());
  const auto document = signed_document_from_json(*json);
  if (!document) return std::unexpected(document.error());
  const auto statement = open_document(*document, kPurpose, device_key);
  if (!statement) return std::unexpected(statement.error());
  MemberReader reader(*statement, "package footer");
  Footer footer;
  footer.header = reader.hex<std::tuple_size_v<Digest>>("header");
  footer.device = reader.name("device");
  if (reader.raw("first") != "1") reader.note("first", "is not 1");
  footer.last = reader.number("last");
  footer.hash = reader.hex<std::tuple_size_v<Digest>>("hash");
  footer.time = reader.time("time");
  if (const auto error = reader.finish()) return std::unexpected(*error);
  return footer;
}

}  // namespace batchwright::record::internal
