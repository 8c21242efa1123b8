#include "vision/gs1_element_string.h"

#include <algorithm>
#include <array>

#include "base/json.h"

namespace batchwright::vision {

namespace {

constexpr char kSeparator = '\x1d';
constexpr std::size_t kIdentifiersMax = 600;
constexpr int kDataMax = 90;

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

bool all_digits(std::string_view text) {
  return std::ranges::all_of(text, is_digit);
}

// GS1 AI encodable character set 82: ISO/IEC 646 without space and a dozen others.
bool encodable(char c) {
  constexpr std::string_view kMarks = "!\"%&'()*+,-./:;<=>?_";
  return is_digit(c) || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
         kMarks.find(c) != std::string_view::npos;
}

bool check_digit_fits(std::string_view digits) {
  int sum = 0, weight = 1;
  for (auto at = digits.rbegin(); at != digits.rend(); ++at, weight = 4 - weight)
    sum += weight * (*at - '0');
  return sum % 10 == 0;
}

// YYMMDD: any year, DD 00 stands for the last day of the month.
bool is_date(std::string_view digits) {
  constexpr std::array kDays{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const auto two = [&](std::size_t at) { return (digits[at] - '0') * 10 + digits[at + 1] - '0'; };
  const int year = two(0), month = two(2), day = two(4);
  if (month < 1 || month > 12) return false;
  // Whatever the century, 00 to 99 is a leap year when 4 divides it, but for 1900.
  const int leap = month == 2 && year % 4 == 0 ? 1 : 0;
  return day <= kDays[static_cast<std::size_t>(month - 1)] + leap;
}

bool is_of(const Gs1Identifier& identifier, std::string_view text) {
  if (text.size() < identifier.ai.size()) return false;
  for (std::size_t i = 0; i < identifier.ai.size(); ++i) {
    const char pattern = identifier.ai[i];
    // n is the number of decimals of a six-digit amount.
    if (pattern == 'n' ? text[i] < '0' || text[i] > '5' : text[i] != pattern) return false;
  }
  return true;
}

void add(Findings& findings, const char* code, std::string place, std::string message) {
  findings.push_back({Severity::kError, code, std::move(place), std::move(message)});
}

void check_value(const Gs1Identifier& identifier, const Gs1Element& element, Findings& findings) {
  const auto& value = element.value;
  const int length = static_cast<int>(value.size());
  const std::string who = identifier.title + " (" + element.ai + ")";
  if (length < identifier.length_min || length > identifier.length_max) {
    add(findings, "gs1.length", element.ai,
        who + " has " + std::to_string(length) + " characters instead of " +
            (identifier.length_min == identifier.length_max
                 ? std::to_string(identifier.length_max)
                 : std::to_string(identifier.length_min) + " to " +
                       std::to_string(identifier.length_max)) +
            ".");
    return;
  }
  if (identifier.digits_only && !all_digits(value)) {
    add(findings, "gs1.digits", element.ai, who + " must be digits.");
    return;
  }
  if (!std::ranges::all_of(value, encodable))
    add(findings, "gs1.character", element.ai, who + " has a character that GS1 does not allow.");
  if (identifier.check_digit && !check_digit_fits(value))
    add(findings, "gs1.check_digit", element.ai, who + ": the check digit is wrong.");
  if (identifier.date && !is_date(value))
    add(findings, "gs1.date", element.ai, who + " is no date.");
}

Result<Gs1Identifier> identifier_from_json(const Json& json) {
  const auto wrong = [] {
    return fail(ErrorCode::kMalformed, "The table of GS1 identifiers is not as it must be.");
  };
  if (!json.is_object()) return wrong();
  const auto flag = [&](const char* key) {
    const auto at = json.find(key);
    return at != json.end() && at->is_boolean() && at->get<bool>();
  };
  for (const char* key : {"ai", "title"})
    if (!json.contains(key) || !json[key].is_string()) return wrong();
  for (const char* key : {"min", "max"})
    if (!json.contains(key) || !json[key].is_number_unsigned() ||
        json[key].get<std::uint64_t>() > kDataMax)
      return wrong();
  Gs1Identifier made{json["ai"].get<std::string>(),
                     json["title"].get<std::string>(),
                     json["min"].get<int>(),
                     json["max"].get<int>(),
                     flag("digits"),
                     flag("check_digit"),
                     flag("date"),
                     flag("separator")};
  if (made.ai.size() < 2 || made.ai.size() > 4 || made.length_min < 1 ||
      made.length_max < made.length_min || (made.date && made.length_min != 6) ||
      (!made.separator && made.length_min != made.length_max))
    return wrong();
  return made;
}

// The data of the element that begins with `rest`; `taken` says how much of it that is.
std::string_view data_of(const Gs1Identifier& identifier, std::string_view rest) {
  const auto until = rest.substr(0, rest.find(kSeparator));
  if (identifier.separator) return until;
  return until.substr(0, static_cast<std::size_t>(identifier.length_max));
}

void compare(const Gs1Reading& reading, const char* ai, const char* name,
             const std::optional<std::string>& expected, Findings& findings) {
  if (!expected) return;
  std::vector<const Gs1Element*> found;
  for (const auto& element : reading.elements)
    if (element.ai == ai) found.push_back(&element);
  if (found.empty()) {
    add(findings, "gs1.missing", ai, std::string("The label does not say the ") + name + ".");
  } else if (found.size() > 1) {
    add(findings, "gs1.twice", ai, std::string("The label says the ") + name + " more than once.");
  } else if (found.front()->value != *expected) {
    add(findings, "gs1.differs", ai,
        std::string("The ") + name + " on the label is " + found.front()->value + ", expected is " +
            *expected + ".");
  }
}

}  // namespace

Result<Gs1Table> gs1_table_from_json(std::string_view text) {
  auto json = parse_json(text, {1u << 20, 8});
  if (!json) return std::unexpected(json.error());
  if (!json->is_object() || json->value("format", Json()) != "batchwright/gs1-identifiers/1" ||
      !json->contains("identifiers") || !(*json)["identifiers"].is_array() ||
      (*json)["identifiers"].size() > kIdentifiersMax)
    return fail(ErrorCode::kMalformed, "The table of GS1 identifiers is not as it must be.");
  Gs1Table table;
  for (const auto& one : (*json)["identifiers"]) {
    auto identifier = identifier_from_json(one);
    if (!identifier) return std::unexpected(identifier.error());
    table.identifiers.push_back(std::move(*identifier));
  }
  return table;
}

Gs1Reading read_gs1(const Gs1Table& table, std::string_view text) {
  Gs1Reading reading;
  if (text.size() > kGs1TextBytesMax) {
    add(reading.findings, "gs1.long", "0", "The text is longer than any symbol holds.");
    return reading;
  }
  std::size_t at = !text.empty() && text.front() == kSeparator ? 1 : 0;
  if (at == text.size()) add(reading.findings, "gs1.empty", "0", "The symbol says nothing.");
  while (at < text.size()) {
    const auto rest = text.substr(at);
    const auto known = std::ranges::find_if(
        table.identifiers, [&](const auto& identifier) { return is_of(identifier, rest); });
    if (known == table.identifiers.end() || reading.elements.size() == kGs1ElementsMax) {
      add(reading.findings, "gs1.unknown", std::to_string(at),
          "Here begins nothing that GS1 knows; what follows is not read.");
      return reading;
    }
    const auto size = known->ai.size();
    const auto data = data_of(*known, rest.substr(size));
    reading.elements.push_back({std::string(rest.substr(0, size)), std::string(data)});
    check_value(*known, reading.elements.back(), reading.findings);
    at += size + data.size();
    if (at < text.size() && text[at] == kSeparator) {
      // Allowed, though not needed, behind a predefined length; between, never two.
      if (++at == text.size())
        add(reading.findings, "gs1.end", std::to_string(at), "Nothing follows the separator.");
    }
  }
  return reading;
}

Findings compare_gs1(const Gs1Reading& reading, const Gs1Expected& expected) {
  Findings findings;
  auto gtin = expected.gtin;
  if (gtin && gtin->size() < 14) gtin->insert(0, 14 - gtin->size(), '0');
  compare(reading, "01", "product number (GTIN)", gtin, findings);
  compare(reading, "10", "lot", expected.lot, findings);
  compare(reading, "17", "expiry date", expected.expiry, findings);
  compare(reading, "21", "serial number", expected.serial, findings);
  return findings;
}

}  // namespace batchwright::vision
