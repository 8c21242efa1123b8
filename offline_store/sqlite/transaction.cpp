#include "offline_store/sqlite/transaction.h"

namespace batchwright::offline_store::sqlite {

Result<Transaction> Transaction::begin(Connection& connection) {
  if (auto begun = connection.exec("BEGIN IMMEDIATE"); !begun) {
    return std::unexpected(begun.error());
  }
  return Transaction(connection);
}

Transaction::~Transaction() {
  // Some errors end the transaction inside SQLite already. A rollback that fails changes nothing:
  // the log has no commit.
  if (connection_ != nullptr && connection_->in_transaction()) {
    (void)connection_->exec("ROLLBACK");
  }
}

Result<void> Transaction::commit() {
  auto committed = connection_->exec("COMMIT");
  if (committed) connection_ = nullptr;
  return committed;
}

}  // namespace batchwright::offline_store::sqlite
