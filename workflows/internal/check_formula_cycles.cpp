#include <unordered_map>

#include "workflows/internal/identifier.h"
#include "workflows/internal/mbr_checks.h"

namespace batchwright::workflows {

namespace {

// Computed entries and what they need, for a depth-first walk with a stack of its own.
class FormulaGraph {
 public:
  explicit FormulaGraph(const Mbr& mbr) {
    struct Open {
      const Element* element;
      std::string path;
    };
    std::vector<Open> open{{&mbr.procedure, ""}};
    while (!open.empty()) {
      const Open at = std::move(open.back());
      open.pop_back();
      for (const Element& child : at.element->children) {
        open.push_back({&child, path_below(at.path, child.id)});
      }
      if (!at.element->step) continue;
      for (const Entry& entry : at.element->step->entries) {
        if (entry.formula) formulas_.push_back({entry_place(at.path, entry.id), &*entry.formula});
      }
    }
    for (std::size_t i = 0; i < formulas_.size(); ++i) by_name_.emplace(formulas_[i].name, i);
  }

  void report_cycles(Report& report) {
    color_.assign(formulas_.size(), Color::kWhite);
    for (std::size_t i = 0; i < formulas_.size(); ++i) {
      if (color_[i] == Color::kWhite) walk(i, report);
    }
  }

 private:
  enum class Color { kWhite, kGrey, kBlack };
  struct Formula {
    std::string name;
    const Expression* expression;
  };
  struct Frame {
    std::size_t formula;
    std::size_t next = 0;
  };

  void walk(std::size_t root, Report& report) {
    std::vector<Frame> open{{root}};
    color_[root] = Color::kGrey;
    while (!open.empty()) {
      Frame& frame = open.back();
      const auto& references = formulas_[frame.formula].expression->references();
      if (frame.next == references.size()) {
        color_[frame.formula] = Color::kBlack;
        open.pop_back();
        continue;
      }
      const auto found = by_name_.find(references[frame.next++]);
      if (found == by_name_.end() || color_[found->second] == Color::kBlack) continue;
      if (color_[found->second] == Color::kGrey) {
        report.error("formula.cycle", formulas_[frame.formula].name,
                     "This value is computed from {" + found->first +
                         "}, which is computed from this one. Break the circle.");
        continue;
      }
      color_[found->second] = Color::kGrey;
      open.push_back({found->second});
    }
  }

  std::vector<Formula> formulas_;
  std::unordered_map<std::string, std::size_t> by_name_;
  std::vector<Color> color_;
};

}  // namespace

void check_formula_cycles(const CheckContext& context) {
  FormulaGraph(context.mbr).report_cycles(context.report);
}

}  // namespace batchwright::workflows
