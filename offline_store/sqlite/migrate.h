// How a database gets its tables, and how one is told from a damaged or foreign one.
#pragma once

#include <span>
#include <string>

#include "offline_store/sqlite/connection.h"

namespace batchwright::offline_store::sqlite {

// One immutable step. Its SQL ends by setting user_version to `version`.
struct Migration {
  int version;
  Sql sql;
};

// `fresh` makes an empty database current in one go and sets application_id and user_version. Going
// through all migrations gives the same schema; a test proves it.
struct SchemaDefinition {
  int application_id;
  int version;
  Sql fresh;
  std::span<const Migration> migrations;
};

// Makes an empty database current, or applies the missing migrations, in one transaction.
// kUnsupported when the file is newer than this program, kUnreadable when it belongs to another
// program.
[[nodiscard]] Result<void> bring_to_current(Connection& connection,
                                            const SchemaDefinition& definition);

// Refuses (kAltered) a database whose tables, indices or triggers are not exactly those of
// `definition`.
[[nodiscard]] Result<void> check_schema(Connection& connection, const SchemaDefinition& definition);

// Every table, index and trigger as SQL, by name, spaces folded: equal text = equal schema.
[[nodiscard]] Result<std::string> describe_schema(Connection& connection);

}  // namespace batchwright::offline_store::sqlite
