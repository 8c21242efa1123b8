// Reads parts of a check file and collects every finding with its place. A value that is missing or
// wrong is reported once and read as its default, so that reading goes on.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>

#include "base/finding.h"
#include "base/json.h"
#include "vision/check.h"

namespace batchwright::vision {

// One JSON object of the file, with its place. Cheap to copy; the Json and Findings outlive it.
class ObjectReader {
 public:
  // An object that isn't one is reported and read as empty. `is_draft`: references may be missing.
  ObjectReader(const Json& json, std::string place, Findings& findings, bool is_draft = false);

  // Reports every key that isn't in `known`.
  void only(std::initializer_list<std::string_view> known) const;

  [[nodiscard]] bool has(const char* key) const;
  // Of an object whose keys are names that people chose.
  [[nodiscard]] std::vector<std::string> keys() const;
  // Without `fallback` the key is required. Texts: valid UTF-8 of at most `bytes_max` bytes.
  [[nodiscard]] std::string text(const char* key, std::size_t bytes_max = 200) const;
  [[nodiscard]] std::string text_or(const char* key, std::string fallback,
                                    std::size_t bytes_max = 200) const;
  [[nodiscard]] double number(const char* key, double low, double high) const;
  [[nodiscard]] double number_or(const char* key, double fallback, double low, double high) const;
  [[nodiscard]] int whole(const char* key, int low, int high) const;
  [[nodiscard]] int whole_or(const char* key, int fallback, int low, int high) const;
  [[nodiscard]] bool flag_or(const char* key, bool fallback) const;
  [[nodiscard]] Words words(const char* key) const;
  [[nodiscard]] ObjectReader object(const char* key) const;
  // The objects of a list of `least` to `most`; absent is allowed where `least` is 0.
  [[nodiscard]] std::vector<ObjectReader> objects(const char* key, std::size_t least,
                                                  std::size_t most) const;
  [[nodiscard]] std::vector<std::string> texts(const char* key, std::size_t least,
                                               std::size_t most) const;

  void report(const char* key, std::string message) const;  // an error at this key
  [[nodiscard]] const std::string& place() const { return place_; }
  [[nodiscard]] bool is_draft() const { return is_draft_; }

 private:
  [[nodiscard]] const Json* find(const char* key) const;
  [[nodiscard]] const Json* require(const char* key) const;
  [[nodiscard]] double number_in(const Json& value, const char* key, double low, double high) const;

  const Json* json_;
  std::string place_;
  Findings* findings_;
  bool is_draft_;
};

// The part of a rule of one kind. `check` already has regions and references: what a rule names
// must be there.
[[nodiscard]] LabelCheck read_label_rule(const ObjectReader& json, const Check& check);
[[nodiscard]] LayoutCheck read_layout_rule(const ObjectReader& json, const Check& check);
[[nodiscard]] ClearanceCheck read_clearance_rule(const ObjectReader& json, const Check& check);
[[nodiscard]] SequenceCheck read_sequence_rule(const ObjectReader& json, const Check& check);
[[nodiscard]] DisplayCheck read_display_rule(const ObjectReader& json, const Check& check);
[[nodiscard]] GaugeCheck read_gauge_rule(const ObjectReader& json, const Check& check);
[[nodiscard]] LampsCheck read_lamps_rule(const ObjectReader& json, const Check& check);

[[nodiscard]] Json to_json(const LabelCheck& rule);
[[nodiscard]] Json to_json(const LayoutCheck& rule);
[[nodiscard]] Json to_json(const ClearanceCheck& rule);
[[nodiscard]] Json to_json(const SequenceCheck& rule);
[[nodiscard]] Json to_json(const DisplayCheck& rule);
[[nodiscard]] Json to_json(const GaugeCheck& rule);
[[nodiscard]] Json to_json(const LampsCheck& rule);

// Reports a region or reference that the check doesn't have; of a draft, a region.
void expect_region(const ObjectReader& json, const char* key, const Check& check,
                   std::string_view region);
void expect_reference(const ObjectReader& json, const char* key, const Check& check,
                      std::string_view reference);

}  // namespace batchwright::vision
