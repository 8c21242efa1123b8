#include "ui/layout_rules.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace batchwright::ui {
namespace {

constexpr double kTargetMm = 15.0;          // R1
constexpr double kFrequentMm = 20.0;        // R2
constexpr double kConfirmShortMm = 25.0;    // R3
constexpr double kConfirmLongMm = 40.0;     // R3
constexpr double kGapMm = 3.0;              // R4, outcomes alike
constexpr double kGapGroupsMm = 6.0;        // R4, outcomes differ
constexpr double kGapDestructiveMm = 20.0;  // R4, confirm against destructive
constexpr double kMarginMm = 5.0;           // R5
constexpr double kTextKeyMm = 19.0;         // R20
constexpr double kTextKeyNarrowMm = 15.0;   // R20, where ten of 19 mm don't fit
constexpr double kTextKeyboardMm = 227.0;   // R20: 10 x 19 + 9 x 3 + 2 x 5
constexpr double kRoundingPx = 0.5;

class Checker {
 public:
  Checker(const WidgetList& widgets, const Display& display)
      : widgets_(widgets), display_(display) {}

  Findings run() {
    check_list();
    std::vector<const Widget*> targets;
    for (const Widget& widget : widgets_.all()) {
      if (is_target(widget.kind) && widget.layer == widgets_.top_layer()) {
        targets.push_back(&widget);
      }
    }
    for (std::size_t i = 0; i < targets.size(); ++i) {
      check_size(*targets[i]);
      check_margin(*targets[i]);
      for (std::size_t j = i + 1; j < targets.size(); ++j) check_gap(*targets[i], *targets[j]);
    }
    return std::move(findings_);
  }

 private:
  void breach(std::string code, std::string place, std::string message) {
    findings_.push_back({Severity::kError, std::move(code), std::move(place), std::move(message)});
  }

  void check_list() {
    if (widgets_.dropped() > 0) {
      breach("list", "", fmt::format("{} widgets more than a frame can hold", widgets_.dropped()));
    }
    std::set<std::string> ids;
    for (const Widget& widget : widgets_.all()) {
      if (widget.id.empty()) breach("list", widget.label, "has no id");
      if (!widget.id.empty() && !ids.insert(widget.id).second) {
        breach("list", widget.id, "this id is used twice in one frame");
      }
      if (widget.rect.empty()) breach("list", widget.id, "has no area");
      if (!widget.enabled && widget.reason.empty()) {
        breach("list", widget.id, "is disabled, and nothing says why");
      }
    }
  }

  void check_size(const Widget& widget) {
    switch (widget.kind) {
      case WidgetKind::kConfirm:
      case WidgetKind::kDestructive:
        require_size(widget, "R3", kConfirmShortMm, kConfirmLongMm);
        return;
      case WidgetKind::kKey:
      case WidgetKind::kPrimary:
      case WidgetKind::kChoice: require_size(widget, "R2", kFrequentMm, kFrequentMm); return;
      case WidgetKind::kKeySmall: {
        const bool fits = display_.width_mm() >= kTextKeyboardMm;
        const double side_mm = fits ? kTextKeyMm : kTextKeyNarrowMm;
        require_size(widget, "R20", kTextKeyNarrowMm, side_mm);
        return;
      }
      default: require_size(widget, "R1", kTargetMm, kTargetMm); return;
    }
  }

  void require_size(const Widget& widget, const char* rule, double short_mm, double long_mm) {
    const double width = widget.rect.width() + kRoundingPx;
    const double height = widget.rect.height() + kRoundingPx;
    const double shorter = display_.mm(std::min(width, height));
    const double longer = display_.mm(std::max(width, height));
    if (shorter >= short_mm && longer >= long_mm) return;
    breach(rule, widget.id,
           fmt::format("is {:.1f} x {:.1f} mm, a {} needs {:g} x {:g} mm",
                       display_.mm(widget.rect.width()), display_.mm(widget.rect.height()),
                       to_string(widget.kind), long_mm, short_mm));
  }

  void check_margin(const Widget& widget) {
    const Rect& r = widget.rect;
    const double to_right = display_.width_px - static_cast<double>(r.x1);
    const double to_bottom = display_.height_px - static_cast<double>(r.y1);
    const double nearest =
        std::min({static_cast<double>(r.x0), static_cast<double>(r.y0), to_right, to_bottom});
    if (display_.mm(nearest + kRoundingPx) >= kMarginMm) return;
    breach("R5", widget.id,
           fmt::format("is {:.1f} mm from the edge of the screen, needs {:g} mm",
                       display_.mm(nearest), kMarginMm));
  }

  void check_gap(const Widget& a, const Widget& b) {
    const double needed_mm = gap_mm(a, b);
    const double gap_px = distance(a.rect, b.rect);
    if (display_.mm(gap_px + kRoundingPx) >= needed_mm) return;
    breach("R4", a.id + " | " + b.id,
           fmt::format("are {:.1f} mm apart, need {:g} mm", display_.mm(gap_px), needed_mm));
  }

  double gap_mm(const Widget& a, const Widget& b) const {
    const bool opposed = (a.kind == WidgetKind::kDestructive && b.kind == WidgetKind::kConfirm) ||
                         (a.kind == WidgetKind::kConfirm && b.kind == WidgetKind::kDestructive);
    if (opposed && !in_different_halves(a.rect, b.rect)) return kGapDestructiveMm;
    const bool alike = !a.group.empty() && a.group == b.group;
    return alike ? kGapMm : kGapGroupsMm;
  }

  bool in_different_halves(const Rect& a, const Rect& b) const {
    const float middle_x = static_cast<float>(display_.width_px) / 2;
    const float middle_y = static_cast<float>(display_.height_px) / 2;
    return (a.x1 <= middle_x && b.x0 >= middle_x) || (b.x1 <= middle_x && a.x0 >= middle_x) ||
           (a.y1 <= middle_y && b.y0 >= middle_y) || (b.y1 <= middle_y && a.y0 >= middle_y);
  }

  const WidgetList& widgets_;
  const Display& display_;
  Findings findings_;
};

}  // namespace

Findings check_layout(const WidgetList& widgets, const Display& display) {
  return Checker(widgets, display).run();
}

}  // namespace batchwright::ui
