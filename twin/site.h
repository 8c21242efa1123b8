// The opened directory of an embedded twin: its keys, its database, its clock. Used by one thread
// at a time, the one that owns SQLite's only connection; everything else in twin/ is functions over
// it.
//
// Directory (0700; files 0600): twin.db (+ -wal), site.key, receipt.key, lock,
// evidence/ab/abcdef...
#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "base/time.h"
#include "offline_store/sqlite/connection.h"
#include "record/trust.h"
#include "twin/internal/files.h"

namespace batchwright::twin {

class Site {
 public:
  // Makes the directory, the site key, the receipt key certified by it, and an empty directory of
  // people. kConflict when there is a twin already. `clock` must outlive the site.
  [[nodiscard]] static Result<std::unique_ptr<Site>> create(const std::filesystem::path& directory,
                                                            const std::string& name,
                                                            const Clock& clock);
  // kNotFound when there is none, kInUse when another program has it, kAltered when keys and
  // database don't belong together.
  [[nodiscard]] static Result<std::unique_ptr<Site>> open(const std::filesystem::path& directory,
                                                          const Clock& clock);
  ~Site();

  [[nodiscard]] const record::TrustAnchor& anchor() const { return anchor_; }
  [[nodiscard]] const record::SecretKey& site_key() const { return site_key_; }
  [[nodiscard]] const record::SecretKey& receipt_key() const { return receipt_key_; }
  [[nodiscard]] const record::SignedDocument& receipt_certificate() const { return certificate_; }
  [[nodiscard]] offline_store::sqlite::Connection& db() { return connection_; }
  [[nodiscard]] const Clock& clock() const { return clock_; }
  [[nodiscard]] const std::filesystem::path& directory() const { return directory_; }

  [[nodiscard]] std::string now_text() const { return to_text(clock_.now()); }
  // A document signed by the site's key.
  [[nodiscard]] record::SignedDocument sign(const char* purpose, const Json& statement) const {
    return record::sign_document(purpose, statement, site_key_);
  }
  // How often something was added for panels to hear; only ever grows.
  [[nodiscard]] std::uint64_t feed_changes() const { return feed_changes_; }
  void feed_changed() { ++feed_changes_; }
  // Moves the write-ahead log into the file when it has grown; call between requests.
  [[nodiscard]] Result<void> tidy_log();

 private:
  Site(std::filesystem::path directory, internal::DirectoryLock lock,
       offline_store::sqlite::Connection connection, const Clock& clock);

  std::filesystem::path directory_;
  internal::DirectoryLock lock_;
  offline_store::sqlite::Connection connection_;
  const Clock& clock_;
  record::TrustAnchor anchor_;
  record::SecretKey site_key_, receipt_key_;
  record::SignedDocument certificate_;
  std::uint64_t feed_changes_ = 0;
};

}  // namespace batchwright::twin
