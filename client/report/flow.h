// A report that grows from top to bottom: headings, paragraphs and tables, with a new page where
// one is full and the same line at the foot of each.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "paper/document.h"

namespace batchwright::client::report {

inline constexpr double kMarginMm = 20;
inline constexpr double kTextWidthMm = paper::kPageWidthMm - 2 * kMarginMm;

// `foot` stands on every page with its number. Holds the document by reference.
class Flow {
 public:
  Flow(paper::Document& document, std::string foot);

  void title(std::string_view words);
  void heading(std::string_view words);
  void paragraph(std::string_view words);

  // Columns take these parts of the width. The first row is the header; numbers stand right in
  // every column but the first when `numbers`.
  void table(const std::vector<double>& shares, const std::vector<std::vector<std::string>>& rows,
             bool numbers);

  // Room of this height on one page: where it begins. What is drawn there is the caller's.
  [[nodiscard]] double take(double height_mm);
  void space(double height_mm) { y_mm_ += height_mm; }

 private:
  void begin_page();
  double row_height_mm(const std::vector<double>& shares, const std::vector<std::string>& cells,
                       const paper::TextStyle& style) const;

  paper::Document& document_;
  std::string foot_;
  double y_mm_ = kMarginMm;
};

}  // namespace batchwright::client::report
