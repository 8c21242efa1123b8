// The product's own words in one language. Every visible word that does not come from the procedure
// or from a person is a key of resources/strings/<language>.json: one flat object of strings, with
// {name} marks for what is filled in.
#pragma once

#include <initializer_list>
#include <map>
#include <string>
#include <string_view>
#include <utility>

#include "base/error.h"

namespace batchwright::ui {

class Words {
 public:
  // Reads the text of a strings file. kMalformed with the key as place when it is not a flat object
  // of strings. At most 2,000 keys.
  [[nodiscard]] static Result<Words> from_json(std::string_view json);

  // Reads <directory>/<tag>.json; kNotFound when the language is not there, kUnreadable when it
  // can't be read.
  [[nodiscard]] static Result<Words> load(const std::string& directory, std::string_view tag);

  // The words of `key`. A key that is missing shows itself, so that it is seen and reported; tests
  // keep it from happening.
  [[nodiscard]] std::string_view operator()(std::string_view key) const;

  // Of keys that are made of codes: nobody knows all codes of a later check.
  [[nodiscard]] bool has(std::string_view key) const { return all_.contains(key); }

  using Fill = std::pair<std::string_view, std::string_view>;
  // The same with every {name} replaced by its text; text filled in is never searched again.
  [[nodiscard]] std::string operator()(std::string_view key,
                                       std::initializer_list<Fill> fills) const;

  // "25.3" as the language writes it: only the separator differs, nothing is grouped.
  [[nodiscard]] std::string number(std::string_view decimal) const;

  [[nodiscard]] const std::map<std::string, std::string, std::less<>>& all() const { return all_; }

 private:
  std::map<std::string, std::string, std::less<>> all_;
};

}  // namespace batchwright::ui
