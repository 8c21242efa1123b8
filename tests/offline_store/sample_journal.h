// Real commits for store tests: made by the writer every panel uses, with a fresh key and a made-up
// run.
#pragma once

#include <string>
#include <vector>

#include "base/sha256.h"
#include "offline_store/store.h"
#include "record/journal_writer.h"

namespace batchwright::offline_store::test {

using Commit = std::vector<record::StoredLine>;

class SampleJournal {
 public:
  explicit SampleJournal(const std::string& device = "device-a");

  // The enrolment a store of this device begins with, and its hash.
  [[nodiscard]] CatalogueItem enrolment() const;
  [[nodiscard]] Digest enrolment_hash() const;

  // The next commit: `entries` lines and the commit line. `filler_bytes` makes each body that much
  // longer.
  Commit next(std::size_t entries = 1, std::size_t filler_bytes = 0, const std::string& run = kRun);
  // The same without moving on, as if it had never been appended.
  [[nodiscard]] Commit peek(std::size_t entries = 1, const std::string& run = kRun) const;

  // Continues where a store ends, for example after a restart.
  void continue_from(const JournalHead& head);

  static constexpr const char* kRun = "01930000-0000-7000-8000-000000000001";

 private:
  [[nodiscard]] Commit seal(std::size_t entries, std::size_t filler_bytes,
                            const std::string& run) const;

  std::string device_;
  record::SecretKey site_key_, key_;
  record::JournalWriter writer_;
};

[[nodiscard]] std::vector<std::string> bytes_of(const std::vector<Commit>& commits);

// A store in `folder` with the enrolment in it; the test fails when that does not work.
[[nodiscard]] std::unique_ptr<Store> open_enrolled(const std::string& folder,
                                                   const SampleJournal& journal);

}  // namespace batchwright::offline_store::test
