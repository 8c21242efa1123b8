#include "vision/engine/internal/bar_likelihood.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace batchwright::vision {

namespace {

constexpr double kNever = std::numeric_limits<double>::infinity();
constexpr int kBesideModules = 2;  // of the neighbours that are weighed with a digit
// How far a digit may stand from where a smooth label would have it: a third of a module.
constexpr std::size_t kShiftSamples = 2;

// Cost of a digit in a cell, for each of the three sets.
using CellCosts = std::array<std::array<double, 10>, 3>;

double window_cost(const Profile& seen, const Profile& drawn, int first_module) {
  const auto from = static_cast<std::size_t>((first_module + kMarginModules - kBesideModules) *
                                             kSamplesPerModule);
  const auto count =
      static_cast<std::size_t>((kDigitModules + 2 * kBesideModules) * kSamplesPerModule);
  double best = 0;
  for (std::size_t shift = 0; shift <= 2 * kShiftSamples; ++shift)
    best = std::max(
        best, correlation(seen.data() + from + shift - kShiftSamples, drawn.data() + from, count));
  return 1 - best;
}

CellCosts cell_costs(const Modules& around, const DigitCell& cell,
                     const std::vector<Profile>& profiles, double sigma_modules) {
  CellCosts costs;
  for (auto& set : costs) set.fill(kNever);
  Modules changed = around;
  for (const auto set : {DigitSet::kOdd, DigitSet::kEven, DigitSet::kRight}) {
    if ((set == DigitSet::kRight) != cell.right) continue;
    for (int digit = 0; digit < 10; ++digit) {
      std::ranges::copy(digit_modules(digit, set), changed.begin() + cell.first_module);
      const auto drawn = draw_profile(changed, sigma_modules);
      double sum = 0;
      for (const auto& seen : profiles) sum += window_cost(seen, drawn, cell.first_module);
      costs[static_cast<std::size_t>(set)][static_cast<std::size_t>(digit)] =
          sum / static_cast<double>(profiles.size());
    }
  }
  return costs;
}

struct Found {
  double cost = kNever;
  RetailWord word;
};

// Keeps the best two different words.
void offer(std::array<Found, 2>& best, double cost, const RetailWord& word) {
  if (cost < best[0].cost) {
    if (best[0].word != word) best[1] = best[0];
    best[0] = {cost, word};
  } else if (cost < best[1].cost && word != best[0].word) {
    best[1] = {cost, word};
  }
}

double cost_of(const std::vector<CellCosts>& costs, const RetailLayout& layout,
               const std::string& parity, std::size_t cell, int digit) {
  const auto set = layout.cells[cell].right ? DigitSet::kRight
                   : parity[cell] == 'O'    ? DigitSet::kOdd
                                            : DigitSet::kEven;
  return costs[cell][static_cast<std::size_t>(set)][static_cast<std::size_t>(digit)];
}

// The cheapest two words of one parity whose weighted sum is a multiple of ten: a table over
// (cell, sum), each entry with its two cheapest ways.
void search_sums(const std::vector<CellCosts>& costs, const RetailLayout& layout, int parity,
                 int hidden_sum, std::array<Found, 2>& best) {
  struct Way {
    double cost = kNever;
    std::string digits;
  };
  std::array<std::array<Way, 2>, 10> sums{};
  sums[static_cast<std::size_t>(hidden_sum)][0].cost = 0;
  const std::size_t count = layout.cells.size();
  const auto& sets = layout.parities[static_cast<std::size_t>(parity)];
  for (std::size_t cell = 0; cell < count; ++cell) {
    const int weight = (count - cell) % 2 == 1 ? 1 : 3;
    std::array<std::array<Way, 2>, 10> next{};
    for (std::size_t sum = 0; sum < 10; ++sum) {
      for (const auto& way : sums[sum]) {
        if (way.cost == kNever) continue;
        for (int digit = 0; digit < 10; ++digit) {
          const double cost = way.cost + cost_of(costs, layout, sets, cell, digit);
          auto& slot = next[(sum + static_cast<std::size_t>(weight * digit)) % 10];
          const Way made{cost, way.digits + static_cast<char>('0' + digit)};
          if (cost < slot[0].cost) {
            slot[1] = slot[0];
            slot[0] = made;
          } else if (cost < slot[1].cost) {
            slot[1] = made;
          }
        }
      }
    }
    sums = std::move(next);
  }
  for (const auto& way : sums[0])
    if (way.cost != kNever) offer(best, way.cost, {way.digits, parity});
}

// UPC-E's parity says system and check digit, so every digit of the six is free but must agree
// with it. The two cheapest of a million are found digit by digit: the best word, and words that
// differ from the best in one or two cells.
void search_upc_e(const std::vector<CellCosts>& costs, const RetailLayout& layout, int parity,
                  std::array<Found, 2>& best) {
  const auto& sets = layout.parities[static_cast<std::size_t>(parity)];
  constexpr int kKept = 4;  // digits worth looking at in each cell
  std::vector<std::array<int, 10>> order(layout.cells.size());
  for (std::size_t cell = 0; cell < order.size(); ++cell) {
    for (int digit = 0; digit < 10; ++digit) order[cell][static_cast<std::size_t>(digit)] = digit;
    std::ranges::sort(order[cell], {},
                      [&](int digit) { return cost_of(costs, layout, sets, cell, digit); });
  }
  std::string text(8, static_cast<char>('0' + parity / 10));
  text[7] = static_cast<char>('0' + parity % 10);
  for (int i = 0; i < kKept * kKept * kKept * kKept * kKept * kKept; ++i) {
    double cost = 0;
    int rest = i;
    for (std::size_t cell = 0; cell < order.size(); ++cell, rest /= kKept) {
      const int digit = order[cell][static_cast<std::size_t>(rest % kKept)];
      cost += cost_of(costs, layout, sets, cell, digit);
      text[cell + 1] = static_cast<char>('0' + digit);
    }
    if (cost < best[1].cost && check_digit_holds(expand_upc_e(text)))
      offer(best, cost, {text.substr(1, 6), parity});
  }
}

}  // namespace

