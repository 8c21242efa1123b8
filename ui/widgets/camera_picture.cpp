#include "ui/widgets/camera_picture.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "ui/widgets/rect_cut.h"
#include "ui/widgets/text.h"

namespace batchwright::ui {
namespace {

constexpr double kLineMm = 0.8;
constexpr double kRimMm = 0.5;  // dark, at either side of a line: any picture may lie below
constexpr double kChipMm = 7.2;

std::string quality_words(const Ui& ui, LookView::Quality quality) {
  using Quality = LookView::Quality;
  switch (quality) {
    case Quality::kNone: return {};
    case Quality::kSharp: return std::string(ui.tr("camera.sharp"));
    case Quality::kHoldStill: return std::string(ui.tr("camera.hold_still"));
    case Quality::kCloser: return std::string(ui.tr("camera.closer"));
    case Quality::kLessGlare: return std::string(ui.tr("camera.less_glare"));
    case Quality::kMoreLight: return std::string(ui.tr("camera.more_light"));
    case Quality::kLessLight: return std::string(ui.tr("camera.less_light"));
    case Quality::kShowLabel: return std::string(ui.tr("camera.show_label"));
    case Quality::kGone: return std::string(ui.tr("camera.gone"));
  }
  return {};
}

// A dark plate with words; it stays inside `bounds`.
void draw_chip(Ui& ui, const Rect& bounds, Point at, std::string_view words, TextRole role) {
  const float height = ui.px(kChipMm);
  const float width = std::min(ui.paint.text_width(role, words) + ui.px(4), bounds.width());
  const float x = std::floor(std::clamp(at.x, bounds.x0, bounds.x1 - width));
  const float y = std::floor(std::clamp(at.y, bounds.y0, bounds.y1 - height));
  const Rect chip{x, y, x + width, y + height};
  ui.paint.fill(chip, ui.colours().lens, ui.px(ui.sizes().corner_small));
  put_text(ui, inset(chip, ui.px(1.6), 0), role, ui.colours().on_lens, words, Align::kCentre);
}

Rgb colour_of(const Colours& colours, CheckMark mark) {
  switch (mark) {
    case CheckMark::kOk: return colours.seen_ok;
    case CheckMark::kWrong: return colours.seen_wrong;
    case CheckMark::kUnsure: return colours.seen_unsure;
  }
  return colours.seen_unsure;
}

void stroke(Ui& ui, std::span<const Point> quad, CheckMark mark, Rgb colour, float width) {
  switch (mark) {
    case CheckMark::kOk: return ui.paint.path(quad, colour, width, true);
    case CheckMark::kWrong: return ui.paint.dashes(quad, colour, width, ui.px(3.4), ui.px(2));
    case CheckMark::kUnsure: return ui.paint.dashes(quad, colour, width, ui.px(0.9), ui.px(1.2));
  }
}

std::array<Point, 4> quad_of(const OverlayView& overlay, const Rect& picture) {
  std::array<Point, 4> quad{};
  for (std::size_t i = 0; i < quad.size(); ++i) {
    const float x = std::clamp(overlay.corners[2 * i], 0.0F, 1.0F);
    const float y = std::clamp(overlay.corners[2 * i + 1], 0.0F, 1.0F);
    quad[i] = {picture.x0 + x * picture.width(), picture.y0 + y * picture.height()};
  }
  return quad;
}

void draw_outline(Ui& ui, const OverlayView& overlay, const Rect& picture) {
  const Colours& c = ui.colours();
  const auto quad = quad_of(overlay, picture);
  stroke(ui, quad, overlay.mark, c.lens, ui.px(kLineMm + 2 * kRimMm));
  stroke(ui, quad, overlay.mark, colour_of(c, overlay.mark), ui.px(kLineMm));
}

void draw_name(Ui& ui, const OverlayView& overlay, const Rect& picture, const Rect& bounds) {
  const auto quad = quad_of(overlay, picture);
  const auto [left, right] = std::ranges::minmax(quad, {}, &Point::x);
  const auto top = std::ranges::min(quad, {}, &Point::y);
  const std::string words = std::string(sign_of(overlay.mark)) + " " + overlay.label;
  const float half = ui.paint.text_width(TextRole::kSmallBold, words) / 2 + ui.px(2);
  draw_chip(ui, bounds, {(left.x + right.x) / 2 - half, top.y - ui.px(kChipMm + 1)}, words,
            TextRole::kSmallBold);
}

void draw_caption(Ui& ui, const CameraView& view, const Rect& bounds) {
  std::string words = ui.tr("camera.name", {{"camera", view.camera}});
  if (view.still != nullptr && view.state != CameraView::State::kReady) {
    words += " · " + std::string(ui.tr("camera.decided"));
  } else if (view.still == nullptr && ui.look != nullptr && ui.look->camera == view.camera) {
    const std::string quality = quality_words(ui, ui.look->quality);
    if (!quality.empty()) words += " · " + quality;
  }
  draw_chip(ui, bounds, {bounds.x0, bounds.y0}, words, TextRole::kSmall);
}

}  // namespace

// At its own size when it was made for this room, which costs least; else as large as fits.
Rect picture_place(const Texture& picture, const Rect& box) {
  constexpr float kSnug = 0.95F;
  const auto width = static_cast<float>(std::max(picture.width_px, 1));
  const auto height = static_cast<float>(std::max(picture.height_px, 1));
  const float fit = std::min(box.width() / width, box.height() / height);
  const float scale = fit >= 1 && fit * kSnug <= 1 ? 1 : fit;
  const float w = std::floor(width * scale);
  const float h = std::floor(height * scale);
  const float x = std::floor(box.centre_x() - w / 2);
  const float y = std::floor(box.centre_y() - h / 2);
  return {x, y, x + w, y + h};
}

const char* sign_of(CheckMark mark) {
  switch (mark) {
    case CheckMark::kOk: return "✓";
    case CheckMark::kWrong: return "✗";
    case CheckMark::kUnsure: return "?";
  }
  return "?";
}

void draw_camera_picture(Ui& ui, const CameraView& view, const Rect& box) {
  const Colours& c = ui.colours();
  ui.state.camera_picture_px = {static_cast<int>(box.width()), static_cast<int>(box.height())};
  ui.paint.fill(box, c.lens, ui.px(ui.sizes().corner_small));
  const bool sees = ui.look != nullptr && ui.look->camera == view.camera;
  const PictureRef picture = view.still != nullptr ? view.still : sees ? ui.look->picture : nullptr;
  const Rect bounds = inset(box, ui.px(2));
  if (picture != nullptr) {
    const Rect place = picture_place(*picture, box);
    ui.state.pictures.push_back(picture);
    ui.paint.push_clip(box);
    ui.paint.picture(place, *picture);
    if (view.still != nullptr) {
      for (const OverlayView& overlay : view.overlay) draw_outline(ui, overlay, place);
      // Names lie over every line, also a neighbour's.
      for (const OverlayView& overlay : view.overlay) draw_name(ui, overlay, place, bounds);
    }
    ui.paint.pop_clip();
  } else {
    put_paragraph_middle(ui, inset(box, ui.px(8), ui.px(12)), TextRole::kBody, c.on_lens,
                         ui.tr(view.camera.empty() ? "camera.known" : "camera.no_picture"),
                         Align::kCentre);
  }
  if (view.camera.empty()) return;  // stored pictures are shown to the checks, no camera looks
  draw_caption(ui, view, bounds);
}

}  // namespace batchwright::ui
