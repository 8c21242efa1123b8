#include "workflows/internal/resolution.h"

#include <fmt/format.h>
#include <toml++/toml.h>

#include "base/text.h"
#include "workflows/internal/fold.h"

namespace batchwright::workflows {

namespace {

constexpr std::size_t kBytesMax = 1u << 20;

std::string line_of(const toml::node& node) {
  return "resolution line " + std::to_string(node.source().begin.line);
}

}  // namespace

class ResolutionReader {
 public:
  ResolutionReader(Resolution& resolution, Report& report) : out_(resolution), report_(report) {}

  void read(const toml::table& root) {
    for (const auto& [key, node] : root) {
      const std::string_view name = key.str();
      if (name == "empty-conditions") {
        read_empty_conditions(node);
      } else if (name == "recipe") {
        out_.recipe_ = text(node).value_or("");
      } else if (name == "conditions") {
        read_answers(node, out_.conditions_, false);
      } else if (name == "units") {
        read_answers(node, out_.units_, true);
      } else if (name == "remove") {
        read_removals(node);
      } else {
        unknown_key(name, node);
      }
    }
  }

 private:
  std::optional<std::string> text(const toml::node& node) {
    const auto* value = node.as_string();
    if (value == nullptr || !checked_text(value->get(), true)) {
      report_.error("resolve.type", line_of(node), "A text in quotes is expected here.");
      return std::nullopt;
    }
    return value->get();
  }

  void read_empty_conditions(const toml::node& node) {
    const auto value = text(node);
    if (!value) return;
    if (*value == "previous-step-complete") {
      out_.previous_complete_ = true;
    } else {
      report_.error("resolve.type", line_of(node),
                    "The only answer for empty conditions is \"previous-step-complete\".");
    }
  }

  void read_answers(const toml::node& node, Resolution::Answers& answers, bool folded) {
    const toml::table* table = node.as_table();
    if (table == nullptr) {
      report_.error("resolve.type", line_of(node),
                    "A table of \"source id\" = \"answer\" is expected here.");
      return;
    }
    for (const auto& [key, value] : *table) {
      if (const auto answer = text(value)) {
        const std::string name(key.str());
        answers[folded ? fold(name) : name].value = *answer;
      }
    }
  }

  // [remove] once, or [[remove]] as often as there are reasons.
  void read_removals(const toml::node& node) {
    if (const toml::table* table = node.as_table()) {
      read_removal(*table);
      return;
    }
    const toml::array* list = node.as_array();
    if (list == nullptr) {
      report_.error("resolve.type", line_of(node),
                    "Write [[remove]] with transitions or links, and a reason.");
      return;
    }
    for (const toml::node& item : *list) {
      if (const toml::table* table = item.as_table()) {
        read_removal(*table);
      } else {
        report_.error("resolve.type", line_of(item),
                      "Write [[remove]] with transitions or links, and a reason.");
      }
    }
  }

  void read_removal(const toml::table& table) {
    bool has_reason = false;
    for (const auto& [key, node] : table) {
      const std::string_view name = key.str();
      if (name == "transitions") {
        read_ids(node, out_.removed_transitions_);
      } else if (name == "links") {
        read_ids(node, out_.removed_links_);
      } else if (name == "reason") {
        has_reason = !one_line(text(node).value_or("")).empty();
      } else {
        unknown_key(name, node);
      }
    }
    if (!has_reason) {
      report_.error(
          "resolve.reason", line_of(table),
          "Say why this is removed: reason = \"...\". It becomes part of the record's provenance.");
    }
  }

  void read_ids(const toml::node& node, Resolution::Answers& answers) {
    const toml::array* ids = node.as_array();
    if (ids == nullptr) {
      report_.error("resolve.type", line_of(node), "A list of source ids is expected here.");
      return;
    }
    for (const toml::node& id : *ids) {
      if (const auto name = text(id)) answers.emplace(*name, Resolution::Answer{});
    }
  }

  void unknown_key(std::string_view name, const toml::node& node) {
    report_.error("resolve.key", line_of(node),
                  "The key \"" + std::string(name) +
                      "\" is not known here. Correct its spelling or remove it.");
  }

  Resolution& out_;
  Report& report_;
};

Resolution Resolution::read(std::string_view toml, Report& report) {
  Resolution resolution;
  if (toml.size() > kBytesMax) {
    report.error("resolve.size", "resolution",
                 "The resolution file is larger than 1 MB and was not read.");
    return resolution;
  }
  try {
    const toml::table root = toml::parse(toml);
    ResolutionReader(resolution, report).read(root);
  } catch (const toml::parse_error& error) {
    report.error("resolve.malformed",
                 "resolution line " + std::to_string(error.source().begin.line),
                 "The resolution file is not TOML: " + std::string(error.description()) +
                     ". No answer was used.");
    return Resolution{};
  }
  return resolution;
}

std::optional<std::string> Resolution::take(Answers& answers, std::string_view key) {
  const auto found = answers.find(key);
  if (found == answers.end()) return std::nullopt;
  found->second.used = true;
  return found->second.value;
}

std::optional<std::string> Resolution::condition(const std::string& transition) {
  return take(conditions_, transition);
}

bool Resolution::removes_transition(const std::string& transition) {
  return take(removed_transitions_, transition).has_value();
}

bool Resolution::removes_link(const std::string& link) {
  return take(removed_links_, link).has_value();
}

std::optional<std::string> Resolution::unit(const std::string& source_unit) {
  return take(units_, fold(source_unit));
}

bool Resolution::empty_means_previous_complete() {
  if (previous_complete_) previous_complete_used_ = true;
  return previous_complete_;
}

void Resolution::report_unused(Report& report) const {
  const auto check = [&](const Answers& answers, const std::string& table) {
    for (const auto& [key, answer] : answers) {
      if (answer.used) continue;
      report.error("resolve.unused", fmt::format("{} \"{}\"", table, key),
                   "This answer of the resolution file matches nothing in the recipe. Correct the "
                   "id or remove the answer.");
    }
  };
  check(conditions_, "conditions");
  check(removed_transitions_, "remove transition");
  check(removed_links_, "remove link");
  check(units_, "units");
  if (previous_complete_ && !previous_complete_used_) {
    report.warning("resolve.unused", "empty-conditions",
                   "The recipe has no empty condition, so this answer was not needed.");
  }
}

}  // namespace batchwright::workflows
