#include "offline_store/sqlite/statement.h"

#include <sqlite3.h>

#include "offline_store/sqlite/failure.h"

namespace batchwright::offline_store::sqlite {

void Statement::Finalize::operator()(sqlite3_stmt* statement) const {
  sqlite3_finalize(statement);
}

Statement::Statement(sqlite3_stmt* prepared, std::string file)
    : statement_(prepared), file_(std::move(file)) {}

Result<bool> Statement::step() {
  const int code = sqlite3_step(statement_.get());
  if (code == SQLITE_ROW) return true;
  if (code == SQLITE_DONE) {
    reset();
    return false;
  }
  Error error = error_of(code);
  reset();
  return std::unexpected(std::move(error));
}

void Statement::reset() {
  // The code repeats what step() already reported.
  sqlite3_reset(statement_.get());
  sqlite3_clear_bindings(statement_.get());
}

std::int64_t Statement::integer(int column) const {
  return sqlite3_column_int64(statement_.get(), column);
}

std::string_view Statement::text(int column) const {
  const auto* start = reinterpret_cast<const char*>(sqlite3_column_text(statement_.get(), column));
  if (start == nullptr) return {};
  return {start, static_cast<std::size_t>(sqlite3_column_bytes(statement_.get(), column))};
}

std::string_view Statement::blob(int column) const {
  const auto* start = static_cast<const char*>(sqlite3_column_blob(statement_.get(), column));
  if (start == nullptr) return {};
  return {start, static_cast<std::size_t>(sqlite3_column_bytes(statement_.get(), column))};
}

bool Statement::is_null(int column) const {
  return sqlite3_column_type(statement_.get(), column) == SQLITE_NULL;
}

int Statement::bind(int index, std::int64_t value) {
  return sqlite3_bind_int64(statement_.get(), index, value);
}

int Statement::bind(int index, std::string_view text) {
  // An empty view may have no address, which SQLite would store as NULL.
  return sqlite3_bind_text64(statement_.get(), index, text.empty() ? "" : text.data(), text.size(),
                             SQLITE_TRANSIENT, SQLITE_UTF8);
}

int Statement::bind(int index, const Blob& blob) {
  if (blob.bytes.empty()) return sqlite3_bind_zeroblob(statement_.get(), index, 0);
  return sqlite3_bind_blob64(statement_.get(), index, blob.bytes.data(), blob.bytes.size(),
                             SQLITE_TRANSIENT);
}

int Statement::bind(int index, std::nullptr_t) {
  return sqlite3_bind_null(statement_.get(), index);
}

Error Statement::error_of(int code) const {
  sqlite3* database = sqlite3_db_handle(statement_.get());
  return failure(code, file_, sqlite3_errmsg(database));
}

}  // namespace batchwright::offline_store::sqlite
