#include "client/camera/picture.h"

#include <algorithm>
#include <atomic>

namespace batchwright::client {

namespace {

constexpr int kOne = 256;  // fixed point: eight bits of fraction are more than eyes see

struct Tap {
  int at = 0, next = 0;  // neighbours in the frame
  int share = 0;         // of `next`, of kOne
};

// Where each of `count` places lies among `from` ones.
std::vector<Tap> taps_of(int count, int from) {
  std::vector<Tap> taps(static_cast<std::size_t>(count));
  for (int i = 0; i < count; ++i) {
    const auto middle =
        (static_cast<std::int64_t>(2 * i + 1) * from * kOne) / (2 * count) - kOne / 2;
    const auto at = std::clamp<std::int64_t>(middle, 0, static_cast<std::int64_t>(from - 1) * kOne);
    const int whole = static_cast<int>(at / kOne);
    taps[static_cast<std::size_t>(i)] = {whole, std::min(whole + 1, from - 1),
                                         static_cast<int>(at % kOne)};
  }
  return taps;
}

std::uint32_t mix(const std::uint8_t* above, const std::uint8_t* below, const Tap& x, int y_share,
                  std::size_t step, std::size_t channel) {
  const auto at = static_cast<std::size_t>(x.at) * step + channel;
  const auto next = static_cast<std::size_t>(x.next) * step + channel;
  const int top = above[at] * (kOne - x.share) + above[next] * x.share;
  const int bottom = below[at] * (kOne - x.share) + below[next] * x.share;
  return static_cast<std::uint32_t>((top * (kOne - y_share) + bottom * y_share) / (kOne * kOne));
}

}  // namespace

ui::PictureRef picture_of(const vision::Frame& frame, int width_px, int height_px) {
  static std::atomic<std::uint64_t> generation = 0;
  if (width_px <= 0 || height_px <= 0 || !check_frame(frame)) return nullptr;
  const bool wider = std::int64_t{frame.width} * height_px > std::int64_t{frame.height} * width_px;
  const int width = wider ? width_px : std::max(1, frame.width * height_px / frame.height);
  const int height = wider ? std::max(1, frame.height * width_px / frame.width) : height_px;
  auto picture = std::make_shared<ui::Texture>();
  picture->width_px = width;
  picture->height_px = height;
  picture->version = ++generation;
  picture->rgba.resize(static_cast<std::size_t>(width) * static_cast<std::size_t>(height));
  const auto columns = taps_of(width, frame.width);
  const auto rows = taps_of(height, frame.height);
  const std::size_t step = bytes_per_pixel(frame.format);
  const bool grey = frame.format == vision::PixelFormat::kGrey;
  std::uint32_t* out = picture->rgba.data();
  for (const Tap& y : rows) {
    const std::uint8_t* above = frame.bytes.data() + static_cast<std::size_t>(y.at) * frame.stride;
    const std::uint8_t* below =
        frame.bytes.data() + static_cast<std::size_t>(y.next) * frame.stride;
    for (const Tap& x : columns) {
      const auto channel = [&](std::size_t c) { return mix(above, below, x, y.share, step, c); };
      const std::uint32_t blue = channel(0);
      const std::uint32_t green = grey ? blue : channel(1);
      const std::uint32_t red = grey ? blue : channel(2);
      *out++ = 0xff000000U | blue << 16 | green << 8 | red;
    }
  }
  return picture;
}

}  // namespace batchwright::client
