#include "client/cli/interrupt.h"

#include <csignal>

namespace batchwright::client::cli {

namespace {

volatile std::sig_atomic_t asked = 0;

void remember(int) {
  asked = 1;
}

void install(void (*handler)(int), int flags) {
  struct sigaction action{};
  action.sa_handler = handler;
  action.sa_flags = flags;
  for (const int signal : {SIGINT, SIGTERM}) (void)::sigaction(signal, &action, nullptr);
}

}  // namespace

Interrupt::Interrupt() {
  asked = 0;
  install(&remember, static_cast<int>(SA_RESETHAND));
}

Interrupt::~Interrupt() {
  install(SIG_DFL, 0);
}

bool Interrupt::was_asked() const {
  return asked != 0;
}

}  // namespace batchwright::client::cli
