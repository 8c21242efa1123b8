#include "workflows/internal/shares.h"

#include <algorithm>

namespace batchwright::workflows {

namespace {

std::size_t at(int index) {
  return static_cast<std::size_t>(index);
}

}  // namespace

Shares::Shares()
    : whole_(std::make_shared<const std::vector<int>>(std::vector{0})),
      unknown_(std::make_shared<const std::vector<int>>()),
      split_of_{-1} {}

bool Shares::is_whole(const Set& set) {
  return equal(set, whole_);
}

bool Shares::equal(const Set& a, const Set& b) {
  if (a == b || a == unknown_ || b == unknown_) return true;
  spend(std::min(a->size(), b->size()));
  return *a == *b;
}

std::vector<Shares::Set> Shares::divide(const Set& set, std::size_t parts) {
  if (set == unknown_) return std::vector<Set>(parts, unknown_);
  spend(parts);
  const int split = static_cast<int>(splits_.size());
  const int first = static_cast<int>(split_of_.size());
  splits_.push_back({set, first, static_cast<int>(parts)});
  std::vector<Set> out;
  for (std::size_t i = 0; i < parts; ++i) {
    split_of_.push_back(split);
    out.push_back(
        std::make_shared<const std::vector<int>>(std::vector{first + static_cast<int>(i)}));
  }
  return out;
}

Shares::Set Shares::join(const std::vector<Set>& sets) {
  std::vector<int> shares;
  for (const Set& set : sets) {
    if (set == unknown_) return unknown_;
    spend(set->size());
    shares.insert(shares.end(), set->begin(), set->end());
  }
  std::ranges::sort(shares);
  if (std::ranges::adjacent_find(shares) != shares.end())
    return nullptr;  // alternatives of one token
  if (!can_coexist(shares)) return nullptr;
  return std::make_shared<const std::vector<int>>(with_complete_splits_undone(std::move(shares)));
}

// Shares exclude each other when one was divided into the other, or when both come from dividing
// the same share in two different splits, of which a choice takes only one.
bool Shares::can_coexist(const std::vector<int>& shares) {
  const auto split_of = [&](int share) { return split_of_[at(share)]; };
  const bool one_split = std::ranges::all_of(
      shares, [&](int share) { return split_of(share) == split_of(shares.front()); });
  if (one_split) return true;
  const std::unordered_set<int> given(shares.begin(), shares.end());
  std::unordered_map<int, int> divided_by;
  std::unordered_set<int> seen;
  std::vector<int> open = shares;
  while (!open.empty() && !exhausted()) {
    const int split = split_of(open.back());
    open.pop_back();
    if (split < 0 || !seen.insert(split).second) continue;
    spend(splits_[at(split)].divided->size() + 1);
    for (const int parent : *splits_[at(split)].divided) {
      if (given.contains(parent) || !divided_by.emplace(parent, split).second) return false;
      open.push_back(parent);
    }
  }
  return true;
}

std::vector<int> Shares::with_complete_splits_undone(std::vector<int> shares) {
  std::unordered_map<int, int> count;  // split -> parts held
  std::unordered_set<int> undone;
  for (std::size_t i = 0; i < shares.size() && !exhausted(); ++i) {  // grows while it is walked
    spend(1);
    const int split = split_of_[at(shares[i])];
    if (split < 0 || ++count[split] < splits_[at(split)].parts) continue;
    undone.insert(split);
    const auto& divided = *splits_[at(split)].divided;
    shares.insert(shares.end(), divided.begin(), divided.end());
  }
  std::erase_if(shares, [&](int share) { return undone.contains(split_of_[at(share)]); });
  std::ranges::sort(shares);
  return shares;
}

}  // namespace batchwright::workflows
