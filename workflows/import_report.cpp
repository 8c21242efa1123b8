#include "workflows/import_report.h"

#include "base/bytes.h"

namespace batchwright::workflows {

namespace {

Json to_json(const Findings& findings) {
  Json list = Json::array();
  for (const Finding& finding : findings) {
    Json json = Json::object();
    json["severity"] = to_string(finding.severity);
    json["place"] = finding.place;
    json["message"] = finding.message;
    json["code"] = finding.code;
    list.push_back(std::move(json));
  }
  return list;
}

Json to_json(const Mbr& mbr, const ImportCounts& counts, const Findings& findings) {
  Json json = Json::object();
  json["mbr"] = mbr.id;
  json["version"] = mbr.version;
  json["hash"] = mbr.text.empty() ? "" : to_hex(mbr.hash);
  json["runnable"] = !mbr.draft && !has_errors(findings);
  json["draft"] = mbr.draft;
  json["steps"] = counts.steps;
  json["transitions"] = counts.transitions;
  json["links"] = counts.links;
  json["control_links"] = counts.control_links;
  json["branch_bars"] = counts.branch_bars;
  json["dangling_links"] = counts.dangling_links;
  json["parameters"] = counts.parameters;
  json["unit_procedures"] = counts.unit_procedures;
  json["operations"] = counts.operations;
  json["phases"] = counts.phases;
  json["enumeration_sets"] = counts.enumeration_sets;
  json["findings"] = to_json(findings);
  return json;
}

bool is_bar(NodeKind kind) {
  return kind == NodeKind::kAndSplit || kind == NodeKind::kAndJoin || kind == NodeKind::kOrSplit ||
         kind == NodeKind::kOrJoin;
}

void count_element(const Element& element, ImportCounts& counts) {
  if (element.step) ++counts.steps;
  if (element.level == Level::kUnitProcedure) ++counts.unit_procedures;
  if (element.level == Level::kOperation) ++counts.operations;
  if (element.level == Level::kPhase) ++counts.phases;
  for (const Node& node : element.chart.nodes) {
    if (node.kind == NodeKind::kTransition) ++counts.transitions;
    if (is_bar(node.kind)) ++counts.branch_bars;
  }
  counts.links += static_cast<int>(element.chart.links.size());
}

ImportCounts count(const Mbr& mbr) {
  ImportCounts counts;
  std::vector<const Element*> open{&mbr.procedure};
  while (!open.empty()) {
    const Element* element = open.back();
    open.pop_back();
    count_element(*element, counts);
    for (const Element& child : element->children) open.push_back(&child);
  }
  counts.control_links = counts.links;
  counts.parameters = static_cast<int>(mbr.parameters.size());
  return counts;
}

}  // namespace

Json import_report(const Import& import) {
  return to_json(import.mbr, import.counts, import.findings);
}

Json import_report(const MbrReading& reading) {
  ImportCounts counts = count(reading.mbr);
  for (const Finding& finding : reading.findings) {
    if (finding.code == "link.unknown_node") ++counts.dangling_links;
  }
  return to_json(reading.mbr, counts, reading.findings);
}

}  // namespace batchwright::workflows
