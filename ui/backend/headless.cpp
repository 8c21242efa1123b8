#include "ui/backend/headless.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "ui/backend/png.h"

namespace batchwright::ui {
namespace {

constexpr std::int64_t kFrameMs = 16;
constexpr std::int64_t kContactMs = 64;  // a gloved tap
constexpr int kDragSteps = 12;
constexpr std::string_view kKeyPrefix = "key:";

std::size_t utf8_length(unsigned char lead) {
  return lead < 0xc0 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
}

char32_t decode(std::string_view one) {
  const auto lead = static_cast<unsigned char>(one[0]);
  if (one.size() == 1) return lead;
  char32_t c = lead & (0x7fu >> one.size());
  for (const char next : one.substr(1)) c = (c << 6) | (static_cast<unsigned char>(next) & 0x3f);
  return c;
}

// Calls use() with each character until it fails.
Result<void> each_character(std::string_view utf8,
                            const std::function<Result<void>(std::string_view)>& use) {
  while (!utf8.empty()) {
    const std::size_t bytes =
        std::min(utf8_length(static_cast<unsigned char>(utf8[0])), utf8.size());
    if (auto used = use(utf8.substr(0, bytes)); !used) return used;
    utf8.remove_prefix(bytes);
  }
  return {};
}

}  // namespace

Headless::Headless(const Display& display, const Theme& theme, Fonts& fonts, DrawFrame draw)
    : loop_(display, theme, fonts, std::move(draw)),
      renderer_(display.width_px, display.height_px, theme.colours.ground.pixel()) {
  turn();
}

void Headless::turn() {
  const ScreenId before = loop_.screen();
  shown_ = loop_.run(now_ms_, renderer_);
  if (loop_.screen() != before) screen_since_ms_ = now_ms_;
}

void Headless::step(std::int64_t ms) {
  const std::int64_t end_ms = now_ms_ + std::max<std::int64_t>(ms, 0);
  do {
    now_ms_ = std::min(now_ms_ + kFrameMs, std::max(end_ms, now_ms_));
    turn();
  } while (now_ms_ < end_ms);
}

bool Headless::step_until(const std::function<bool()>& done, std::int64_t timeout_ms,
                          const std::function<void()>& between) {
  const std::int64_t end_ms = now_ms_ + timeout_ms;
  while (!done()) {
    if (now_ms_ >= end_ms) return false;
    if (between) between();
    step(kFrameMs);
  }
  return true;
}

void Headless::touch_at(float x, float y) {
  loop_.touches().moved(x, y, now_ms_);
  loop_.touches().button(true, now_ms_);
}

void Headless::move_to(float x, float y) {
  loop_.touches().moved(x, y, now_ms_);
}

void Headless::lift() {
  loop_.touches().button(false, now_ms_);
}

// A person looks before tapping: a new screen is deaf for a moment, and so is a target just tapped.
void Headless::wait_until_heard() {
  const std::int64_t heard_ms =
      std::max(screen_since_ms_ + kNewScreenDeafMs, last_tap_ms_ + kDebounceMs);
  if (now_ms_ < heard_ms) now_ms_ = heard_ms;
  turn();
}

Result<Rect> Headless::target(const Widget* widget, std::string_view name) const {
  const auto refuse = [&](ErrorCode code, std::string why) {
    return fail(code,
                fmt::format("\"{}\" {}. On the screen:\n{}", name, why, widgets().describe()));
  };
  if (widget == nullptr) return refuse(ErrorCode::kNotFound, "is not on the screen");
  if (!is_target(widget->kind)) return refuse(ErrorCode::kRefused, "can't be tapped");
  if (!widget->enabled) {
    return refuse(ErrorCode::kRefused, fmt::format("is disabled: {}", widget->reason));
  }
  const Widget* there = widgets().at(widget->rect.centre_x(), widget->rect.centre_y());
  if (there != nullptr && there->id == widget->id) return widget->rect;
  return refuse(ErrorCode::kRefused, "lies under " + (there ? there->id : std::string("a dialog")));
}

Result<void> Headless::press(std::string_view id, std::int64_t contact_ms) {
  wait_until_heard();
  const Result<Rect> rect = target(widgets().find(id), id);
  if (!rect) return std::unexpected(rect.error());
  touch_at(rect->centre_x(), rect->centre_y());
  step(contact_ms);
  lift();
  step(kFrameMs);
  last_tap_ms_ = now_ms_;
  return {};
}

Result<void> Headless::tap(std::string_view id) {
  return press(id, kContactMs);
}

Result<void> Headless::press_hold(std::string_view id, std::int64_t hold_ms) {
  return press(id, hold_ms);
}

Result<void> Headless::tap_label(std::string_view label) {
  wait_until_heard();
  const Widget* widget = widgets().find_label(label);
  return press(widget != nullptr ? std::string(widget->id) : std::string(label), kContactMs);
}

Result<void> Headless::drag(std::string_view id, float dx_px, float dy_px) {
  wait_until_heard();
  const Result<Rect> rect = target(widgets().find(id), id);
  if (!rect) return std::unexpected(rect.error());
  const float x = rect->centre_x(), y = rect->centre_y();
  touch_at(x, y);
  step(kFrameMs);
  for (int i = 1; i <= kDragSteps; ++i) {
    const float part = static_cast<float>(i) / kDragSteps;
    move_to(x + dx_px * part, y + dy_px * part);
    step(kFrameMs);
  }
  lift();
  step(kFrameMs);
  last_tap_ms_ = now_ms_;
  return {};
}

Result<void> Headless::type(std::string_view utf8) {
  return each_character(utf8, [this](std::string_view c) { return type_key(c); });
}

// Looks on the layer shown, then on those that shift and symbols lead to.
Result<void> Headless::type_key(std::string_view character) {
  const std::string id =
      std::string(kKeyPrefix) + (character == " " ? "space" : std::string(character));
  constexpr std::array<std::string_view, 4> kLayers = {"key:shift", "key:symbols", "key:shift",
                                                       "key:symbols"};
  for (const std::string_view layer : kLayers) {
    if (widgets().find(id) != nullptr) return tap(id);
    if (widgets().find(layer) == nullptr) continue;
    if (auto changed = tap(layer); !changed) return changed;
  }
  return tap(id);
}

Result<void> Headless::expect(std::string_view text) const {
  if (widgets().shows(text)) return {};
  return fail(ErrorCode::kNotFound,
              fmt::format("\"{}\" can't be read. On the screen:\n{}", text, widgets().describe()));
}

void Headless::scan(std::string_view utf8) {
  const Result<void> typed = each_character(utf8, [this](std::string_view c) -> Result<void> {
    loop_.keys().push({HardwareKey::kCharacter, decode(c), now_ms_});
    return {};
  });
  if (!typed) return;
  loop_.keys().push({HardwareKey::kEnter, 0, now_ms_});
  step(kFrameMs);
}

Picture Headless::picture() const {
  return copy_of(renderer_.canvas());
}

Result<void> Headless::save_picture(const std::filesystem::path& png) const {
  return write_png(picture(), png);
}

}  // namespace batchwright::ui
