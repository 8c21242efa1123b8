// Digits of 5 x 7 dots, drawn for this product after the shapes that character displays have in
// common.
#include <array>

#include "vision/engine/internal/typeface.h"

namespace batchwright::vision {

namespace {

constexpr Glyph drawn(char character, std::string_view dots) {
  Elements shown = 0;
  for (std::size_t i = 0; i < dots.size(); ++i)
    if (dots[i] == '#') shown |= Elements{1} << i;
  return {character, shown};
}

// clang-format off: one row of dots, one text.
constexpr std::array kGlyphs{
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

std::span<const Glyph> dot_matrix_glyphs() {
  return kGlyphs;
}

}  // namespace batchwright::vision
