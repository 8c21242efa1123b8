#!/usr/bin/env python3
"""Runs clang-tidy over our sources, several at once, and only over what changed since it was last clean.

    tools/lint.py --build build/lint --jobs 2 [FILE...]

A source is clean until it, a header of ours it includes, its compile command or .clang-tidy changes; that is remembered
in BUILD/lint/. Prints findings as they come; exit code 1 when there is one.
"""

import argparse
import concurrent.futures
import hashlib
import json
import pathlib
import re
import subprocess
import sys

import source_tree

TIDY = "clang-tidy-19"
# The build is made by GCC; clang must not trip over what only GCC knows.
EXTRA = ["--extra-arg=-Wno-unknown-warning-option", "--extra-arg=-Wno-everything"]
INCLUDE = re.compile(r'^\s*#\s*include\s*"([^"]+)"', re.MULTILINE)


def own_includes(path, root, known):
    """`path` and every header of ours it reaches, as paths relative to `root`."""
    todo, seen = [path], set()
    while todo:
        name = todo.pop()
        if name in seen or not (root / name).is_file():
            continue
        seen.add(name)
        if name not in known:
            known[name] = (root / name).read_bytes()
        todo += INCLUDE.findall(known[name].decode("utf-8", "replace"))
    return sorted(seen)


def key_of(path, command, root, known):
    """Changes whenever the answer of clang-tidy could."""
    digest = hashlib.sha256(command.encode())
    for name in own_includes(path, root, known):
        digest.update(name.encode() + known[name])
    folder = (root / path).parent
    while True:
        settings = folder / ".clang-tidy"
        if settings.is_file():
            digest.update(settings.read_bytes())
        if folder == root:
            return digest.hexdigest()
        folder = folder.parent


def lint(path, build, root):
    """clang-tidy's findings about one source; empty = clean."""
    command = [TIDY, "--quiet", "-p", str(build), "--warnings-as-errors=*", *EXTRA, str(root / path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode == 0:
        return ""
    noise = re.compile(r"^\d+ warnings? (generated|treated as error)|^Suppressed |^Use -header-filter")
    lines = [line for line in (done.stdout + done.stderr).splitlines() if not noise.match(line)]
    return "\n".join(lines) or f"{path}: clang-tidy ended with {done.returncode}"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--build", required=True, type=pathlib.Path)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("files", nargs="*")
    arguments = parser.parse_args()
    root = source_tree.ROOT

    commands = {}
    for entry in json.loads((arguments.build / "compile_commands.json").read_text(encoding="utf-8")):
        path = pathlib.Path(entry["file"])
        if path.is_relative_to(root):
            commands[str(path.relative_to(root))] = entry["command"]
    wanted = arguments.files or sorted(set(commands) & set(source_tree.our_files()))

    stamps = arguments.build / "lint"
    stamps.mkdir(parents=True, exist_ok=True)
    known = {}
    todo = {path: stamps / key_of(path, commands.get(path, ""), root, known) for path in wanted}
    todo = {path: stamp for path, stamp in todo.items() if not stamp.exists()}

    dirty = 0
    with concurrent.futures.ThreadPoolExecutor(arguments.jobs) as pool:
        running = {pool.submit(lint, path, arguments.build, root): path for path in todo}
        for done in concurrent.futures.as_completed(running):
            if done.result():
                dirty += 1
                print(done.result(), flush=True)
            else:
                todo[running[done]].touch()
    if not dirty:
        print(f"{len(wanted)} sources are clean ({len(todo)} looked at, the others unchanged).")
    return 1 if dirty else 0


if __name__ == "__main__":
    sys.exit(main())
