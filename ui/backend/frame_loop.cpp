#include "ui/backend/frame_loop.h"

#include <imgui.h>

#include <algorithm>
#include <utility>

namespace batchwright::ui {
namespace {

// Every edge takes a frame, and the position of a release leaves in one of its own.
constexpr int kLogicFramesMax = 2 * static_cast<int>(TouchQueue::kEdgesMax) + 8;
constexpr float kDeltaMinS = 0.001f;

ImVec4 colour(Rgb rgb) {
  return ImGui::ColorConvertU32ToFloat4(rgb.imgui());
}

void set_style(const Theme& theme) {
  ImGuiStyle& style = ImGui::GetStyle();
  style = ImGuiStyle();
  style.WindowPadding = style.FramePadding = style.ItemSpacing = style.ItemInnerSpacing = {0, 0};
  style.WindowBorderSize = style.ChildBorderSize = style.FrameBorderSize = 0;
  style.WindowRounding = style.ChildRounding = 0;
  style.WindowMinSize = {1, 1};
  style.AntiAliasedLinesUseTex = false;  // the rasteriser samples at the nearest texel
  style.Colors[ImGuiCol_WindowBg] = colour(theme.colours.ground);
  style.Colors[ImGuiCol_ChildBg] = {0, 0, 0, 0};
  style.Colors[ImGuiCol_Text] = colour(theme.colours.ink);
}

}  // namespace

FrameLoop::FrameLoop(const Display& display, const Theme& theme, Fonts& fonts, DrawFrame draw)
    : display_(display),
      theme_(theme),
      fonts_(fonts),
      draw_(std::move(draw)),
      context_(ImGui::CreateContext(fonts_.atlas())) {
  ImGuiContext* before = ImGui::GetCurrentContext();
  ImGui::SetCurrentContext(context_);
  ImGuiIO& io = ImGui::GetIO();
  io.IniFilename = nullptr;
  io.LogFilename = nullptr;
  io.BackendFlags |= ImGuiBackendFlags_RendererHasVtxOffset;
  io.ConfigFlags |= ImGuiConfigFlags_NoMouseCursorChange;
  io.DisplaySize = {static_cast<float>(display_.width_px), static_cast<float>(display_.height_px)};
  set_style(theme_);
  ImGui::SetCurrentContext(before);
}

FrameLoop::~FrameLoop() {
  // The fonts may have been rebuilt by another loop since; a context lets go of the atlas it knows.
  ImGui::SetCurrentContext(context_);
  ImGui::GetIO().Fonts = fonts_.atlas();
  ImGui::DestroyContext(context_);
}

FrameLoop::Shown FrameLoop::run(std::int64_t now_ms, Renderer& renderer) {
  ImGui::SetCurrentContext(context_);
  Shown shown;
  const std::vector<KeyEvent> keys = keys_.take();
  bool again = true;
  for (int i = 0; again && i < kLogicFramesMax; ++i) {
    if (i > 0) {
      ImGui::EndFrame();
      ++shown.logic_frames;
    }
    if (fonts_.needs_rebuild()) {
      // When it fails, the letters of before stay and new ones show a substitute.
      [[maybe_unused]] const Result<void> rebuilt = fonts_.rebuild();
    }
    const ScreenId before = touches_.screen();
    const bool had_input = touches_.has_edges() || !touches_.is_settled();
    run_frame(now_ms, i == 0 ? keys : std::vector<KeyEvent>{});
    // A frame that took input, or drew another screen, may have drawn some of it before it knew.
    again = had_input || touches_.has_edges() || !touches_.is_settled() ||
            (i == 0 && !keys.empty()) || before != touches_.screen() || fonts_.needs_rebuild();
  }
  ImGui::Render();
  shown.damage = renderer.render(*ImGui::GetDrawData());
  shown.redraw_in_ms = redraw_in_ms_;
  return shown;
}

void FrameLoop::run_frame(std::int64_t now_ms, std::span<const KeyEvent> keys) {
  const TouchFrame touch = touches_.next_frame();
  ImGuiIO& io = ImGui::GetIO();
  io.Fonts = fonts_.atlas();
  io.FontDefault = fonts_.font(TextRole::kBody);
  const auto passed_s = static_cast<float>(now_ms - last_ms_) / 1000.0f;
  io.DeltaTime = frames_ == 0 ? 1.0f / 60 : std::max(passed_s, kDeltaMinS);
  last_ms_ = now_ms;
  io.MousePos = {touch.x, touch.y};
  io.MouseDown[0] = touch.down;
  ImGui::NewFrame();
  widgets_.clear();
  Frame frame(display_, theme_, fonts_, widgets_, taps_, touch, keys, now_ms);
  frame.show(touches_.screen());
  draw_(frame);
  touches_.shown(frame.screen(), now_ms);
  redraw_in_ms_ = frame.redraw_wish_ms();
  ++frames_;
}

}  // namespace batchwright::ui
