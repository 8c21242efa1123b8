#include "twin/schema/schema.h"

#include <iterator>

namespace batchwright::twin::schema {

namespace {

namespace sqlite = offline_store::sqlite;

constexpr sqlite::Sql kFresh =
#include "twin/schema/schema.sql"
    ;

// Shipped steps are never changed; offline_store/schema/NOTES.md has the rules.
constexpr sqlite::Migration kMigrations[] = {
    {
        1,
#include "twin/schema/migrations/0001_init.sql"
    },
    {
        2,
#include "twin/schema/migrations/0002_life_of_recipes.sql"
    },
};

constexpr int kApplicationId = 0x42575457;  // "BWTW", also at the end of schema.sql

}  // namespace

const sqlite::SchemaDefinition& twin_schema() {
  static constexpr sqlite::SchemaDefinition kDefinition{
      .application_id = kApplicationId,
      .version = kMigrations[std::size(kMigrations) - 1].version,
      .fresh = kFresh,
      .migrations = kMigrations};
  return kDefinition;
}

}  // namespace batchwright::twin::schema
