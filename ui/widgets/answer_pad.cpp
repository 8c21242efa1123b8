#include "ui/widgets/answer_pad.h"

#include <algorithm>

#include "ui/widgets/entry_words.h"
#include "ui/widgets/pad_parts.h"
#include "ui/widgets/pages.h"
#include "ui/widgets/rect_cut.h"
#include "ui/widgets/text.h"
#include "ui/widgets/text_sheet.h"

namespace batchwright::ui {
namespace {

constexpr double kAnswerMm = 38;
constexpr double kLowAnswerMm = 30;

// Draws the answer; true when tapped.
bool answer(Ui& ui, const Rect& rect, const std::string& raw, const std::string& words, PadUse use,
            TextRole role) {
  const bool selected = use == PadUse::kDraft && ui.state.choice == raw;
  return button(ui, rect, {.id = "answer:" + raw, .label = words, .kind = WidgetKind::kChoice},
                {.look = Look::kKey, .selected = selected, .role = role});
}

// A tap stores or, in a draft, picks.
std::optional<std::string> given(Ui& ui, const std::string& raw, PadUse use) {
  if (use == PadUse::kStore) return raw;
  ui.state.choice = raw;
  return {};
}

std::optional<std::string> draw_yes_no(Ui& ui, Rect area, PadUse use) {
  const float height = ui.px(use == PadUse::kStore ? kAnswerMm : kLowAnswerMm);
  const Rect yes = cut_top(area, height);
  skip_top(area, ui.px(ui.sizes().gap_groups));
  const Rect no = cut_top(area, height);
  std::optional<std::string> result;
  if (answer(ui, yes, "yes", std::string(ui.tr("pad.yes")), use, TextRole::kTitle))
    result = given(ui, "yes", use);
  if (answer(ui, no, "no", std::string(ui.tr("pad.no")), use, TextRole::kTitle))
    result = given(ui, "no", use);
  return result;
}

std::optional<std::string> draw_choices(Ui& ui, const EntryView& entry, Rect area, PadUse use) {
  const float gap = ui.px(ui.sizes().gap);
  const float height = ui.px(ui.sizes().target_frequent);
  Rect ok;
  if (use == PadUse::kStore) {
    ok = cut_bottom(area, ui.px(ui.sizes().way_on_height));
    skip_bottom(area, ui.px(ui.sizes().gap_groups));
  }
  const int per_page = std::max(1, static_cast<int>((area.height() + gap) / (height + gap)));
  const int count = static_cast<int>(entry.choices.size());
  const Page page = current_page(ui, "choices", count, per_page);
  if (page.total > 1) {
    draw_page_buttons(ui, "choices", page, cut_right(area, page_column_width(ui)));
    skip_right(area, ui.px(ui.sizes().gap_groups));
  }
  for (int i = page.first; i < page.last; ++i) {
    const ChoiceView& choice = entry.choices[static_cast<std::size_t>(i)];
    const Rect rect = cut_top(area, height);
    skip_top(area, gap);
    const bool selected = ui.state.choice == choice.raw;
    if (button(ui, rect,
               {.id = "answer:" + choice.raw,
                .label = choice.words,
                .kind = WidgetKind::kChoice,
                .group = "choices"},
               {.look = Look::kKey,
                .selected = selected,
                .role = TextRole::kBodyBold,
                .left = true})) {
      ui.state.choice = choice.raw;
    }
  }
  if (use == PadUse::kDraft) return {};
  const bool any = !ui.state.choice.empty();
  const Target target{.id = "key:ok",
                      .label = std::string(ui.tr("pad.ok")),
                      .kind = WidgetKind::kPrimary,
                      .enabled = any,
                      .reason = std::string(ui.tr("pad.choose"))};
  if (!button(ui, ok, target, {.look = Look::kPrimary})) return {};
  return ui.state.choice;
}

// What is stored already, while the entry may be given again.
void draw_stored(Ui& ui, const EntryView& entry, Rect& rest) {
  const Rect well = cut_top(rest, ui.px(20));
  ui.paint.fill(well, ui.colours().well, ui.px(ui.sizes().corner_small));
  ui.paint.outline(well, ui.colours().divider, ui.px(ui.sizes().corner_small),
                   ui.px(ui.sizes().edge));
  const std::string value = with_unit(value_words(ui.tr, entry), entry.unit);
  put_text(ui, inset(well, ui.px(4), ui.px(1)), TextRole::kBodyBold, ui.colours().ink, value);
  skip_top(rest, ui.px(ui.sizes().gap_groups));
}

}  // namespace

std::optional<std::string> draw_answer_pad(Ui& ui, const EntryView& entry, const Rect& area,
                                           PadUse use) {
  Rect rest = area;
  const float title =
      std::min(paragraph_height(ui, TextRole::kBodyBold, entry.title, rest.width()), ui.px(24));
  put_paragraph(ui, cut_top(rest, title), TextRole::kBodyBold, ui.colours().ink, entry.title);
  skip_top(rest, ui.px(3));
  if (entry.kind == EntryView::Kind::kYesNo) return draw_yes_no(ui, rest, use);
  if (entry.kind == EntryView::Kind::kChoice) return draw_choices(ui, entry, rest, use);
  if (answer(ui, cut_top(rest, ui.px(kAnswerMm)), "done", std::string(ui.tr("pad.acknowledge")),
             use, TextRole::kBodyBold)) {
    return given(ui, "done", use);
  }
  return {};
}

void draw_open_pad(Ui& ui, const EntryView& entry, const Rect& area, PadUse use) {
  Rect rest = area;
  draw_pad_header(ui, entry, rest);
  if (entry.kind == EntryView::Kind::kComputed) {
    if (!entry.value.empty()) draw_stored(ui, entry, rest);
    put_paragraph(ui, rest, TextRole::kSmall, ui.colours().muted, ui.tr("entry.computed"));
    return;
  }
  const float height = ui.px(ui.sizes().way_on_height);
  if (entry.kind == EntryView::Kind::kPhoto) {
    const Target target{
        .id = "photo", .label = std::string(ui.tr("pad.photo")), .kind = WidgetKind::kPrimary};
    if (button(ui, cut_top(rest, height), target, {.look = Look::kPrimary})) {
      ui.send(AttachPhoto{ui.state.step, entry.id});
    }
    skip_top(rest, ui.px(3));
    put_paragraph(ui, cut_top(rest, ui.px(14)), TextRole::kSmall, ui.colours().muted,
                  ui.tr("pad.photo_hint"));
    draw_pad_note(ui, entry, rest);
    return;
  }
  const bool draft = use == PadUse::kDraft;
  if (draft && !ui.state.corrected.empty()) {
    EntryView typed = entry;
    typed.value = ui.state.corrected;
    draw_stored(ui, typed, rest);
  }
  const Target write{
      .id = "write", .label = std::string(ui.tr("pad.write")), .kind = WidgetKind::kPrimary};
  if (button(ui, cut_top(rest, height), write, {.look = draft ? Look::kKey : Look::kPrimary})) {
    open_text(ui, draft ? TextUse::kCorrectedValue : TextUse::kEntry, entry.title);
  }
  skip_top(rest, ui.px(3));
  draw_pad_note(ui, entry, rest);
}

}  // namespace batchwright::ui
