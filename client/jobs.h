// Slow work beside the session thread: password derivation, verification, file reading. A job
// computes; its continuation runs on the session thread, so state needs no locks.
#pragma once

#include <functional>

namespace batchwright::client {

class Jobs {
 public:
  using Continuation = std::function<void()>;
  virtual ~Jobs() = default;
  // Runs `work` elsewhere, then the continuation it returns on the session thread. `work` must own
  // what it uses.
  virtual void run(std::function<Continuation()> work) = 0;
};

// At once and in place; for tests and the headless demonstration.
class InlineJobs final : public Jobs {
 public:
  void run(std::function<Continuation()> work) override { work()(); }
};

}  // namespace batchwright::client
