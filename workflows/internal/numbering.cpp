#include "workflows/internal/numbering.h"

#include <ranges>

namespace batchwright::workflows {

int number_steps(Element& root) {
  int number = 0;
  std::vector<Element*> open{&root};
  while (!open.empty()) {
    Element* element = open.back();
    open.pop_back();
    element->number = element->step ? ++number : 0;
    for (Element& child : std::views::reverse(element->children)) open.push_back(&child);
  }
  return number;
}

}  // namespace batchwright::workflows
