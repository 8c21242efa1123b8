#include "offline_store/sqlite/migrate.h"

#include "offline_store/sqlite/transaction.h"

namespace batchwright::offline_store::sqlite {

namespace {

std::string with_single_spaces(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const bool space = c == ' ' || c == '\n' || c == '\t' || c == '\r';
    if (!space) {
      out += c;
    } else if (!out.empty() && out.back() != ' ') {
      out += ' ';
    }
  }
  return out;
}

std::unexpected<Error> newer(const Connection& connection) {
  return fail(ErrorCode::kUnsupported,
              "This database was written by a newer version of the program. Nothing was changed. "
              "Install the newer version.",
              connection.path());
}

std::unexpected<Error> foreign(const Connection& connection) {
  return fail(ErrorCode::kUnreadable,
              "This database belongs to another program. Nothing was changed. Choose another "
              "folder.",
              connection.path());
}

Result<void> apply_missing(Connection& connection, const SchemaDefinition& definition,
                           std::int64_t version) {
  for (const Migration& migration : definition.migrations) {
    if (migration.version <= version) continue;
    if (auto applied = connection.exec(migration.sql); !applied) return applied;
  }
  return {};
}

}  // namespace

Result<void> bring_to_current(Connection& connection, const SchemaDefinition& definition) {
  const auto version = connection.query_integer("PRAGMA user_version");
  if (!version) return std::unexpected(version.error());
  const auto application = connection.query_integer("PRAGMA application_id");
  if (!application) return std::unexpected(application.error());
  const auto objects = connection.query_integer("SELECT count(*) FROM sqlite_schema");
  if (!objects) return std::unexpected(objects.error());

  const bool empty = *objects == 0 && *version == 0;
  if (!empty && *application != definition.application_id) return foreign(connection);
  if (*version > definition.version) return newer(connection);
  if (*version == definition.version) return {};

  auto transaction = Transaction::begin(connection);
  if (!transaction) return std::unexpected(transaction.error());
  auto changed =
      empty ? connection.exec(definition.fresh) : apply_missing(connection, definition, *version);
  if (!changed) return changed;
  return transaction->commit();
}

Result<void> check_schema(Connection& connection, const SchemaDefinition& definition) {
  auto model = Connection::open(":memory:", {.access = Access::kReadWriteCreate, .vfs = {}});
  if (!model) return std::unexpected(model.error());
  if (auto made = model->exec(definition.fresh); !made) return made;
  const auto expected = describe_schema(*model);
  if (!expected) return std::unexpected(expected.error());
  const auto actual = describe_schema(connection);
  if (!actual) return std::unexpected(actual.error());
  if (*actual == *expected) return {};
  return fail(ErrorCode::kAltered,
              "The tables or the append-only protection of this database were changed. Nothing was "
              "written. Keep the folder as it is and call IT.",
              connection.path());
}

Result<std::string> describe_schema(Connection& connection) {
  auto rows = connection.prepare(
      "SELECT type, name, tbl_name, sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY name");
  if (!rows) return std::unexpected(rows.error());
  std::string out;
  for (;;) {
    auto row = rows->step();
    if (!row) return std::unexpected(row.error());
    if (!*row) break;
    out.append(rows->text(0)).append(" ").append(rows->text(1)).append(" on ");
    out.append(rows->text(2)).append(": ").append(with_single_spaces(rows->text(3))).append("\n");
  }
  const auto version = connection.query_integer("PRAGMA user_version");
  if (!version) return std::unexpected(version.error());
  const auto application = connection.query_integer("PRAGMA application_id");
  if (!application) return std::unexpected(application.error());
  return out + "version " + std::to_string(*version) + ", application " +
         std::to_string(*application) + "\n";
}

}  // namespace batchwright::offline_store::sqlite
