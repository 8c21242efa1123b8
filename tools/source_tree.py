"""Our own sources as the checks see them: what git tracks, and what is new and not ignored."""

import pathlib
import subprocess
from dataclasses import dataclass

ROOT = pathlib.Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Finding:
    """One remark about one line; prints as `path:line: message`, which editors can follow."""

    path: str
    line: int
    message: str

    def __str__(self):
        return f"{self.path}:{self.line}: {self.message}"


def our_files(root=ROOT):
    """Paths relative to `root`, sorted. Falls back to the folder itself where there is no git."""
    command = ["git", "-C", str(root), "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    try:
        listed = subprocess.run(command, check=True, capture_output=True).stdout.decode()
        names = set(filter(None, listed.split("\0")))
    except (OSError, subprocess.CalledProcessError):
        names = {str(p.relative_to(root)) for p in root.rglob("*") if p.is_file()}
    return sorted(name for name in names if (root / name).is_file())


def read_text(root, name):
    """The file as text, or None when it is no UTF-8 text (a picture, a font)."""
    data = (root / name).read_bytes()
    if b"\0" in data[:4096]:
        return None
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return None


def report(findings, clean_words):
    """Prints every finding, or `clean_words`; answers the exit code."""
    for finding in findings:
        print(finding)
    if not findings:
        print(clean_words)
    return 1 if findings else 0
