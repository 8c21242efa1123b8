// The store on one directory, for one thread: whoever opened it calls it. ThreadedStore puts it
// behind a queue.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "offline_store/internal/open_store.h"
#include "offline_store/store.h"

namespace batchwright::offline_store::internal {

class SqliteStore final : public Store {
 public:
  [[nodiscard]] static Result<std::unique_ptr<SqliteStore>> open(const std::string& directory,
                                                                 Mode mode,
                                                                 const Environment& environment);
  ~SqliteStore() override;

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

  // What may wait until the caller has its answer: copying a long log into the file.
  void tidy();

 private:
  SqliteStore(std::string directory, Environment environment, OpenStore open);

  enum class Use { kRead, kWrite };
  [[nodiscard]] Result<void> usable(Use use) const;
  [[nodiscard]] Result<void> room(std::uint64_t reserve_bytes) const;
  template <typename Work>
  [[nodiscard]] std::invoke_result_t<Work> reading(Work work);
  template <typename Work>
  [[nodiscard]] std::invoke_result_t<Work> writing(Work work);
  [[nodiscard]] Result<void> commit_lines(const std::vector<record::StoredLine>& commit,
                                          const JournalEnd& next);
  [[nodiscard]] Result<void> put_enrolment(const CatalogueItem& item);

  std::string directory_;
  Environment environment_;
  std::optional<OpenStore> open_;  // none after close()
  std::optional<Error> stopped_;   // the failure after which nothing is accepted any more
  std::thread::id owner_ = std::this_thread::get_id();
};

}  // namespace batchwright::offline_store::internal
