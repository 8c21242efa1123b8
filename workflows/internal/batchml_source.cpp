#include "workflows/internal/batchml_source.h"

#include <algorithm>
#include <charconv>
#include <unordered_set>

#include "workflows/internal/fold.h"
#include "workflows/internal/mbr_limits.h"

namespace batchwright::workflows {

namespace {

std::vector<std::string> ends_of(const XmlElement& link, std::string_view end,
                                 std::string_view value) {
  std::vector<std::string> ids;
  for (const XmlElement& child : link.children) {
    if (child.name != end) continue;
    // Either <FromID><FromIDValue>x</FromIDValue></FromID> or the older <FromID>x</FromID>.
    std::string id = child.child_text(value);
    if (id.empty()) id = child.text;
    if (!id.empty()) ids.push_back(std::move(id));
  }
  return ids;
}

int whole_number(const std::string& text) {
  int number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

BatchmlLink read_link(const XmlElement& xml) {
  BatchmlLink link;
  link.id = xml.child_text("ID");
  link.type = xml.child_text("LinkType");
  link.from = ends_of(xml, "FromID", "FromIDValue");
  link.to = ends_of(xml, "ToID", "ToIDValue");
  link.order = whole_number(xml.child_text("EvaluationOrder"));
  link.line = xml.line;
  return link;
}

std::vector<std::string> descriptions_of(const XmlElement& xml) {
  std::vector<std::string> texts;
  for (const XmlElement& child : xml.children) {
    if (child.name == "Description" && !child.text.empty()) texts.push_back(one_line(child.text));
  }
  return texts;
}

std::string first_or_empty(const std::vector<std::string>& texts) {
  return texts.empty() ? std::string() : texts.front();
}

class SourceReader {
 public:
  SourceReader(BatchmlRecipe& recipe, Report& report) : recipe_(recipe), report_(report) {}

  // The recipe itself and a RecipeElement have the same inside.
  void read_inside(const XmlElement& xml, BatchmlElement& element, int depth) {
    element.id = xml.child_text("ID");
    element.descriptions = descriptions_of(xml);
    element.line = xml.line;
    for (const XmlElement& child : xml.children) read_child(child, element, depth);
  }

 private:
  void read_child(const XmlElement& child, BatchmlElement& element, int depth) {
    if (child.name == "RecipeElement") {
      read_element(child, element, depth + 1);
    } else if (child.name == "ProcedureLogic") {
      read_logic(child, element);
    } else if (child.name == "Parameter") {
      read_parameter(child, element, 0);
    } else if (child.name == "Formula") {
      for (const XmlElement& parameter : child.children) {
        if (parameter.name == "Parameter") read_parameter(parameter, element, 0);
      }
    } else if (child.name == "ActualEquipmentID" && !child.text.empty()) {
      element.equipment.push_back(one_line(child.text));
    } else if (child.name == "EquipmentRequirement") {
      ++element.equipment_requirements;
    }
  }

  void read_element(const XmlElement& xml, BatchmlElement& parent, int depth) {
    if (depth > kElementDepthMax) {
      report_.error("element.depth", "line " + std::to_string(xml.line),
                    "Recipe elements are nested deeper than 16 levels; the rest was not read.");
      return;
    }
    BatchmlElement& element = parent.elements.emplace_back();
    element.type = one_line(xml.child_text("RecipeElementType"));
    count_type(element);
    read_inside(xml, element, depth);
  }

  void count_type(const BatchmlElement& element) {
    if (element.is_type("UnitProcedure")) ++recipe_.counts.unit_procedures;
    if (element.is_type("Operation")) ++recipe_.counts.operations;
    if (element.is_type("Phase")) ++recipe_.counts.phases;
  }

  void read_logic(const XmlElement& logic, BatchmlElement& element) {
    for (const XmlElement& xml : logic.children) {
      if (xml.name == "Link") {
        element.links.push_back(read_link(xml));
        count_link(element.links.back());
      } else if (xml.name == "Step") {
        element.steps.push_back({xml.child_text("ID"), xml.child_text("RecipeElementID"),
                                 first_or_empty(descriptions_of(xml)), xml.line});
        ++recipe_.counts.steps;
      } else if (xml.name == "Transition") {
        element.transitions.push_back(
            {xml.child_text("ID"), one_line(xml.child_text("Condition")), xml.line});
        ++recipe_.counts.transitions;
      }
    }
  }

  void count_link(const BatchmlLink& link) {
    ++recipe_.counts.links;
    if (link.is_bar()) {
      ++recipe_.counts.branch_bars;
    } else if (link.is_control()) {
      ++recipe_.counts.control_links;
    }
  }

  // Parameters may hold parameters; they become one list. A parameter without a value that repeats
  // the id of one of the formula refers to that and isn't counted again.
  void read_parameter(const XmlElement& xml, BatchmlElement& element, int depth) {
    if (depth > kElementDepthMax) return;
    BatchmlParameter parameter;
    parameter.id = xml.child_text("ID");
    parameter.description = first_or_empty(descriptions_of(xml));
    parameter.type = one_line(xml.child_text("ParameterType"));
    parameter.sub_type = one_line(xml.child_text("ParameterSubType"));
    parameter.line = xml.line;
    if (const XmlElement* value = xml.child("Value")) {
      parameter.has_value = true;
      parameter.value = one_line(value->child_text("ValueString"));
      parameter.data_type = one_line(value->child_text("DataType"));
      parameter.unit = one_line(value->child_text("UnitOfMeasure"));
      parameter.enumeration = value->child_text("EnumerationSetID");
    }
    const bool refers = !parameter.has_value && formula_ids_.contains(parameter.id);
    if (!refers) ++recipe_.counts.parameters;
    if (&element == &recipe_.procedure) formula_ids_.insert(parameter.id);
    element.parameters.push_back(std::move(parameter));
    for (const XmlElement& child : xml.children) {
      if (child.name == "Parameter") read_parameter(child, element, depth + 1);
    }
  }

  BatchmlRecipe& recipe_;
  Report& report_;
  std::unordered_set<std::string> formula_ids_;
};

void collect_recipes(const XmlElement& xml, int depth, std::vector<const XmlElement*>& recipes) {
  constexpr int kWrappersMax = 4;  // BatchInformation, or a message with its DataArea
  if (xml.name == "MasterRecipe") {
    recipes.push_back(&xml);
    return;
  }
  if (depth == kWrappersMax) return;
  for (const XmlElement& child : xml.children) collect_recipes(child, depth + 1, recipes);
}

void collect_enumerations(const XmlElement& root, BatchmlRecipe& recipe) {
  for (const XmlElement& xml : root.children) {
    if (xml.name != "EnumerationSet") continue;
    BatchmlEnumerationSet set{xml.child_text("ID"), {}, {}};
    for (const XmlElement& item : xml.children) {
      if (item.name != "Enumeration") continue;
      std::string value = one_line(item.child_text("EnumerationString"));
      if (!value.empty() && set.folded.insert(fold(value)).second)
        set.values.push_back(std::move(value));
    }
    recipe.enumeration_sets.push_back(std::move(set));
    ++recipe.counts.enumeration_sets;
  }
}

std::unexpected<Error> no_master_recipe(const XmlElement& root) {
  if (root.name.starts_with("GRecipe") || root.name.starts_with("GeneralRecipe")) {
    return fail(ErrorCode::kMalformed,
                "This is a general recipe, which names no equipment and can't be executed. Give a "
                "file with a MasterRecipe, derived from it.",
                "line " + std::to_string(root.line));
  }
  return fail(ErrorCode::kMalformed,
              "There is no MasterRecipe in this file; its root is <" + root.name +
                  ">. Give a BatchML file with a MasterRecipe.",
              "line " + std::to_string(root.line));
}

const XmlElement* choose_recipe(const std::vector<const XmlElement*>& recipes,
                                const std::string& recipe_id, Report& report) {
  if (recipes.size() == 1 && recipe_id.empty()) return recipes.front();
  const auto chosen = std::ranges::find_if(recipes, [&](const XmlElement* recipe) {
    return !recipe_id.empty() && recipe->child_text("ID") == recipe_id;
  });
  if (chosen != recipes.end()) return *chosen;
  if (!recipe_id.empty()) {
    report.error("resolve.unused", "recipe",
                 "There is no master recipe with the ID \"" + recipe_id + "\".");
  } else {
    report.error(
        "recipe.several", "line " + std::to_string(recipes[1]->line),
        "The file holds several master recipes. Name one in the resolution file: recipe = \"ID\".");
  }
  return recipes.front();
}

}  // namespace

bool BatchmlLink::is_bar() const {
  const std::string folded = fold(type);
  return folded.ends_with("divergent") || folded.ends_with("convergent");
}

bool BatchmlLink::is_control() const {
  return type.empty() || fold(type) == "controllink";
}

bool BatchmlElement::is_type(std::string_view name) const {
  return fold(type) == fold(name);
}

bool BatchmlParameter::is_empty() const {
  return description.empty() && type.empty() && sub_type.empty() && value.empty() &&
         data_type.empty() && unit.empty();
}

Result<BatchmlRecipe> read_batchml_source(const XmlElement& root, const std::string& recipe_id,
                                          Report& report) {
  std::vector<const XmlElement*> recipes;
  collect_recipes(root, 0, recipes);
  if (recipes.empty()) return no_master_recipe(root);
  const XmlElement& xml = *choose_recipe(recipes, recipe_id, report);
  BatchmlRecipe recipe;
  recipe.name_space = xml.name_space;
  recipe.id = one_line(xml.child_text("ID"));
  recipe.version = one_line(xml.child_text("Version"));
  if (const XmlElement* header = xml.child("Header")) {
    recipe.product_id = one_line(header->child_text("ProductID"));
    recipe.product_name = one_line(header->child_text("ProductName"));
    if (const XmlElement* size = header->child("BatchSize")) {
      recipe.batch_size = one_line(size->child_text("Nominal"));
      recipe.batch_size_unit = one_line(size->child_text("UnitOfMeasure"));
    }
  }
  SourceReader(recipe, report).read_inside(xml, recipe.procedure, 0);
  collect_enumerations(root, recipe);
  return recipe;
}

}  // namespace batchwright::workflows
