// The arithmetic of token shares (token_flow.h): dividing, joining, comparing. Work is counted and
// bounded.
#pragma once

#include <algorithm>
#include <cstddef>
#include <memory>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace batchwright::workflows {

class Shares {
 public:
  // Sorted share ids; never null. Sets are immutable and shared between nodes.
  using Set = std::shared_ptr<const std::vector<int>>;

  Shares();

  [[nodiscard]] Set whole() const { return whole_; }
  // Equal to everything: what comes out of a join that was already reported.
  [[nodiscard]] Set unknown() const { return unknown_; }

  [[nodiscard]] bool is_whole(const Set& set);
  [[nodiscard]] bool equal(const Set& a, const Set& b);
  [[nodiscard]] std::vector<Set> divide(const Set& set, std::size_t parts);

  // What a token holds after joining; null when the sets can't exist at the same time.
  [[nodiscard]] Set join(const std::vector<Set>& sets);

  [[nodiscard]] bool exhausted() const { return work_left_ == 0; }

 private:
  struct Split {
    Set divided;  // what the split's token held
    int first_part = 0;
    int parts = 0;
  };

  void spend(std::size_t work) { work_left_ -= std::min(work, work_left_); }
  [[nodiscard]] bool can_coexist(const std::vector<int>& shares);
  [[nodiscard]] std::vector<int> with_complete_splits_undone(std::vector<int> shares);

  Set whole_, unknown_;
  std::vector<Split> splits_;
  std::vector<int> split_of_;  // by share; -1 for the whole
  std::size_t work_left_ = 20'000'000;
};

}  // namespace batchwright::workflows
