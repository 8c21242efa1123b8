// Recursive descent over the grammar of docs/formats/expression.md, one function per rule. Depth
// and length are bounded, so hostile text costs microseconds and never the stack.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>

#include "base/text.h"
#include "base/unit_scale.h"
#include "workflows/internal/expression_node.h"

namespace batchwright::workflows {
namespace {

constexpr std::size_t kCharactersMax = 1000;
constexpr int kLevelsMax = 64;

struct Function {
  std::string_view name;
  Operation operation;
  std::size_t arguments_min, arguments_max;
};

constexpr std::size_t kAnyNumber = kCharactersMax;
constexpr std::array kFunctions = {
    Function{"completed", Operation::kCompleted, 1, 1},
    Function{"count", Operation::kCount, 1, 1},
    Function{"mean", Operation::kMean, 1, kAnyNumber},
    Function{"sum", Operation::kSum, 1, kAnyNumber},
    Function{"min", Operation::kMin, 1, kAnyNumber},
    Function{"max", Operation::kMax, 1, kAnyNumber},
    Function{"round", Operation::kRound, 2, 2},
    Function{"if", Operation::kIf, 3, 3},
    Function{"potency", Operation::kPotency, 3, 3},
    Function{"yield", Operation::kYield, 2, 2},
    Function{"ratio", Operation::kRatio, 2, 2},
    Function{"convert", Operation::kConvert, 2, 2},
};

struct Symbol {
  std::string_view text;
  Operation operation;
};

// Longer symbols first: "<=" must not be read as "<".
constexpr std::array kComparisons = {
    Symbol{"<=", Operation::kLessEqual},    Symbol{"<>", Operation::kNotEqual},
    Symbol{">=", Operation::kGreaterEqual}, Symbol{"<", Operation::kLess},
    Symbol{">", Operation::kGreater},       Symbol{"=", Operation::kEqual},
};
constexpr std::array kSums = {Symbol{"+", Operation::kAdd}, Symbol{"-", Operation::kSubtract}};
constexpr std::array kProducts = {Symbol{"*", Operation::kMultiply},
                                  Symbol{"/", Operation::kDivide}};

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}
bool is_space(char c) {
  return c == ' ' || c == '\t' || c == '\n';
}

void add_once(std::vector<std::string>& names, const std::string& name) {
  if (std::ranges::find(names, name) == names.end()) names.push_back(name);
}

ExpressionNode leaf_of(Operation operation, Value literal, std::string name = {}) {
  ExpressionNode node;
  node.operation = operation;
  node.literal = std::move(literal);
  node.name = std::move(name);
  return node;
}

// Of one operand, from the operator at byte `begin` on.
ExpressionNode node_of(Operation operation, std::size_t begin, ExpressionNode operand) {
  ExpressionNode node;
  node.operation = operation;
  node.begin = begin;
  node.end = operand.end;
  node.operands.push_back(std::move(operand));
  return node;
}

ExpressionNode node_of(Operation operation, ExpressionNode left, ExpressionNode right) {
  ExpressionNode node;
  node.operation = operation;
  node.begin = left.begin;
  node.end = right.end;
  node.operands.push_back(std::move(left));
  node.operands.push_back(std::move(right));
  return node;
}

class Parser {
 public:
  explicit Parser(std::string_view text) : text_(text) {}

  Result<ExpressionNode> parse_all() {
    auto node = parse_or();
    if (!node) return node;
    skip_spaces();
    if (at_ < text_.size()) return wrong("Something follows the end of the expression");
    return node;
  }

  std::vector<std::string> references, steps;

 private:
  std::unexpected<Error> wrong(std::string_view what) const {
    const std::size_t column = count_characters(text_.substr(0, at_)) + 1;
    return fail(ErrorCode::kMalformed, fmt::format("{}.", what), fmt::format("column {}", column));
  }

  void skip_spaces() {
    while (at_ < text_.size() && is_space(text_[at_])) ++at_;
  }

  bool take(std::string_view symbol) {
    skip_spaces();
    if (!text_.substr(at_).starts_with(symbol)) return false;
    at_ += symbol.size();
    return true;
  }

