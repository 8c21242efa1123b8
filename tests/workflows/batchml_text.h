// Puts together small BatchML documents for tests, in the notation of BatchML-V02.
#pragma once

#include <algorithm>
#include <string>
#include <vector>

namespace batchwright::workflows::test {

inline std::string tag(const std::string& name, const std::string& inside) {
  return "<" + name + ">" + inside + "</" + name + ">";
}

inline std::string bml_step(const std::string& id, const std::string& element,
                            const std::string& description = "") {
  return tag("Step", tag("ID", id) + tag("RecipeElementID", element) +
                         (description.empty() ? "" : tag("Description", description)));
}

inline std::string bml_transition(const std::string& id, const std::string& condition) {
  return tag("Transition", tag("ID", id) + tag("Condition", condition));
}

inline std::string bml_link(const std::string& id, const std::string& from, const std::string& to,
                            const std::string& type = "ControlLink") {
  const auto end = [](const char* name, const std::string& value) {
    if (value.empty()) return std::string();
    const std::string n = name;
    return tag(n + "ID", tag(n + "IDValue", value) + tag(n + "Type", "Step"));
  };
  return tag("Link", tag("ID", id) + end("From", from) + end("To", to) + tag("LinkType", type));
}

// "b>x x>t1" gives one control link each, with ids L1, L2, ...
inline std::string bml_links(const std::string& text) {
  std::string out;
  int number = 0;
  std::size_t at = 0;
  while (at < text.size()) {
    const std::size_t space = std::min(text.find(' ', at), text.size());
    const std::string link = text.substr(at, space - at);
    const std::size_t arrow = link.find('>');
    out += bml_link("L" + std::to_string(++number), link.substr(0, arrow), link.substr(arrow + 1));
    at = space + 1;
  }
  return out;
}

inline std::string bml_parameter(const std::string& id, const std::string& description,
                                 const std::string& type, const std::string& value,
                                 const std::string& unit = "NULL",
                                 const std::string& enumeration = "",
                                 const std::string& sub_type = "") {
  return tag(
      "Parameter",
      tag("ID", id) + tag("Description", description) + tag("ParameterType", "ProcessParameter") +
          tag("ParameterSubType", sub_type) +
          tag("Value", tag("ValueString", value) + tag("DataType", type) +
                           tag("UnitOfMeasure", unit) + tag("EnumerationSetID", enumeration)));
}

inline std::string bml_element(const std::string& id, const std::string& type,
                               const std::string& description = "",
                               const std::string& inside = "") {
  return tag("RecipeElement", tag("ID", id) + tag("RecipeElementType", type) +
                                  (description.empty() ? "" : tag("Description", description)) +
                                  inside);
}

// A master recipe of `inside`, in a document that may hold enumeration sets too.
inline std::string bml(const std::string& inside, const std::string& beside = "") {
  return "<?xml version=\"1.0\"?><b:BatchInformation "
         "xmlns:b=\"http://www.wbf.org/xml/BatchML-V02\" "
         "xmlns=\"http://www.wbf.org/xml/BatchML-V02\">" +
         tag("MasterRecipe",
             tag("ID", "R-1") + tag("Version", "3") + tag("Description", "A recipe") + inside) +
         beside + "</b:BatchInformation>";
}

// Begin -> Mix -> t1 -> Label -> End with the condition of t1 to choose; `parameters` belong to
// Mix.
inline std::string two_steps(const std::string& condition, const std::string& parameters = "",
                             const std::string& beside = "") {
  return bml(tag("ProcedureLogic", bml_step("b", "eb") + bml_step("x", "ex") + bml_step("y", "ey") +
                                       bml_step("e", "ee") + bml_transition("t1", condition) +
                                       bml_links("b>x x>t1 t1>y y>e")) +
                 bml_element("eb", "Begin") + bml_element("ee", "End") +
                 bml_element("ex", "Phase", "Mix", parameters) +
                 bml_element("ey", "Phase", "Mark / Label WIP"),
             beside);
}

}  // namespace batchwright::workflows::test
