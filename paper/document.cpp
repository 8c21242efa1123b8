#include "paper/document.h"

#include <cairo-pdf.h>
#include <pango/pangocairo.h>

#include <algorithm>
#include <cmath>
#include <numbers>

#include "base/ensure.h"

namespace batchwright::paper {

namespace {

constexpr double kPointsPerMm = 72 / 25.4;
constexpr const char* kFamily = "Noto Sans";

struct Unref {
  void operator()(PangoLayout* layout) const { g_object_unref(layout); }
  void operator()(PangoFontDescription* font) const { pango_font_description_free(font); }
};
using Layout = std::unique_ptr<PangoLayout, Unref>;
using Font = std::unique_ptr<PangoFontDescription, Unref>;

cairo_status_t collect(void* bytes, const unsigned char* data, unsigned int size) {
  static_cast<std::string*>(bytes)->append(reinterpret_cast<const char*>(data), size);
  return CAIRO_STATUS_SUCCESS;
}

PangoAlignment alignment(Align align) {
  switch (align) {
    case Align::kLeft: return PANGO_ALIGN_LEFT;
    case Align::kCentre: return PANGO_ALIGN_CENTER;
    case Align::kRight: return PANGO_ALIGN_RIGHT;
  }
  return PANGO_ALIGN_LEFT;
}

void paint(cairo_t* cairo, const Colour& colour) {
  cairo_set_source_rgb(cairo, colour.red, colour.green, colour.blue);
}

// Sizes do not depend on the printer: no rounding of glyph positions to any device's grid.
Layout layout_of(cairo_t* cairo, double width_mm, std::string_view utf8, const TextStyle& style) {
  Layout layout(pango_cairo_create_layout(cairo));
  PangoContext* context = pango_layout_get_context(layout.get());
  pango_context_set_round_glyph_positions(context, FALSE);
  pango_cairo_context_set_resolution(context, 72);
  const Font font(pango_font_description_new());
  pango_font_description_set_family(font.get(), kFamily);
  pango_font_description_set_absolute_size(font.get(), style.size_pt * PANGO_SCALE);
  if (style.bold) pango_font_description_set_weight(font.get(), PANGO_WEIGHT_BOLD);
  pango_layout_set_font_description(layout.get(), font.get());
  pango_layout_set_width(layout.get(),
                         static_cast<int>(std::lround(width_mm * kPointsPerMm * PANGO_SCALE)));
  pango_layout_set_wrap(layout.get(), PANGO_WRAP_WORD_CHAR);
  pango_layout_set_alignment(layout.get(), alignment(style.align));
  pango_layout_set_text(layout.get(), utf8.data(), static_cast<int>(utf8.size()));
  return layout;
}

double height_mm(PangoLayout* layout) {
  int height = 0;
  pango_layout_get_size(layout, nullptr, &height);
  return height / (kPointsPerMm * PANGO_SCALE);
}

}  // namespace

struct Document::Sheet {
  std::string bytes;
  cairo_surface_t* surface = nullptr;
  cairo_t* cairo = nullptr;
  std::size_t pages = 1;

  explicit Sheet(const Facts& facts)
      : surface(cairo_pdf_surface_create_for_stream(&collect, &bytes, kPageWidthMm * kPointsPerMm,
                                                    kPageHeightMm * kPointsPerMm)),
        cairo(cairo_create(surface)) {
    const auto date = facts.date + "T00:00:00Z";
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_TITLE, facts.title.c_str());
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATOR, "Batchwright");
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATE_DATE, date.c_str());
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_MOD_DATE, date.c_str());
  }
  Sheet(const Sheet&) = delete;
  Sheet& operator=(const Sheet&) = delete;
  ~Sheet() {
    cairo_destroy(cairo);
    cairo_surface_destroy(surface);
  }
};

