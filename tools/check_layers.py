#!/usr/bin/env python3
"""Fails an include that points the wrong way.

The arrows of ARCHITECTURE.md, the closed folders named internal/, and the fences around libraries, checked over every
include line of our C++ sources. Prints all findings, each with file and line; exit code 1 when there is one.
"""

import re
import sys

import source_tree
from source_tree import Finding

# Part -> the parts whose headers it may include, besides its own.
ARROWS = {
    "base": set(),
    "record": {"base"},
    "workflows": {"base", "record"},
    "offline_store": {"base", "record"},
    "vision": {"base", "record", "paper"},
    "paper": {"base"},
    "ui": {"base"},
    "twin": {"base", "record", "workflows"},
    "client": {"base", "record", "workflows", "offline_store", "ui", "vision", "paper"},
}

# A folder of one part that another part may use although the arrow does not allow the part itself.
GRANTS = {("twin", "offline_store/sqlite/")}

# Folders closed to every other part, whatever the arrows say, but for the grants above: nobody else writes SQL, and no
# decoder gets into the panel's process.
CLOSED = {"offline_store/sqlite/": "offline_store", "vision/engine/": "vision", "vision/challenge/": "vision"}

# Tests of these folders run several parts together.
WHOLE_SYSTEM_TESTS = {"client", "system", "fuzz", "support"}

# Library headers -> the only folders that may include them (tests of the same part may, too).
FENCES = [
    (r"(misc/cpp/)?imgui\w*\.h|imgui/.*|GLFW/.*|X11/.*|GL/.*|GLES\d/.*|EGL/.*", ("ui/",)),
    (r"sqlite3\w*\.h", ("offline_store/sqlite/",)),
    (r"curl/.*", ("client/sync/",)),
    (r"restinio/.*|asio\.hpp|asio/.*|http_parser\.h", ("twin/",)),
    (r"libpq-fe\.h|pqxx/.*", ("twin/",)),
    (r"opencv2/.*|ZXing/.*|dmtx\.h|zbar\.h", ("vision/engine/", "vision/challenge/", "vision/main/")),
    (r"libxml/.*", ("workflows/",)),
    (r"CLI/.*", ("client/", "twin/", "vision/challenge/main/")),
    (r"zint\.h", ("vision/challenge/",)),
    (r"cairo[\w-]*\.h|cairo/.*|pango/.*", ("paper/",)),
]

# The pure core: no I/O, no clock, no thread, no random source.
PURE = ("record/", "workflows/")
IMPURE = re.compile(
    r"(fstream|iostream|filesystem|thread|mutex|shared_mutex|condition_variable|future|stop_token|chrono|ctime|time\.h"
    r"|random|cstdio|stdio\.h|unistd\.h|fcntl\.h|sys/.*|pthread\.h|spdlog/.*)"
)

INCLUDE = re.compile(r'^\s*#\s*include\s*(?:"([^"]+)"|<([^>]+)>)')


def part_of(path):
    """The part a path belongs to, or None for tests, tools and so on."""
    first = path.split("/", 1)[0]
    return first if first in ARROWS else None


def owner_of_test(path):
    """tests/NAME/... -> NAME; None for anything else."""
    pieces = path.split("/")
    return pieces[1] if pieces[0] == "tests" and len(pieces) > 2 else None


def allowed_parts(path):
    """Parts whose headers `path` may include; None = any."""
    part = part_of(path)
    if part:
        return ARROWS[part] | {part}
    tested = owner_of_test(path)
    if tested in ARROWS and tested not in WHOLE_SYSTEM_TESTS:
        return ARROWS[tested] | {tested}
    return None


def check_arrow(path, target):
    """A finding's message when a header of one part may not be seen from `path`, else None."""
    part = part_of(target)
    if part is None:
        return None
    if "/internal/" in target:
        home = target.split("internal/", 1)[0]
        measured = path.startswith("bench/") or owner_of_test(path) in (part, "fuzz")
        if not path.startswith(home) and not measured:
            return f"{target} is closed: internal/ is for {home.rstrip('/')} alone"
    if "/main/" in target:
        return f"{target} belongs to a program, and nothing includes a program"
    user = part_of(path)
    for folder, home in CLOSED.items():
        if target.startswith(folder) and user not in (None, home) and (user, folder) not in GRANTS:
            return f"{target} is closed: only {home} may use {folder}"
    allowed = allowed_parts(path)
    if allowed is None or part in allowed:
        return None
    user = part_of(path) or owner_of_test(path)
    if any(user == who and target.startswith(folder) for who, folder in GRANTS):
        return None
    return f"{user} may not include {part} (arrows: {user} -> {', '.join(sorted(ARROWS[user])) or 'nothing'})"


def check_fence(path, header):
    """A finding's message when a library is used outside its fence, else None."""
    for pattern, folders in FENCES:
        if re.fullmatch(pattern, header):
            homes = {folder.split("/", 1)[0] for folder in folders}
            if path.startswith(folders) or owner_of_test(path) in homes or not is_checked(path):
                return None
            return f"<{header}> is fenced: only {' and '.join(folders)} may include it"
    if path.startswith(PURE) and IMPURE.fullmatch(header):
        part = path.split("/", 1)[0]
        return f"<{header}> brings I/O, time, threads or chance into {part}/, which has none; let the caller pass a value"
    return None


def is_checked(path):
    return part_of(path) is not None or path.startswith("tests/")


def check_file(path, text):
    """All findings of one source."""
    findings = []
    for number, line in enumerate(text.splitlines(), start=1):
        match = INCLUDE.match(line)
        if not match:
            continue
        quoted, angled = match.groups()
        message = None
        if quoted:
            if quoted.startswith(("./", "../")) or "/" not in quoted:
                message = f'write "{quoted}" from the root, as "part/header.h"'
            message = message or check_arrow(path, quoted)
        message = message or check_fence(path, quoted or angled)
        if message:
            findings.append(Finding(path, number, message))
    return findings


def main():
    findings = []
    count = 0
    for name in source_tree.our_files():
        if name.endswith((".cpp", ".h")) and (is_checked(name) or name.startswith("bench/")):
            count += 1
            findings += check_file(name, source_tree.read_text(source_tree.ROOT, name) or "")
    return source_tree.report(findings, f"Every include of {count} sources points the right way.")


if __name__ == "__main__":
    sys.exit(main())
