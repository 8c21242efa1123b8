"""Finds places in our C++ where a small mistake could stand, and writes sources that can make each mistake at run time.

One place and one mistake is a mutant. The rewritten source asks `::batchwright::mutant(n)` at each of them, so one
binary holds them all and the environment chooses which is made. Needs libclang (python3-clang-19).
"""

import hashlib
import re
import sys
from dataclasses import dataclass, field

try:
    import clang.cindex as ci
except ModuleNotFoundError:  # another Python came before Debian's
    sys.path.append("/usr/lib/python3/dist-packages")
    import clang.cindex as ci

from clang.cindex import CursorKind as Kind

SWAPS = {
    "<": "<=", "<=": "<", ">": ">=", ">=": ">", "==": "!=", "!=": "==",
    "&&": "||", "||": "&&", "+": "-", "-": "+", "*": "+",
}
ARITHMETIC = ("+", "-", "*")
BODIES = (Kind.CXX_METHOD, Kind.FUNCTION_DECL, Kind.CONSTRUCTOR, Kind.FUNCTION_TEMPLATE, Kind.DESTRUCTOR)
STATEMENTS = (Kind.CALL_EXPR, Kind.BINARY_OPERATOR, Kind.COMPOUND_ASSIGNMENT_OPERATOR, Kind.UNARY_OPERATOR)
# Leaving these out changes how fast something is, never what it does.
EQUIVALENT = re.compile(r"\.reserve\(")


@dataclass
class Mutant:
    """`start`, `end`: bytes of the source that it wraps. `parts`: the byte ranges inside that are written again."""

    path: str
    kind: str
    start: int
    end: int
    line: int
    function: str
    what: str  # for people: what stands there, what would stand there instead
    parts: list = field(default_factory=list)
    detail: str = ""
    id: str = ""
    number: int = 0


def parse(path, arguments):
    """The translation unit; errors are raised, because a half-understood source would be mutated in wrong places."""
    unit = ci.Index.create().parse(str(path), args=["-x", "c++", "-std=c++23", "-w", *arguments])
    errors = [str(d) for d in unit.diagnostics if d.severity >= ci.Diagnostic.Error]
    if errors:
        raise ValueError(f"{path} can't be parsed: {errors[0]}")
    return unit


