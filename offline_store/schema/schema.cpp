#include "offline_store/schema/schema.h"

#include <iterator>

namespace batchwright::offline_store::schema {

namespace {

constexpr sqlite::Sql kFresh =
#include "offline_store/schema/schema.sql"
    ;

constexpr sqlite::Migration kMigrations[] = {
    {
        1,
#include "offline_store/schema/migrations/0001_init.sql"
    },
    {
        2,
#include "offline_store/schema/migrations/0002_every_refusal.sql"
    },
    {
        3,
#include "offline_store/schema/migrations/0003_what_was_sent.sql"
    },
};

constexpr int kApplicationId = 0x42575354;  // "BWST"

}  // namespace

const sqlite::SchemaDefinition& store_schema() {
  static constexpr sqlite::SchemaDefinition kDefinition{
      .application_id = kApplicationId,
      .version = kMigrations[std::size(kMigrations) - 1].version,
      .fresh = kFresh,
      .migrations = kMigrations,
  };
  return kDefinition;
}

}  // namespace batchwright::offline_store::schema
