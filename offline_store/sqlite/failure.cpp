#include "offline_store/sqlite/failure.h"

#include <fmt/core.h>
#include <sqlite3.h>

namespace batchwright::offline_store::sqlite {

namespace {

ErrorCode code_of_constraint(int extended_code) {
  switch (extended_code) {
    case SQLITE_CONSTRAINT_PRIMARYKEY:
    case SQLITE_CONSTRAINT_ROWID:
    case SQLITE_CONSTRAINT_UNIQUE: return ErrorCode::kConflict;
    default: return ErrorCode::kRefused;
  }
}

const char* sentence_for(ErrorCode code) {
  switch (code) {
    case ErrorCode::kFull: return "There is no space left for the database";
    case ErrorCode::kInUse: return "Another program has the database open";
    case ErrorCode::kIo: return "The disk failed while the database was used";
    case ErrorCode::kAltered: return "The database file is damaged";
    case ErrorCode::kConflict: return "The database has a row with this key already";
    case ErrorCode::kRefused: return "The database refuses this change";
    default: return "The database cannot be read";
  }
}

}  // namespace

ErrorCode code_of(int extended_code) {
  switch (extended_code & 0xff) {
    case SQLITE_FULL:
    case SQLITE_TOOBIG: return ErrorCode::kFull;
    case SQLITE_BUSY:
    case SQLITE_LOCKED: return ErrorCode::kInUse;
    case SQLITE_IOERR:
    case SQLITE_READONLY:
    case SQLITE_NOMEM: return ErrorCode::kIo;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB: return ErrorCode::kAltered;
    case SQLITE_CONSTRAINT: return code_of_constraint(extended_code);
    default: return ErrorCode::kUnreadable;
  }
}

Error failure(int extended_code, const std::string& place, const char* words) {
  const ErrorCode code = code_of(extended_code);
  return {code,
          fmt::format("{} (SQLite {}: {}).", sentence_for(code), extended_code,
                      words != nullptr ? words : sqlite3_errstr(extended_code)),
          place};
}

}  // namespace batchwright::offline_store::sqlite
