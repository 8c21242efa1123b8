// All or nothing: what happens between begin and commit is rolled back unless commit() succeeded.
#pragma once

#include "offline_store/sqlite/connection.h"

namespace batchwright::offline_store::sqlite {

class Transaction {
 public:
  // Takes the write lock at once. Transactions do not nest.
  [[nodiscard]] static Result<Transaction> begin(Connection& connection);

  Transaction(Transaction&& other) noexcept : connection_(other.connection_) {
    other.connection_ = nullptr;
  }
  Transaction& operator=(Transaction&&) = delete;
  ~Transaction();

  // On return the changes survive power loss (given make_durable). On an error they are rolled
  // back, but a later open may still find them whole when the medium failed while it answered.
  [[nodiscard]] Result<void> commit();

 private:
  explicit Transaction(Connection& connection) : connection_(&connection) {}

  Connection* connection_;
};

}  // namespace batchwright::offline_store::sqlite
