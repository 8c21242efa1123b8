// How names and words of foreign files are compared and shown.
#pragma once

#include <string>
#include <string_view>

namespace batchwright::workflows {

// For comparing: ASCII letters in lower case, all white space left out. "Mark / Label WIP" ==
// "mark/label wip".
[[nodiscard]] std::string fold(std::string_view text);

// For showing: runs of white space become one space, none at both ends.
[[nodiscard]] std::string one_line(std::string_view text);

}  // namespace batchwright::workflows
