"""A source is linted again exactly when something that can change the answer changed."""

import pathlib
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "tools"))
import lint  # noqa: E402


class LintKeyTest(unittest.TestCase):
    def setUp(self):
        temporary = tempfile.TemporaryDirectory()
        self.addCleanup(temporary.cleanup)
        self.root = pathlib.Path(temporary.name)
        self.write(".clang-tidy", "Checks: '-*'\n")
        self.write("base/a.cpp", '#include "base/a.h"\n')
        self.write("base/a.h", '#include "base/b.h"\n')
        self.write("base/b.h", "int b;\n")
        self.write("base/c.h", "int c;\n")

    def write(self, name, text):
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def key(self, command="g++ a.cpp"):
        return lint.key_of("base/a.cpp", command, self.root, {})

    def test_the_key_stays_while_nothing_of_it_changes(self):
        before = self.key()
        self.write("base/c.h", "int changed;\n")
        self.assertEqual(before, self.key())

    def test_a_header_reached_through_another_header_changes_the_key(self):
        before = self.key()
        self.write("base/b.h", "int changed;\n")
        self.assertNotEqual(before, self.key())

    def test_the_settings_and_the_command_change_the_key(self):
        before = self.key()
        self.assertNotEqual(before, self.key("g++ -O2 a.cpp"))
        self.write(".clang-tidy", "Checks: '*'\n")
        self.assertNotEqual(before, self.key())


if __name__ == "__main__":
    unittest.main()
