// One prepared statement. Belongs to its connection's thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "base/error.h"

struct sqlite3_stmt;

namespace batchwright::offline_store::sqlite {

// Bytes to be bound as a BLOB; a string_view alone is bound as TEXT.
struct Blob {
  std::string_view bytes;

  explicit Blob(std::string_view raw) : bytes(raw) {}
  explicit Blob(std::span<const std::uint8_t> raw)
      : bytes(reinterpret_cast<const char*>(raw.data()), raw.size()) {}
};

// Parameters and columns are numbered as in SQLite: parameters from 1, columns from 0.
//
//   if (auto started = select.start(first, last); !started) ...
//   for (;;) {
//     auto row = select.step();
//     if (!row) return error;  if (!*row) break;
//     use(select.integer(0), select.blob(1));
//   }
class Statement {
 public:
  Statement(sqlite3_stmt* prepared, std::string file);  // takes ownership

  // Runs a statement that returns no rows, and makes it ready for the next time, whatever happened.
  template <typename... Values>
  [[nodiscard]] Result<void> run(const Values&... values) {
    if (auto bound = start(values...); !bound) return bound;
    auto row = step();
    reset();
    if (!row) return std::unexpected(row.error());
    return {};
  }

  // Binds values for a new run; step() then gives the rows. The values are copied.
  template <typename... Values>
  [[nodiscard]] Result<void> start(const Values&... values) {
    reset();
    int index = 0;
    int worst = 0;
    ((worst = worst != 0 ? worst : bind(++index, values)), ...);
    return worst == 0 ? Result<void>{} : std::unexpected(error_of(worst));
  }

  // True: a row is there, its columns can be read until the next call. False: no more; the
  // statement is reset.
  [[nodiscard]] Result<bool> step();
  void reset();

  // Columns of the row at hand. Views live until the next step, start, run or reset.
  [[nodiscard]] std::int64_t integer(int column) const;
  [[nodiscard]] std::string_view text(int column) const;
  [[nodiscard]] std::string_view blob(int column) const;
  [[nodiscard]] bool is_null(int column) const;

 private:
  struct Finalize {
    void operator()(sqlite3_stmt* statement) const;
  };

  int bind(int index, std::int64_t value);
  int bind(int index, std::uint64_t value) { return bind(index, static_cast<std::int64_t>(value)); }
  int bind(int index, int value) { return bind(index, static_cast<std::int64_t>(value)); }
  int bind(int index, std::string_view text);
  int bind(int index, const std::string& text) { return bind(index, std::string_view(text)); }
  int bind(int index, const char* text) { return bind(index, std::string_view(text)); }
  int bind(int index, const Blob& blob);
  int bind(int index, std::nullptr_t);
  [[nodiscard]] Error error_of(int code) const;

  std::unique_ptr<sqlite3_stmt, Finalize> statement_;
  std::string file_;
};

}  // namespace batchwright::offline_store::sqlite
