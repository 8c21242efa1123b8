#include "ui/widget_list.h"

#include <fmt/format.h>

#include <ranges>
#include <utility>

namespace batchwright::ui {

bool is_target(WidgetKind kind) {
  return kind != WidgetKind::kText && kind != WidgetKind::kStatus;
}

std::string_view to_string(WidgetKind kind) {
  switch (kind) {
    case WidgetKind::kText: return "text";
    case WidgetKind::kStatus: return "status";
    case WidgetKind::kButton: return "button";
    case WidgetKind::kField: return "field";
    case WidgetKind::kChoice: return "choice";
    case WidgetKind::kRow: return "row";
    case WidgetKind::kPrimary: return "primary";
    case WidgetKind::kKey: return "key";
    case WidgetKind::kKeySmall: return "text key";
    case WidgetKind::kConfirm: return "confirm";
    case WidgetKind::kDestructive: return "destructive";
  }
  return "widget";
}

void WidgetList::clear() {
  widgets_.clear();
  layer_ = 0;
  dropped_ = 0;
}

void WidgetList::add(Widget widget) {
  if (widgets_.size() >= kWidgetsMax) {
    ++dropped_;
    return;
  }
  widget.layer = layer_;
  widgets_.push_back(std::move(widget));
}

const Widget* WidgetList::find(std::string_view id) const {
  for (const Widget& widget : widgets_ | std::views::reverse) {
    if (widget.id == id) return &widget;
  }
  return nullptr;
}

const Widget* WidgetList::find_label(std::string_view label) const {
  for (const Widget& widget : widgets_) {
    if (widget.layer == layer_ && is_target(widget.kind) && widget.label == label) return &widget;
  }
  return nullptr;
}

const Widget* WidgetList::at(float x, float y) const {
  for (const Widget& widget : widgets_ | std::views::reverse) {
    if (widget.layer == layer_ && is_target(widget.kind) && widget.rect.contains(x, y)) {
      return &widget;
    }
  }
  return nullptr;
}

bool WidgetList::shows(std::string_view text) const {
  for (const Widget& widget : widgets_) {
    if (widget.label.find(text) != std::string::npos) return true;
    if (widget.reason.find(text) != std::string::npos) return true;
  }
  return false;
}

std::string WidgetList::describe() const {
  std::string lines;
  for (const Widget& widget : widgets_) {
    const char* covered = widget.layer < layer_ ? ", covered" : "";
    lines += fmt::format("  {} \"{}\" ({}{}{}{}) at {:.0f},{:.0f} size {:.0f} x {:.0f}\n",
                         widget.id, widget.label, to_string(widget.kind), covered,
                         widget.enabled ? "" : ", disabled: ", widget.reason, widget.rect.x0,
                         widget.rect.y0, widget.rect.width(), widget.rect.height());
  }
  return lines.empty() ? "  (nothing)\n" : lines;
}

}  // namespace batchwright::ui
