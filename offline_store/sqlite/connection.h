// The one wrapper around SQLite. A connection belongs to the thread that opened it: SQLite's own
// locking is switched off (design: one thread, one connection; two connections on one WAL are the
// way to the corruption of SQLite 3.40.1). No exception leaves; errors carry the file as place.
#pragma once

#include <memory>
#include <string>

#include "base/error.h"
#include "offline_store/sqlite/sql.h"
#include "offline_store/sqlite/statement.h"

struct sqlite3;

namespace batchwright::offline_store::sqlite {

enum class Access {
  kReadWriteCreate,
  kReadWrite,  // kNotFound when the file is missing
  kImmutable,  // nobody writes it and neither do we: no lock, no -wal, no byte changes
};

struct OpenOptions {
  Access access = Access::kReadWrite;
  std::string vfs;  // empty: the system's; tests give one that fails on purpose
};

class Connection {
 public:
  // ":memory:" gives a database that ends with the connection. Foreign schema code is never run
  // (defensive mode).
  [[nodiscard]] static Result<Connection> open(const std::string& path, const OpenOptions& options);

  Connection(Connection&&) noexcept;
  Connection& operator=(Connection&&) noexcept;
  ~Connection();  // closes; without finish() first, the log stays on disk as it is

  // Runs one or more statements and throws their rows away.
  [[nodiscard]] Result<void> exec(Sql sql);
  [[nodiscard]] Result<Statement> prepare(Sql sql);

  // First column of the first row; kNotFound when there is no row.
  [[nodiscard]] Result<std::string> query_text(Sql sql);
  [[nodiscard]] Result<std::int64_t> query_integer(Sql sql);

  // Pages in the write-ahead log after the last commit. Nothing checkpoints on its own once
  // make_durable() was called, because SQLite hides a failed sync that happens there.
  [[nodiscard]] int wal_pages() const;
  // Copies the log into the file; the log is used again from its start.
  [[nodiscard]] Result<void> checkpoint();
  // The clean end: copies the log into the file, syncs and empties it; closing then removes the
  // log. Only destruction may follow.
  [[nodiscard]] Result<void> finish();

  // A consistent copy into a new file, made through this connection: nothing else may open the live
  // file. kConflict when the file exists.
  [[nodiscard]] Result<void> back_up_to(const std::string& path);

  [[nodiscard]] bool in_transaction() const;
  [[nodiscard]] std::int64_t last_insert_rowid() const;
  [[nodiscard]] std::int64_t changed_rows() const;  // by the last statement
  [[nodiscard]] const std::string& path() const;

 private:
  struct State;
  friend Result<void> make_durable(Connection& connection);
  explicit Connection(std::unique_ptr<State> state);
  [[nodiscard]] Error error_of(int code) const;

  std::unique_ptr<State> state_;
};

// WAL, synchronous=FULL and locking_mode=EXCLUSIVE, read back. kRefused when the medium or the
// build gives anything else: data would be lost at the next power failure.
[[nodiscard]] Result<void> make_durable(Connection& connection);

}  // namespace batchwright::offline_store::sqlite
