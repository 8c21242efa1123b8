// Soundness of AND splits and joins, beyond what the recipes with one defect show: partial joins,
// nesting, loops, size. Row A4.
#include "workflows/internal/token_flow.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <ctime>
#include <random>
#include <sstream>

namespace batchwright::workflows {
namespace {

using testing::IsEmpty;

// A chart from text: "b>s s>x s>y x>j y>j j>e". The first letter of a node says its kind: b begin,
// e end, s AND split, j AND join, o OR split, m OR join, t transition; anything else is an element.
class TextChart {
 public:
  explicit TextChart(const std::string& text) {
    std::stringstream stream(text);
    std::string link;
    while (stream >> link) {
      const std::size_t arrow = link.find('>');
      add_link(node(link.substr(0, arrow)), node(link.substr(arrow + 1)));
    }
    for (const Node& made : nodes_) graph_.nodes.push_back(&made);
  }

  std::string defects() const {
    std::string text;
    for (const FlowFinding& finding : check_token_flow(graph_)) {
      text += (text.empty() ? "" : " ") + std::string(word(finding.defect)) + ":" +
              graph_.id(finding.node);
    }
    return text;
  }

 private:
  static const char* word(FlowDefect defect) {
    switch (defect) {
      case FlowDefect::kJoinNeverFires: return "never";
      case FlowDefect::kUnequalMerge: return "leak";
      case FlowDefect::kEndWhileRunning: return "early";
      case FlowDefect::kTooComplex: return "complex";
    }
    return "?";
  }

  static NodeKind kind_of(char letter) {
    switch (letter) {
      case 'b': return NodeKind::kBegin;
      case 'e': return NodeKind::kEnd;
      case 's': return NodeKind::kAndSplit;
      case 'j': return NodeKind::kAndJoin;
      case 'o': return NodeKind::kOrSplit;
      case 'm': return NodeKind::kOrJoin;
      case 't': return NodeKind::kTransition;
      default: return NodeKind::kElement;
    }
  }

  int node(const std::string& id) {
    for (std::size_t i = 0; i < nodes_.size(); ++i) {
      if (nodes_[i].id == id) return static_cast<int>(i);
    }
    Node made;
    made.id = id;
    made.kind = kind_of(id.front());
    const int index = static_cast<int>(nodes_.size());
    if (made.kind == NodeKind::kBegin) graph_.begins.push_back(index);
    if (made.kind == NodeKind::kEnd) graph_.ends.push_back(index);
    nodes_.push_back(std::move(made));
    graph_.labels.push_back(id);
    graph_.out.emplace_back();
    graph_.in.emplace_back();
    return index;
  }

  void add_link(int from, int to) {
    graph_.out[static_cast<std::size_t>(from)].push_back(to);
    graph_.in[static_cast<std::size_t>(to)].push_back(from);
  }

