#include "ui/backend/key_queue.h"

#include <utility>

namespace batchwright::ui {
namespace {

void append_utf8(std::string& text, char32_t c) {
  const auto put = [&text](char32_t byte) { text += static_cast<char>(byte); };
  if (c < 0x80) {
    put(c);
  } else if (c < 0x800) {
    put(0xc0 | (c >> 6));
    put(0x80 | (c & 0x3f));
  } else if (c < 0x10000) {
    put(0xe0 | (c >> 12));
    put(0x80 | ((c >> 6) & 0x3f));
    put(0x80 | (c & 0x3f));
  } else {
    put(0xf0 | (c >> 18));
    put(0x80 | ((c >> 12) & 0x3f));
    put(0x80 | ((c >> 6) & 0x3f));
    put(0x80 | (c & 0x3f));
  }
}

}  // namespace

void KeyQueue::push(KeyEvent event) {
  if (events_.size() >= kEventsMax) {
    ++overflowed_;
    return;
  }
  events_.push_back(event);
}

std::vector<KeyEvent> KeyQueue::take() {
  return std::exchange(events_, {});
}

std::string text_of(const std::vector<KeyEvent>& events) {
  std::string text;
  for (const KeyEvent& event : events) {
    if (event.key == HardwareKey::kCharacter) append_utf8(text, event.character);
  }
  return text;
}

}  // namespace batchwright::ui
