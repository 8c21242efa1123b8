#include "ui/frame.h"

namespace batchwright::ui {

ScreenId screen_id(std::string_view name) {
  // FNV-1a: short, and the same in every process, so that logs of two runs can be compared.
  std::uint64_t hash = 0xcbf29ce484222325u;
  for (const char c : name) {
    hash ^= static_cast<unsigned char>(c);
    hash *= 0x100000001b3u;
  }
  return hash == 0 ? 1 : hash;
}

}  // namespace batchwright::ui
