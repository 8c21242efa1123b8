#include "vision/engine/glyphs.h"

#include <array>
#include <string_view>

namespace batchwright::vision {

namespace {

constexpr std::array<Glyph, 15> kSevenSegments{{{' ', 0b0000000},
                                                {'-', 0b1000000},
                                                {'0', 0b0111111},
                                                {'1', 0b0000110},
                                                {'2', 0b1011011},
                                                {'3', 0b1001111},
                                                {'4', 0b1100110},
                                                {'5', 0b1101101},
                                                {'6', 0b1111101},
                                                {'6', 0b1111100},  // without its top
                                                {'7', 0b0000111},
                                                {'7', 0b0100111},  // with its left top
                                                {'8', 0b1111111},
                                                {'9', 0b1101111},
                                                {'9', 0b1100111}}};  // without its bottom

constexpr Glyph drawn(char character, std::string_view dots) {
  Elements shown = 0;
  for (std::size_t i = 0; i < dots.size(); ++i)
    if (dots[i] == '#') shown |= Elements{1} << i;
  return {character, shown};
}

// Drawn for this product after the shapes that character displays have in common.
// clang-format off: one row of dots, one text.
constexpr std::array kDots{
    drawn(' ', ""),
    drawn('-', "....." "....." "....." "#####" "....." "....." "....."),
    drawn('-', "....." "....." "....." ".###." "....." "....." "....."),
    drawn('.', "....." "....." "....." "....." "....." ".##.." ".##.."),
    drawn('0', ".###." "#...#" "#...#" "#...#" "#...#" "#...#" ".###."),
    drawn('0', ".###." "#...#" "#..##" "#.#.#" "##..#" "#...#" ".###."),
    drawn('1', "..#.." ".##.." "..#.." "..#.." "..#.." "..#.." ".###."),
    drawn('2', ".###." "#...#" "....#" "...#." "..#.." ".#..." "#####"),
    drawn('3', ".###." "#...#" "....#" "..##." "....#" "#...#" ".###."),
    drawn('3', "#####" "...#." "..#.." "...#." "....#" "#...#" ".###."),
    drawn('4', "...#." "..##." ".#.#." "#..#." "#####" "...#." "...#."),
    drawn('5', "#####" "#...." "####." "....#" "....#" "#...#" ".###."),
    drawn('6', "..##." ".#..." "#...." "####." "#...#" "#...#" ".###."),
    drawn('7', "#####" "....#" "...#." "..#.." ".#..." ".#..." ".#..."),
    drawn('7', "#####" "....#" "....#" "...#." "..#.." "..#.." "..#.."),
    drawn('8', ".###." "#...#" "#...#" ".###." "#...#" "#...#" ".###."),
    drawn('9', ".###." "#...#" "#...#" ".####" "....#" "...#." ".##.."),
};
// clang-format on

}  // namespace

std::span<const Glyph> seven_segment_glyphs() {
  return kSevenSegments;
}

std::span<const Glyph> dot_matrix_glyphs() {
  return kDots;
}

}  // namespace batchwright::vision
