#include "ui/screens/context_bar.h"

#include <vector>

#include "ui/widgets/marks.h"
#include "ui/widgets/rect_cut.h"
#include "ui/widgets/text.h"

namespace batchwright::ui {
namespace {

struct Part {
  std::string label, value;
  bool bold = false;
  float width = 0;
};

float measure(const Ui& ui, const Part& part) {
  const TextRole role = part.bold ? TextRole::kSmallBold : TextRole::kSmall;
  const float label =
      part.label.empty() ? 0 : ui.paint.text_width(TextRole::kSmall, part.label + " ");
  return label + ui.paint.text_width(role, part.value) + 1;
}

void put_part(Ui& ui, const Rect& box, const Part& part) {
  const Colours& c = ui.colours();
  Rect rest = box;
  if (!part.label.empty()) {
    rest.x0 += put_text(ui, rest, TextRole::kSmall, c.bar_muted, part.label);
    rest.x0 += ui.paint.text_width(TextRole::kSmall, " ");
  }
  put_text(ui, rest, part.bold ? TextRole::kSmallBold : TextRole::kSmall, c.on_bar, part.value);
}

std::string panel_words(const BarView& bar) {
  if (bar.panel.empty() || bar.room.empty()) return bar.panel + bar.room;
  return bar.panel + " · " + bar.room;
}

// In order of importance: what stands behind falls away when the bar is too narrow.
std::vector<Part> left_parts(const Ui& ui) {
  const BarView& bar = ui.view.bar;
  std::vector<Part> parts;
  if (bar.training) parts.push_back({{}, std::string(ui.tr("bar.training")), true});
  if (bar.product.empty()) {
    parts.push_back({{}, std::string(ui.tr("bar.product")), true});
    const std::string panel = panel_words(bar);
    if (!panel.empty()) parts.push_back({std::string(ui.tr("bar.panel")), panel});
  } else {
    parts.push_back({{}, bar.product, true});
    if (!bar.batch.empty()) parts.push_back({std::string(ui.tr("bar.batch")), bar.batch});
    if (!bar.mbr.empty()) parts.push_back({std::string(ui.tr("bar.mbr")), bar.mbr});
  }
  return parts;
}

float total_width(const Ui& ui, const std::vector<Part>& parts, float gap) {
  float width = 0;
  for (const Part& part : parts) width += measure(ui, part) + gap;
  return width;
}

void draw_sync_pill(Ui& ui, const Rect& pill, const std::string& words) {
  const Colours& c = ui.colours();
  const SyncView::State state = ui.view.bar.sync.state;
  const bool refused = state == SyncView::State::kWedged;
  const float corner = pill.height() / 2;
  if (refused) ui.paint.fill(pill, c.alarm, corner);
  ui.paint.outline(pill, refused ? c.on_alarm : c.bar_edge, corner, ui.px(0.4));
  Rect inner = inset(pill, ui.px(3.5), 0);
  const float radius = ui.px(1.5);
  const Point lamp{inner.x0 + radius, std::round(pill.centre_y())};
  if (refused) {
    draw_alert_mark(ui, {inner.x0, lamp.y - ui.px(2.4), inner.x0 + ui.px(4.8), lamp.y + ui.px(2.4)},
                    c.alarm);
    skip_left(inner, ui.px(6.3));
  } else {
    if (state == SyncView::State::kOffline) {
      ui.paint.ring(lamp, radius, c.on_bar, ui.px(0.45));
    } else {
      ui.paint.disc(lamp, radius, c.on_bar);
    }
    skip_left(inner, 2 * radius + ui.px(1.5));
  }
  put_text(ui, inner, TextRole::kSmall, c.on_bar, words);
}

float pill_width(const Ui& ui, const std::string& words) {
  const bool refused = ui.view.bar.sync.state == SyncView::State::kWedged;
  return ui.paint.text_width(TextRole::kSmall, words) + ui.px(refused ? 13.8 : 12);
}

}  // namespace

std::string sync_words(const Words& tr, const SyncView& sync, bool short_form) {
  const std::string here = std::to_string(sync.entries_only_here);
  const std::string total = std::to_string(sync.entries_total);
  const bool one = sync.entries_only_here == 1;
  switch (sync.state) {
    case SyncView::State::kWedged:
      return std::string(short_form ? tr("sync.refused_short") : tr("sync.refused"));
    case SyncView::State::kOffline:
      if (sync.entries_only_here == 0) return std::string(tr("sync.offline"));
      if (short_form) return tr("sync.only_here", {{"n", here}});
      return one ? std::string(tr("sync.offline_only_here_one"))
                 : tr("sync.offline_only_here", {{"n", here}});
    case SyncView::State::kConnected:
      if (sync.entries_only_here == 0) return std::string(tr("sync.connected"));
      if (short_form) return tr("sync.only_here", {{"n", here}});
      return one ? std::string(tr("sync.only_here_long_one"))
                 : tr("sync.only_here_long", {{"n", here}});
    case SyncView::State::kConfirmed:
      return short_form ? tr("sync.confirmed_short", {{"n", total}})
                        : tr("sync.confirmed", {{"n", total}});
  }
  return {};
}

void draw_context_bar(Ui& ui) {
  const BarView& view = ui.view.bar;
  const Colours& c = ui.colours();
  Rect bar = ui.whole();
  bar.y1 = ui.px(ui.sizes().bar_height);
  ui.paint.fill(bar, view.training ? c.training : c.bar);
  bar = inset(bar, ui.px(ui.sizes().margin), 0);
  const float gap = ui.px(ui.is_wide() ? 7 : 3.6);

  put_text(ui, cut_right(bar, ui.paint.text_width(TextRole::kSmallBold, view.clock) + 1),
           TextRole::kSmallBold, c.on_bar, view.clock, Align::kRight);
  skip_right(bar, gap);
  if (!view.user.empty()) {
    const std::string& name = view.user_short.empty() ? view.user : view.user_short;
    const std::string words = ui.is_wide() && !view.role.empty() ? name + " · " + view.role : name;
    put_text(ui, cut_right(bar, ui.paint.text_width(TextRole::kSmall, words) + 1), TextRole::kSmall,
             c.on_bar, words, Align::kRight);
    skip_right(bar, gap);
  }
  std::vector<Part> parts = left_parts(ui);
  std::string sync = sync_words(ui.tr, view.sync, false);
  if (total_width(ui, parts, gap) + pill_width(ui, sync) > bar.width()) {
    sync = sync_words(ui.tr, view.sync, true);
  }
  // Numbers speak for themselves; the words before them go first.
  for (std::size_t i = parts.size(); i-- > 0;) {
    if (total_width(ui, parts, gap) + pill_width(ui, sync) > bar.width()) parts[i].label.clear();
  }
  while (parts.size() > 1 && total_width(ui, parts, gap) + pill_width(ui, sync) > bar.width()) {
    parts.pop_back();
  }
  const Rect pill = cut_right(bar, pill_width(ui, sync));
  draw_sync_pill(ui, inset(pill, 0, ui.px(2.1)), sync);
  skip_right(bar, gap);
  for (const Part& part : parts) {
    put_part(ui, cut_left(bar, measure(ui, part)), part);
    skip_left(bar, gap);
  }
}

}  // namespace batchwright::ui
