// Reads one JSON object member by member: every wrong or unknown member becomes a finding with its
// JSON pointer (RFC 6901), and reading goes on.
#pragma once

#include <array>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/decimal.h"
#include "base/json.h"
#include "workflows/internal/names.h"
#include "workflows/internal/report.h"

namespace batchwright::workflows {

// A place in the document, chained to its parent; written out only when a finding needs it. Lives
// on the stack.
class JsonPlace {
 public:
  JsonPlace() = default;
  [[nodiscard]] JsonPlace member(std::string_view key) const { return {this, key, 0}; }
  [[nodiscard]] JsonPlace item(std::size_t index) const { return {this, {}, index}; }
  [[nodiscard]] std::string text() const;

 private:
  JsonPlace(const JsonPlace* parent, std::string_view key, std::size_t index)
      : parent_(parent), key_(key), index_(index) {}

  const JsonPlace* parent_ = nullptr;
  std::string_view key_;  // no key: an item of a list
  std::size_t index_ = 0;
};

enum class Need { kOptional, kRequired };

class JsonObject {
 public:
  // When `json` is not an object that is a finding, and every member counts as absent.
  JsonObject(const Json& json, const JsonPlace& place, Report& report);

  // The member, or nullptr. Absent and required is a finding.
  [[nodiscard]] const Json* find(std::string_view key, Need need = Need::kOptional);

  // Absent or wrong gives the empty value.
  [[nodiscard]] std::string text(std::string_view key, Need need = Need::kOptional);
  [[nodiscard]] std::string slug(std::string_view key, Need need = Need::kOptional);
  [[nodiscard]] std::string element_id(std::string_view key, Need need = Need::kOptional);
  [[nodiscard]] Words words(std::string_view key, Need need = Need::kOptional);
  [[nodiscard]] bool flag(std::string_view key, bool absent);
  [[nodiscard]] int whole(std::string_view key, int max);
  [[nodiscard]] std::optional<Decimal> decimal(std::string_view key, Need need = Need::kOptional);
  [[nodiscard]] std::string unit(std::string_view key);  // Unit::symbol
  [[nodiscard]] std::optional<Expression> expression(std::string_view key,
                                                     Need need = Need::kOptional);

  // The items of a list of at most `max`; absent gives none.
  [[nodiscard]] const Json& list(std::string_view key, std::size_t max,
                                 Need need = Need::kOptional);

  template <typename E, std::size_t N>
  [[nodiscard]] E name(std::string_view key, const std::array<Name<E>, N>& names, E absent,
                       Need need = Need::kOptional) {
    const std::string given = text(key, need);
    if (given.empty()) return absent;
    for (const auto& known : names) {
      if (known.text == given) return known.value;
    }
    std::string allowed;
    for (const auto& known : names)
      allowed += (allowed.empty() ? "" : ", ") + std::string(known.text);
    unknown_word(key, given, allowed);
    return absent;
  }
  [[nodiscard]] std::string one_of(std::string_view key, std::span<const std::string_view> words,
                                   std::string_view absent);

  // Reports the members nobody asked for. Call once, last.
  void finish();

  [[nodiscard]] JsonPlace at(std::string_view key) const { return place_.member(key); }
  [[nodiscard]] Report& report() { return report_; }

 private:
  void unknown_word(std::string_view key, const std::string& given, const std::string& allowed);
  void wrong_type(std::string_view key, std::string_view expected);

  const Json& json_;
  const JsonPlace& place_;
  Report& report_;
  std::vector<std::string_view> asked_;
};

// Decimal text of a member or list item; a JSON number is a finding that says to write it as text.
[[nodiscard]] std::optional<Decimal> read_decimal(const Json& json, const JsonPlace& place,
                                                  Report& report);

// Checks a text a person reads: length and characters. Line feeds are allowed.
[[nodiscard]] std::string read_text(const Json& json, const JsonPlace& place, Report& report);

// A list of at most `max` items, each by `read(json, place, report)`.
template <typename T, typename Read>
[[nodiscard]] std::vector<T> read_list(JsonObject& object, std::string_view key, std::size_t max,
                                       Read read) {
  std::vector<T> items;
  for (const Json& json : object.list(key, max)) {
    const JsonPlace list = object.at(key);
    items.push_back(read(json, list.item(items.size()), object.report()));
  }
  return items;
}

}  // namespace batchwright::workflows
