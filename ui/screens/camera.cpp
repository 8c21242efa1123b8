// The camera's step: its picture at the left, what it came to at the right, and one thing to do
// next.
#include "ui/screens/camera.h"

#include <algorithm>

#include "ui/screens/step_parts.h"
#include "ui/widgets/bottom_row.h"
#include "ui/widgets/camera_picture.h"
#include "ui/widgets/check_table.h"
#include "ui/widgets/rect_cut.h"
#include "ui/widgets/text.h"

namespace batchwright::ui {
namespace {

using State = CameraView::State;

// "✗ Not in order": the sign says it a second time for those who don't see the colour beside it.
std::string headline_of(const StepView& step, const CameraView& view) {
  switch (view.state) {
    case State::kReady: return view.headline.empty() ? step.title : view.headline;
    case State::kFailed: return "✗ " + view.headline;
    case State::kUndecided:
    case State::kClosed: return "⚠ " + view.headline;
    case State::kReading:
    case State::kConfirm:
    case State::kPassed: return "✓ " + view.headline;
    case State::kChecking:
    case State::kCard:
    case State::kPutRight: return view.headline;
  }
  return view.headline;
}

void draw_state_edge(Ui& ui, const CameraView& view, const Rect& card) {
  const Colours& c = ui.colours();
  const Rect edge{card.x0, card.y0, card.x0 + ui.px(2.4), card.y1};
  switch (view.state) {
    case State::kFailed: return ui.paint.fill(edge, c.alarm);
    case State::kUndecided:
    case State::kClosed: return ui.paint.fill(edge, c.warning);
    case State::kReading:
    case State::kConfirm:
    case State::kPassed: return ui.paint.fill(edge, c.done);
    default: return;
  }
}

// A second thing to do, besides the way on; taken off the bottom of `rest`.
void draw_second_way(Ui& ui, const StepView& step, const CameraView& view, Rect& rest) {
  const bool stops = view.state == State::kChecking || view.state == State::kCard;
  const bool decides = view.state == State::kUndecided && view.may_check;
  const bool signs = view.state == State::kConfirm;
  if (!stops && !decides && !signs) return;
  const Rect place = cut_bottom(rest, ui.px(ui.sizes().target_frequent));
  skip_bottom(rest, ui.px(ui.sizes().gap));
  const char* words = signs               ? "camera.second_person"
                      : decides           ? "camera.decide"
                      : view.is_challenge ? "camera.stop_challenge"
                      : view.is_sequence  ? "camera.stop"
                                          : "camera.cancel";
  const Target target{.id = signs     ? "camera:second_person"
                            : decides ? "camera:decide"
                                      : "camera:cancel",
                      .label = std::string(ui.tr(words)),
                      .kind = WidgetKind::kPrimary};
  if (!button(ui, place, target, {.role = TextRole::kBodyBold})) return;
  if (signs) return ui.send(OpenSign{step.step});
  if (stops) return ui.send(CancelCheck{step.step, view.entry});
  open_decision(ui.state);
}

void draw_verdict(Ui& ui, const StepView& step, const CameraView& view, const Rect& card) {
  const Colours& c = ui.colours();
  ui.paint.fill(card, c.card, ui.px(ui.sizes().corner_small));
  draw_state_edge(ui, view, card);
  Rect rest = inset(card, ui.px(ui.sizes().padding), ui.px(ui.is_wide() ? 4 : 1.5));
  const std::string head = headline_of(step, view);
  const bool one_line = ui.paint.text_width(TextRole::kTitle, head) <= rest.width();
  const TextRole role = one_line && ui.is_wide() ? TextRole::kTitle : TextRole::kAction;
  put_paragraph(ui, cut_top(rest, paragraph_height(ui, role, head, rest.width())), role, c.ink,
                "**" + head + "**");
  const bool is_new = view.state == State::kReady && view.text.empty();
  if (is_new) return draw_instruction(ui, step.instruction, rest, 0);
  const bool roomy =
      paragraph_height(ui, TextRole::kBody, view.text, rest.width()) <= rest.height();
  put_paragraph(ui, rest, roomy ? TextRole::kBody : TextRole::kSmall, c.ink, view.text);
}

float verdict_height(const Ui& ui, const StepView& step, const CameraView& view, float width) {
  const float inner = width - 2 * ui.px(ui.sizes().padding);
  const std::string head = "**" + headline_of(step, view) + "**";
  const TextRole role = ui.is_wide() ? TextRole::kTitle : TextRole::kAction;
  const bool is_new = view.state == State::kReady && view.text.empty();
  const std::string& text = is_new ? step.instruction : view.text;
  const TextRole body = ui.is_wide() ? TextRole::kBody : TextRole::kSmall;
  return paragraph_height(ui, role, head, inner) + paragraph_height(ui, body, text, inner) +
         2 * ui.px(ui.is_wide() ? 4 : 1.5) + ui.px(1);
}

void draw_right(Ui& ui, const StepView& step, const CameraView& view, Rect area) {
  draw_second_way(ui, step, view, area);
  const float gap = ui.px(3);
  const bool has_more = has_check_table(view);
  const float least = has_more ? ui.px(ui.is_wide() ? 38 : 24) : 0;
  const float wish = verdict_height(ui, step, view, area.width());
  const Rect card = cut_top(area, has_more ? std::min(wish, area.height() - least) : area.height());
  draw_verdict(ui, step, view, card);
  skip_top(area, gap);
  if (has_more && !area.empty()) draw_check_table(ui, view, area);
}

WayOn way_on_of(const Ui& ui, const StepView& step, const CameraView& view) {
  const auto words = [&](const char* key) { return std::string(ui.tr(key)); };
  switch (view.state) {
    case State::kReady: return {.label = words(view.is_challenge ? "camera.run" : "camera.check")};
    case State::kChecking:
      return {.label = words("camera.checking"),
              .enabled = false,
              .reason = words(view.is_sequence ? "camera.watches" : "camera.hold")};
    case State::kCard: return {.label = words("camera.card_in_view")};
    case State::kFailed:
      return {.label = words("camera.put_right"), .hint = words("camera.put_right_hint")};
    case State::kPutRight: return {.label = words("camera.again")};
    case State::kUndecided:
      if (view.may_check) return {.label = words("camera.again")};
      return {.label = words("camera.decide"), .hint = words("camera.decide_hint")};
    case State::kClosed:
      return {.label = words("camera.decide"), .hint = words("camera.decide_hint")};
    case State::kReading: return {.label = words("camera.take"), .hint = words("camera.take_hint")};
    case State::kConfirm:
      return {.label = words("camera.worked"), .hint = words("camera.worked_hint")};
    case State::kPassed: break;
  }
  return {way_on_words(ui, step.next.label), step.next.enabled, step.next.reason};
}

void go_on(Ui& ui, const StepView& step, const CameraView& view) {
  switch (view.state) {
    case State::kReady:
    case State::kPutRight: return ui.send(StartCheck{step.step, view.entry});
    case State::kFailed:
      ui.state.reason.clear();
      ui.state.sheet = Sheet::kPutRight;
      return;
    case State::kUndecided:
      if (view.may_check) return ui.send(StartCheck{step.step, view.entry});
      return open_decision(ui.state);
    case State::kClosed: return open_decision(ui.state);
    case State::kReading: return ui.send(TakeReadings{step.step, view.entry});
    case State::kConfirm: return ui.send(ConfirmCheckWorked{step.step, view.entry});
    case State::kPassed: return go_on_from_step(ui, step);
    case State::kCard: return ui.send(CardShown{step.step, view.entry, view.pictures});
    case State::kChecking: return;
  }
}

void draw_camera_row(Ui& ui, const StepView& step, const CameraView& view) {
  const BottomRow row{.first_id = "map",
                      .first_label = "‹ " + std::string(ui.tr("step.map")),
                      .way_on = way_on_of(ui, step, view)};
  const std::string tapped = draw_standard_row(ui, row);
  if (tapped == "map") ui.send(ShowMap{});
  if (tapped == "next") go_on(ui, step, view);
}

}  // namespace

void draw_camera_step(Ui& ui, const StepView& step, const CameraView& view) {
  // Each state is a screen of its own: a second tap on "Check" must not start the next attempt, nor
  // one on "It lies there" speak for the next card.
  const int card = view.state == State::kCard ? view.pictures : 0;
  ui.frame.show("step/" + step.step + "/" + view.entry + "/" +
                std::to_string(static_cast<int>(view.state)) + "/" + std::to_string(card));
  const Colours& c = ui.colours();
  Rect area = content_area(ui);
  const bool wide = ui.is_wide();
  if (wide) {
    draw_rail(ui, step, cut_left(area, ui.px(ui.sizes().rail_width)));
    skip_left(area, ui.px(3));
  } else {
    area.y0 -= ui.px(1.5);
    draw_strip(ui, step, cut_top(area, ui.px(8.5)));
    skip_top(area, ui.px(2));
  }
  draw_right(ui, step, view, cut_right(area, wide ? ui.px(110) : std::floor(area.width() * 0.5F)));
  skip_right(area, ui.px(3));
  ui.paint.fill(area, c.card, ui.px(ui.sizes().corner_small));
  draw_camera_picture(ui, view, inset(area, ui.px(wide ? 3 : 1.5)));
  draw_camera_row(ui, step, view);
}

}  // namespace batchwright::ui
