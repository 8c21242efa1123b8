// SQLite's result codes as errors of the project.
#pragma once

#include <string>

#include "base/error.h"

struct sqlite3;

namespace batchwright::offline_store::sqlite {

// What an extended result code means for the caller:
//   kFull   no space, or larger than SQLite holds   kInUse   another connection has the file
//   kIo     the medium failed or is read-only       kAltered the file is not what SQLite wrote
//   kConflict  a key exists already                 kRefused a constraint or trigger forbids it
//   kUnreadable  anything else; the statement or file does not fit
[[nodiscard]] ErrorCode code_of(int extended_code);

// `place` is the file. The message says what happened and SQLite's own words; the caller adds what
// was saved.
[[nodiscard]] Error failure(int extended_code, const std::string& place, const char* words);

}  // namespace batchwright::offline_store::sqlite
