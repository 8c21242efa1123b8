// The tables of store.db: schema.sql for a fresh file, migrations/ for an older one. NOTES.md says
// how to change them.
#pragma once

#include "offline_store/sqlite/migrate.h"

namespace batchwright::offline_store::schema {

[[nodiscard]] const sqlite::SchemaDefinition& store_schema();

}  // namespace batchwright::offline_store::schema
