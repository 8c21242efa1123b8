// Builds a Json from the library's parser events and refuses what the library lets pass: repeated
// keys, deep nesting and numbers that become zero or infinite as a double.
#pragma once

#include <cstddef>
#include <string>
#include <unordered_set>
#include <vector>

#include "base/json.h"

namespace batchwright::internal {

// The handler interface of nlohmann::json::sax_parse; every function returns false to stop.
class JsonBuilder {
 public:
  explicit JsonBuilder(int depth_max) : depth_max_(depth_max) {}

  bool null() { return add(nullptr); }
  bool boolean(bool value) { return add(value); }
  bool number_integer(Json::number_integer_t value) { return add(value); }
  bool number_unsigned(Json::number_unsigned_t value) { return add(value); }
  bool number_float(Json::number_float_t value, const std::string& written);
  bool string(std::string& value) { return add(std::move(value)); }
  bool binary(Json::binary_t&) { return false; }  // never in JSON text
  bool start_object(std::size_t) { return open(Json::object()); }
  bool end_object() { return close(); }
  bool start_array(std::size_t) { return open(Json::array()); }
  bool end_array() { return close(); }
  bool key(std::string& name);
  bool parse_error(std::size_t position, const std::string& token,
                   const Json::exception& exception);

  [[nodiscard]] Json take_root() { return std::move(root_); }
  [[nodiscard]] Error take_error() { return std::move(error_); }

 private:
  struct Level {
    Json* container;  // stable while it is open: its parent gets no new member meanwhile
    std::string key;  // of the member that comes next
    std::unordered_set<std::string> keys;  // only filled for large objects
  };

  bool add(Json value);
  bool open(Json container);
  bool close();
  Json* place(Json value);
  [[nodiscard]] static bool is_repeated(Level& level, const std::string& name);

  int depth_max_;
  Json root_;
  std::vector<Level> open_;
  Error error_{ErrorCode::kMalformed, "This is not JSON.", {}};
};

}  // namespace batchwright::internal