  std::vector<Node> nodes_;
  ChartGraph graph_;
};

std::string defects(const std::string& chart) {
  return TextChart(chart).defects();
}

TEST(TokenFlow, SequenceSplitAndLoopAreSound) {
  EXPECT_EQ(defects("b>x x>y y>e"), "");
  EXPECT_EQ(defects("b>s s>x s>y x>j y>j j>e"), "");
  EXPECT_EQ(defects("b>m m>x x>t1 x>t2 t1>m t2>e"), "");
}

TEST(TokenFlow, ABeginWithSeveralLinksStartsThemAll) {
  EXPECT_EQ(defects("b>x b>y x>j y>j j>e"), "");
  EXPECT_EQ(defects("b>x b>y x>e y>e"), "early:e leak:e");
}

TEST(TokenFlow, ALoopInsideABranchIsSound) {
  EXPECT_EQ(defects("b>s s>m m>x x>t1 x>t2 t1>m t2>j s>y y>j j>e"), "");
}

TEST(TokenFlow, ASplitAndJoinInsideALoopIsSound) {
  EXPECT_EQ(defects("b>m m>s s>x s>y x>j y>j j>t1 j>t2 t1>m t2>e"), "");
}

TEST(TokenFlow, AChoiceInsideABranchIsSound) {
  EXPECT_EQ(defects("b>s s>o o>t1 o>t2 t1>x t2>m x>m m>j s>y y>j j>e"), "");
}

TEST(TokenFlow, BranchesMayBeJoinedOneByOne) {
  EXPECT_EQ(defects("b>s s>x s>y s>z x>j1 y>j1 j1>w w>j2 z>j2 j2>e"), "");
}

TEST(TokenFlow, BranchesOfNestedSplitsMayBeJoinedAcross) {
  EXPECT_EQ(defects("b>s1 s1>x s1>s2 s2>y s2>z x>j1 y>j1 j1>j2 z>j2 j2>e"), "");
}

TEST(TokenFlow, AJoinedPartMayBeSplitAgain) {
  EXPECT_EQ(defects("b>s1 s1>x s1>y s1>z x>j1 y>j1 j1>s2 s2>p s2>q p>j2 q>j2 z>j2 j2>e"), "");
}

TEST(TokenFlow, ABranchLeftOutOfTheJoinIsReported) {
  EXPECT_EQ(defects("b>s s>x s>y s>z x>j y>j j>e1 z>e2"), "early:e2 early:e1");
}

TEST(TokenFlow, AJoinOfAlternativesNeverFires) {
  EXPECT_EQ(defects("b>o o>t1 o>t2 t1>x t2>y x>j y>j j>e"), "never:j");
}

TEST(TokenFlow, AJoinOfPartsFromTwoAlternativeSplitsNeverFires) {
  EXPECT_EQ(
      defects("b>o o>t1 o>t2 t1>s1 t2>s2 s1>p s1>q s2>r s2>u p>j1 r>j1 q>j2 u>j2 j1>j3 j2>j3 j3>e"),
      "never:j2 never:j1");
}

TEST(TokenFlow, AJoinOfAWholeWithItsOwnPartNeverFires) {
  EXPECT_EQ(defects("b>x x>t1 x>t2 t1>j t2>s s>p s>q p>j q>j j>e"), "never:j");
}

TEST(TokenFlow, TwoJoinsThatWaitForEachOtherAreReported) {
  EXPECT_EQ(defects("b>s s>x s>y x>j1 y>j2 j1>p j2>q p>o1 q>o2 o1>t1 o1>t2 o2>t3 o2>t4 t1>j2 t3>j1 "
                    "t2>j3 t4>j3 j3>e"),
            "never:j1");
}

TEST(TokenFlow, OneDefectDoesNotHideTheNext) {
  EXPECT_EQ(
      defects(
          "b>o o>t1 o>t2 t1>x t2>y x>j1 y>j1 j1>o2 o2>t3 o2>t4 t3>s t4>e1 s>p s>q p>e2 q>m m>e3"),
      "never:j1 early:e3 early:e2");
}

// Of processor time: other work on the machine doesn't count.
double seconds_to_check(const std::string& chart, std::string& found) {
  const TextChart text(chart);
  const std::clock_t start = std::clock();
  found = text.defects();
  return static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
}

TEST(TokenFlow, AThousandBranchesJoinedOneByOneAreCheckedQuickly) {
  std::string chart = "b>s s>x0 x0>j1";
  for (int i = 1; i < 1'000; ++i) {
    const std::string n = std::to_string(i);
    chart += " s>x" + n + " x" + n + ">j" + n +
             (i < 999 ? " j" + n + ">j" + std::to_string(i + 1) : " j" + n + ">e");
  }
  std::string found;
  EXPECT_LT(seconds_to_check(chart, found), 5.0);
  EXPECT_EQ(found, "");
}

TEST(TokenFlow, AThousandNestedSplitsAreCheckedQuickly) {
  std::string chart = "b>s0";
  for (int i = 0; i < 1'000; ++i) {
    const std::string n = std::to_string(i), next = std::to_string(i + 1);
    chart += " s" + n + ">x" + n + " x" + n + ">j" + n;
    chart += i < 999 ? " s" + n + ">s" + next + " j" + next + ">j" + n : " s" + n + ">y y>j" + n;
  }
  std::string found;
  EXPECT_LT(seconds_to_check(chart + " j0>e", found), 5.0);
  EXPECT_EQ(found, "");
}

// Any chart made of sequence, parallel, choice and loop is sound; cutting one link into a join
// never is.
class Composer {
 public:
  explicit Composer(unsigned seed) : random_(seed) {}

  std::string chart(int depth) {
    out_.clear();
    joins_.clear();
    const std::string last = piece("b", depth);
    link(last, "e");
    return out_;
  }
  const std::vector<std::string>& links_into_joins() const { return joins_; }

 private:
  std::string name(const char* stem) { return stem + std::to_string(++count_); }
  void link(const std::string& from, const std::string& to) {
    const std::string text = from + ">" + to;
    if (to.front() == 'j') joins_.push_back(text);
    out_ += (out_.empty() ? "" : " ") + text;
  }
  std::string piece(const std::string& from, int depth) {
    switch (depth == 0 ? 0 : random_() % 5) {
      case 0: {
        std::string x = name("x");
        link(from, x);
        return x;
      }
      case 1: return piece(piece(from, depth - 1), depth - 1);
      case 2: {
        const std::string s = name("s"), j = name("j");
        link(from, s);
        std::vector<std::string> ends{piece(s, depth - 1), piece(s, depth - 1)};
        for (const std::string& end : ends) link(end, j);
        return j;
      }
      case 3: {
        const std::string o = name("o"), m = name("m"), t1 = name("t"), t2 = name("t");
        link(from, o);
        link(o, t1);
        link(o, t2);
        link(piece(t1, depth - 1), m);
        link(piece(t2, depth - 1), m);
        return m;
      }
      default: {
        const std::string m = name("m"), o = name("o"), t1 = name("t"), t2 = name("t");
        link(from, m);
        link(piece(m, depth - 1), o);
        link(o, t1);
        link(o, t2);
        link(t1, m);
        return t2;
      }
    }
  }

  std::mt19937 random_;
  std::string out_;
  std::vector<std::string> joins_;
  int count_ = 0;
};

TEST(TokenFlow, EveryChartComposedOfSoundPiecesIsSoundAndLosesThatWithOneLink) {
  for (unsigned seed = 1; seed <= 300; ++seed) {
    Composer composer(seed);
    const std::string chart = composer.chart(5);
    ASSERT_EQ(defects(chart), "") << "seed " << seed << ": " << chart;
    for (const std::string& link : composer.links_into_joins()) {
      std::string broken = chart;
      const std::string from = link.substr(0, link.find('>'));
      broken.replace(broken.find(link), link.size(), from + ">e");
      ASSERT_NE(defects(broken), "") << "seed " << seed << ": " << broken;
    }
  }
}

}  // namespace
}  // namespace batchwright::workflows
