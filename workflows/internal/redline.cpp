#include "workflows/internal/redline.h"

#include <algorithm>

#include "base/json.h"
#include "workflows/check.h"
#include "workflows/internal/identifier.h"
#include "workflows/internal/mbr_limits.h"
#include "workflows/internal/mbr_reader.h"
#include "workflows/internal/numbering.h"

namespace batchwright::workflows {
namespace {

constexpr std::size_t kChangeBytesMax = 100'000;
constexpr int kChangeDepthMax = 40;

Result<Json> parse_change(std::string_view change) {
  return parse_json(change, {.bytes_max = kChangeBytesMax, .depth_max = kChangeDepthMax});
}

Element* find_element(Element& root, std::string_view path) {
  if (root.find(path) == nullptr) return nullptr;  // says what a path names
  Element* at = &root;
  while (!path.empty()) {
    const std::size_t slash = path.find('/');
    at = &*std::ranges::find(at->children, path.substr(0, slash), &Element::id);
    path.remove_prefix(slash == std::string_view::npos ? path.size() : slash + 1);
  }
  return at;
}

std::string parent_of(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  return slash == std::string::npos ? "" : path.substr(0, slash);
}

Element read_step(JsonObject& object, Report& report) {
  const Json* with = object.find("with", Need::kRequired);
  if (with == nullptr) return {};
  return ElementReader(report).read(*with, object.at("with"), 1);
}

void replace_step(Mbr& mbr, JsonObject& object, const std::string& path, Report& report) {
  Element* element = find_element(mbr.procedure, path);
  Element changed = read_step(object, report);
  if (element == nullptr || !element->step || !changed.step) {
    report.error("redline.step", path, "There is no such step, or the new one is none.");
    return;
  }
  if (changed.id != element->id) {
    report.error("redline.id", path, "The new words are of another step: its id can't change.");
    return;
  }
  element->title = std::move(changed.title);
  element->step = std::move(changed.step);
}

// The checker relies on the reader's limits, and here is nothing read as a whole.
bool has_room(const Mbr& mbr, const Element& parent, const std::string& path, Report& report) {
  const Chart& chart = parent.chart;
  const bool room = mbr.count_steps() < kStepsMax && chart.nodes.size() < kNodesMax &&
                    chart.links.size() < kLinksMax;
  if (!room) report.error("redline.size", path, "The procedure can't have more steps.");
  return room;
}

// Between the step and whatever follows it.
void insert_after(Mbr& mbr, JsonObject& object, const std::string& path, Report& report) {
  Element* parent = find_element(mbr.procedure, parent_of(path));
  const Element* before = std::as_const(mbr.procedure).find(path);
  Element added = read_step(object, report);
  if (parent == nullptr || before == nullptr || !before->step || !added.step) {
    report.error("redline.step", path, "There is no such step, or the new one is none.");
    return;
  }
  const auto node = std::ranges::find(parent->chart.nodes, before->id, &Node::element);
  if (node == parent->chart.nodes.end()) {
    report.error("redline.step", path, "The step has no place in its chart.");
    return;
  }
  if (!has_room(mbr, *parent, path, report)) return;
  const std::string from = node->id;
  for (Link& link : parent->chart.links) {
    if (link.from == from) link.from = added.id;
  }
  parent->chart.links.push_back({from, added.id});
  Node made;
  made.id = added.id;
  made.element = added.id;
  parent->chart.nodes.push_back(std::move(made));
  const auto place = std::ranges::find(parent->children, before->id, &Element::id);
  parent->children.insert(std::next(place), std::move(added));  // the steps' numbers follow it
}

void set_parameter(Mbr& mbr, JsonObject& object, Report& report) {
  const std::string id = object.text("parameter", Need::kRequired);
  const auto value = object.decimal("value", Need::kRequired);
  const auto parameter = std::ranges::find(mbr.parameters, id, &Parameter::id);
  if (parameter == mbr.parameters.end() || !parameter->text.empty()) {
    report.error("redline.parameter", id, "There is no such numeric parameter.");
    return;
  }
  if (value) parameter->value.value = *value;
}

std::string text_of(const Json& json, const char* key) {
  const auto found = json.is_object() ? json.find(key) : json.end();
  const bool text = json.is_object() && found != json.end() && found->is_string();
  return text ? found->get<std::string>() : std::string();
}

}  // namespace

RedlineWords read_redline(std::string_view change) {
  const auto json = parse_change(change);
  if (!json) return {};
  RedlineWords words;
  words.op = text_of(*json, "op");
  if (words.op == "set_parameter") {
    words.parameter = text_of(*json, "parameter");
    return words;
  }
  words.step = words.target = text_of(*json, "step");
  if (words.op != "insert_after") return words;
  const auto with = json->find("with");
  if (with != json->end()) words.target = path_below(parent_of(words.step), text_of(*with, "id"));
  return words;
}

Result<std::shared_ptr<const Mbr>> apply_redline(const Mbr& mbr, std::string_view change) {
  const auto json = parse_change(change);
  if (!json) return std::unexpected(json.error());
  auto amended = std::make_shared<Mbr>(mbr);
  Report report;
  const JsonPlace root;
  JsonObject object(*json, root, report);
  const std::string op = object.text("op", Need::kRequired);
  if (op == "set_parameter") {
    set_parameter(*amended, object, report);
  } else {
    const std::string path = object.text("step", Need::kRequired);
    if (op == "replace_step") {
      replace_step(*amended, object, path, report);
    } else if (op == "insert_after") {
      insert_after(*amended, object, path, report);
    } else {
      report.error("redline.op", "op", "A change is replace_step, insert_after or set_parameter.");
    }
  }
  object.finish();
  if (!report.has_errors()) {
    number_steps(amended->procedure);
    for (Finding& finding : check_mbr(*amended)) report.add(std::move(finding));
  }
  if (report.has_errors()) {
    for (const Finding& finding : report.take()) {
      if (finding.severity != Severity::kError) continue;
      return fail(ErrorCode::kMalformed, "The change can't be made: " + finding.message,
                  finding.place);
    }
  }
  return std::shared_ptr<const Mbr>(std::move(amended));
}

}  // namespace batchwright::workflows
