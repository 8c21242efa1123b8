// The tables of the embedded twin. A released migration is never edited; a change is a new one.
#pragma once

#include "offline_store/sqlite/migrate.h"

namespace batchwright::twin::schema {

[[nodiscard]] const offline_store::sqlite::SchemaDefinition& twin_schema();

}  // namespace batchwright::twin::schema
