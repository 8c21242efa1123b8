// Hardware keys, which on a panel mean a wedge scanner: a device that types its barcode. Pure
// logic; one thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace batchwright::ui {

enum class HardwareKey { kCharacter, kEnter, kTab, kBackspace, kEscape };

// Group separator, the field end of GS1. Scanners send it as Ctrl+] and the system makes no
// character of it.
inline constexpr char32_t kGroupSeparator = U'\x1d';

struct KeyEvent {
  HardwareKey key = HardwareKey::kCharacter;
  char32_t character = 0;  // of kCharacter
  std::int64_t t_ms = 0;   // monotonic
};

class KeyQueue {
 public:
  static constexpr std::size_t kEventsMax = 8192;  // the longest barcode is about 7,100 characters

  void push(KeyEvent event);
  // All since the last call, in order.
  [[nodiscard]] std::vector<KeyEvent> take();
  [[nodiscard]] bool empty() const { return events_.empty(); }
  [[nodiscard]] std::uint64_t overflowed() const { return overflowed_; }

 private:
  std::vector<KeyEvent> events_;
  std::uint64_t overflowed_ = 0;
};

// The characters of the events as UTF-8; other keys are left out.
[[nodiscard]] std::string text_of(const std::vector<KeyEvent>& events);

}  // namespace batchwright::ui
