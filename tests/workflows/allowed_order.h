// What a procedure allows, as a test understands it by itself: conditions without the expression
// evaluator, and the steps whose turn it is without the engine's tokens.
#pragma once

#include <map>
#include <set>
#include <string>

namespace batchwright::workflows::test {

// A condition over what people answered (the whole number "n" of a step) and how often a step was
// done.
struct Guard {
  enum class Kind { kAlways, kAnswerIs, kCountBelow };
  Kind kind = Kind::kAlways;
  std::string step = {};
  int value = 0;

  // The same meaning in one of several ways of writing.
  [[nodiscard]] std::string text(std::size_t style) const;
};

// What was answered and done so far.
struct Facts {
  std::map<std::string, int> answers;  // of the newest instance; missing until it is recorded
  std::map<std::string, int> counts;   // completed instances

  [[nodiscard]] bool holds(const Guard& guard) const;
};

// Told of everything that happens to steps; says which of them are open.
class AllowedOrder {
 public:
  AllowedOrder() = default;
  AllowedOrder(const AllowedOrder&) = delete;
  AllowedOrder& operator=(const AllowedOrder&) = delete;
  virtual ~AllowedOrder() = default;

  virtual void start() = 0;
  virtual void answer(const std::string& step, int value) = 0;
  virtual void complete(const std::string& step) = 0;
  [[nodiscard]] virtual std::set<std::string> open() const = 0;
  // Nothing may go on because a condition isn't true.
  [[nodiscard]] virtual bool waits() const { return false; }
  // Two branches raced for a value, and what is open depends on which was looked at first.
  [[nodiscard]] virtual bool raced() const { return false; }
};

}  // namespace batchwright::workflows::test
