#!/usr/bin/env python3
"""House rules that a person would otherwise have to say in every review.

Banned calls with the replacement to use, size and line length, unfinished marks, paths of one machine, headers nobody
includes. Prints all findings, each with file and line; exit code 1 when there is one.
"""

import posixpath
import re
import sys

import source_tree
from source_tree import Finding

SOURCE_BYTES_MAX = 20_000
FILE_BYTES_MAX = 1_000_000
CHECK_BYTES_MAX = 2_000_000  # an approved check holds its reference pictures
COLUMNS_MAX = 100

CPP = (".cpp", ".h")
CODE = CPP + (".py", ".sh", ".cmake", "CMakeLists.txt")


def word(letters):
    """A mark to look for, written so that this file does not contain it."""
    return "".join(letters)


# The precompiled headers: named by CMake, included by nobody.
COMPILED_ALONE = ("cmake/precompiled.h", "cmake/precompiled_tests.h")

# Pattern, what to do instead, and the files that are its one home.
BANNED = [
    (r"\bsystem_clock::|\bgettimeofday\b|\bclock_gettime\b|(?<![\w.>])time\s*\(\s*(nullptr|NULL|0)\s*\)",
     "take an Instant, or a Clock (base/time.h)", ("base/time.cpp",)),
    (r"\bsteady_clock::now\b|\bhigh_resolution_clock\b",
     "take Clock::monotonic_ms (base/time.h); only threads that wait may ask themselves",
     ("base/time.cpp", "client/", "twin/", "tests/", "bench/")),
    (r"\b(localtime|gmtime|localtime_r|gmtime_r|mktime|ctime|asctime|strftime)\s*\(",
     "use the text forms of base/time.h", ("base/time.cpp",)),
    (r"(?<![\w.>:])s?rand\s*\(|\bstd::s?rand\b|\brandom_device\b",
     "use fill_random (base/random.h), or a seeded std::mt19937_64 whose seed is printed",
     ("base/random.cpp", "tests/")),
    (r"\bstd::sto(d|f|ld)\b|(?<![\w.>])(atof|atoi|atol|strtod|strtof)\s*\(",
     "parse a Decimal (base/decimal.h), or std::from_chars for whole numbers", ("tests/", "bench/")),
    (r"\bstd::sto(i|l|ll|ul|ull)\b", "use std::from_chars, which does not throw", ("tests/", "bench/")),
    (r"\bstd::c(out|err|in)\b|(?<![\w.>:])printf\s*\(",
     "standard output belongs to the command line; log, or return a value",
     ("client/cli/", "client/main/", "twin/main/", "twin/cli/", "tests/", "bench/")),
    (r"\bstd::getenv\b|(?<![\w.>:])getenv\s*\(", "settings come as arguments",
     ("client/device_identity.cpp", "client/resources.cpp", "client/cli/", "client/main/", "twin/main/", "twin/cli/", "tests/")),
    (r"(?<![\w.>:])system\s*\(|\bpopen\s*\(", "no shell from inside a program", ("tests/",)),
    (r"\bstrcpy\s*\(|\bsprintf\s*\(|\bstrcat\s*\(", "use std::string", ()),
    (r"\breinterpret_cast<\s*(float|double)", "measured values are Decimal", ()),
]

MARKS = [word(m) for m in (("TO", "DO"), ("FIX", "ME"), ("X", "XX"), ("DIS", "ABLED_"), ("not ", "implemented"))]

# A path of one machine: a root folder that no target has.
MACHINE_PATH = re.compile(r"(^|[^\w.])/(" + "|".join(map(word, (("wo", "rk"), ("fa", "rm"), ("ro", "ot")))) + r")/")

COMMENT_OR_TEXT = re.compile(r'//[^\n]*|/\*.*?\*/|R"(\w*)\(.*?\)\1"|"(?:\\.|[^"\\\n])*"', re.DOTALL)


def code_only(text):
    """C++ with comments and string contents blanked, line structure kept."""
    def blank(match):
        return re.sub(r"[^\n]", " ", match.group(0))
    return COMMENT_OR_TEXT.sub(blank, text)


def check_calls(path, text):
    findings = []
    for number, line in enumerate(code_only(text).splitlines(), start=1):
        for pattern, instead, homes in BANNED:
            if path.startswith(tuple(homes)):
                continue
            match = re.search(pattern, line)
            if match:
                findings.append(Finding(path, number, f"{match.group(0).strip()}: {instead}"))
    return findings


