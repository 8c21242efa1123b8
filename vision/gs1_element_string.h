// GS1 element strings: what a GS1 symbol's text says, part by part (GS1 General Specifications,
// sections 3 and 7.8; the table of identifiers is resources/standards/gs1_identifiers.json).
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "base/finding.h"

namespace batchwright::vision {

// Of one application identifier (AI) of the table.
struct Gs1Identifier {
  std::string ai;                      // "01", "310n" with n the number of decimals
  std::string title;                   // the standard's data title: "GTIN"
  int length_min = 0, length_max = 0;  // characters of its data
  bool digits_only = false;
  bool check_digit = false;  // the last digit checks the others
  bool date = false;         // YYMMDD; DD 00 means the month's end
  bool separator = false;    // GS must follow unless it is the last
};

struct Gs1Table {
  std::vector<Gs1Identifier> identifiers;
};

// Reads the table. Refuses what isn't of format batchwright/gs1-identifiers/1.
[[nodiscard]] Result<Gs1Table> gs1_table_from_json(std::string_view text);

struct Gs1Element {
  std::string ai;     // as printed: "3103"
  std::string value;  // its data, without the AI
  bool operator==(const Gs1Element&) const = default;
};

struct Gs1Reading {
  std::vector<Gs1Element> elements;  // in the order of the text, up to the first that is wrong
  Findings findings;                 // every element's own faults; place is the AI or the offset
};

// `text` as Symbol::text has it: GS is U+001D, no FNC1 in front (one is ignored). An unknown AI
// ends the reading, since nobody knows where the next begins. At most kGs1ElementsMax elements.
[[nodiscard]] Gs1Reading read_gs1(const Gs1Table& table, std::string_view text);
inline constexpr std::size_t kGs1ElementsMax = 64;
inline constexpr std::size_t kGs1TextBytesMax = 4096;

// What a label must say. Only what is given is compared; each character for character, GTIN as 14
// digits (shorter ones get leading zeros), expiry as YYMMDD.
struct Gs1Expected {
  std::optional<std::string> gtin, lot, expiry, serial;
};

// Nothing when every expected part is there exactly once and equal; else one finding each, with the
// AI as place. Findings of the reading itself are not repeated here.
[[nodiscard]] Findings compare_gs1(const Gs1Reading& reading, const Gs1Expected& expected);

}  // namespace batchwright::vision
