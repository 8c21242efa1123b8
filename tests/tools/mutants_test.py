"""The tool that makes mistakes on purpose makes them where it says, one at a time, and the same ones every time."""

import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "tools"))
import mutant_injector as injector  # noqa: E402
import mutate  # noqa: E402

SAMPLE = """#include <cstdio>
#include <vector>

constexpr int kLimit = 3;

namespace {

int calls = 0;

void note() {
  ++calls;
}

bool inside(int value, int low, int high) {
  return value >= low && value <= high;
}

int count_inside(const std::vector<int>& values) {
  int found = 0;
  for (const int value : values) {
    if (!inside(value, 1, kLimit)) continue;
    note();
    found += 1;
  }
  return found > 0 ? found : -1;
}

}  // namespace

int main() {
  const int found = count_inside({0, 1, 2, 3, 4});
  std::printf("%d %d\\n", found, calls);
  return 0;
}
"""


class MutantsTest(unittest.TestCase):
    def setUp(self):
        temporary = tempfile.TemporaryDirectory()
        self.addCleanup(temporary.cleanup)
        self.root = pathlib.Path(temporary.name)

    def find(self, text=SAMPLE):
        path = self.root / "sample.cpp"
        path.write_text(text, encoding="utf-8")
        return injector.find_mutants("sample.cpp", path, mutate.CLANG_ARGUMENTS)

    def build(self, mutants):
        for number, mutant in enumerate(mutants, 1):
            mutant.number = number
        (self.root / "mutated.cpp").write_bytes(injector.render(SAMPLE.encode(), mutants))
        (self.root / "switch.cpp").write_text(injector.SWITCH, encoding="utf-8")
        command = ["g++", "-std=c++23", "-w", "-O0", "mutated.cpp", "switch.cpp", "-o", "program"]
        subprocess.run(command, cwd=self.root, check=True)

    def output(self, number):
        environment = {**os.environ, "BATCHWRIGHT_MUTANT": str(number)}
        done = subprocess.run([str(self.root / "program")], env=environment, capture_output=True, text=True, timeout=20)
        return done.stdout.strip()

    def test_one_program_holds_all_mutants_and_makes_the_one_it_is_told(self):
        mutants = self.find()
        self.build(mutants)
        self.assertEqual(self.output(0), "3 3")
        self.assertEqual(self.output(len(mutants) + 1), "3 3")
        seen = {m.kind + " " + m.what: self.output(m.number) for m in mutants}
        self.assertEqual(seen["operator value >= low: >= becomes >"], "2 2")
        self.assertEqual(seen["operator value >= low && value <= high: && becomes ||"], "5 5")
        self.assertEqual(seen["leave out note()"], "3 0")
        self.assertEqual(seen["if never !inside(value, 1, kLimit): never"], "5 5")
        self.assertEqual(seen["if always !inside(value, 1, kLimit): always"], "-1 0")
        self.assertEqual(seen["not !inside(value, 1, kLimit): without the not"], "2 2")
        self.assertEqual(seen["constant found += 1;: 1 becomes 2"], "6 3")
        self.assertEqual(seen["choice found > 0: the other of the two is chosen"], "-1 3")

    def test_constants_of_the_compiler_and_declarations_are_left_alone(self):
        lines = SAMPLE.splitlines()
        places = {lines[m.line - 1] for m in self.find()}
        self.assertNotIn("constexpr int kLimit = 3;", places)
        self.assertNotIn("int calls = 0;", places)

    def test_the_id_of_a_mutant_stays_when_lines_above_change(self):
        before = {m.id: m.line for m in self.find()}
        after = {m.id: m.line for m in self.find("// One more line.\n" + SAMPLE)}
        self.assertEqual(set(before), set(after))
        self.assertEqual(len(before), len(self.find()))
        self.assertTrue(all(after[i] == line + 1 for i, line in before.items()))

    def test_lines_keep_their_numbers_so_that_the_compiler_names_the_right_one(self):
        rendered = injector.render(SAMPLE.encode(), self.find()).decode()
        lines = rendered[rendered.index("#line 1\n") + len("#line 1\n"):].splitlines()
        self.assertEqual(len(lines), len(SAMPLE.splitlines()))
        for written, line in zip(lines, SAMPLE.splitlines()):
            if "mutant(" not in written:
                self.assertEqual(written, line)

    def test_the_same_seed_takes_the_same_sample(self):
        first = [m.id for m in mutate.sample(self.find(), 8, seed=5)]
        again = [m.id for m in mutate.sample(list(reversed(self.find())), 8, seed=5)]
        other = [m.id for m in mutate.sample(self.find(), 8, seed=6)]
        self.assertEqual(first, again)
        self.assertNotEqual(first, other)

    def test_the_listed_sources_exist_and_the_rules_of_limits_and_signatures_are_among_them(self):
        names = mutate.source_names()
        for name in ("workflows/entry_value.cpp", "workflows/decide_sign.cpp", "workflows/internal/apply_event.cpp"):
            self.assertIn(name, names)


if __name__ == "__main__":
    unittest.main()