class Finder:
    def __init__(self, name, path, source):
        self.name, self.path, self.source = name, str(path), source
        self.found = []
        self.function = ""

    def find(self, unit):
        for cursor in unit.cursor.get_children():
            if cursor.location.file and cursor.location.file.name == self.path:
                self.outside(cursor)
        number_alike(self.found)
        return self.found

    def text(self, start, end):
        return self.source[start:end].decode()

    def own(self, cursor):
        return self.text(cursor.extent.start.offset, cursor.extent.end.offset)

    def outside(self, cursor):
        """Declarations: only bodies of functions that run at run time hold mutants."""
        if cursor.kind in BODIES:
            body = [c for c in cursor.get_children() if c.kind == Kind.COMPOUND_STMT]
            head = self.text(cursor.extent.start.offset, body[0].extent.start.offset) if body else ""
            if not body or re.search(r"\bconst(expr|eval)\b", head):
                return
            self.function = cursor.spelling
            self.inside(body[0], cursor)
            return
        for child in cursor.get_children():
            self.outside(child)

    def inside(self, cursor, parent):
        if self.is_constant(cursor):
            return
        self.look(cursor, parent)
        for child in cursor.get_children():
            self.inside(child, cursor)

    def is_constant(self, cursor):
        if cursor.kind in (Kind.STATIC_ASSERT, Kind.TYPE_REF, Kind.TEMPLATE_REF):
            return True
        text = self.own(cursor)
        if cursor.kind == Kind.DECL_STMT:
            return bool(re.match(r"(static\s+)?constexpr\b|static\s+const\b", text))
        return cursor.kind == Kind.IF_STMT and text.startswith("if constexpr")

    def add(self, kind, start, end, what, parts=(), detail=""):
        line = self.source.count(b"\n", 0, start) + 1
        self.found.append(Mutant(self.name, kind, start, end, line, self.function, what, list(parts), detail))

    def look(self, cursor, parent):
        children = list(cursor.get_children())
        if cursor.kind == Kind.IF_STMT:
            self.look_at_if(cursor, children)
        elif cursor.kind == Kind.COMPOUND_STMT:
            for child in children:
                self.look_at_statement(child)
        elif cursor.kind == Kind.BINARY_OPERATOR or cursor.spelling.startswith("operator"):
            self.look_at_operator(cursor, children)
        elif cursor.kind == Kind.UNARY_OPERATOR:
            self.look_at_not(cursor, children)
        elif cursor.kind == Kind.CONDITIONAL_OPERATOR and len(children) == 3:
            self.wrap("choice", children[0], "the other of the two is chosen")
        elif cursor.kind == Kind.RETURN_STMT and children:
            if children[0].type.get_canonical().kind == ci.TypeKind.BOOL:
                self.wrap("return", children[0], "the opposite is returned")
        elif cursor.kind in (Kind.INTEGER_LITERAL, Kind.CXX_BOOL_LITERAL_EXPR):
            self.look_at_literal(cursor, parent)

    def look_at_if(self, cursor, children):
        """The condition is the expression before the first statement; one that declares a name is left alone."""
        head = self.own(cursor)
        match = re.match(r"if\s*\(", head)
        statements = [i for i, c in enumerate(children) if c.kind.is_statement() or i == len(children) - 1]
        bodies = [i for i in statements if children[i].kind != Kind.DECL_STMT and i > 0]
        if not match or not bodies:
            return
        condition = children[bodies[0] - 1]
        if condition.kind in (Kind.VAR_DECL, Kind.DECL_STMT) or not condition.kind.is_expression():
            return
        body = children[bodies[0]]
        refuses = re.search(r"\breturn\b", self.own(body)) is not None
        never = "never: what it refuses or ends early goes on" if refuses else "never"
        self.wrap("if never", condition, never)
        self.wrap("if always", condition, "always")

    def look_at_statement(self, cursor):
        if cursor.kind not in STATEMENTS and not (
                cursor.kind == Kind.UNEXPOSED_EXPR and cursor.kind.is_expression()):
            return
        start, end = cursor.extent.start.offset, cursor.extent.end.offset
        tail = re.match(rb"\s*;", self.source[end:])
        if tail and not EQUIVALENT.search(self.own(cursor)):
            self.add("leave out", start, end + tail.end(), self.short(start, end), [(start, end + tail.end())])

    def look_at_operator(self, cursor, children):
        if len(children) < 2:
            return
        left, right = children[0], children[-1]
        start, end = left.extent.start.offset, right.extent.end.offset
        between = self.text(left.extent.end.offset, right.extent.start.offset).strip()
        if between not in SWAPS or start < cursor.extent.start.offset:
            return
        if between in ARITHMETIC and not all(self.is_number(c) for c in (cursor, left, right)):
            return
        raw = self.plain(left), self.plain(right)
        if None in raw:
            return
        self.add("operator", start, end,
                 f"{self.short(start, end)}: {between} becomes {SWAPS[between]}",
                 [(start, end)], f"{raw[0]} {SWAPS[between]} {raw[1]}")

    @staticmethod
    def is_number(cursor):
        kind = cursor.type.get_canonical().kind
        return ci.TypeKind.BOOL.value < kind.value <= ci.TypeKind.LONGDOUBLE.value

    def look_at_not(self, cursor, children):
        if re.match(r"!(?!=)", self.own(cursor)) and len(children) == 1:
            self.wrap("not", cursor, "without the not")

    def look_at_literal(self, cursor, parent):
        start, end = cursor.extent.start.offset, cursor.extent.end.offset
        before, behind = self.source[:start].rstrip()[-1:], self.source[end:].lstrip()[:1]
        if before == b"<" and behind in (b">", b",") or behind == b":" or parent.kind in (
                Kind.CASE_STMT, Kind.VAR_DECL) and "[" in self.own(parent).split("=")[0]:
            return
        text = self.own(cursor)
        if cursor.kind == Kind.CXX_BOOL_LITERAL_EXPR:
            other = "false" if text == "true" else "true"
            self.add("constant", start, end, f"{self.around(start)}: {text} becomes {other}", [(start, end)], other)
        elif text.replace("'", "").isdigit():
            other = str(int(text.replace("'", "")) + 1)
            self.add("constant", start, end, f"{self.around(start)}: {text} becomes {other}", [(start, end)], other)

    def wrap(self, kind, cursor, how):
        start, end = cursor.extent.start.offset, cursor.extent.end.offset
        self.add(kind, start, end, f"{self.short(start, end)}: {how}", [(start, end)])

    def plain(self, cursor):
        """The text without line ends, to be written a second time; None when a comment makes that unsafe."""
        text = self.own(cursor)
        return None if "//" in text or "/*" in text or not text else " ".join(text.split("\n"))

    def short(self, start, end):
        return " ".join(self.text(start, end).split())[:100]

    def around(self, offset):
        """The line of the source it stands in."""
        begin = self.source.rfind(b"\n", 0, offset) + 1
        end = self.source.find(b"\n", offset)
        return self.short(begin, end if end >= 0 else len(self.source))


