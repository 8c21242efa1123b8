#include "vision/camera.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "base/text.h"

namespace batchwright::vision {

namespace {

constexpr std::array kKinds{"v4l2", "folder", "clip"};
constexpr std::array kLocks{"not_offered", "locked", "automatic"};
constexpr std::size_t kPathBytesMax = 4000;
constexpr double kFramesPerSMax = 240;

std::unexpected<Error> wrong(std::string_view text) {
  return fail(ErrorCode::kMalformed,
              "A camera is given as ID=v4l2:/dev/..., ID=folder:PATH or ID=clip:PATH[@FPS].",
              std::string(text.substr(0, 200)));
}

bool is_camera_id(std::string_view id) {
  return !id.empty() && id.size() <= 40 && std::ranges::all_of(id, [](char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
  });
}

// Cuts "@12.5" off the path. A path whose '@' isn't followed by a number keeps it.
void take_frame_rate(CameraSource& source) {
  const auto at = source.path.rfind('@');
  if (at == std::string::npos) return;
  double rate = 0;
  const char* const last = source.path.data() + source.path.size();
  const auto [end, failed] = std::from_chars(source.path.data() + at + 1, last, rate);
  if (end != last || failed != std::errc{} || !(rate > 0) || rate > kFramesPerSMax) return;
  source.frames_per_s = rate;
  source.path.resize(at);
}

}  // namespace

const char* to_string(CameraKind kind) {
  return kKinds[static_cast<std::size_t>(kind)];
}

Result<CameraSource> camera_from_text(std::string_view text) {
  const auto equals = text.find('='), colon = text.find(':', equals);
  if (equals == std::string_view::npos || colon == std::string_view::npos) return wrong(text);
  CameraSource source;
  source.id = text.substr(0, equals);
  const auto* const kind = std::ranges::find(kKinds, text.substr(equals + 1, colon - equals - 1));
  if (!is_camera_id(source.id) || kind == kKinds.end()) return wrong(text);
  source.kind = static_cast<CameraKind>(kind - kKinds.begin());
  source.path = text.substr(colon + 1);
  if (source.kind == CameraKind::kClip) take_frame_rate(source);
  const bool fits = !source.path.empty() && source.path.size() <= kPathBytesMax &&
                    source.path.find('\0') == std::string::npos && is_valid_utf8(source.path);
  if (!fits) return wrong(text);
  if (source.kind == CameraKind::kV4l2 && !source.path.starts_with("/dev/")) return wrong(text);
  return source;
}

std::string to_text(const CameraSource& source) {
  auto text = fmt::format("{}={}:{}", source.id, to_string(source.kind), source.path);
  if (source.frames_per_s > 0) text += fmt::format("@{}", source.frames_per_s);
  return text;
}

const char* to_string(Lock lock) {
  return kLocks[static_cast<std::size_t>(lock)];
}

std::optional<Lock> lock_from_text(std::string_view name) {
  for (std::size_t i = 0; i < kLocks.size(); ++i)
    if (name == kLocks[i]) return static_cast<Lock>(i);
  return std::nullopt;
}

}  // namespace batchwright::vision
