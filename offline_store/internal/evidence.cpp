#include "offline_store/internal/evidence.h"

#include <algorithm>

#include "base/bytes.h"
#include "offline_store/internal/row_sum.h"
#include "offline_store/store.h"

namespace batchwright::offline_store::internal {
namespace {

Digest sum_of_mark(const Digest& digest) {
  return row_sum({"evidence_sent", to_hex(digest)});
}

}  // namespace

Result<Evidence> Evidence::prepare(Files& files, std::string directory,
                                   sqlite::Connection& connection) {
  auto put = connection.prepare("INSERT INTO evidence (digest, bytes) VALUES (?1, ?2)");
  if (!put) return std::unexpected(put.error());
  auto find = connection.prepare("SELECT id FROM evidence WHERE digest = ?1");
  if (!find) return std::unexpected(find.error());
  auto unsent = connection.prepare(
      "SELECT e.digest, s.sum FROM evidence e LEFT JOIN evidence_sent s ON s.evidence = e.id "
      "ORDER BY e.id");
  if (!unsent) return std::unexpected(unsent.error());
  auto mark = connection.prepare(
      "INSERT OR IGNORE INTO evidence_sent (evidence, sum) "
      "SELECT id, ?2 FROM evidence WHERE digest = ?1");
  if (!mark) return std::unexpected(mark.error());
  return Evidence(files, std::move(directory),
                  {std::move(*put), std::move(*find), std::move(*unsent), std::move(*mark)});
}

Result<void> Evidence::put(const Digest& digest, std::string_view bytes) {
  auto there = known(digest);
  if (!there) return std::unexpected(there.error());
  const bool good = *there && read_file(digest).has_value();
  if (good) return {};
  if (auto written = write_file(to_hex(digest), bytes); !written) return written;
  if (*there) return {};
  return statements_.put.run(sqlite::Blob(digest), static_cast<std::uint64_t>(bytes.size()));
}

Result<std::string> Evidence::load(const Digest& digest) {
  auto there = known(digest);
  if (!there) return std::unexpected(there.error());
  if (!*there) return evidence_missing(digest);
  return read_file(digest);
}

Result<std::vector<Digest>> Evidence::unsent() {
  std::vector<Digest> out;
  auto& all = statements_.unsent;
  if (auto started = all.start(); !started) return std::unexpected(started.error());
  for (;;) {
    auto row = all.step();
    if (!row) return std::unexpected(row.error());
    if (!*row) return out;
    const Digest digest = digest_of_bytes(all.blob(0));
    if (all.is_null(1)) {
      out.push_back(digest);
    } else if (!same_bytes(sum_of_mark(digest), all.blob(1))) {
      all.reset();
      return fail(ErrorCode::kAltered,
                  "The mark that a picture was sent is not the one that was made.",
                  "evidence " + to_hex(digest));
    }
  }
}

Result<void> Evidence::mark_sent(const Digest& digest) {
  auto there = known(digest);
  if (!there) return std::unexpected(there.error());
  if (!*there) return evidence_missing(digest);
  return statements_.mark.run(sqlite::Blob(digest), sqlite::Blob(sum_of_mark(digest)));
}

Result<bool> Evidence::known(const Digest& digest) {
  auto& find = statements_.find;
  if (auto started = find.start(sqlite::Blob(digest)); !started) {
    return std::unexpected(started.error());
  }
  auto row = find.step();
  if (row) find.reset();
  return row;
}

Result<void> Evidence::write_file(const std::string& hex, std::string_view bytes) {
  const std::string top = directory_ + "/evidence";
  const std::string folder = top + "/" + hex.substr(0, 2);
  if (auto made = files_.make_directory(folder); !made) return made;
  if (auto synced = files_.sync_directory(top); !synced) return synced;
  // One thread writes, so one name for the unfinished file is enough, and a left-over is written
  // over.
  return write_whole(files_, folder, top + "/unfinished", folder + "/" + hex, bytes);
}

Result<std::string> Evidence::read_file(const Digest& digest) {
  const std::string hex = to_hex(digest);
  const std::string path = directory_ + "/evidence/" + hex.substr(0, 2) + "/" + hex;
  auto file = files_.open(path, Open::kRead);
  if (!file && file.error().code == ErrorCode::kNotFound) return evidence_missing(digest);
  if (!file) return std::unexpected(file.error());
  const auto size = files_.size_bytes(path);
  if (!size) return std::unexpected(size.error());
  // A file that grew is longer than any evidence and then has another hash.
  auto bytes = (*file)->read(0, std::min<std::uint64_t>(*size, kEvidenceBytesMax + 1));
  if (!bytes) return bytes;
  if (sha256(*bytes) == digest) return bytes;
  return fail(ErrorCode::kAltered,
              "A picture or file kept as evidence was changed after it was taken. The entries are "
              "kept; this evidence proves nothing. Call quality.",
              path);
}

std::unexpected<Error> evidence_missing(const Digest& digest) {
  return fail(
      ErrorCode::kNotFound,
      "This picture or file is not on this panel. The entry that cites it is kept and shows "
      "\"evidence missing\".",
      to_hex(digest));
}

}  // namespace batchwright::offline_store::internal
