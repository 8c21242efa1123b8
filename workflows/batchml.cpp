#include "workflows/batchml.h"

#include <utility>

#include "base/bytes.h"
#include "base/quantity.h"
#include "base/text.h"
#include "workflows/check.h"
#include "workflows/internal/batchml_chart.h"
#include "workflows/internal/batchml_step.h"
#include "workflows/internal/fold.h"
#include "workflows/internal/identifier.h"
#include "workflows/internal/mbr_limits.h"
#include "workflows/internal/numbering.h"
#include "workflows/mbr_json.h"

namespace batchwright::workflows {

namespace {

// What the editor behind some files writes where the author wrote nothing.
constexpr std::string_view kPlaceholder = "a description of this element.";

Words english(std::string text) {
  return {{"en", std::move(text)}};
}

Level level_of(const BatchmlElement& element) {
  if (element.is_type("Procedure")) return Level::kProcedure;
  if (element.is_type("UnitProcedure") || element.is_type("UnitRecipe"))
    return Level::kUnitProcedure;
  if (element.is_type("Operation")) return Level::kOperation;
  if (element.is_type("Phase")) return Level::kPhase;
  return Level::kStep;  // Allocation, RecipeSegment, Other
}

class RecipeMaker {
 public:
  RecipeMaker(const BatchmlRecipe& recipe, Resolution& resolution, Report& report)
      : recipe_(recipe),
        resolution_(resolution),
        report_(report),
        steps_(recipe, resolution, report) {}

  Mbr make() {
    Mbr mbr;
    fill_header(mbr);
    mbr.parameters = steps_.formula();
    mbr.procedure.level = Level::kProcedure;
    mbr.procedure.id = to_element_id(mbr.id);
    mbr.procedure.title = mbr.title;
    if (recipe_.procedure.has_logic()) {
      make_group(recipe_.procedure, mbr.procedure, "", 0);
    } else {
      report_.error("logic.missing", "line " + std::to_string(recipe_.procedure.line),
                    "The master recipe has no procedure logic, so there is no order of its "
                    "elements. Complete the recipe.");
    }
    steps_.report_empty_parameters();
    report_counts();
    return mbr;
  }

  [[nodiscard]] const SourceLines& lines() const { return lines_; }

 private:
  void fill_header(Mbr& mbr) {
    mbr.id = presentable(recipe_.id, "ID", report_);
    mbr.version = presentable(recipe_.version, "Version", report_);
    if (mbr.id.empty()) {
      report_.error("mbr.id", "ID", "The master recipe has no ID. Give it one.");
      mbr.id = "unnamed";
    }
    if (mbr.version.empty()) {
      report_.error("mbr.version", "Version", "The master recipe has no version. Give it one.");
      mbr.version = "unversioned";
    }
    mbr.product =
        presentable(recipe_.product_name.empty() ? recipe_.product_id : recipe_.product_name,
                    "ProductName", report_);
    const auto& descriptions = recipe_.procedure.descriptions;
    std::string description =
        descriptions.empty() ? "" : presentable(descriptions.front(), "Description", report_);
    std::string title = mbr.product.empty() ? description : mbr.product;
    mbr.title = english(title.empty() ? mbr.id : std::move(title));
    if (!description.empty()) mbr.description = english(std::move(description));
    mbr.languages = {"en"};
    fill_batch_size(mbr);
  }

  void fill_batch_size(Mbr& mbr) {
    if (recipe_.batch_size.empty()) return;
    const auto value = Decimal::parse(recipe_.batch_size);
    const auto answer = resolution_.unit(recipe_.batch_size_unit);
    const Unit* unit = find_unit(answer.value_or(recipe_.batch_size_unit));
    if (!value || (unit == nullptr && !recipe_.batch_size_unit.empty())) {
      report_.warning("batch_size", "BatchSize",
                      "The batch size \"" + recipe_.batch_size + " " + recipe_.batch_size_unit +
                          "\" is not a number with a known unit and was left out.");
      return;
    }
    mbr.batch_size = {*value, unit == nullptr ? "" : std::string(unit->symbol)};
  }

  // Recursion is bounded: the source reader stops at 16 levels, and elements are counted because a
  // step list may use one element many times.
  Element make_element(const BatchmlElement& source, const BatchmlChild& child,
                       const std::string& path, int depth) {
    Element element;
    element.id = child.id;
    element.level = level_of(source);

    element.title = english(title_of(source, path));
    if (source.has_logic()) {
      make_group(source, element, path, depth);
    } else {
      make_leaf(source, element, path);
    }
    return element;
  }

  void make_group(const BatchmlElement& source, Element& element, const std::string& path,
                  int depth) {
    BatchmlLogic logic = BatchmlChartMaker(source, path, resolution_, lines_, report_).make();
    element.chart = std::move(logic.chart);
    for (const BatchmlChild& child : logic.children) {
      if (!may_unfold(*child.element, path)) return;
      const std::string child_at = path_below(path, child.id);
      element.children.push_back(make_element(*child.element, child, child_at, depth + 1));
    }
  }

