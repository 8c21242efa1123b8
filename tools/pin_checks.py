#!/usr/bin/env python3
"""Writes the hashes of check files into a master batch record: tools/pin_checks.py RECIPE FOLDER.

FOLDER holds ID.check.json files, as `vision-campaign demo-assets --out DIR` leaves them in DIR/checks. A check of the
recipe without a file stays as it is. Prints every check with what became of it; exit code 1 when one has no file.
"""
import hashlib
import pathlib
import re
import sys

CHECK = re.compile(r'("check": \{\s*"id": "([a-z0-9-]+)", "version": "[^"]*",\s*"sha256": ")([0-9a-f]{64})(")')


def main() -> int:
    recipe, folder = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
    missing = 0

    def pinned(found: re.Match) -> str:
        nonlocal missing
        name, old = found.group(2), found.group(3)
        file = folder / f"{name}.check.json"
        if not file.is_file():
            missing += 1
            print(f"{name}: no file")
            return found.group(0)
        new = hashlib.sha256(file.read_bytes()).hexdigest()
        print(f"{name}: {'as it was' if new == old else 'changed to ' + new[:12]}")
        return found.group(1) + new + found.group(4)

    text = recipe.read_text()
    changed, count = CHECK.subn(pinned, text)
    if changed != text:
        recipe.write_text(changed)
    return 1 if missing or count == 0 else 0


if __name__ == "__main__":
    sys.exit(main())
