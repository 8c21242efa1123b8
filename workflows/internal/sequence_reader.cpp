#include "workflows/internal/sequence_reader.h"

#include "workflows/internal/mbr_limits.h"

namespace batchwright::workflows {

namespace {

using Ids = std::set<std::string, std::less<>>;

// Ids of all children at this level, also those inside groups, before any node is named. Depth is
// bounded by the JSON parser.
void collect_ids(const Json& json, Ids& ids) {
  if (json.is_array()) {
    for (const Json& item : json) collect_ids(item, ids);
    return;
  }
  if (!json.is_object()) return;
  const auto id = json.find("id");
  if (id != json.end() && id->is_string()) {
    ids.insert(id->get<std::string>());
    return;
  }
  for (const char* key : {"parallel", "one_of", "repeat", "do", "children"}) {
    const auto member = json.find(key);
    if (member != json.end()) collect_ids(*member, ids);
  }
}

std::optional<Expression> literal(const char* text) {
  auto parsed = Expression::parse(text);
  return parsed ? std::optional(std::move(*parsed)) : std::nullopt;
}

// The way out of a loop: taken exactly when the loop's condition has a value and isn't true.
std::optional<Expression> negated(const std::optional<Expression>& condition,
                                  const JsonPlace& place, Report& report) {
  if (!condition) return std::nullopt;
  auto parsed = Expression::parse("not (" + condition->text() + ")");
  if (parsed) return std::move(*parsed);
  report.error("expression.invalid", place.text(),
               "This condition is too long for a loop. Shorten it.");
  return std::nullopt;
}

}  // namespace

bool SequenceReader::is_group(const Json& item) {
  return item.is_object() && !item.contains("id") &&
         (item.contains("parallel") || item.contains("one_of") || item.contains("repeat"));
}

Chart SequenceReader::read(const Json& items, const JsonPlace& place) {
  Ids taken;
  collect_ids(items, taken);
  builder_ = ChartBuilder(std::move(taken));
  const std::string begin = builder_.add_terminal(NodeKind::kBegin, "begin");
  const std::string last = chain(items, place, begin, 0);
  const std::string end = builder_.add_terminal(NodeKind::kEnd, "end");
  builder_.link(last, end);
  return builder_.take();
}

std::string SequenceReader::chain(const Json& items, const JsonPlace& place, std::string from,
                                  int depth) {
  if (!items.is_array()) {
    report_.error("json.type", place.text(), "A list [ ] of children is expected here.");
    return from;
  }
  if (depth > kGroupDepthMax) {
    report_.error("group.depth", place.text(),
                  "Groups are nested deeper than 16 levels. Use an operation or phase of its own.");
    return from;
  }
  std::size_t index = 0;
  for (const Json& json : items) from = item(json, place.item(index++), from, depth);
  return from;
}

std::string SequenceReader::item(const Json& json, const JsonPlace& place, const std::string& from,
                                 int depth) {
  if (is_group(json)) {
    if (json.contains("parallel")) return parallel(json, place, from, depth + 1);
    if (json.contains("one_of")) return one_of(json, place, from, depth + 1);
    return repeat(json, place, from, depth + 1);
  }
  Element child = read_child_(json, place);
  if (child.id.empty()) return from;  // already a finding
  std::string node = child.id;
  const bool is_new = builder_.add_element(node);
  if (is_new) builder_.link(from, node);
  children_.push_back(std::move(child));
  return is_new ? node : from;
}

std::string SequenceReader::parallel(const Json& json, const JsonPlace& place,
                                     const std::string& from, int depth) {
  JsonObject object(json, place, report_);
  const Json& branches = object.list("parallel", static_cast<std::size_t>(kElementsMax));
  const JsonPlace here = object.at("parallel");
  object.finish();
  if (branches.size() < 2) {
    report_.error("group.branches", here.text(), "At least two branches are needed here.");
  }
  const std::string split = builder_.add(NodeKind::kAndSplit, "split");
  builder_.link(from, split);
  std::vector<std::string> ends;
  std::size_t index = 0;
  for (const Json& branch : branches) {
    const JsonPlace there = here.item(index++);
    ends.push_back(chain(branch, there, split, depth));
    if (ends.back() == split) {
      report_.error("group.branch.empty", there.text(),
                    "This branch has no children. Add some or remove it.");
    }
  }
  const std::string join = builder_.add(NodeKind::kAndJoin, "join");
  for (const std::string& end : ends) builder_.link(end, join);
  return join;
}

std::string SequenceReader::one_of(const Json& json, const JsonPlace& place,
                                   const std::string& from, int depth) {
  JsonObject object(json, place, report_);
  const Json& branches = object.list("one_of", static_cast<std::size_t>(kElementsMax));
  const JsonPlace here = object.at("one_of");
  object.finish();
  if (branches.size() < 2) {
    report_.error("group.branches", here.text(), "At least two branches are needed here.");
  }
  const std::string split = builder_.add(NodeKind::kOrSplit, "choice");
  builder_.link(from, split);
  std::vector<std::string> ends;
  std::size_t index = 0;
  for (const Json& branch : branches) {
    const JsonPlace there = here.item(index++);
    JsonObject alternative(branch, there, report_);
    const bool last = index == branches.size();
    const bool chosen = branch.is_object() && branch.contains("chosen_by");
    const bool otherwise = branch.is_object() && !branch.contains("when") && !chosen;
    if (otherwise && !last) {
      report_.error("group.when.missing", there.text(),
                    "Only the last branch may be without \"when\". Add it.");
    }
    auto condition = alternative.expression("when");
    std::string chosen_by = alternative.text("chosen_by");
    const Json* items = alternative.find("children", Need::kRequired);
    alternative.finish();
    const std::string when = builder_.add_transition(
        otherwise ? literal("true") : std::move(condition), std::move(chosen_by));
    builder_.link(split, when);
    ends.push_back(items == nullptr ? when
                                    : chain(*items, alternative.at("children"), when, depth));
  }
  const std::string merge = builder_.add(NodeKind::kOrJoin, "merge");
  for (const std::string& end : ends) builder_.link(end, merge);
  return merge;
}

std::string SequenceReader::repeat(const Json& json, const JsonPlace& place,
                                   const std::string& from, int depth) {
  JsonObject object(json, place, report_);
  const Json* body = object.find("repeat", Need::kRequired);
  auto condition = object.expression("while", Need::kRequired);
  const Json* between = object.find("do");
  object.finish();
  const std::string head = builder_.add(NodeKind::kOrJoin, "again");
  builder_.link(from, head);
  const std::string tail = chain(*body, object.at("repeat"), head, depth);
  if (tail == head) {
    report_.error("group.branch.empty", object.at("repeat").text(),
                  "A loop needs at least one child to repeat.");
  }
  const std::string test = builder_.add(NodeKind::kOrSplit, "test");
  builder_.link(tail, test);
  auto leave_condition = negated(condition, object.at("while"), report_);
  const std::string once_more = builder_.add_transition(std::move(condition));
  builder_.link(test, once_more);
  const std::string back =
      between == nullptr ? once_more : chain(*between, object.at("do"), once_more, depth);
  builder_.link(back, head);
  const std::string leave = builder_.add_transition(std::move(leave_condition));
  builder_.link(test, leave);
  return leave;
}

}  // namespace batchwright::workflows
