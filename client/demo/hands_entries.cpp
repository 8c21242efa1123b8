// How simulated hands fill an entry and answer a dialog.
#include <fmt/format.h>

#include <algorithm>

#include "client/demo/hands.h"

namespace batchwright::client {

namespace {

using Kind = ui::EntryView::Kind;

std::string middle_of(const ui::EntryView& entry) {
  if (!entry.target.empty()) return entry.target;
  if (!entry.alert_low.empty()) return entry.alert_low;
  if (!entry.low.empty()) return entry.low;
  if (!entry.alert_high.empty()) return entry.alert_high;
  if (!entry.high.empty()) return entry.high;
  return "1";
}

}  // namespace

std::string Hands::value_for(const ui::StepView& step, const ui::EntryView& entry) {
  const auto key = step.step.substr(0, step.step.rfind('#')) + ":" + entry.id;
  const auto scripted = script_.values.find(key);
  if (scripted != script_.values.end()) {
    const auto n = std::min(asked_[key]++, scripted->second.size() - 1);
    return scripted->second[n];
  }
  switch (entry.kind) {
    case Kind::kDecimal: return middle_of(entry);
    case Kind::kYesNo: return "yes";
    case Kind::kChoice: return entry.choices.empty() ? "" : entry.choices.front().raw;
    case Kind::kText: return "as on the label";
    case Kind::kDateTime: return "now";
    default: return "done";
  }
}

Result<void> Hands::select(const std::string& entry) {
  constexpr int kPagesMax = 20;
  panel_.step();
  const auto covered = [this](const ui::Widget* widget) {
    return widget != nullptr && widget->layer < panel_.widgets().top_layer();
  };
  // On the compact panel the pad stays open for the next entry that is due; for another one it must
  // go first.
  if (covered(panel_.widgets().find("next"))) {
    const auto* step = std::get_if<ui::StepView>(&view_.screen);
    if (step != nullptr && step->focus_entry == entry) return {};
    if (auto closed = tap("key:cancel"); !closed) return closed;
  }
  for (const char* turn : {"entries:up", "entries:down"}) {
    for (int page = 0; page < kPagesMax; ++page) {
      auto found = tap_if_there("entry:" + entry);
      if (!found || *found) return found ? Result<void>() : std::unexpected(found.error());
      const auto* more = panel_.widgets().find(turn);
      if (more == nullptr || !more->enabled) break;
      if (auto turned = tap(turn); !turned) return turned;
    }
  }
  return {};
}

Result<void> Hands::give(const ui::StepView& step, const ui::EntryView& entry) {
  // On the wide panel the pad shows the selected entry; on the compact one a tap slides it in.
  if (auto selected = select(entry.id); !selected) return selected;
  const auto value = value_for(step, entry);
  switch (entry.kind) {
    case Kind::kDecimal: {
      if (auto typed = type(value); !typed) return typed;
      show("step");
      return tap("key:ok");
    }
    case Kind::kYesNo:
    case Kind::kAcknowledge: return tap("answer:" + value);
    case Kind::kChoice: {
      if (auto chosen = tap("answer:" + value); !chosen) return chosen;
      return tap("key:ok");
    }
    case Kind::kText: {
      if (auto opened = tap("write"); !opened) return opened;
      return write(value);
    }
    case Kind::kDateTime: {
      if (value == "now") {
        if (auto now = tap("key:now"); !now) return now;
      } else if (auto typed = type(value); !typed) {
        return typed;
      }
      return tap("key:ok");
    }
    case Kind::kPhoto: return tap("photo");
    case Kind::kComputed:
    case Kind::kCamera: return {};
  }
  return {};
}

Result<void> Hands::correct(const ui::StepView&, const std::string& entry,
                            const std::string& value) {
  if (auto selected = select(entry); !selected) return selected;
  // The wide panel shows the value with a way to correct it; the compact one opens the page at
  // once.
  if (auto opened = tap_if_there("correct"); !opened) return std::unexpected(opened.error());
  if (auto cleared = tap_if_there("key:clear"); !cleared) return std::unexpected(cleared.error());
  if (auto typed = type(value); !typed) return typed;
  if (auto reason = tap("reason:1"); !reason) return reason;
  show("correction");
  return tap("dialog:save");
}

Result<void> Hands::answer(const ui::OutOfLimitView&) {
  if (auto seen = tap("observation:0"); !seen) return seen;
  show("out-of-limit");
  return tap("dialog:continue");
}

Result<void> Hands::answer(const ui::SignView& view) {
  if (!view.error.empty()) return fail(ErrorCode::kDenied, view.error, view.step);
  if (view.signer.empty()) {
    const auto known = std::ranges::find_if(view.people, [&](const ui::PersonView& person) {
      return script_.passwords.contains(person.id);
    });
    if (known == view.people.end())
      return fail(ErrorCode::kRefused, "Nobody in the story may give this signature.", view.step);
    return tap("signer:" + known->id);
  }
  const auto password = script_.passwords.find(view.signer);
  if (password == script_.passwords.end())
    return fail(ErrorCode::kRefused, "The story knows no password of the signer.", view.signer);
  if (auto opened = tap("password"); !opened) return opened;
  if (auto written = write(password->second); !written) return written;
  show("sign");
  return tap("dialog:sign");
}

Result<void> Hands::answer(const ui::RecoveryView&) {
  if (auto chosen = tap("process_state:0"); !chosen) return chosen;
  show("recovery");
  return tap("dialog:recover");
}

Result<void> Hands::answer(const ui::MessageView&) {
  return tap("dialog:ok");
}

}  // namespace batchwright::client
