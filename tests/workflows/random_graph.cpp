#include "tests/workflows/random_graph.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <random>

namespace batchwright::workflows::test {
namespace {

// One chart while it is drawn: nodes by number, a transition's guard beside it.
struct Sketch {
  struct Vertex {
    NodeKind kind;
    std::string element;
    Guard guard;
  };
  std::vector<Vertex> nodes;
  std::vector<std::pair<std::size_t, std::size_t>> links;

  std::size_t add(NodeKind kind, std::string element = {}, Guard guard = {}) {
    nodes.push_back({kind, std::move(element), std::move(guard)});
    return nodes.size() - 1;
  }
  void link(std::size_t from, std::size_t to) { links.emplace_back(from, to); }
  [[nodiscard]] std::vector<std::size_t> after(std::size_t node) const {
    std::vector<std::size_t> next;
    for (const auto& [from, to] : links) {
      if (from == node) next.push_back(to);
    }
    return next;
  }
};

class GraphGenerator {
 public:
  GraphGenerator(std::uint64_t seed, int steps_max) : random_(seed), steps_left_(steps_max) {}

  RandomGraph make() {
    Element procedure = group("p", Level::kProcedure);
    fill(procedure, "");
    set_conditions(procedure, "");
    graph_.mbr = finished(std::move(procedure));
    return std::move(graph_);
  }

 private:
  struct Ends {
    std::size_t first, last;
  };

  std::size_t pick(std::size_t count) { return static_cast<std::size_t>(random_() % count); }
  bool one_in(std::size_t count) { return pick(count) == 0; }
  template <typename List>
  auto& any_of(List& list) {
    return list[pick(list.size())];
  }

  void fill(Element& parent, const std::string& path) {
    Sketch sketch;
    const std::size_t begin = sketch.add(NodeKind::kBegin);
    const std::size_t end = sketch.add(NodeKind::kEnd);
    if (one_in(8)) {
      scatter(sketch, parent, path);
    } else {
      const Ends all = piece(sketch, parent, path, 0);
      sketch.link(begin, all.first);
      sketch.link(all.last, end);
      for (std::size_t edits = pick(4); edits > 0; --edits) bend(sketch);
    }
    write(sketch, parent, path);
  }

  // A step, or a group with a chart of its own.
  std::size_t element(Sketch& sketch, Element& parent, const std::string& path) {
    const bool grouped = parent.level != Level::kPhase && steps_left_ > 2 && one_in(6);
    const std::string id = fmt::format("{}{}", grouped ? "g" : "s", ++elements_made_);
    const std::string own = path.empty() ? id : path + "/" + id;
    if (grouped) {
      Element child = group(id, static_cast<Level>(static_cast<int>(parent.level) + 1));
      fill(child, own);
      parent.children.push_back(std::move(child));
    } else {
      --steps_left_;
      graph_.paths.push_back(own);
      const bool asks = one_in(2);
      if (asks) deciders_.push_back(own);
      parent.children.push_back(step(id, {asks ? decimal("n", "", 0) : acknowledge()}));
    }
    return sketch.add(NodeKind::kElement, id);
  }

  Ends piece(Sketch& sketch, Element& parent, const std::string& path, int depth) {
    if (steps_left_ <= 1 || depth > 4 || one_in(5)) {
      const std::size_t only = element(sketch, parent, path);
      return {only, only};
    }
    switch (pick(5)) {
      case 0: return branches(sketch, parent, path, depth, true);
      case 1: return branches(sketch, parent, path, depth, false);
      case 2: return loop(sketch, parent, path, depth);
      default: break;
    }
    const Ends before = piece(sketch, parent, path, depth + 1);
    const Ends behind = piece(sketch, parent, path, depth + 1);
    sketch.link(before.last, behind.first);
    return {before.first, behind.last};
  }

  Ends branches(Sketch& sketch, Element& parent, const std::string& path, int depth, bool all) {
    const std::size_t split = sketch.add(all ? NodeKind::kAndSplit : NodeKind::kOrSplit);
    const std::size_t join = sketch.add(all ? NodeKind::kAndJoin : NodeKind::kOrJoin);
    for (std::size_t i = 2 + pick(2); i > 0; --i) {
      std::size_t from = split;
      if (!all) {
        from = sketch.add(NodeKind::kTransition, {}, i == 1 ? Guard{} : later());
        sketch.link(split, from);
      }
      if (!all && i > 1 && one_in(4)) {  // a way with nothing on it
        sketch.link(from, join);
        continue;
      }
      const Ends branch = piece(sketch, parent, path, depth + 1);
      sketch.link(from, branch.first);
      sketch.link(branch.last, join);
    }
    return {split, join};
  }

  Ends loop(Sketch& sketch, Element& parent, const std::string& path, int depth) {
    const std::size_t join = sketch.add(NodeKind::kOrJoin);
    const Ends body = piece(sketch, parent, path, depth + 1);
    const std::size_t split = sketch.add(NodeKind::kOrSplit);
    const std::size_t back = sketch.add(NodeKind::kTransition, {}, later());
    const std::size_t on = sketch.add(NodeKind::kTransition);
    sketch.link(join, body.first);
    sketch.link(body.last, split);
    sketch.link(split, back);
    sketch.link(back, join);
    sketch.link(split, on);
    return {join, on};
  }

