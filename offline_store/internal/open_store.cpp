#include "offline_store/internal/open_store.h"

#include "offline_store/internal/enrolment.h"

namespace batchwright::offline_store::internal {

namespace {

Result<Digest> enrolment_in(CatalogueTable& catalogue, bool& enrolled) {
  const auto items = catalogue.all(kEnrolmentKind);
  if (!items) return std::unexpected(items.error());
  enrolled = !items->empty();
  if (!enrolled) return Digest{};
  auto hash = enrolment_hash(items->front().text);
  if (hash) return hash;
  return fail(
      ErrorCode::kAltered,
      "The enrolment of this panel is damaged. Nothing was written. Keep the folder as it is "
      "and call IT.",
      "enrolment");
}

}  // namespace

Result<OpenStore> assemble(Files& files, const std::string& directory,
                           sqlite::Connection connection) {
  auto journal = JournalTable::prepare(connection);
  if (!journal) return std::unexpected(journal.error());
  auto peers = PeerTable::prepare(connection);
  if (!peers) return std::unexpected(peers.error());
  auto sync = SyncTables::prepare(connection);
  if (!sync) return std::unexpected(sync.error());
  auto catalogue = CatalogueTable::prepare(connection);
  if (!catalogue) return std::unexpected(catalogue.error());
  auto evidence = Evidence::prepare(files, directory, connection);
  if (!evidence) return std::unexpected(evidence.error());
  bool enrolled = false;
  const auto enrolment = enrolment_in(*catalogue, enrolled);
  if (!enrolment) return std::unexpected(enrolment.error());
  auto end = journal->check_all(*enrolment);
  if (!end) return std::unexpected(end.error());
  return OpenStore{.lock = nullptr,
                   .copy = nullptr,
                   .connection = std::move(connection),
                   .journal = std::move(*journal),
                   .peers = std::move(*peers),
                   .sync = std::move(*sync),
                   .catalogue = std::move(*catalogue),
                   .evidence = std::move(*evidence),
                   .end = std::move(*end),
                   .enrolled = enrolled,
                   .head_file = std::nullopt};
}

Result<bool> side_file_knows_lines(Files& files, const StorePaths& paths) {
  const auto side = HeadFile::read(files, paths.head);
  if (side) return side->seq > 0;
  if (side.error().code == ErrorCode::kNotFound) return false;
  return std::unexpected(side.error());
}

std::unexpected<Error> record_is_gone() {
  return fail(ErrorCode::kAltered,
              "The record is missing: lines were accepted here, and the database is gone or empty. "
              "Nothing was written. Keep the folder as it is and call IT.",
              "line 1");
}

std::unexpected<Error> no_store(const std::string& directory) {
  return fail(ErrorCode::kNotFound, "There is no Batchwright store in this folder.", directory);
}

std::unexpected<Error> no_side_file(const StorePaths& paths) {
  return fail(ErrorCode::kAltered,
              "The side file that guards the end of the record is gone, so it cannot be shown that "
              "nothing is missing. Nothing was written. Keep the folder as it is and call IT.",
              paths.head);
}

}  // namespace batchwright::offline_store::internal
