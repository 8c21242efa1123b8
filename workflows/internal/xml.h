// XML as plain values. The one place that knows libxml2.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"

namespace batchwright::workflows {

// Recipes are small; these limits are generous for them and tiny for a machine.
struct XmlLimits {
  std::size_t bytes_max = 32u << 20;
  std::size_t elements_max = 500'000;
  int depth_max = 100;
};

struct XmlElement {
  std::string name;        // local name; namespaces are judged by structure
  std::string name_space;  // its namespace, for the provenance
  std::string text;        // its own text, without spaces at both ends
  int line = 0;
  std::vector<XmlElement> children;

  // The first child of that name, or nullptr.
  [[nodiscard]] const XmlElement* child(std::string_view child_name) const;
  // Its text; empty when there is no such child.
  [[nodiscard]] std::string child_text(std::string_view child_name) const;
};

// kMalformed with the line as place for what is not well-formed, too deep, or has a DOCTYPE:
// without one there are no entities to expand, no files to fetch and no bombs. kFull for too many
// bytes or elements. Nothing is ever loaded.
[[nodiscard]] Result<XmlElement> parse_xml(std::string_view text, const XmlLimits& limits = {});

}  // namespace batchwright::workflows