  // Every node links to one or two others, whichever.
  void scatter(Sketch& sketch, Element& parent, const std::string& path) {
    static constexpr std::array kKinds = {NodeKind::kAndSplit, NodeKind::kAndJoin,
                                          NodeKind::kOrSplit, NodeKind::kOrJoin};
    for (std::size_t i = 1 + pick(4); i > 0; --i) element(sketch, parent, path);
    for (std::size_t i = pick(4); i > 0; --i) sketch.add(any_of(kKinds));
    const std::size_t count = sketch.nodes.size();
    const auto target = [&] { return 1 + pick(count - 1); };
    for (std::size_t node = 0; node < count; ++node) {
      const NodeKind kind = sketch.nodes[node].kind;
      if (kind == NodeKind::kEnd) continue;
      sketch.link(node, target());
      if (kind == NodeKind::kAndSplit) sketch.link(node, target());
      if (kind == NodeKind::kOrSplit || (kind == NodeKind::kElement && one_in(3))) {
        jump(sketch, node, target());
      }
    }
  }

  // One random change to a chart that was right.
  void bend(Sketch& sketch) {
    const std::size_t node = 2 + pick(sketch.nodes.size() - 2);
    NodeKind& kind = sketch.nodes[node].kind;
    switch (pick(8)) {
      case 0:
        sketch.links.erase(sketch.links.begin() +
                           static_cast<std::ptrdiff_t>(pick(sketch.links.size())));
        break;
      case 1: any_of(sketch.links).second = target(sketch); break;
      case 2:
        if (kind == NodeKind::kAndJoin)
          kind = NodeKind::kOrJoin;
        else if (kind == NodeKind::kOrJoin)
          kind = NodeKind::kAndJoin;
        break;
      case 3:
        if (kind == NodeKind::kTransition) sketch.nodes[node].guard = one_in(2) ? later() : Guard{};
        break;
      default: jump(sketch, node, target(sketch)); break;
    }
    if (sketch.links.empty()) sketch.link(0, 1);
  }

  // Any node but the begin and the transitions: a condition behind a condition may never be true.
  std::size_t target(const Sketch& sketch) {
    for (;;) {
      const std::size_t node = 1 + pick(sketch.nodes.size() - 1);
      if (sketch.nodes[node].kind != NodeKind::kTransition) return node;
    }
  }

  // From `node`, under a condition, to `target`; otherwise on as before.
  void jump(Sketch& sketch, std::size_t node, std::size_t target) {
    const NodeKind kind = sketch.nodes[node].kind;
    if (kind == NodeKind::kTransition || kind == NodeKind::kAndSplit) return;
    const std::size_t away = sketch.add(NodeKind::kTransition, {}, later());
    const auto before = sketch.after(node);
    std::erase_if(sketch.links, [&](const auto& link) { return link.first == node; });
    sketch.link(node, away);
    sketch.link(away, target);
    for (const std::size_t next : before) {
      std::size_t way = next;
      if (sketch.nodes[next].kind != NodeKind::kTransition) {
        way = sketch.add(NodeKind::kTransition);
        sketch.link(way, next);
      }
      sketch.link(node, way);
    }
  }

  // A condition that is chosen when all steps are known.
  static Guard later() { return {Guard::Kind::kAnswerIs, "", 0}; }

  void write(const Sketch& sketch, Element& parent, const std::string& path) {
    const auto id = [&](std::size_t node) {
      const auto& vertex = sketch.nodes[node];
      return vertex.element.empty() ? fmt::format("n{}", node) : vertex.element;
    };
    for (std::size_t i = 0; i < sketch.nodes.size(); ++i) {
      const auto& vertex = sketch.nodes[i];
      parent.chart.nodes.push_back({id(i), vertex.kind, vertex.element, {}, {}});
      if (vertex.kind == NodeKind::kTransition) graph_.guards[path + ":" + id(i)] = vertex.guard;
    }
    for (const auto& [from, to] : sketch.links) {
      const Link link{id(from), id(to)};
      const auto same = [&](const Link& known) {
        return known.from == link.from && known.to == link.to;
      };
      if (std::ranges::none_of(parent.chart.links, same)) parent.chart.links.push_back(link);
    }
  }

  void choose(Guard& guard) {
    if (guard.kind != Guard::Kind::kAnswerIs) return;
    if (deciders_.empty() || one_in(3)) {
      guard = {Guard::Kind::kCountBelow, any_of(graph_.paths), 1 + static_cast<int>(pick(3))};
    } else {
      guard = {Guard::Kind::kAnswerIs, any_of(deciders_), static_cast<int>(pick(3))};
    }
  }

  void set_conditions(Element& parent, const std::string& path) {
    for (Node& node : parent.chart.nodes) {
      if (node.kind != NodeKind::kTransition) continue;
      Guard& guard = graph_.guards.at(path + ":" + node.id);
      choose(guard);
      node.condition = expr(guard.text(pick(10)));
    }
    for (Element& child : parent.children) {
      if (!child.step) set_conditions(child, path.empty() ? child.id : path + "/" + child.id);
    }
  }

  std::mt19937_64 random_;
  int steps_left_;
  int elements_made_ = 0;
  RandomGraph graph_;
  std::vector<std::string> deciders_;
};

}  // namespace

RandomGraph make_random_graph(std::uint64_t seed, int steps_max) {
  return GraphGenerator(seed, steps_max).make();
}

}  // namespace batchwright::workflows::test
