#include "workflows/check.h"

#include <ranges>

#include "workflows/internal/identifier.h"
#include "workflows/internal/mbr_checks.h"
#include "workflows/internal/mbr_limits.h"

namespace batchwright::workflows {

namespace {

struct Open {
  const Element* element;
  const Element* parent;
  std::string path;
  int depth;
};

void check_elements(const CheckContext& context) {
  std::vector<Open> open{{&context.mbr.procedure, nullptr, "", 0}};
  int steps = 0;
  while (!open.empty()) {
    const Open at = std::move(open.back());
    open.pop_back();
    const Element& element = *at.element;
    check_element(context, element, at.path, at.parent);
    if (element.step) {
      ++steps;
      check_step(context, *element.step, at.path);
      check_entry_duties(context, *element.step, at.path);
      check_gates(context, *element.step, at.path);
    } else {
      check_chart(context, element, at.path);
    }
    if (at.depth >= kElementDepthMax && !element.children.empty()) {
      context.report.error("element.depth", element_place(at.path),
                           "Elements are nested deeper than 16 levels. Flatten the recipe here.");
      continue;
    }
    for (const Element& child : std::views::reverse(element.children)) {
      open.push_back({&child, &element, path_below(at.path, child.id), at.depth + 1});
    }
  }
  if (steps == 0) {
    context.report.error("step.none", element_place(""),
                         "There is no step to perform. Add steps to the procedure.");
  }
}

}  // namespace

Findings check_mbr(const Mbr& mbr) {
  const MbrIndex index(mbr);
  Report report;
  const CheckContext context{mbr, index, report};
  check_header(context);
  check_requirements(context);
  check_elements(context);
  check_camera_entries(context);
  check_expectations(context);
  check_formula_cycles(context);
  return report.take();
}

}  // namespace batchwright::workflows
