// Teaching a camera check: the picture at the left, what is drawn, shown or sampled at the right. A
// region is drawn by two taps, its corners: a glove slides where it should drag.
#include <fmt/format.h>

#include <algorithm>

#include "ui/screens/screens.h"
#include "ui/widgets/bottom_row.h"
#include "ui/widgets/camera_picture.h"
#include "ui/widgets/pages.h"
#include "ui/widgets/rect_cut.h"
#include "ui/widgets/text.h"

namespace batchwright::ui {
namespace {

using Stage = TeachView::Stage;

struct Row {
  std::string id, title, note;
  bool done = false;
};

std::string subject_title(const Ui& ui, const SubjectView& subject) {
  switch (subject.kind) {
    case SubjectView::Kind::kEverything: return std::string(ui.tr("teach.everything"));
    case SubjectView::Kind::kEmpty: return std::string(ui.tr("teach.empty"));
    case SubjectView::Kind::kPart:
    case SubjectView::Kind::kReference: break;
  }
  return subject.name;
}

// How many, and the score of the one nearest to the threshold.
std::string sample_note(const Ui& ui, const TeachView& view, int count,
                        std::string ThresholdView::* score) {
  std::string number = std::to_string(count);
  if (!view.threshold) return number;
  return ui.tr.number((*view.threshold).*score) + " · " + number;
}

std::vector<Row> rows_of(const Ui& ui, const TeachView& view) {
  std::vector<Row> rows;
  switch (view.stage) {
    case Stage::kRegions:
      for (const auto& region : view.regions) rows.push_back({region.id, region.title, {}, true});
      if (view.may_add_regions)
        rows.push_back({"", std::string(ui.tr("teach.new_region")), {}, false});
      break;
    case Stage::kReferences:
      for (const auto& subject : view.subjects)
        rows.push_back({subject.id, subject_title(ui, subject),
                        ui.tr("teach.pictures", {{"n", std::to_string(subject.pictures)},
                                                 {"total", std::to_string(subject.pictures_max)}}),
                        subject.pictures > 0});
      break;
    case Stage::kSamples:
      if (!view.has_threshold) break;
      rows.push_back({"good", std::string(ui.tr("teach.good")),
                      sample_note(ui, view, view.good, &ThresholdView::good_lowest),
                      view.good > 0});
      rows.push_back({"bad", std::string(ui.tr("teach.bad")),
                      sample_note(ui, view, view.bad, &ThresholdView::bad_highest), view.bad > 0});
      break;
  }
  return rows;
}

void draw_row(Ui& ui, const TeachView& view, const Row& row, const Rect& rect) {
  const Colours& c = ui.colours();
  const Target target{
      .id = "teach:" + row.id, .label = row.title, .kind = WidgetKind::kRow, .group = "teach"};
  const Touched touched = touch_target(ui, rect, target);
  const bool selected = row.id == view.selected;
  const float corner = ui.px(ui.sizes().corner_small);
  ui.paint.fill(rect, touched.pressed ? c.pressed : c.card, corner);
  ui.paint.outline(rect, selected ? c.focus : c.edge, corner,
                   ui.px(selected ? 0.8 : ui.sizes().edge));
  Rect inner = inset(rect, ui.px(3), ui.px(1));
  const std::string mark = row.done ? "✓ " : "";
  if (!row.note.empty()) {
    const float width = ui.paint.text_width(TextRole::kSmall, row.note) + 1;
    put_text(ui, cut_right(inner, width), TextRole::kSmall, c.muted, row.note, Align::kRight);
    skip_right(inner, ui.px(2));
  }
  put_text(ui, inner, selected ? TextRole::kBodyBold : TextRole::kBody, c.ink, mark + row.title);
  if (touched.tapped) ui.send(Teach{.act = Teach::Act::kSelect, .what = row.id, .box = {}});
}

void draw_rows(Ui& ui, const TeachView& view, Rect area) {
  const auto rows = rows_of(ui, view);
  const float gap = ui.px(ui.sizes().gap), height = ui.px(ui.sizes().target);
  const int fit = std::max(1, static_cast<int>((area.height() + gap) / (height + gap)));
  const Page page = current_page(ui, "teach", static_cast<int>(rows.size()), fit);
  if (page.total > 1) {
    draw_page_buttons(ui, "teach", page, cut_right(area, page_column_width(ui)));
    skip_right(area, gap);
  }
  for (int i = page.first; i < page.last; ++i) {
    draw_row(ui, view, rows[static_cast<std::size_t>(i)], cut_top(area, height));
    skip_top(area, gap);
  }
}

std::string what_to_do(const Ui& ui, const TeachView& view) {
  if (view.busy) return std::string(ui.tr("teach.busy"));
  switch (view.stage) {
    case Stage::kRegions:
      if (view.still == nullptr) return std::string(ui.tr("teach.take_first"));
      return std::string(ui.tr(ui.state.first_corner ? "teach.second_corner" : "teach.corners"));
    case Stage::kReferences:
      return std::string(ui.tr(view.subjects.empty() ? "teach.no_references" : "teach.show_it"));
    case Stage::kSamples:
      return std::string(ui.tr(view.has_threshold ? "teach.samples" : "teach.no_threshold"));
  }
  return {};
}

std::string threshold_words(const Ui& ui, const ThresholdView& one) {
  return ui.tr("teach.threshold", {{"threshold", ui.tr.number(one.threshold)},
                                   {"accept", ui.tr.number(one.false_accept)},
                                   {"reject", ui.tr.number(one.false_reject)}});
}

// What came of it, the newest first; else what to do.
void draw_words(Ui& ui, const TeachView& view, const Rect& card) {
  const Colours& c = ui.colours();
  ui.paint.fill(card, c.card, ui.px(ui.sizes().corner_small));
  Rect rest = inset(card, ui.px(ui.sizes().padding), ui.px(ui.is_wide() ? 3 : 1.5));
  std::string words = what_to_do(ui, view);
  Rgb colour = c.ink;
  if (!view.problem.empty()) {
    words = view.problem;
    colour = c.alarm_ink;
  } else if (!view.saved.empty()) {
    words = ui.tr("teach.saved", {{"file", view.saved}});
  } else if (view.stage == Stage::kSamples && view.threshold) {
    words = threshold_words(ui, *view.threshold);
  } else if (view.stage == Stage::kSamples && !view.findings.empty()) {
    words = view.findings.front();
    if (view.findings.size() > 1)
      words +=
          " " + ui.tr("teach.more_findings", {{"n", std::to_string(view.findings.size() - 1)}});
  }
  const bool roomy = paragraph_height(ui, TextRole::kBody, words, rest.width()) <= rest.height();
  put_paragraph(ui, rest, roomy ? TextRole::kBody : TextRole::kSmall, colour, words);
}

bool may_take(const TeachView& view) {
  switch (view.stage) {
    case Stage::kRegions: return true;
    case Stage::kReferences: return !view.subjects.empty();
    case Stage::kSamples: return view.has_threshold;
  }
  return false;
}

// Where the panel is small, rows and their page buttons need the height; samples are two rows.
bool has_words_at_right(const Ui& ui, const TeachView& view) {
  return ui.is_wide() || view.stage == Stage::kSamples;
}

void draw_right(Ui& ui, const TeachView& view, Rect area) {
  Rect buttons =
      cut_bottom(area, ui.px(ui.is_wide() ? ui.sizes().target_frequent : ui.sizes().target));
  skip_bottom(area, ui.px(ui.sizes().gap_groups));
  const Target remove{.id = "teach-remove",
                      .label = std::string(ui.tr("teach.remove")),
                      .enabled = !view.busy,
                      .reason = std::string(ui.tr("teach.busy"))};
  const Target take{.id = "teach-take",
                    .label = std::string(ui.tr("teach.take")),
                    .enabled = !view.busy,
                    .reason = std::string(ui.tr("teach.busy"))};
  if (may_take(view)) {
    const Rect left = cut_left(buttons, std::floor(buttons.width() * 0.45F));
    skip_left(buttons, ui.px(ui.sizes().gap_groups));
    if (button(ui, left, remove, {.role = TextRole::kBodyBold}))
      ui.send(Teach{.act = Teach::Act::kRemove, .what = {}, .box = {}});
    if (button(ui, buttons, take, {.role = TextRole::kBodyBold}))
      ui.send(Teach{.act = Teach::Act::kTake, .what = {}, .box = {}});
  }
  if (has_words_at_right(ui, view)) {
    const float gap = ui.px(ui.sizes().gap);
    const float rows = 2 * ui.px(ui.sizes().target) + 2 * gap;
    draw_words(ui, view, cut_top(area, std::min(ui.px(46), area.height() - rows)));
    skip_top(area, gap);
  }
  draw_rows(ui, view, area);
}

// Two taps are the corners of a region; the first one shows where it is.
void draw_region(Ui& ui, const Rect& place, float x, float y) {
  const Target target{.id = "teach-picture", .label = std::string(ui.tr("teach.picture"))};
  if (!touch_target(ui, place, target).tapped) return;
  auto& first = ui.state.first_corner;
  if (!first) {
    first = std::pair(x, y);
    return;
  }
  const PictureBox box{std::min(first->first, x), std::min(first->second, y),
                       std::max(first->first, x), std::max(first->second, y)};
  first.reset();
  ui.send(Teach{.act = Teach::Act::kDraw, .what = {}, .box = box});
}

void draw_picture(Ui& ui, const TeachView& view, const Rect& box) {
  CameraView picture;
  picture.camera = view.camera;
  picture.still = view.still;
  if (view.stage == Stage::kRegions)
    for (const auto& region : view.regions) {
      const auto& [x0, y0, x1, y1] = region.box;
      picture.overlay.push_back({{x0, y0, x1, y0, x1, y1, x0, y1},
                                 region.title,
                                 region.id == view.selected ? CheckMark::kUnsure : CheckMark::kOk});
    }
  const auto& first = ui.state.first_corner;
  if (first) {
    constexpr float kCross = 0.012F;
    picture.overlay.push_back(
        {{first->first - kCross, first->second, first->first, first->second - kCross,
          first->first + kCross, first->second, first->first, first->second + kCross},
         std::string(ui.tr("teach.corner")),
         CheckMark::kUnsure});
  }
  draw_camera_picture(ui, picture, box);
  if (view.stage != Stage::kRegions || view.still == nullptr || view.busy) return;
  const Rect place = picture_place(*view.still, box);
  const float x = std::clamp((ui.frame.touch.x - place.x0) / place.width(), 0.0F, 1.0F);
  const float y = std::clamp((ui.frame.touch.y - place.y0) / place.height(), 0.0F, 1.0F);
  draw_region(ui, place, x, y);
}

void draw_teach_row(Ui& ui, const TeachView& view) {
  const auto words = [&](const char* key) { return std::string(ui.tr(key)); };
  const bool first = view.stage == Stage::kRegions, last = view.stage == Stage::kSamples;
  const BottomRow row{.first_id = "teach-back",
                      .first_label = "‹ " + words(first ? "teach.leave" : "teach.back"),
                      .deviation = false,
                      .safe = false,
                      .more = false,
                      .way_on = WayOn{.label = words(last ? "teach.save" : "teach.next"),
                                      .enabled = !view.busy,
                                      .reason = words("teach.busy")}};
  const std::string tapped = draw_bottom_row(ui, row);
  if (tapped.empty()) return;
  ui.state.first_corner.reset();
  const auto act = tapped == "next" ? (last ? Teach::Act::kSave : Teach::Act::kNext)
                                    : (first ? Teach::Act::kLeave : Teach::Act::kBack);
  ui.send(Teach{.act = act, .what = {}, .box = {}});
}

}  // namespace

void draw_teach(Ui& ui, const TeachView& view) {
  ui.frame.show("teach/" + std::to_string(static_cast<int>(view.stage)));
  const Colours& c = ui.colours();
  const bool wide = ui.is_wide();
  Rect area = content_area(ui);
  const char* stages[] = {"teach.regions", "teach.references", "teach.threshold_title"};
  const std::string title =
      std::string(ui.tr(stages[static_cast<std::size_t>(view.stage)])) + "  ·  " + view.title;
  if (wide) {  // else the bar says it
    put_text(ui, cut_top(area, ui.px(12)), TextRole::kTitle, c.ink, title);
    skip_top(area, ui.px(2));
  }
  draw_right(ui, view, cut_right(area, wide ? ui.px(120) : std::floor(area.width() * 0.5F)));
  skip_right(area, ui.px(ui.sizes().gap_groups));
  if (!has_words_at_right(ui, view)) {
    draw_words(ui, view, cut_bottom(area, ui.px(28)));
    skip_bottom(area, ui.px(ui.sizes().gap));
  }
  ui.paint.fill(area, c.card, ui.px(ui.sizes().corner_small));
  draw_picture(ui, view, inset(area, ui.px(wide ? 3 : 1.5)));
  draw_teach_row(ui, view);
}

}  // namespace batchwright::ui
