// Which part lies where, all slots at once.
#pragma once

#include <cstddef>
#include <vector>

namespace batchwright::vision {

// score[row][column], as many columns as rows. The column of each row so that the sum is largest
// (Kuhn 1955; the form with potentials, O(n^3)).
[[nodiscard]] std::vector<std::size_t> best_assignment(
    const std::vector<std::vector<double>>& score);

[[nodiscard]] double sum_of(const std::vector<std::vector<double>>& score,
                            const std::vector<std::size_t>& columns);

// How much the best sum falls when `row` must not take any of `forbidden`.
[[nodiscard]] double margin_without(const std::vector<std::vector<double>>& score, std::size_t row,
                                    const std::vector<std::size_t>& forbidden);

}  // namespace batchwright::vision
