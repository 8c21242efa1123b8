#include <algorithm>

#include "workflows/internal/mbr_limits.h"
#include "workflows/internal/mbr_reader.h"
#include "workflows/internal/sequence_reader.h"

namespace batchwright::workflows {

namespace {

void add_missing_element_nodes(Element& parent) {
  std::set<std::string_view> placed;
  for (const Node& node : parent.chart.nodes) {
    if (node.kind == NodeKind::kElement) placed.insert(node.element);
  }
  std::vector<Node> missing;
  for (const Element& child : parent.children) {
    if (placed.contains(child.id)) continue;
    Node node;
    node.id = child.id;
    node.kind = NodeKind::kElement;
    node.element = child.id;
    missing.push_back(std::move(node));
  }
  std::ranges::move(missing, std::back_inserter(parent.chart.nodes));
}

}  // namespace

Element ElementReader::read(const Json& json, const JsonPlace& place, int depth) {
  Element element;
  if (depth > kElementDepthMax) {
    report_.error("element.depth", place.text(), "Elements are nested deeper than 16 levels.");
    return element;
  }
  if (++elements_ > kElementsMax) {
    if (elements_ == kElementsMax + 1) {
      report_.error("element.count", place.text(),
                    "There are too many elements; the rest was not read.");
    }
    return element;
  }
  JsonObject object(json, place, report_);
  element.id = object.element_id("id", Need::kRequired);
  element.title = object.words("title", Need::kRequired);
  const bool group = json.is_object() && json.contains("children");
  const bool named_level = json.is_object() && json.contains("level");
  const Level absent = depth == 0 ? Level::kProcedure : Level::kStep;
  element.level = object.name("level", kLevelNames, absent);
  if (group) {
    if (!named_level && depth > 0) {
      report_.error(
          "level.missing", place.text(),
          "An element with children needs a \"level\": unit_procedure, operation or phase.");
      element.level = Level::kPhase;  // to go on with: steps are right below any group
    }
    read_group(object, element, depth);
  } else {
    element.step = read_step_content(object);
  }
  object.finish();
  return element;
}

void ElementReader::read_group(JsonObject& object, Element& element, int depth) {
  const Json* chart = object.find("chart");
  const Json& items = object.list("children", static_cast<std::size_t>(kElementsMax));
  const JsonPlace place = object.at("children");
  const auto read_child = [this, depth](const Json& child, const JsonPlace& there) {
    return read(child, there, depth + 1);
  };
  if (chart == nullptr) {
    SequenceReader sequence(read_child, element.children, report_);
    element.chart = sequence.read(items, place);
    return;
  }
  std::size_t index = 0;
  for (const Json& item : items) {
    const JsonPlace there = place.item(index++);
    if (SequenceReader::is_group(item)) {
      report_.error("group.with_chart", there.text(),
                    "Beside \"chart\" the children are elements only. Draw this group in the "
                    "chart, or leave the chart out.");
      continue;
    }
    Element child = read_child(item, there);
    if (!child.id.empty()) element.children.push_back(std::move(child));
  }
  read_chart(*chart, object.at("chart"), element);
}

void ElementReader::read_chart(const Json& json, const JsonPlace& place, Element& parent) {
  JsonObject object(json, place, report_);
  std::size_t index = 0;
  for (const Json& node : object.list("nodes", kNodesMax, Need::kRequired)) {
    const JsonPlace list = object.at("nodes");
    Node read = read_node(node, list.item(index++));
    if (!read.id.empty()) parent.chart.nodes.push_back(std::move(read));
  }
  index = 0;
  for (const Json& link : object.list("links", kLinksMax, Need::kRequired)) {
    const JsonPlace list = object.at("links");
    const JsonPlace there = list.item(index++);
    if (link.is_array() && link.size() == 2 && link[0].is_string() && link[1].is_string()) {
      parent.chart.links.push_back({link[0].get<std::string>(), link[1].get<std::string>()});
    } else {
      report_.error("link.invalid", there.text(), "A link is two node ids: [\"from\", \"to\"].");
    }
  }
  object.finish();
  add_missing_element_nodes(parent);
}

Node ElementReader::read_node(const Json& json, const JsonPlace& place) {
  Node node;
  JsonObject object(json, place, report_);
  node.id = object.element_id("id", Need::kRequired);
  node.kind = object.name("kind", kNodeKindNames, NodeKind::kElement, Need::kRequired);
  if (node.kind == NodeKind::kElement) {
    node.element = object.element_id("element", Need::kRequired);
  }
  if (node.kind == NodeKind::kTransition) {
    node.condition = object.expression("condition");
    node.condition_source = object.text("condition_source");
    node.chosen_by = object.text("chosen_by");
  }
  object.finish();
  return node;
}

}  // namespace batchwright::workflows
