// Look-up tables over the frozen MBR of a run, built once and never changed: what the engine needs
// to answer in logarithmic time, however long the procedure is.
#pragma once

#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "workflows/state.h"

namespace batchwright::workflows {

struct ChartNode {
  const Node* node = nullptr;
  std::vector<const ChartNode*> out;  // in link order
  std::vector<const ChartNode*> in;   // in link order, each once
};

// A group's chart with its links resolved. Links to nodes that don't exist are left out: the
// checker reports them.
struct ChartIndex {
  std::map<std::string, ChartNode, std::less<>> nodes;
  std::vector<const ChartNode*> begins;
  std::map<std::string, std::vector<const ChartNode*>, std::less<>>
      of_child;  // child id -> its nodes

  [[nodiscard]] const ChartNode* find(std::string_view id) const;
};

struct IndexedElement {
  const Element* element = nullptr;
  std::string parent;  // path
  int order = 0;       // in the document
  ChartIndex chart;    // groups only

  [[nodiscard]] bool is_step() const { return element->step.has_value(); }
};

// An entry, named by its step and itself.
struct FormulaPlace {
  std::string step;
  const Entry* entry = nullptr;
};

struct RunIndex {
  std::shared_ptr<const Mbr> mbr;  // keeps what the pointers below point to
  std::string hash;                // hex
  std::map<std::string, IndexedElement, std::less<>> elements;  // by path; the root is ""
  // By reference text as in {...}: the formulas that read it, and conditions as "chart:transition".
  std::map<std::string, std::vector<FormulaPlace>, std::less<>> formulas_reading;
  std::map<std::string, std::vector<std::string>, std::less<>> conditions_reading;
  // By reference text: the entries whose limit formulas read it. By step path: the steps that rely
  // on it, and the time limits that begin or end there.
  std::map<std::string, std::vector<FormulaPlace>, std::less<>> limits_reading;
  std::map<std::string, std::vector<std::string>, std::less<>> relying_on;
  std::map<std::string, std::vector<const TimeLimit*>, std::less<>> time_limits_from;
  std::map<std::string, std::vector<const TimeLimit*>, std::less<>> time_limits_to;
  // By check id: the camera checks that use it; and the ids that a start challenge lists.
  std::map<std::string, std::vector<FormulaPlace>, std::less<>> uses_of_check;
  std::set<std::string, std::less<>> challenged_at_start;
  std::size_t node_count = 0;

  [[nodiscard]] const IndexedElement* find(std::string_view path) const;
  [[nodiscard]] const StepContent* step(std::string_view path) const;  // nullptr unless a step
  [[nodiscard]] const ChartIndex* chart(std::string_view path) const;  // nullptr unless a group
  // The nearest operation around a step, else the nearest group; "" = the procedure.
  [[nodiscard]] std::string operation_of(std::string_view step) const;
};

[[nodiscard]] std::shared_ptr<const RunIndex> make_run_index(std::shared_ptr<const Mbr> mbr);
// For a recipe amended by redlines: `hash` stays the master's.
[[nodiscard]] std::shared_ptr<const RunIndex> make_run_index(std::shared_ptr<const Mbr> mbr,
                                                             std::string hash);

[[nodiscard]] const Entry* find_entry(const StepContent& step, std::string_view id);

// The English words, or `fallback` when there are none.
[[nodiscard]] std::string english(const Words& words, const std::string& fallback);

}  // namespace batchwright::workflows
