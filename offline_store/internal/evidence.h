// Evidence: bytes as files named by their SHA-256 (evidence/ab/abcdef...), and rows that say which
// exist and which the twin has. Storage thread only.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/sha256.h"
#include "offline_store/internal/files.h"
#include "offline_store/sqlite/connection.h"

namespace batchwright::offline_store::internal {

class Evidence {
 public:
  // `directory` is the store's.
  [[nodiscard]] static Result<Evidence> prepare(Files& files, std::string directory,
                                                sqlite::Connection& connection);

  // File first, synced; then the row. A file left without its row by a power failure is found again
  // by the next put of the same bytes; a damaged one is replaced.
  [[nodiscard]] Result<void> put(const Digest& digest, std::string_view bytes);
  // kNotFound: never put here, or the file is gone. kAltered: the bytes no longer match.
  [[nodiscard]] Result<std::string> load(const Digest& digest);
  [[nodiscard]] Result<std::vector<Digest>> unsent();          // oldest first
  [[nodiscard]] Result<void> mark_sent(const Digest& digest);  // kNotFound when never put here

 private:
  struct Statements {
    sqlite::Statement put, find, unsent, mark;
  };
  Evidence(Files& files, std::string directory, Statements statements)
      : files_(files), directory_(std::move(directory)), statements_(std::move(statements)) {}

  [[nodiscard]] Result<bool> known(const Digest& digest);
  [[nodiscard]] Result<void> write_file(const std::string& hex, std::string_view bytes);
  [[nodiscard]] Result<std::string> read_file(const Digest& digest);

  Files& files_;
  std::string directory_;
  Statements statements_;
};

// What both stores answer when there is no such evidence.
[[nodiscard]] std::unexpected<Error> evidence_missing(const Digest& digest);

}  // namespace batchwright::offline_store::internal