double correlation(const double* a, const double* b, std::size_t count) {
  double sum_a = 0, sum_b = 0;
  for (std::size_t i = 0; i < count; ++i) {
    sum_a += a[i];
    sum_b += b[i];
  }
  const double n = static_cast<double>(count);
  double aa = 0, bb = 0, ab = 0;
  for (std::size_t i = 0; i < count; ++i) {
    const double x = a[i] - sum_a / n, y = b[i] - sum_b / n;
    aa += x * x;
    bb += y * y;
    ab += x * y;
  }
  return aa <= 0 || bb <= 0 ? 0 : ab / std::sqrt(aa * bb);
}

Profile draw_profile(const Modules& modules, double sigma_modules) {
  const auto count =
      (modules.size() + 2 * kMarginModules) * static_cast<std::size_t>(kSamplesPerModule);
  // A module blurred by a Gaussian is the difference of two error functions; sums of steps.
  const double scale = 1 / (std::max(sigma_modules, 0.05) * std::sqrt(2.0));
  Profile drawn(count, 0);
  int before = 0;
  for (std::size_t m = 0; m <= modules.size(); ++m) {
    const int now = m < modules.size() ? modules[m] : 0;
    const int step = now - before;
    before = now;
    if (step == 0) continue;
    const double edge = static_cast<double>(m + kMarginModules);
    for (std::size_t i = 0; i < count; ++i) {
      const double at = (static_cast<double>(i) + 0.5) / kSamplesPerModule - edge;
      if (at > 4 * sigma_modules + 0.5)
        drawn[i] += step;
      else if (at > -4 * sigma_modules - 0.5)
        drawn[i] += step * 0.5 * (1 + std::erf(at * scale));
    }
  }
  return drawn;
}

Likelihood most_likely_word(const RetailLayout& layout, const RetailWord& around,
                            const std::vector<Profile>& profiles, double sigma_modules,
                            Symbology symbology) {
  const auto modules = retail_modules(layout, around);
  std::vector<CellCosts> costs;
  for (const auto& cell : layout.cells)
    costs.push_back(cell_costs(modules, cell, profiles, sigma_modules));
  std::array<Found, 2> best{};
  for (int parity = 0; parity < static_cast<int>(layout.parities.size()); ++parity) {
    if (symbology == Symbology::kUpcE) {
      search_upc_e(costs, layout, parity, best);
    } else {
      // The hidden first digit of EAN-13 weighs one.
      const int hidden = layout.parities.size() == 1 ? 0 : parity;
      search_sums(costs, layout, parity, hidden, best);
    }
  }
  const double margin = best[1].cost == kNever ? 0 : best[1].cost - best[0].cost;
  return {best[0].word, margin};
}

}  // namespace batchwright::vision
