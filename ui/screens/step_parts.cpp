#include "ui/screens/step_parts.h"

#include <algorithm>

#include "ui/widgets/bottom_row.h"
#include "ui/widgets/entry_pad.h"
#include "ui/widgets/entry_select.h"
#include "ui/widgets/entry_words.h"
#include "ui/widgets/marks.h"
#include "ui/widgets/pages.h"
#include "ui/widgets/rect_cut.h"
#include "ui/widgets/text.h"

namespace batchwright::ui {
namespace {

constexpr float kEmPerLine = 28.5F;  // about 60 characters of Noto Sans

// What stands where the pad would be, when there is nothing to give.
void draw_no_pad(Ui& ui, const StepView& view, const EntryView* entry, const Rect& area) {
  const Colours& c = ui.colours();
  Rect rest = area;
  if (entry == nullptr) {
    const bool none = view.entries.empty();
    const std::string_view words = ui.tr(none ? "entry.nothing" : "entry.all_done");
    put_text(ui, cut_top(rest, ui.px(9)), TextRole::kSmallBold, c.ink, words);
    if (!none) put_paragraph(ui, rest, TextRole::kSmall, c.muted, ui.tr("entry.all_done_hint"));
    return;
  }
  put_text(ui, cut_top(rest, ui.px(7.5)), TextRole::kSmallBold, c.ink, entry->title);
  skip_top(rest, ui.px(1));
  const Rect well = cut_top(rest, ui.px(20));
  const bool out = entry->state == EntryView::State::kOut;
  const float corner = ui.px(ui.sizes().corner_small);
  ui.paint.fill(well, out ? c.alarm_well : c.well, corner);
  ui.paint.outline(well, out ? c.alarm : c.divider, corner, ui.px(ui.sizes().edge));
  Rect inner = inset(well, ui.px(4.5), ui.px(1));
  const std::string value = with_unit(value_words(ui.tr, *entry), entry->unit);
  put_text(ui, inner, TextRole::kTitle, out ? c.alarm_ink : c.ink, value.empty() ? "–" : value,
           Align::kRight);
  skip_top(rest, ui.px(1.5));
  const std::string limits = limits_words(ui.tr, *entry);
  put_text(ui, cut_top(rest, ui.px(8)), TextRole::kSmall, c.muted, limits);
  skip_top(rest, ui.px(3));
  if (!view.begun) {
    put_paragraph(ui, rest, TextRole::kSmall, c.muted, ui.tr("step.begin_first"));
  } else if (entry->input == EntryView::Input::kCorrection) {
    const Target target{.id = "correct",
                        .label = std::string(ui.tr("entry.correct")),
                        .kind = WidgetKind::kPrimary};
    if (button(ui, cut_top(rest, ui.px(20)), target)) open_correction(ui, *entry);
  } else {
    const bool computed = entry->kind == EntryView::Kind::kComputed;
    const bool camera = entry->kind == EntryView::Kind::kCamera;
    const std::string_view why = ui.tr(computed ? "entry.computed"
                                       : camera ? "entry.camera"
                                                : "entry.locked");
    put_paragraph(ui, rest, TextRole::kSmall, c.muted,
                  entry->note.empty() ? why : std::string_view(entry->note));
  }
}

}  // namespace

std::string way_on_words(const Ui& ui, NextView::Label label) {
  switch (label) {
    case NextView::Label::kNext: return std::string(ui.tr("step.next")) + " ›";
    case NextView::Label::kSign: return std::string(ui.tr("step.sign"));
    case NextView::Label::kBegin: return std::string(ui.tr("step.begin"));
    case NextView::Label::kComplete: return std::string(ui.tr("step.complete"));
    case NextView::Label::kContinue: return std::string(ui.tr("step.continue")) + " ›";
  }
  return {};
}

void go_on_from_step(Ui& ui, const StepView& view) {
  switch (view.next.label) {
    case NextView::Label::kSign: return ui.send(OpenSign{view.step});
    case NextView::Label::kBegin: return ui.send(BeginStep{view.step});
    case NextView::Label::kNext:
    case NextView::Label::kComplete:
    case NextView::Label::kContinue: return ui.send(CompleteStep{view.step});
  }
}

void draw_instruction(Ui& ui, const std::string& instruction, Rect& area, float reserve) {
  const Rgb ink = ui.colours().ink;
  const float room = std::max(area.height() - reserve, ui.px(44));
  Rect box = area;
  for (const TextRole role : {TextRole::kBody, TextRole::kSmall}) {
    box.x1 = std::min(area.x1, area.x0 + ui.frame.fonts.em_px(role) * kEmPerLine);
    const float height = paragraph_height(ui, role, instruction, box.width());
    if (height > room) continue;
    Rect lines = cut_top(area, height);
    lines.x1 = box.x1;
    put_paragraph(ui, lines, role, ink, instruction);
    return;
  }
  Rect place = cut_top(area, room);
  const Rect column = cut_right(place, page_column_width(ui));
  place.x1 = std::min(place.x1 - ui.px(ui.sizes().gap_groups), box.x1);
  const auto fit = static_cast<int>(room / ui.paint.line_height(TextRole::kSmall));
  const auto lines =
      static_cast<int>(wrap_text(ui.paint, TextRole::kSmall, instruction, place.width()).size());
  const Page page = current_page(ui, "instruction", lines, fit);
  put_paragraph_lines(ui, place, TextRole::kSmall, ink, instruction, page.first, page.last);
  draw_page_buttons(ui, "instruction", page, column);
}

void draw_timers(Ui& ui, const StepView& view, Rect& area) {
  const Colours& c = ui.colours();
  for (const TimerView& timer : view.timers) {
    Rect line = cut_top(area, ui.px(8));
    const float side = ui.px(5.4);
    const Point centre{line.x0 + side / 2, std::round(line.centre_y())};
    if (timer.overdue) {
      draw_alert_mark(ui, {line.x0, centre.y - side / 2, line.x0 + side, centre.y + side / 2},
                      c.warning);
    } else {
      ui.paint.ring(centre, side / 2, c.done, ui.px(0.5));
      ui.paint.line(centre, {centre.x, centre.y - side * 0.34F}, c.done, ui.px(0.5));
      ui.paint.line(centre, {centre.x + side * 0.24F, centre.y}, c.done, ui.px(0.5));
    }
    skip_left(line, side + ui.px(2));
    line.x0 += put_text(ui, line, TextRole::kSmall, c.muted, timer.label) + ui.px(2);
    put_text(ui, line, TextRole::kSmallBold, timer.overdue ? c.warning_ink : c.ink, timer.text);
  }
  if (!view.timers.empty()) skip_top(area, ui.px(2));
}

void draw_hold(Ui& ui, const StepView& view, Rect& area) {
  if (!view.hold) return;
  const Colours& c = ui.colours();
  const HoldView& hold = *view.hold;
  const std::string plan = hold.plan.empty() ? std::string() : " (" + hold.plan + ")";
  std::string words =
      "**" + ui.tr("step.held", {{"exception", hold.exception_number}}) + plan + "** " + hold.words;
  if (!hold.role.empty()) words += " " + ui.tr("step.held_role", {{"role", hold.role}});
  const float padding = ui.px(4);
  const float mark = ui.px(9);
  const float low = ui.px(ui.sizes().target_frequent);
  const float beside = hold.may_release ? ui.px(46) : 0;
  const float text_width = area.width() - 2 * padding - mark - ui.px(4) - beside;
  const float text = std::max(paragraph_height(ui, TextRole::kSmall, words, text_width), low);
  const Rect card = cut_top(area, text + padding);
  const float corner = ui.px(ui.sizes().corner_small);
  ui.paint.fill(card, c.warning_well, corner);
  ui.paint.outline(card, c.warning, corner, ui.px(ui.sizes().edge));
  Rect inner = inset(card, padding, padding / 2);
  if (hold.may_release) {
    Rect place = cut_right(inner, ui.px(42));
    skip_right(inner, ui.px(4));
    place = inset(place, 0, std::floor((place.height() - low) / 2));
    const Target target{
        .id = "release", .label = std::string(ui.tr("step.release")), .kind = WidgetKind::kPrimary};
    if (button(ui, place, target, {.role = TextRole::kBodyBold})) {
      ui.state.reason.clear();
      ui.state.sheet = Sheet::kRelease;
    }
  }
  const float y = std::round(inner.centre_y() - mark / 2);
  draw_alert_mark(ui, {inner.x0, y, inner.x0 + mark, y + mark}, c.warning);
  skip_left(inner, mark + ui.px(4));
  put_paragraph_middle(ui, inner, TextRole::kSmall, c.ink, words);
  skip_top(area, ui.px(ui.sizes().gap_groups));
}

void draw_given_signatures(Ui& ui, const StepView& view, Rect& area) {
  const float line = ui.px(7.5);
  for (auto signature = view.signatures.rbegin(); signature != view.signatures.rend();
       ++signature) {
    if (area.height() < 2 * line) return;
    put_text(ui, cut_bottom(area, line), TextRole::kSmall, ui.colours().muted, "✓ " + *signature);
  }
}

void draw_rail(Ui& ui, const StepView& view, const Rect& area) {
  const Colours& c = ui.colours();
  Rect rest = area;
  put_text(ui, cut_top(rest, ui.px(9)), TextRole::kSmallBold, c.muted, view.operation);
  skip_top(rest, ui.px(1));
  const float height = ui.px(ui.sizes().target);
  const float gap = ui.px(ui.sizes().gap);
  const auto count = static_cast<int>(view.rail.size());
  const int shown = std::max(1, static_cast<int>((rest.height() + gap) / (height + gap)));
  const auto current = std::ranges::find(view.rail, Progress::kCurrent, &RailItemView::progress);
  const int at = current == view.rail.end() ? 0 : static_cast<int>(current - view.rail.begin());
  const int first = std::clamp(at - shown / 2, 0, std::max(0, count - shown));
  for (int i = first; i < std::min(count, first + shown); ++i) {
    const RailItemView& item = view.rail[static_cast<std::size_t>(i)];
    const Rect row = cut_top(rest, height);
    skip_top(rest, gap);
    const bool is_current = item.progress == Progress::kCurrent;
    Touched touched;
    if (!item.path.empty() && !is_current) {
      touched = touch_target(ui, row,
                             {.id = "step:" + item.path,
                              .label = item.title,
                              .kind = WidgetKind::kRow,
                              .group = "rail"});
    }
    const float corner = ui.px(ui.sizes().corner_small);
    if (is_current || touched.pressed)
      ui.paint.fill(row, touched.pressed ? c.pressed : c.well, corner);
    if (is_current) ui.paint.outline(row, c.focus, corner, ui.px(ui.sizes().edge_focus));
    draw_progress_mark(ui, {row.x0 + ui.px(6), std::round(row.centre_y())}, item.progress,
                       item.number);
    Rect words = row;
    words.x0 += ui.px(11.5);
    words.x1 -= ui.px(1);
    const bool is_done = item.progress == Progress::kDone;
    put_text(ui, words, is_current ? TextRole::kSmallBold : TextRole::kSmall,
             is_done ? c.muted : c.ink, item.title);
    if (touched.tapped) ui.send(ChooseStep{item.path});
  }
}

void draw_strip(Ui& ui, const StepView& view, const Rect& line) {
  const Colours& c = ui.colours();
  Rect rest = line;
  const std::string count = ui.tr(
      "step.count", {{"n", std::to_string(view.number)}, {"total", std::to_string(view.total)}});
  rest.x0 += put_text(ui, rest, TextRole::kSmallBold, c.ink, count) + ui.px(3);
  if (!view.then.empty()) {
    const std::string then = ui.tr("step.then", {{"title", view.then}});
    const float width =
        std::min(ui.paint.text_width(TextRole::kSmall, then) + 1, line.width() * 0.4F);
    put_text(ui, cut_right(rest, width), TextRole::kSmall, c.muted, then, Align::kRight);
    skip_right(rest, ui.px(3));
  }
  const auto items = static_cast<int>(view.rail.size());
  if (items == 0 || rest.empty()) return;
  const float gap = ui.px(1);
  const float width = column_width(rest, items, gap);
  const float half = ui.px(1.5);
  for (int i = 0; i < items; ++i) {
    const RailItemView& item = view.rail[static_cast<std::size_t>(i)];
    const float x = rest.x0 + static_cast<float>(i) * (width + gap);
    const Rect pill{x, std::round(rest.centre_y()) - half, x + width,
                    std::round(rest.centre_y()) + half};
    const bool is_todo = item.progress == Progress::kTodo;
    const Rgb colour = item.progress == Progress::kDone        ? c.done
                       : item.progress == Progress::kException ? c.warning
                       : item.progress == Progress::kCurrent   ? c.focus
                                                               : c.edge;
    if (is_todo) {
      ui.paint.outline(pill, colour, half, ui.px(0.35));
    } else {
      ui.paint.fill(pill, colour, half);
    }
  }
}

void draw_step_row(Ui& ui, const StepView& view) {
  const BottomRow row{
      .first_id = "map",
      .first_label = "‹ " + std::string(ui.tr("step.map")),
      .way_on = WayOn{way_on_words(ui, view.next.label), view.next.enabled, view.next.reason}};
  const std::string tapped = draw_standard_row(ui, row);
  if (tapped == "map") ui.send(ShowMap{});
  if (tapped == "next") go_on_from_step(ui, view);
}

void draw_step_pad(Ui& ui, const StepView& view, const Rect& area) {
  const EntryView* entry = selected_entry(ui.state, view);
  const bool takes_value =
      entry != nullptr && view.begun &&
      (entry->input == EntryView::Input::kValue || entry->input == EntryView::Input::kRemeasure) &&
      entry->kind != EntryView::Kind::kComputed && entry->kind != EntryView::Kind::kCamera;
  if (!takes_value) return draw_no_pad(ui, view, entry, area);
  const auto raw = draw_entry_pad(ui, *entry, area, PadUse::kStore);
  if (raw) submit_value(ui, view, *entry, *raw);
}

}  // namespace batchwright::ui
