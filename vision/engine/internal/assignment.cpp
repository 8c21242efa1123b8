#include "vision/engine/internal/assignment.h"

#include <limits>

namespace batchwright::vision {

namespace {

constexpr double kForbidden = -1e6;

}  // namespace

std::vector<std::size_t> best_assignment(const std::vector<std::vector<double>>& score) {
  const std::size_t n = score.size();
  constexpr double kInfinite = std::numeric_limits<double>::infinity();
  // Row and column 0 stand for "none yet".
  std::vector<double> row_potential(n + 1), column_potential(n + 1);
  std::vector<std::size_t> row_of(n + 1), came_from(n + 1);
  for (std::size_t row = 1; row <= n; ++row) {
    row_of[0] = row;
    std::size_t column = 0;
    std::vector<double> slack(n + 1, kInfinite);
    std::vector<bool> used(n + 1);
    do {
      used[column] = true;
      const std::size_t current = row_of[column];
      double least = kInfinite;
      std::size_t next = 0;
      for (std::size_t j = 1; j <= n; ++j) {
        if (used[j]) continue;
        const double reduced =
            -score[current - 1][j - 1] - row_potential[current] - column_potential[j];
        if (reduced < slack[j]) {
          slack[j] = reduced;
          came_from[j] = column;
        }
        if (slack[j] < least) {
          least = slack[j];
          next = j;
        }
      }
      for (std::size_t j = 0; j <= n; ++j) {
        if (used[j]) {
          row_potential[row_of[j]] += least;
          column_potential[j] -= least;
        } else {
          slack[j] -= least;
        }
      }
      column = next;
    } while (row_of[column] != 0);
    for (; column != 0; column = came_from[column]) row_of[column] = row_of[came_from[column]];
  }
  std::vector<std::size_t> columns(n);
  for (std::size_t j = 1; j <= n; ++j) columns[row_of[j] - 1] = j - 1;
  return columns;
}

double sum_of(const std::vector<std::vector<double>>& score,
              const std::vector<std::size_t>& columns) {
  double sum = 0;
  for (std::size_t row = 0; row < columns.size(); ++row) sum += score[row][columns[row]];
  return sum;
}

double margin_without(const std::vector<std::vector<double>>& score, std::size_t row,
                      const std::vector<std::size_t>& forbidden) {
  auto other = score;
  for (const auto column : forbidden) other[row][column] = kForbidden;
  return sum_of(score, best_assignment(score)) - sum_of(other, best_assignment(other));
}

}  // namespace batchwright::vision
