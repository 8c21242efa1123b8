// The store people get: a SqliteStore that lives on its storage thread, with calls handed over by a
// queue of values.
#pragma once

#include <memory>

#include "offline_store/internal/sqlite_store.h"
#include "offline_store/internal/storage_thread.h"

namespace batchwright::offline_store::internal {

class ThreadedStore final : public Store {
 public:
  [[nodiscard]] static Result<std::unique_ptr<Store>> open(const std::string& directory, Mode mode,
                                                           const Environment& environment);
  ~ThreadedStore() override;

  Result<void> append(std::vector<record::StoredLine> commit) override;
  void append_async(std::vector<record::StoredLine> commit,
                    std::function<void(Result<void>)> done) override;
  Result<JournalHead> head() override;
  Result<std::vector<std::string>> load_lines(std::uint64_t first, std::uint64_t count) override;
  Result<void> put_foreign(const std::vector<record::StoredLine>& lines) override;
  Result<std::vector<std::string>> load_foreign(std::string_view run_id) override;
  Result<void> put_receipt(std::uint64_t seq, std::string receipt_text) override;
  Result<std::uint64_t> confirmed_through() override;
  Result<std::vector<std::string>> receipts() override;
  Result<void> put_wedged(const Wedged& wedged) override;
  Result<std::vector<Wedged>> wedged() override;
  Result<void> put_cursor(std::string cursor) override;
  Result<std::string> cursor() override;
  Result<Digest> put_evidence(std::string_view bytes) override;
  Result<std::string> load_evidence(const Digest& digest) override;
  Result<std::vector<Digest>> unsent_evidence() override;
  Result<void> mark_evidence_sent(const Digest& digest) override;
  Result<void> put_catalogue(const CatalogueItem& item) override;
  Result<std::optional<std::string>> catalogue(std::string_view kind,
                                               std::string_view name) override;
  Result<std::vector<CatalogueItem>> catalogue_all(std::string_view kind) override;
  Result<void> close() override;

 private:
  ThreadedStore() = default;

  // Runs `work` on the storage thread; the caller has its answer before the store tidies up.
  template <typename Work>
  auto there(Work work) {
    auto result = thread_.call(std::move(work));
    tidy_later();
    return result;
  }
  void tidy_later();

  std::unique_ptr<SqliteStore> store_;  // made, used and destroyed on the thread
  StorageThread thread_{kWaitingMax};

  static constexpr std::size_t kWaitingMax = 256;
};

}  // namespace batchwright::offline_store::internal
