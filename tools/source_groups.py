#!/usr/bin/env python3
"""Which sources may be compiled as one, so that a build from nothing reads the library headers once for several files.

Two sources go together only when neither mentions a name that the other keeps to itself (in an unnamed namespace, by
`static`, as an alias or a macro), when neither's headers would hide such a name or one that it means, and when both
have the same `using namespace`. Sources whose own names can't be listed so (unscoped enumerations, operators, macros for
a header that follows) stay alone. So a group means what its sources mean one by one, and the names in an unnamed
namespace stay free: `Options` and `run` may exist in every file of a folder. What this doesn't see is an overload, in
another source's header, that would suit a call better; `./dev check` compiles every source alone.

  --into LIST SOURCE...   writes LIST, one line per source, "GROUP PATH"; groups it already holds stay where they can
  --check FOLDER          touches FOLDER/stamp when a group of one of its lists may no longer be one

Groups hold at most MAX_FILES files of MAX_BYTES together. cmake/batchwright_module.cmake asks for the lists.
"""

import functools
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MAX_FILES = 8
MAX_BYTES = 56_000
UNNAMED = "(unnamed)"
NAMESPACES = "(namespaces)"

NOT_CODE = re.compile(
    r'R"(?P<mark>[^(\s]{0,16})\(.*?\)(?P=mark)"'
    r'|"(?:\\.|[^"\\\n])*"|(?<![0-9a-fA-F])\'(?:\\.|[^\'\\\n])+\'|//[^\n]*|/\*.*?\*/', re.DOTALL)
# A name after a dot, an arrow or two colons is looked up elsewhere.
MENTION = re.compile(r"(?<![\w.])(?<!->)(?<!::)[A-Za-z_]\w*")
DIRECTIVE = re.compile(r"^\s*#(?:[^\\\n]|\\.|\\\n)*", re.MULTILINE)
DECLARED_TYPE = re.compile(r"\b(?:struct|class|enum\s+class|enum\s+struct|enum|union|concept)\s+([A-Za-z_]\w*)")
ALIAS = re.compile(r"\busing\s+(?!namespace\b)(?:::)?((?:(\w+)\s*=|[\w:]*::(\w+)\s*;|enum\s+([\w:]+))[^;]*)")
NAME_BEFORE = re.compile(r"([A-Za-z_]\w*)\s*(?:\[[^\]]*\])?\s*$")


def without_text(source):
    """The code alone: comments and literals are gone."""
    return NOT_CODE.sub(lambda found: " " if found.group().startswith("/") else '""', source)


def declarations(code):
    """Yields (namespace, text) for each declaration at namespace level; bodies in braces are left out. An unnamed
    namespace ends in UNNAMED; the namespaces themselves come as (NAMESPACES, name)."""
    scopes = []  # one per open brace: the namespace's name, or None for a body
    text = []
    parentheses = 0
    for token in re.findall(r"[{}();]|[^{}();]+", code):
        head = "".join(text)
        here = "::".join(scope for scope in scopes if scope is not None)
        if scopes and scopes[-1] is None:
            scopes += [None] if token == "{" else []
            if token == "}":
                scopes.pop()
                if None not in scopes and not re.search(r"\b(struct|class|enum|union)\b|=\s*$", head):
                    yield here, head
                    text = []
        elif token == "{" and parentheses == 0:
            space = re.search(r"\bnamespace\b([^;=()]*)$", head)
            scopes.append((space.group(1).strip() or UNNAMED) if space else None)
            if space and space.group(1).strip():
                yield NAMESPACES, space.group(1).strip()
            text = [] if space else text
        elif token == "}" and parentheses == 0:
            scopes = scopes[:-1]
            text = []
        elif token == ";" and parentheses == 0:
            yield here, head + ";"
            text = []
        else:
            parentheses += (token == "(") - (token == ")")
            text.append(token)


def declared_name(text):
    """The name that one declaration brings in, or None."""
    text = re.sub(r"^\s*template\s*<[^;{}]*?>\s*(?=\w)", "", re.sub(r"\[\[[^\]]*\]\]", "", text))
    named_type = DECLARED_TYPE.search(text)
    if named_type and "(" not in text[:named_type.start()]:
        return named_type.group(1)
    while text != (text := re.sub(r"<[^<>()]*(\([^<>()]*\)[^<>()]*)*>", "", text)):
        pass  # of std::function<bool(Value)> the parentheses are no parameters
    ends = [at for at in (text.find("("), text.find("="), text.find(";")) if at >= 0]
    found = NAME_BEFORE.search(text[:min(ends)] if ends else text)
    if not found or re.fullmatch(r"[A-Z][A-Z_]+", found.group(1)):
        return None  # TEST(Suite, Case): the name is made of both, and known to every program that runs it
    return found.group(1)


INCLUDE = re.compile(r'^\s*#\s*include\s*"([^"]+)"', re.MULTILINE)


