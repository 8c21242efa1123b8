// Answers to choose one from, in two columns; the last one may be "write ...". Observations,
// reasons, deviations.
#pragma once

#include <span>
#include <string>

#include "ui/widgets/ui.h"

namespace batchwright::ui {

struct AnswerList {
  std::string id;  // names the targets: id + ":0", id + ":1", ..., id + ":other"
  std::vector<std::string> answers;
  std::string other;  // words of the last one; what was written stands there once it is
  TextUse other_use = TextUse::kNone;
  std::string caption;  // of the text sheet
};

// `chosen` is what was picked or written. Draws from the top of `rest` and takes the height off it;
// more answers than fit in `rows_max` rows turn pages.
void draw_answer_list(Ui& ui, const AnswerList& list, std::string& chosen, Rect& rest,
                      int rows_max);

}  // namespace batchwright::ui
