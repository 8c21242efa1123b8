// Ctrl-C in a long command: asked between two pieces of work, so that nothing is left half done.
#pragma once

namespace batchwright::client::cli {

// While it lives, SIGINT and SIGTERM are kept for was_asked(); a second one ends the program as
// always. One at a time.
class Interrupt {
 public:
  Interrupt();
  ~Interrupt();
  Interrupt(const Interrupt&) = delete;
  Interrupt& operator=(const Interrupt&) = delete;

  [[nodiscard]] bool was_asked() const;
};

}  // namespace batchwright::client::cli
