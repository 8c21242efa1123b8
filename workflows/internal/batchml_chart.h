// From the procedure logic of one BatchML element (steps, transitions, links, bars) to a chart.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "workflows/internal/batchml_source.h"
#include "workflows/internal/batchml_step.h"
#include "workflows/internal/resolution.h"
#include "workflows/mbr.h"

namespace batchwright::workflows {

// One child that the chart performs: which source element, in which step, under which id and name.
struct BatchmlChild {
  const BatchmlElement* element = nullptr;
  std::string id;    // unique among the siblings
  std::string node;  // its node in the chart
};

struct BatchmlLogic {
  Chart chart;
  std::vector<BatchmlChild> children;  // in the order in which the chart reaches them
};

// Where a place of the MBR comes from in the file, to add the line to findings.
using SourceLines = std::map<std::string, int, std::less<>>;

class BatchmlChartMaker {
 public:
  BatchmlChartMaker(const BatchmlElement& source, const std::string& path, Resolution& resolution,
                    SourceLines& lines, Report& report);

  [[nodiscard]] BatchmlLogic make();

 private:
  struct SourceNode {
    std::string id;                           // in the chart; empty when the author removed it
    const BatchmlElement* element = nullptr;  // of a step
  };

  void add_steps();
  void add_step(const BatchmlStep& step);
  void add_transitions();
  void add_bars();
  void add_links();
  void add_link(const BatchmlLink& link);
  void connect(const BatchmlLink& link, const std::string& from, const std::string& to);
  void compile_conditions();
  void report_unused_elements();
  void sort_children();

  // Adds a node under a source id; nothing when the id is taken.
  Node* add_node(const std::string& source_id, NodeKind kind, int line, std::string_view what,
                 const BatchmlElement* element = nullptr);
  [[nodiscard]] std::string place(const std::string& node, int line) const;

  [[nodiscard]] std::optional<Expression> compile(const BatchmlTransition& transition,
                                                  const std::string& node);
  [[nodiscard]] std::optional<Expression> compile_words(const std::string& words,
                                                        const std::string& where, bool reports);
  [[nodiscard]] std::optional<Expression> previous_complete(const std::string& node);
  [[nodiscard]] std::optional<std::string> completed_call(const std::vector<std::string>& readings,
                                                          const std::string& where, bool reports);

  const BatchmlElement& source_;
  const std::string& path_;
  Resolution& resolution_;
  SourceLines& lines_;
  Report& report_;

  BatchmlLogic logic_;
  std::map<std::string, SourceNode, std::less<>> by_source_;  // by step, transition or bar id
  std::map<std::string, const BatchmlElement*, std::less<>> elements_;
  std::map<const BatchmlElement*, int> uses_;
  std::map<std::string, std::string, std::less<>> child_of_node_;
  TakenIds node_ids_, child_ids_;
  // Folded name -> ids of the children that have it, two at most; "" stands for a begin, which is
  // complete at once.
  std::map<std::string, std::vector<std::string>, std::less<>> names_;
  // Node -> the nodes before it, two at most.
  std::map<std::string, std::vector<std::string>, std::less<>> before_;
  bool too_many_links_ = false;
};

}  // namespace batchwright::workflows
