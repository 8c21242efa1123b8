#include "ui/ui_state.h"

namespace batchwright::ui {

void wipe(std::string& secret) {
  volatile char* bytes = secret.data();
  for (std::size_t i = 0; i < secret.capacity(); ++i) bytes[i] = '\0';
  secret.clear();
}

void clear_entry_input(UiState& state) {
  state.number.clear();
  state.choice.clear();
  state.digits.clear();
}

}  // namespace batchwright::ui
