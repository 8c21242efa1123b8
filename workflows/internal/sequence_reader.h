// Children written one after the other, with groups between them (parallel, one_of, repeat), become
// elements of one parent and a chart written out.
#pragma once

#include <functional>

#include "workflows/internal/chart_builder.h"
#include "workflows/internal/json_object.h"

namespace batchwright::workflows {

class SequenceReader {
 public:
  // `read_child` reads one element; children are appended to `children`.
  using ReadChild = std::function<Element(const Json&, const JsonPlace&)>;

  SequenceReader(ReadChild read_child, std::vector<Element>& children, Report& report)
      : read_child_(std::move(read_child)), children_(children), report_(report), builder_({}) {}

  [[nodiscard]] Chart read(const Json& items, const JsonPlace& place);

  // True for {"parallel": ...}, {"one_of": ...}, {"repeat": ...}.
  [[nodiscard]] static bool is_group(const Json& item);

 private:
  // Reads `items` and links them behind `from`; returns the node the next thing links from.
  std::string chain(const Json& items, const JsonPlace& place, std::string from, int depth);
  std::string item(const Json& json, const JsonPlace& place, const std::string& from, int depth);
  std::string parallel(const Json& json, const JsonPlace& place, const std::string& from,
                       int depth);
  std::string one_of(const Json& json, const JsonPlace& place, const std::string& from, int depth);
  std::string repeat(const Json& json, const JsonPlace& place, const std::string& from, int depth);

  ReadChild read_child_;
  std::vector<Element>& children_;
  Report& report_;
  ChartBuilder builder_;
};

}  // namespace batchwright::workflows