  // Work that one element costs each time a step uses it. Without a bound, steps that use elements
  // whose steps use elements unfold a small file to anything.
  bool may_unfold(const BatchmlElement& source, const std::string& path) {
    constexpr std::size_t kWorkMax = 2'000'000;
    if (unfolded_ > kWorkMax || ++elements_ > kElementsMax) {
      if (!std::exchange(too_many_, true)) {
        report_.error("element.count", element_place(path),
                      "The recipe unfolds to too many elements; the rest was not read.");
      }
      return false;
    }
    unfolded_ += source.links.size() + source.steps.size() + source.transitions.size() +
                 source.parameters.size() + source.elements.size();
    return true;
  }

  void make_leaf(const BatchmlElement& source, Element& element, const std::string& path) {
    if (!source.elements.empty()) {
      report_.error("logic.missing",
                    element_place(path) + " (line " + std::to_string(source.line) + ")",
                    "This element has children but no procedure logic, so there is no order for "
                    "them. Complete the recipe.");
    }
    element.step = steps_.make(source, element_place(path));
  }

  std::string title_of(const BatchmlElement& source, const std::string& path) {
    if (source.descriptions.size() > 1 && fold(source.descriptions[1]) == fold(kPlaceholder))
      ++placeholders_;
    equipment_requirements_ += source.equipment_requirements;
    std::string title = source.descriptions.empty() ? ""
                                                    : presentable(source.descriptions.front(),
                                                                  element_place(path), report_);
    return title.empty() ? to_element_id(one_line(source.id)) : title;
  }

  void report_counts() {
    if (placeholders_ > 0) {
      report_.info("description.placeholder", "descriptions",
                   std::to_string(placeholders_) +
                       " elements are described only by the placeholder \"" +
                       std::string(kPlaceholder) + "\"; it is not shown.");
    }
    equipment_requirements_ += recipe_.procedure.equipment_requirements;
    if (equipment_requirements_ > 0) {
      report_.info(
          "equipment.requirement", "equipment requirements",
          std::to_string(equipment_requirements_) +
              " equipment requirements are not checked yet. Make sure of them before the run.");
    }
  }

  const BatchmlRecipe& recipe_;
  Resolution& resolution_;
  Report& report_;
  BatchmlStepMaker steps_;
  SourceLines lines_;
  std::size_t unfolded_ = 0;
  bool too_many_ = false;
  int elements_ = 0, placeholders_ = 0, equipment_requirements_ = 0;
};

std::string provenance(const BatchmlRecipe& recipe, std::string_view xml, std::string_view toml,
                       std::string_view source_name) {
  const std::size_t slash = source_name.find_last_of("/\\");
  const std::string_view name =
      slash == std::string_view::npos ? source_name : source_name.substr(slash + 1);
  std::string text = "BatchML (" + one_line(recipe.name_space) + "), file " + one_line(name) +
                     ", SHA-256 " + to_hex(sha256(xml));
  if (!toml.empty()) text += ", resolution SHA-256 " + to_hex(sha256(toml));
  return checked_text(text) ? text : "BatchML, SHA-256 " + to_hex(sha256(xml));
}

// The checker doesn't know of the file: its places get their lines here. A condition that isn't an
// expression yet was already explained by the importer, in better words.
void add_check_findings(const Mbr& mbr, const SourceLines& lines, Report& report) {
  for (Finding& finding : check_mbr(mbr)) {
    if (finding.code == "transition.condition.open") continue;
    const auto line = lines.find(finding.place);
    if (line != lines.end()) finding.place += " (line " + std::to_string(line->second) + ")";
    report.add(std::move(finding));
  }
}

}  // namespace

Result<Import> read_batchml(std::string_view xml, std::string_view resolve_toml,
                            std::string_view source_name) {
  auto root = parse_xml(xml);
  if (!root) return std::unexpected(std::move(root.error()));
  Report report;
  Resolution resolution = Resolution::read(resolve_toml, report);
  auto recipe = read_batchml_source(*root, resolution.recipe(), report);
  if (!recipe) return std::unexpected(std::move(recipe.error()));
  Import import;
  RecipeMaker maker(*recipe, resolution, report);
  import.mbr = maker.make();
  import.mbr.provenance = provenance(*recipe, xml, resolve_toml, source_name);
  if (number_steps(import.mbr.procedure) > kStepsMax) {
    report.error("step.count", element_place(""), "There are more than 100,000 steps.");
  }
  resolution.report_unused(report);
  add_check_findings(import.mbr, maker.lines(), report);
  import.findings = report.take();
  import.mbr.draft = has_errors(import.findings);
  import.mbr.text = write_mbr(import.mbr);
  import.mbr.hash = sha256(import.mbr.text);
  import.counts = recipe->counts;
  for (const Finding& finding : import.findings) {
    if (finding.code == "link.dangling") ++import.counts.dangling_links;
  }
  return import;
}

}  // namespace batchwright::workflows
