// A store in memory whose writes of what sync brought can be made to fail.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "offline_store/store.h"

namespace batchwright::client::sync::fakes {

class RefusingStore final : public offline_store::Store {
 public:
  explicit RefusingStore(std::unique_ptr<Store> good) : good_(std::move(good)) {}

  std::optional<Error> fail_appends_with;  // answered instead of a commit
  std::optional<Error> fail_writes_with;   // answered instead of writing
  int failed_writes = 0;

  Result<void> append(std::vector<record::StoredLine> commit) override {
    if (fail_appends_with) return std::unexpected(*fail_appends_with);
    return good_->append(std::move(commit));
  }
  void append_async(std::vector<record::StoredLine> commit,
                    std::function<void(Result<void>)> done) override {
    good_->append_async(std::move(commit), std::move(done));
  }
  Result<offline_store::JournalHead> head() override { return good_->head(); }
  Result<std::vector<std::string>> load_lines(std::uint64_t first, std::uint64_t count) override {
    return good_->load_lines(first, count);
  }
  Result<void> put_foreign(const std::vector<record::StoredLine>& lines) override {
    return write([&] { return good_->put_foreign(lines); });
  }
  Result<std::vector<std::string>> load_foreign(std::string_view run_id) override {
    return good_->load_foreign(run_id);
  }
  Result<void> put_receipt(std::uint64_t seq, std::string receipt_text) override {
    return write([&] { return good_->put_receipt(seq, std::move(receipt_text)); });
  }
  Result<std::uint64_t> confirmed_through() override { return good_->confirmed_through(); }
  Result<std::vector<std::string>> receipts() override { return good_->receipts(); }
  Result<void> put_wedged(const offline_store::Wedged& wedged) override {
    return write([&] { return good_->put_wedged(wedged); });
  }
  Result<std::vector<offline_store::Wedged>> wedged() override { return good_->wedged(); }
  Result<void> put_cursor(std::string cursor) override {
    return write([&] { return good_->put_cursor(std::move(cursor)); });
  }
  Result<std::string> cursor() override { return good_->cursor(); }
  Result<Digest> put_evidence(std::string_view bytes) override {
    return good_->put_evidence(bytes);
  }
  Result<std::string> load_evidence(const Digest& digest) override {
    return good_->load_evidence(digest);
  }
  Result<std::vector<Digest>> unsent_evidence() override { return good_->unsent_evidence(); }
  Result<void> mark_evidence_sent(const Digest& digest) override {
    return write([&] { return good_->mark_evidence_sent(digest); });
  }
  Result<void> put_catalogue(const offline_store::CatalogueItem& item) override {
    return write([&] { return good_->put_catalogue(item); });
  }
  Result<std::optional<std::string>> catalogue(std::string_view kind,
                                               std::string_view name) override {
    return good_->catalogue(kind, name);
  }
  Result<std::vector<offline_store::CatalogueItem>> catalogue_all(std::string_view kind) override {
    return good_->catalogue_all(kind);
  }
  Result<void> close() override { return good_->close(); }

 private:
  template <typename Work>
  Result<void> write(Work work) {
    if (!fail_writes_with) return work();
    ++failed_writes;
    return std::unexpected(*fail_writes_with);
  }

  std::unique_ptr<Store> good_;
};

}  // namespace batchwright::client::sync::fakes