def check_lines(path, text):
    """Rules about single lines of any code."""
    findings = []
    table = False  # between "clang-format off" and "on" a table keeps its columns
    for number, line in enumerate(text.splitlines(), start=1):
        table = "clang-format off" in line or (table and "clang-format on" not in line)
        # clang-format has the say; what it leaves longer is text in quotes, which isn't broken.
        breakable = not table and '"' not in line and not re.search(r"https?://\S{60,}", line)
        if len(line) > COLUMNS_MAX and breakable and path.endswith(CPP):
            findings.append(Finding(path, number, f"{len(line)} columns; the house has {COLUMNS_MAX}"))
        if line != line.rstrip():
            findings.append(Finding(path, number, "space at the end of the line"))
        if "\t" in line:
            findings.append(Finding(path, number, "tab; the house indents with spaces"))
        if path.endswith(CPP) and re.search(r"NOLINT(NEXTLINE|BEGIN|END)?(?![\w(])", line):
            findings.append(Finding(path, number, "name the check that is silenced, and why"))
        for mark in MARKS:
            if re.search(rf"(?<!\w){mark}(?![A-Z])", line):
                findings.append(Finding(path, number, f"unfinished: {mark}; finish it, or say it in an issue"))
    if text and not text.endswith("\n"):
        findings.append(Finding(path, text.count("\n") + 1, "no line feed at the end of the file"))
    return findings


def check_file(path, text, size_bytes):
    """All findings of one file; `text` is None when it is no text."""
    findings = []
    if size_bytes > (CHECK_BYTES_MAX if path.startswith("resources/checks/") else FILE_BYTES_MAX):
        findings.append(Finding(path, 1, f"{size_bytes} bytes; files this large do not belong in the tree"))
    if text is None:
        return findings
    for number, line in enumerate(text.splitlines(), start=1):
        if MACHINE_PATH.search(line):
            findings.append(Finding(path, number, "a path of one machine"))
    if path.endswith(CODE) or path in ("dev", ".ci/run"):
        findings += check_lines(path, text)
        if size_bytes > SOURCE_BYTES_MAX:
            findings.append(Finding(path, 1, f"{size_bytes} bytes; one idea each, at most {SOURCE_BYTES_MAX}"))
    if path.endswith(CPP):
        findings += check_calls(path, text)
        if path.endswith(".h") and "#pragma once" not in text and path not in COMPILED_ALONE:
            findings.append(Finding(path, 1, "a header begins with #pragma once after its comment"))
        if not text.lstrip().startswith("//"):
            if path.endswith(".h"):
                findings.append(Finding(path, 1, "a header opens by saying what it is for"))
    return findings


def dead_links(path, text, exists):
    """Links of a document to files of the tree that are not there; `exists` answers for a path."""
    findings = []
    for number, line in enumerate(text.splitlines(), start=1):
        for target in re.findall(r"\]\(([^)#\s]+)[^)]*\)", line):
            if "://" in target or target.startswith("mailto:"):
                continue
            if not exists(posixpath.normpath(posixpath.join(posixpath.dirname(path), target))):
                findings.append(Finding(path, number, f"the link leads nowhere: {target}"))
    return findings


def unused_headers(texts):
    """Headers that no source of the tree includes."""
    included = set()
    for text in texts.values():
        included.update(re.findall(r'#\s*include\s*"([^"]+)"', text))
    return [Finding(path, 1, "no source includes this header")
            for path in texts
            if path.endswith(".h") and path not in included and path not in COMPILED_ALONE]


def main():
    findings = []
    texts = {}
    names = source_tree.our_files()
    for name in names:
        text = source_tree.read_text(source_tree.ROOT, name)
        findings += check_file(name, text, (source_tree.ROOT / name).stat().st_size)
        if text is not None and name.endswith(CPP):
            texts[name] = text
        if text is not None and name.endswith(".md"):
            findings += dead_links(name, text, lambda target: (source_tree.ROOT / target).exists())
    findings += unused_headers(texts)
    return source_tree.report(findings, f"{len(names)} files keep the house rules.")


if __name__ == "__main__":
    sys.exit(main())