  std::string_view peek_word() {
    skip_spaces();
    std::size_t end = at_;
    while (end < text_.size() && (is_letter(text_[end]) || (end > at_ && is_digit(text_[end])))) {
      ++end;
    }
    return text_.substr(at_, end - at_);
  }

  bool take_word(std::string_view word) {
    if (peek_word() != word) return false;
    at_ += word.size();
    return true;
  }

  template <std::size_t N>
  std::optional<Operation> take_any(const std::array<Symbol, N>& symbols) {
    for (const Symbol& symbol : symbols) {
      if (take(symbol.text)) return symbol.operation;
    }
    return std::nullopt;
  }

  Result<ExpressionNode> parse_or() {
    auto left = parse_and();
    while (left && take_word("or")) {
      auto right = parse_and();
      if (!right) return right;
      left = node_of(Operation::kOr, std::move(*left), std::move(*right));
    }
    return left;
  }

  Result<ExpressionNode> parse_and() {
    auto left = parse_not();
    while (left && take_word("and")) {
      auto right = parse_not();
      if (!right) return right;
      left = node_of(Operation::kAnd, std::move(*left), std::move(*right));
    }
    return left;
  }

  Result<ExpressionNode> parse_not() {
    skip_spaces();
    const std::size_t begin = at_;
    const bool negated = take_word("not");
    auto operand = parse_compare();
    if (!operand || !negated) return operand;
    return node_of(Operation::kNot, begin, std::move(*operand));
  }

  Result<ExpressionNode> parse_compare() {
    auto left = parse_sum();
    if (!left) return left;
    const auto operation = take_any(kComparisons);
    if (!operation) return left;
    auto right = parse_sum();
    if (!right) return right;
    return node_of(*operation, std::move(*left), std::move(*right));
  }

  Result<ExpressionNode> parse_sum() {
    auto left = parse_product();
    while (left) {
      const auto operation = take_any(kSums);
      if (!operation) break;
      auto right = parse_product();
      if (!right) return right;
      left = node_of(*operation, std::move(*left), std::move(*right));
    }
    return left;
  }

  Result<ExpressionNode> parse_product() {
    auto left = parse_unary();
    while (left) {
      const auto operation = take_any(kProducts);
      if (!operation) break;
      auto right = parse_unary();
      if (!right) return right;
      left = node_of(*operation, std::move(*left), std::move(*right));
    }
    return left;
  }

  Result<ExpressionNode> parse_unary() {
    skip_spaces();
    const std::size_t begin = at_;
    const bool negated = take("-");
    auto operand = parse_primary();
    if (!operand || !negated) return operand;
    return node_of(Operation::kNegate, begin, std::move(*operand));
  }

  Result<ExpressionNode> parse_primary() {
    skip_spaces();
    const std::size_t begin = at_;
    auto node = parse_value();
    if (!node) return node;
    node->begin = begin;
    node->end = at_;
    return node;
  }

  Result<ExpressionNode> parse_value() {
    if (at_ >= text_.size()) return wrong("A value is missing at the end");
    const char c = text_[at_];
    if (c == '(') return parse_parentheses();
    if (c == '{') return parse_reference();
    if (c == '"') return parse_text();
    if (is_digit(c) || c == '.') return parse_number();
    if (is_letter(c)) return parse_word();
    return wrong("A value is expected here: a number, a name in {}, a text in \"\", or (");
  }

  Result<ExpressionNode> parse_parentheses() {
    if (++level_ > kLevelsMax) return wrong("More than 64 levels of parentheses");
    ++at_;
    auto inner = parse_or();
    if (!inner) return inner;
    if (!take(")")) return wrong("A closing ) is missing");
    --level_;
    return inner;
  }

  // The text up to `closing`, which is consumed; `at_` stands on the opening character.
  std::optional<std::string> take_enclosed(char closing) {
    const std::size_t end = text_.find(closing, at_ + 1);
    if (end == std::string_view::npos) return std::nullopt;
    std::string inside(text_.substr(at_ + 1, end - at_ - 1));
    at_ = end + 1;
    return inside;
  }

