#!/usr/bin/env python3
"""Counts the test cases of one or several ctest runs.

    tools/count_tests.py RESULTS_FOLDER...

Each folder holds ctest.xml (ctest --output-junit) and the result files of the GoogleTest programs
(GTEST_OUTPUT=json:FOLDER/). Prints failed cases by name, then one last line alone: `N passed, N failed`, with
`, N skipped` when there are any. Exit code 1 when a case failed, a program ended badly, or nothing ran at all.
"""

import json
import pathlib
import re
import sys
import xml.etree.ElementTree as ElementTree
from dataclasses import dataclass, field


@dataclass
class Count:
    """Sums; `failures` names what a person has to look at."""

    passed: int = 0
    failed: int = 0
    skipped: int = 0
    failures: list = field(default_factory=list)

    def fail(self, name):
        self.failed += 1
        self.failures.append(name)

    def add(self, other):
        self.passed += other.passed
        self.failed += other.failed
        self.skipped += other.skipped
        self.failures += other.failures

    def __str__(self):
        words = f"{self.passed} passed, {self.failed} failed"
        return f"{words}, {self.skipped} skipped" if self.skipped else words


def count_google_test(text):
    """One GoogleTest program's JSON result. Disabled cases did not run and count as skipped."""
    count = Count()
    for suite in json.loads(text).get("testsuites", []):
        for case in suite.get("testsuite", []):
            if case.get("failures"):
                count.fail(f"{suite['name']}.{case['name']}")
            elif case.get("status") != "RUN" or case.get("result") == "SKIPPED":
                count.skipped += 1
            else:
                count.passed += 1
    return count


def count_unittest(output):
    """What `python3 -m unittest` printed, or None when this is no such output."""
    ran = re.search(r"^Ran (\d+) tests? in", output, re.MULTILINE)
    if not ran:
        return None
    def number(word):
        found = re.search(rf"^(?:OK|FAILED) \(.*\b{word}=(\d+)", output, re.MULTILINE)
        return int(found.group(1)) if found else 0
    bad = number("failures") + number("errors")
    skipped = number("skipped")
    return Count(int(ran.group(1)) - bad - skipped, bad, skipped, ["python tools"] * min(bad, 1))


def count_program(name, status, output, google_test_texts):
    """One line of ctest: a program, how it ended, what it printed, and its GoogleTest result files."""
    count = Count()
    for text in google_test_texts:
        count.add(count_google_test(text))
    if not google_test_texts:
        count = count_unittest(output)
        if count is None:
            count = Count(passed=1) if status == "run" else Count(skipped=1) if status in ("notrun", "disabled") else Count()
    if status == "fail" and count.failed == 0:
        # It crashed, leaked or ran out of time: the cases it finished do not make it good.
        count.fail(f"{name} (the program ended badly)")
    return count


def count_run(folder):
    """One ctest run."""
    count = Count()
    junit = folder / "ctest.xml"
    if not junit.is_file():
        count.fail(f"{folder} (no result of ctest)")
        return count
    for case in ElementTree.parse(junit).getroot().iter("testcase"):
        name = case.get("name")
        texts = [path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.json"))
                 if re.fullmatch(rf"test_{re.escape(name)}(_\d+)?", path.stem)]
        count.add(count_program(name, case.get("status"), case.findtext("system-out") or "", texts))
    return count


def main(folders):
    total = Count()
    for folder in folders:
        count = count_run(pathlib.Path(folder))
        print(f"{pathlib.Path(folder).name}: {count}")
        total.add(count)
    for name in total.failures:
        print(f"failed: {name}")
    if total.passed + total.failed == 0:
        print("No test ran, which is a failure.")
        total.failed = 1
    print(total)
    return 1 if total.failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
