#include "ui/widgets/wrapped_text.h"

#include <algorithm>

namespace batchwright::ui {
namespace {

constexpr std::size_t kLinesMax = 200;

bool is_continuation(char c) {
  return (static_cast<unsigned char>(c) & 0xC0) == 0x80;
}

// Collects words into lines.
class Wrapper {
 public:
  Wrapper(const Painter& paint, float width) : paint_(paint), width_(width) {}

  // `glued`: no space stood before it (a change of weight inside a word).
  void add_word(TextRole role, std::string_view word, bool glued) {
    const float space = glued || line_.runs.empty() ? 0 : paint_.text_width(role, " ");
    const bool is_punctuation = glued && word.size() <= 2;  // never alone at the start of a line
    if (is_punctuation || width_with(role, word, space) <= width_) return append(role, word, space);
    if (!line_.runs.empty()) break_line();
    while (paint_.text_width(role, word) > width_ && lines_.size() < kLinesMax) {
      const std::size_t bytes = bytes_that_fit(role, word);
      append(role, word.substr(0, bytes), 0);
      break_line();
      word.remove_prefix(bytes);
    }
    append(role, word, 0);
  }

  void break_line() {
    if (lines_.size() < kLinesMax) lines_.push_back(std::move(line_));
    line_ = {};
  }

  std::vector<TextLine> take() {
    if (!line_.runs.empty()) break_line();
    return std::move(lines_);
  }

 private:
  // Of the line with the word: a run is measured as a whole, its parts would each be rounded up.
  [[nodiscard]] float width_with(TextRole role, std::string_view word, float space) const {
    if (line_.runs.empty() || line_.runs.back().role != role) {
      return line_.width + space + paint_.text_width(role, word);
    }
    const TextRun& run = line_.runs.back();
    const std::string joined = run.text + (space > 0 ? " " : "") + std::string(word);
    return run.x + paint_.text_width(role, joined);
  }

  void append(TextRole role, std::string_view word, float space) {
    const bool same = !line_.runs.empty() && line_.runs.back().role == role;
    if (same) {
      TextRun& run = line_.runs.back();
      if (space > 0) run.text += ' ';
      run.text += word;
      line_.width = run.x + paint_.text_width(role, run.text);
    } else {
      line_.runs.push_back({role, std::string(word), line_.width + space});
      line_.width += space + paint_.text_width(role, word);
    }
  }

  std::size_t bytes_that_fit(TextRole role, std::string_view word) const {
    std::size_t fits = 0;
    for (std::size_t end = 1; end <= word.size(); ++end) {
      if (end < word.size() && is_continuation(word[end])) continue;
      if (fits > 0 && paint_.text_width(role, word.substr(0, end)) > width_) break;
      fits = end;
    }
    return std::max<std::size_t>(fits, 1);
  }

  const Painter& paint_;
  float width_;
  TextLine line_;
  std::vector<TextLine> lines_;
};

std::size_t next_break(std::string_view text, std::size_t from) {
  return std::min(
      {text.find(' ', from), text.find('\n', from), text.find("**", from), text.size()});
}

// A number and the unit after it are one word: "8 h" never breaks in the middle.
std::size_t end_of_word(std::string_view text) {
  constexpr std::size_t kUnitBytesMax = 4;
  const std::size_t end = next_break(text, 0);
  const bool is_number = end > 0 && text[end - 1] >= '0' && text[end - 1] <= '9';
  if (!is_number || end >= text.size() || text[end] != ' ') return end;
  const std::size_t unit_end = next_break(text, end + 1);
  const std::size_t unit = unit_end - end - 1;
  return unit >= 1 && unit <= kUnitBytesMax ? unit_end : end;
}

}  // namespace

TextRole bold_of(TextRole role) {
  switch (role) {
    case TextRole::kBody: return TextRole::kBodyBold;
    case TextRole::kSmall: return TextRole::kSmallBold;
    default: return role;
  }
}

std::vector<TextLine> wrap_text(const Painter& paint, TextRole role, std::string_view marked,
                                float width) {
  Wrapper wrapper(paint, width);
  bool bold = false;
  bool glued = true;
  while (!marked.empty()) {
    if (marked.starts_with("**")) {
      bold = !bold;
      marked.remove_prefix(2);
    } else if (marked.front() == '\n') {
      wrapper.break_line();
      glued = true;
      marked.remove_prefix(1);
    } else if (marked.front() == ' ') {
      glued = false;
      marked.remove_prefix(1);
    } else {
      const std::size_t end = end_of_word(marked);
      wrapper.add_word(bold ? bold_of(role) : role, marked.substr(0, end), glued);
      glued = true;
      marked.remove_prefix(end);
    }
  }
  return wrapper.take();
}

std::string without_marks(std::string_view marked) {
  std::string plain;
  while (!marked.empty()) {
    if (marked.starts_with("**")) {
      marked.remove_prefix(2);
    } else {
      plain += marked.front();
      marked.remove_prefix(1);
    }
  }
  return plain;
}

}  // namespace batchwright::ui
