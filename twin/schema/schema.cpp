#include "twin/schema/schema.h"

namespace batchwright::twin::schema {

namespace {

namespace sqlite = offline_store::sqlite;

// Version 1 is the first: fresh and migrated are the same text until version 2 freezes it as a
// migration file.
constexpr sqlite::Sql kFresh =
#include "twin/schema/schema.sql"
    ;

constexpr sqlite::Migration kMigrations[] = {{1, kFresh}};

constexpr int kApplicationId = 0x42575457;  // "BWTW", also at the end of schema.sql

}  // namespace

const sqlite::SchemaDefinition& twin_schema() {
  static constexpr sqlite::SchemaDefinition kDefinition{
      .application_id = kApplicationId, .version = 1, .fresh = kFresh, .migrations = kMigrations};
  return kDefinition;
}

}  // namespace batchwright::twin::schema