def number_alike(mutants):
    """Ids that stay while the mutated text does: lines above may come and go."""
    seen = {}
    for mutant in mutants:
        key = (mutant.path, mutant.function, mutant.kind, mutant.what)
        seen[key] = seen.get(key, 0) + 1
        text = "\0".join((*key, str(seen[key])))
        mutant.id = hashlib.sha256(text.encode()).hexdigest()[:10]


def find_mutants(name, path, arguments):
    source = path.read_bytes()
    return Finder(name, path, source).find(parse(path, arguments))


def emit(mutant, inner):
    """`inner` is the code as it stands, other mutants inside it included."""
    asked = f"::batchwright::mutant({mutant.number})"
    if mutant.kind in ("operator", "constant"):
        return f"({asked} ? ({mutant.detail}) : ({inner}))"
    if mutant.kind == "if never":
        return f"(!{asked} && ({inner}))"
    if mutant.kind == "if always":
        return f"({asked} || ({inner}))"
    if mutant.kind == "leave out":
        return f"if (!{asked}) {{ {inner} }}"
    return f"({asked} != static_cast<bool>({inner}))"  # choice, return, not


def render(source, mutants):
    """The source with these mutants in it. Lines keep their numbers."""
    ordered = sorted(mutants, key=lambda m: (m.start, -m.end, m.kind, m.id))
    declared = b"namespace batchwright { bool mutant(int number) noexcept; }\n#line 1\n"
    return declared + write(source, 0, len(source), ordered)


def write(source, start, end, mutants):
    output, at, i = b"", start, 0
    while i < len(mutants):
        outer = mutants[i]
        inner = []
        i += 1
        while i < len(mutants) and mutants[i].start < outer.end:
            if mutants[i].end <= outer.end:
                inner.append(mutants[i])
            i += 1  # one that overlaps without being inside can't be: expressions nest
        output += source[at:outer.start]
        output += emit(outer, write(source, outer.start, outer.end, inner).decode()).encode()
        at = outer.end
    return output + source[at:end]


SWITCH = """// Chooses the one mutant of this run. Written by tools/mutate.py.
#include <cstdlib>

namespace batchwright {

bool mutant(int number) noexcept {
  static const int chosen = [] {
    const char* text = std::getenv("BATCHWRIGHT_MUTANT");
    return text == nullptr ? 0 : std::atoi(text);
  }();
  return number == chosen;
}

}  // namespace batchwright
"""
