// Printable pages as PDF: text, lines and filled shapes, placed in millimetres from the top left of
// an A4 page. For reports and for cards whose sizes must be true on paper. cairo and pango end
// here.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"

namespace batchwright::paper {

inline constexpr double kPageWidthMm = 210, kPageHeightMm = 297;
inline constexpr std::size_t kPagesMax = 1000;

// Red, green, blue: 0..1.
struct Colour {
  double red = 0, green = 0, blue = 0;
};
inline constexpr Colour kBlack{0, 0, 0}, kGrey{0.45, 0.45, 0.45}, kPale{0.9, 0.9, 0.9},
    kWhite{1, 1, 1};

enum class Align { kLeft, kCentre, kRight };

struct TextStyle {
  double size_pt = 9;
  bool bold = false;
  Align align = Align::kLeft;
  Colour colour = kBlack;
};

struct Spot {
  double x_mm = 0, y_mm = 0;
};

// One thread. Drawing goes onto the last page; there is one from the beginning. The same calls give
// the same bytes on one machine and its fonts (Noto Sans): the only date in the file is the one
// that was given.
class Document {
 public:
  struct Facts {
    std::string title;
    std::string date;  // YYYY-MM-DD: of the content, not of the printing
  };
  explicit Document(const Facts& facts);
  Document(Document&&) noexcept;
  Document& operator=(Document&&) noexcept;
  ~Document();

  void begin_page();
  [[nodiscard]] std::size_t pages() const;

  // From its top left, in lines of at most `width_mm`; what is longer than a line goes on in the
  // next one. UTF-8; line feeds begin a line. Returns the height that it took, in millimetres.
  double text(Spot at, double width_mm, std::string_view utf8, const TextStyle& style = {});
  // The height it would take.
  [[nodiscard]] double text_height_mm(double width_mm, std::string_view utf8,
                                      const TextStyle& style = {}) const;

  void line(Spot from, Spot to, double width_mm = 0.2, const Colour& colour = kBlack);
  void box(Spot at, double width_mm, double height_mm, const Colour& fill);
  void frame(Spot at, double width_mm, double height_mm, double line_mm = 0.2,
             const Colour& colour = kBlack);
  void polygon(const std::vector<Spot>& corners, const Colour& fill);
  void disc(Spot centre, double radius_mm, const Colour& fill);

  // The file's bytes; the document is empty afterwards. kFull when memory or pages ran out.
  [[nodiscard]] Result<std::string> finish();

 private:
  struct Sheet;
  std::unique_ptr<Sheet> sheet_;
};

}  // namespace batchwright::paper