Document::Document(const Facts& facts) : sheet_(std::make_unique<Sheet>(facts)) {}
Document::Document(Document&&) noexcept = default;
Document& Document::operator=(Document&&) noexcept = default;
Document::~Document() = default;

void Document::begin_page() {
  ensure(sheet_ != nullptr, "a document that is finished takes nothing more");
  if (sheet_->pages++ < kPagesMax) cairo_show_page(sheet_->cairo);
}

std::size_t Document::pages() const {
  return sheet_ ? sheet_->pages : 0;
}

double Document::text(Spot at, double width_mm, std::string_view utf8, const TextStyle& style) {
  cairo_t* cairo = sheet_->cairo;
  const auto layout = layout_of(cairo, width_mm, utf8, style);
  paint(cairo, style.colour);
  cairo_move_to(cairo, at.x_mm * kPointsPerMm, at.y_mm * kPointsPerMm);
  pango_cairo_show_layout(cairo, layout.get());
  return height_mm(layout.get());
}

double Document::text_height_mm(double width_mm, std::string_view utf8,
                                const TextStyle& style) const {
  return height_mm(layout_of(sheet_->cairo, width_mm, utf8, style).get());
}

void Document::line(Spot from, Spot to, double width_mm, const Colour& colour) {
  cairo_t* cairo = sheet_->cairo;
  paint(cairo, colour);
  cairo_set_line_width(cairo, width_mm * kPointsPerMm);
  cairo_move_to(cairo, from.x_mm * kPointsPerMm, from.y_mm * kPointsPerMm);
  cairo_line_to(cairo, to.x_mm * kPointsPerMm, to.y_mm * kPointsPerMm);
  cairo_stroke(cairo);
}

void Document::box(Spot at, double width_mm, double height_mm, const Colour& fill) {
  cairo_t* cairo = sheet_->cairo;
  paint(cairo, fill);
  cairo_rectangle(cairo, at.x_mm * kPointsPerMm, at.y_mm * kPointsPerMm, width_mm * kPointsPerMm,
                  height_mm * kPointsPerMm);
  cairo_fill(cairo);
}

void Document::frame(Spot at, double width_mm, double height_mm, double line_mm,
                     const Colour& colour) {
  cairo_t* cairo = sheet_->cairo;
  paint(cairo, colour);
  cairo_set_line_width(cairo, line_mm * kPointsPerMm);
  cairo_rectangle(cairo, at.x_mm * kPointsPerMm, at.y_mm * kPointsPerMm, width_mm * kPointsPerMm,
                  height_mm * kPointsPerMm);
  cairo_stroke(cairo);
}

void Document::polygon(const std::vector<Spot>& corners, const Colour& fill) {
  cairo_t* cairo = sheet_->cairo;
  paint(cairo, fill);
  for (const auto& corner : corners)
    cairo_line_to(cairo, corner.x_mm * kPointsPerMm, corner.y_mm * kPointsPerMm);
  cairo_close_path(cairo);
  cairo_fill(cairo);
}

void Document::disc(Spot centre, double radius_mm, const Colour& fill) {
  cairo_t* cairo = sheet_->cairo;
  paint(cairo, fill);
  cairo_arc(cairo, centre.x_mm * kPointsPerMm, centre.y_mm * kPointsPerMm, radius_mm * kPointsPerMm,
            0, 2 * std::numbers::pi);
  cairo_fill(cairo);
}

Result<std::string> Document::finish() {
  ensure(sheet_ != nullptr, "a document is finished once");
  const auto sheet = std::move(sheet_);
  cairo_surface_finish(sheet->surface);
  const bool drawn = cairo_status(sheet->cairo) == CAIRO_STATUS_SUCCESS &&
                     cairo_surface_status(sheet->surface) == CAIRO_STATUS_SUCCESS;
  if (!drawn || sheet->pages > kPagesMax)
    return fail(ErrorCode::kFull, "The document could not be made: too many pages, or no memory.");
  return std::move(sheet->bytes);
}

}  // namespace batchwright::paper
