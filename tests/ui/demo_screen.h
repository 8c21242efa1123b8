// A screen of plain buttons for tests of the machinery: real ImGui items, real side list, no
// product.
#pragma once

#include <imgui.h>

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "ui/frame.h"

namespace batchwright::ui::test {

struct DemoButton {
  std::string id;
  Rect rect;
  WidgetKind kind = WidgetKind::kButton;
  std::string reason = {};  // not empty: disabled
  bool above = false;       // on a layer over the others
};

class DemoScreen {
 public:
  std::string name = "demo";
  std::vector<DemoButton> buttons;
  std::string text;                 // shown at the top
  std::map<std::string, int> taps;  // accepted activations by id
  std::vector<std::string> order;   // the same, one by one
  std::string scanned;

  // What happens when a button is tapped; may change everything above.
  std::function<void(const std::string& id)> on_tap;

  void draw(Frame& frame) {
    frame.show(name);
    ImGui::SetNextWindowPos({0, 0});
    ImGui::SetNextWindowSize(ImGui::GetIO().DisplaySize);
    ImGui::Begin("screen", nullptr,
                 ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoSavedSettings);
    frame.fonts.want(text);
    ImGui::PushFont(frame.fonts.font(TextRole::kBody));
    ImGui::TextUnformatted(text.c_str());
    ImGui::PopFont();
    frame.widgets.add({.id = "text", .rect = {0, 0, 10, 10}, .label = text});
    bool raised = false;
    std::string tapped;
    for (const DemoButton& button : buttons) {
      if (button.above && !raised) frame.widgets.raise_layer();
      raised = raised || button.above;
      if (draw_button(frame, button)) tapped = button.id;
    }
    ImGui::End();
    for (const KeyEvent& key : frame.keys) {
      if (key.key == HardwareKey::kCharacter) scanned += static_cast<char>(key.character);
    }
    if (tapped.empty()) return;
    ++taps[tapped];
    order.push_back(tapped);
    if (on_tap) on_tap(tapped);
  }

 private:
  bool draw_button(Frame& frame, const DemoButton& button) {
    const Rect& r = button.rect;
    const bool enabled = button.reason.empty();
    frame.widgets.add({.id = button.id,
                       .rect = r,
                       .label = button.id,
                       .kind = button.kind,
                       .enabled = enabled,
                       .reason = button.reason});
    ImGui::SetCursorScreenPos({r.x0, r.y0});
    const bool activated = ImGui::InvisibleButton(button.id.c_str(), {r.width(), r.height()});
    const Colours& c = frame.theme.colours;
    const Rgb fill = ImGui::IsItemActive() ? c.pressed : c.well;
    ImGui::GetWindowDrawList()->AddRectFilled({r.x0, r.y0}, {r.x1, r.y1}, fill.imgui(), 12);
    return activated && enabled && frame.accept_tap(button.id, button.kind);
  }
};

}  // namespace batchwright::ui::test