  Result<ExpressionNode> parse_reference() {
    const std::size_t start = at_;
    auto name = take_enclosed('}');
    if (!name) return wrong("A closing } is missing");
    const bool good = !name->empty() && name->find('{') == std::string::npos &&
                      !is_space(name->front()) && !is_space(name->back());
    if (!good) {
      at_ = start;
      return wrong("The name inside {} is empty, begins or ends with a space, or holds a {");
    }
    add_once(references, *name);
    return leaf_of(Operation::kReference, {}, std::move(*name));
  }

  Result<ExpressionNode> parse_text() {
    auto text = take_enclosed('"');
    if (!text) return wrong("The closing quotation mark is missing");
    return leaf_of(Operation::kLiteral, std::move(*text));
  }

  Result<ExpressionNode> parse_number() {
    std::size_t end = at_;
    while (end < text_.size() && (is_digit(text_[end]) || text_[end] == '.')) ++end;
    auto number = Decimal::parse(text_.substr(at_, end - at_));
    if (!number) return wrong("This is not a decimal number of at most 34 digits");
    at_ = end;
    return leaf_of(Operation::kLiteral, std::move(*number));
  }

  Result<ExpressionNode> parse_word() {
    if (take_word("true")) return leaf_of(Operation::kLiteral, true);
    if (take_word("false")) return leaf_of(Operation::kLiteral, false);
    const std::string_view word = peek_word();
    const auto function = std::ranges::find(kFunctions, word, &Function::name);
    if (function == kFunctions.end()) {
      return wrong(fmt::format("\"{}\" is not a function; names of entries stand in {{}}", word));
    }
    at_ += word.size();
    return parse_call(*function);
  }

  Result<ExpressionNode> parse_call(const Function& function) {
    if (!take("(")) return wrong(fmt::format("A ( is expected after {}", function.name));
    if (++level_ > kLevelsMax) return wrong("More than 64 levels of parentheses");
    ExpressionNode call = leaf_of(function.operation, {});
    do {
      auto argument = parse_or();
      if (!argument) return argument;
      call.operands.push_back(std::move(*argument));
    } while (take(","));
    if (!take(")")) return wrong("A closing ) or a comma is missing");
    --level_;
    if (call.operands.size() < function.arguments_min ||
        call.operands.size() > function.arguments_max) {
      return wrong(fmt::format("{} has the wrong number of arguments", function.name));
    }
    switch (call.operation) {
      case Operation::kCompleted:
      case Operation::kCount: return with_step(std::move(call));
      case Operation::kConvert: return with_unit(std::move(call));
      default: return call;
    }
  }

  // Step paths are literals, so that a checker can resolve every one of them before a run.
  Result<ExpressionNode> with_step(ExpressionNode call) {
    const auto* path = std::get_if<std::string>(&call.operands.front().literal);
    if (path == nullptr || path->empty()) return wrong("The step is given as a text in \"\"");
    call.name = *path;
    call.operands.clear();
    add_once(steps, call.name);
    return call;
  }

  // The unit is a literal too, and known: what a conversion does can be read in the formula.
  Result<ExpressionNode> with_unit(ExpressionNode call) const {
    const auto* unit = std::get_if<std::string>(&call.operands.back().literal);
    if (unit == nullptr || unit->empty()) return wrong("The unit is given as a text in \"\"");
    if (!parse_unit(*unit)) return wrong(fmt::format("The unit \"{}\" is not known", *unit));
    call.name = *unit;
    call.operands.pop_back();
    return call;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  int level_ = 0;
};

}  // namespace

Result<Expression> Expression::parse(std::string_view text) {
  if (!is_valid_utf8(text)) {
    return fail(ErrorCode::kMalformed, "The expression is not valid UTF-8.", "column 1");
  }
  if (count_characters(text) > kCharactersMax) {
    return fail(ErrorCode::kMalformed, "An expression has at most 1,000 characters.",
                fmt::format("column {}", kCharactersMax + 1));
  }
  Parser parser(text);
  auto root = parser.parse_all();
  if (!root) return std::unexpected(root.error());
  Expression expression;
  expression.text_ = std::string(text);
  expression.root_ = std::make_shared<const ExpressionNode>(std::move(*root));
  expression.references_ = std::move(parser.references);
  expression.steps_ = std::move(parser.steps);
  return expression;
}

}  // namespace batchwright::workflows