@functools.lru_cache(maxsize=None)
def shown_by(header):
    """(name, namespace) of what one header of ours declares, and those it includes."""
    file = ROOT / header
    if not file.exists():
        return frozenset()
    raw = file.read_text(encoding="utf-8")
    own = set()
    for space, text in declarations(DIRECTIVE.sub("", without_text(raw))):
        if space == NAMESPACES:
            path = text.split("::")
            own |= {(name, "::".join([NAMESPACES, *path[:depth]])) for depth, name in enumerate(path)}
        else:
            own.add((declared_name(text), space))
    return frozenset(own.union(*(shown_by(name) for name in INCLUDE.findall(raw))))


class Source:
    """What one source keeps to itself, what it mentions, and what its headers show it."""

    def __init__(self, path):
        raw = path.read_text(encoding="utf-8")
        code = without_text(raw)
        self.path = path
        self.size = len(raw)
        self.directives = frozenset()
        self.is_alone = bool(re.search(r"^\s*#\s*define\b.*?^\s*#\s*include\b", raw, re.MULTILINE | re.DOTALL))
        self.own = {}  # name -> the text that declares it, where the same text twice does no harm
        for macro in re.findall(r"^\s*#\s*define\s+(\w+)", raw, re.MULTILINE):
            self.own[macro] = f"{path}:{macro}"
        for space, text in declarations(DIRECTIVE.sub("", code)):
            alias = ALIAS.search(text)
            if space == NAMESPACES:
                continue
            elif alias:
                name = next(part for part in alias.groups()[1:] if part)
                self.own[name] = " ".join(alias.group(1).split())
            elif re.search(r"\busing\s+namespace\b", text):
                self.directives |= {" ".join(text.split())}
            elif space.endswith(UNNAMED) or re.search(r"^\s*(static|constexpr|const)\b", text):
                self.is_alone |= bool(re.search(r"\benum\s+(?!class\b|struct\b)|\boperator\b", text))
                name = declared_name(text)
                if name:
                    self.own[name] = f"{path}:{name}"
        self.mentions = set(MENTION.findall(code))
        self.shown = frozenset().union(*(shown_by(name) for name in INCLUDE.findall(raw)))
        self.known = {name for name, _ in self.shown}

    def may_join(self, other):
        if self.is_alone or other.is_alone or self.directives != other.directives:
            return False
        return not (self.disturbs(other) or other.disturbs(self))

    def disturbs(self, other):
        """Whether `other` would read otherwise with this source before it."""
        if any(name in other.mentions and other.own.get(name) != text for name, text in self.own.items()):
            return True
        # Names that only this one's headers show: not those the other keeps to itself, and none that would come
        # between the other's mention and what it means, in an outer or inner namespace.
        new = self.shown - other.shown
        return any(name in other.own
                   or (name in other.mentions and (name in other.known or space.startswith(NAMESPACES)))
                   for name, space in new)


def fits(source, group):
    return (len(group) < MAX_FILES and sum(member.size for member in group) + source.size <= MAX_BYTES
            and all(member.may_join(source) for member in group))


def groups_of(sources, earlier=()):
    """`earlier` groups of paths first, as far as they may stay; then first fit, in the given order."""
    left = {source.path: source for source in sources}
    groups = []
    for paths in earlier:
        group = []
        for path in paths:
            if path in left and fits(left[path], group):
                group.append(left.pop(path))
        groups += [group] if group else []
    for source in left.values():
        group = next((group for group in groups if fits(source, group)), None)
        if group is None:
            groups.append([source])
        else:
            group.append(source)
    return groups


def read_list(path):
    """The groups of a list file, as paths; none where there is no such file."""
    groups = {}
    for line in path.read_text(encoding="utf-8").splitlines() if path.exists() else ():
        number, member = line.split(" ", 1)
        groups.setdefault(number, []).append(Path(member))
    return list(groups.values())


def write_list(path, names):
    groups = groups_of([Source(Path(name)) for name in names], read_list(path))
    text = "".join(f"{number} {member.path}\n" for number, group in enumerate(groups) for member in group)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def is_sound(paths):
    """False as well when one of the files is gone."""
    if not all(path.exists() for path in paths):
        return False
    sources = [Source(path) for path in paths]
    return all(source.may_join(other) for at, source in enumerate(sources) for other in sources[:at])


def main(arguments):
    if len(arguments) >= 2 and arguments[0] == "--into":
        write_list(Path(arguments[1]), arguments[2:])
    elif len(arguments) == 2 and arguments[0] == "--check":
        folder = Path(arguments[1])
        for path in folder.glob("*.txt"):  # of a target that is gone
            if not any(member.exists() for group in read_list(path) for member in group):
                path.unlink()
        if not all(is_sound(group) for path in folder.glob("*.txt") for group in read_list(path)):
            (folder / "stamp").touch()
    else:
        print(__doc__, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
