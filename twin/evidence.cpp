#include "twin/evidence.h"

#include "base/bytes.h"

namespace batchwright::twin {
namespace {

using offline_store::sqlite::Blob;

// Only ever built from 64 checked hex digits: no name from outside reaches the file system.
std::filesystem::path file_of(const Site& site, const Digest& digest) {
  const auto hex = to_hex(digest);
  return site.directory() / "evidence" / hex.substr(0, 2) / hex;
}

Result<bool> is_known(Site& site, const Digest& digest) {
  auto select = site.db().prepare("SELECT 1 FROM evidence WHERE sha256 = ?");
  if (!select) return std::unexpected(select.error());
  if (auto started = select->start(Blob(digest)); !started) return std::unexpected(started.error());
  return select->step();
}

Result<void> save_file(const std::filesystem::path& file, std::string_view bytes) {
  if (auto made = internal::make_folders_durably(file.parent_path()); !made) return made;
  return internal::save_durably(file, bytes);
}

// Not there, or not what it was: the same to whoever brings the right bytes.
bool holds(const std::filesystem::path& file, const Digest& digest) {
  const auto bytes = internal::load_whole(file, kEvidenceBytesMax);
  return bytes && sha256(*bytes) == digest;
}

Result<void> note(Site& site, const Digest& digest, std::size_t bytes) {
  auto insert = site.db().prepare("INSERT INTO evidence (sha256, bytes) VALUES (?, ?)");
  if (!insert) return std::unexpected(insert.error());
  return insert->run(Blob(digest), static_cast<std::int64_t>(bytes));
}

}  // namespace

Result<Stored> put_evidence(Site& site, const std::string& sha256_hex, std::string_view bytes) {
  const auto digest = array_from_hex<32>(sha256_hex);
  if (!digest) return std::unexpected(digest.error());
  if (bytes.size() > kEvidenceBytesMax)
    return fail(ErrorCode::kFull, "Evidence has at most 16 MiB.", sha256_hex);
  if (sha256(bytes) != *digest)
    return fail(ErrorCode::kAltered,
                "The bytes don't have the digest they were sent under. Nothing was stored.",
                sha256_hex);
  auto known = is_known(site, *digest);
  if (!known) return std::unexpected(known.error());
  // The panel forgets its own duty to send once it hears "known": only what can be read counts.
  const auto file = file_of(site, *digest);
  if (*known && holds(file, *digest)) return Stored::kKnown;
  if (auto saved = save_file(file, bytes); !saved) return std::unexpected(saved.error());
  if (*known) return Stored::kKnown;
  if (auto noted = note(site, *digest, bytes.size()); !noted) return std::unexpected(noted.error());
  return Stored::kNew;
}

Result<std::string> load_evidence(Site& site, const std::string& sha256_hex) {
  const auto digest = array_from_hex<32>(sha256_hex);
  if (!digest) return std::unexpected(digest.error());
  auto known = is_known(site, *digest);
  if (!known) return std::unexpected(known.error());
  if (!*known) return fail(ErrorCode::kNotFound, "This evidence has not arrived.", sha256_hex);
  auto bytes = internal::load_whole(file_of(site, *digest), kEvidenceBytesMax);
  if (!bytes) return std::unexpected(bytes.error());
  if (sha256(*bytes) != *digest)
    return fail(ErrorCode::kAltered, "The stored evidence no longer matches its digest.",
                sha256_hex);
  return bytes;
}

}  // namespace batchwright::twin
