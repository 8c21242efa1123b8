// Everything in an MBR that expressions can name, found by its full path in constant time.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>

#include "workflows/mbr.h"

namespace batchwright::workflows {

// Points into the MBR it was made from.
class MbrIndex {
 public:
  explicit MbrIndex(const Mbr& mbr);

  // The element at a path; nullptr when there is none.
  [[nodiscard]] const Element* element(std::string_view path) const;
  // The entry that "step/path:entry" names; nullptr when there is none.
  [[nodiscard]] const Entry* entry(std::string_view reference) const;
  [[nodiscard]] bool has_parameter(std::string_view id) const;
  [[nodiscard]] const Parameter* parameter(std::string_view id) const;
  [[nodiscard]] const ReactionPlan* plan(std::string_view id) const;

  // "step/path:entry" -> step path and entry id; the entry is empty when there is no colon. Entry
  // ids hold no colon, step ids may.
  [[nodiscard]] static std::pair<std::string_view, std::string_view> split_reference(
      std::string_view reference);

 private:
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const {
      return std::hash<std::string_view>{}(text);
    }
  };
  template <typename T>
  using Map = std::unordered_map<std::string, const T*, Hash, std::equal_to<>>;

  Map<Element> elements_;
  Map<Parameter> parameters_;
  Map<ReactionPlan> plans_;
};

}  // namespace batchwright::workflows
