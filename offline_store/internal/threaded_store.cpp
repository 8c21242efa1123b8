#include "offline_store/internal/threaded_store.h"

namespace batchwright::offline_store::internal {

Result<std::unique_ptr<Store>> ThreadedStore::open(const std::string& directory, Mode mode,
                                                   const Environment& environment) {
  std::unique_ptr<ThreadedStore> store(new ThreadedStore());
  auto opened = store->thread_.call([&]() -> Result<void> {
    auto inner = SqliteStore::open(directory, mode, environment);
    if (!inner) return std::unexpected(inner.error());
    store->store_ = std::move(*inner);
    return {};
  });
  if (!opened) return std::unexpected(opened.error());
  return store;
}

ThreadedStore::~ThreadedStore() {
  thread_.post([this] { store_.reset(); });
}

void ThreadedStore::tidy_later() {
  thread_.post([this] { store_->tidy(); });
}

Result<void> ThreadedStore::append(std::vector<record::StoredLine> commit) {
  return there([&] { return store_->append(std::move(commit)); });
}

void ThreadedStore::append_async(std::vector<record::StoredLine> commit,
                                 std::function<void(Result<void>)> done) {
  thread_.post([this, commit = std::move(commit), done = std::move(done)]() mutable {
    store_->append_async(std::move(commit), std::move(done));
    store_->tidy();
  });
}

Result<JournalHead> ThreadedStore::head() {
  return thread_.call([&] { return store_->head(); });
}

Result<std::vector<std::string>> ThreadedStore::load_lines(std::uint64_t first,
                                                           std::uint64_t count) {
  return thread_.call([&] { return store_->load_lines(first, count); });
}

Result<void> ThreadedStore::put_foreign(const std::vector<record::StoredLine>& lines) {
  return there([&] { return store_->put_foreign(lines); });
}

Result<std::vector<std::string>> ThreadedStore::load_foreign(std::string_view run_id) {
  return thread_.call([&] { return store_->load_foreign(run_id); });
}

Result<void> ThreadedStore::put_receipt(std::uint64_t seq, std::string receipt_text) {
  return there([&] { return store_->put_receipt(seq, std::move(receipt_text)); });
}

Result<std::uint64_t> ThreadedStore::confirmed_through() {
  return thread_.call([&] { return store_->confirmed_through(); });
}

Result<std::vector<std::string>> ThreadedStore::receipts() {
  return thread_.call([&] { return store_->receipts(); });
}

Result<void> ThreadedStore::put_wedged(const Wedged& wedged) {
  return there([&] { return store_->put_wedged(wedged); });
}

Result<std::vector<Wedged>> ThreadedStore::wedged() {
  return thread_.call([&] { return store_->wedged(); });
}

Result<void> ThreadedStore::put_cursor(std::string cursor) {
  return there([&] { return store_->put_cursor(std::move(cursor)); });
}

Result<std::string> ThreadedStore::cursor() {
  return thread_.call([&] { return store_->cursor(); });
}

Result<Digest> ThreadedStore::put_evidence(std::string_view bytes) {
  return there([&] { return store_->put_evidence(bytes); });
}

Result<std::string> ThreadedStore::load_evidence(const Digest& digest) {
  return thread_.call([&] { return store_->load_evidence(digest); });
}

Result<std::vector<Digest>> ThreadedStore::unsent_evidence() {
  return thread_.call([&] { return store_->unsent_evidence(); });
}

Result<void> ThreadedStore::mark_evidence_sent(const Digest& digest) {
  return there([&] { return store_->mark_evidence_sent(digest); });
}

Result<void> ThreadedStore::put_catalogue(const CatalogueItem& item) {
  return there([&] { return store_->put_catalogue(item); });
}

Result<std::optional<std::string>> ThreadedStore::catalogue(std::string_view kind,
                                                            std::string_view name) {
  return thread_.call([&] { return store_->catalogue(kind, name); });
}

Result<std::vector<CatalogueItem>> ThreadedStore::catalogue_all(std::string_view kind) {
  return thread_.call([&] { return store_->catalogue_all(kind); });
}

Result<void> ThreadedStore::close() {
  return thread_.call([&] { return store_->close(); });
}

}  // namespace batchwright::offline_store::internal
