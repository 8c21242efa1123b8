"""The front door says what it knows, and refuses what it does not."""

import pathlib
import re
import subprocess
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]


def run(*command, cwd=ROOT):
    return subprocess.run(command, cwd=cwd, text=True, capture_output=True, stdin=subprocess.DEVNULL, check=False)


class DevTest(unittest.TestCase):
    def test_help_names_every_command(self):
        dev = (ROOT / "dev").read_text(encoding="utf-8")
        commands = re.findall(r"^cmd_(\w+)\(\)", dev, re.MULTILINE)
        self.assertIn("run", commands)
        answer = run("./dev", "help")
        self.assertEqual(0, answer.returncode)
        for command in commands:
            self.assertRegex(answer.stdout, rf"(?m)^\./dev {command}\b")

    def test_an_unknown_command_is_refused_with_the_list(self):
        answer = run("./dev", "nonsense")
        self.assertEqual(2, answer.returncode)
        self.assertIn("does not know 'nonsense'", answer.stderr)
        self.assertIn("./dev test", answer.stderr)

    def test_it_works_from_any_folder(self):
        with tempfile.TemporaryDirectory() as elsewhere:
            self.assertEqual(0, run(ROOT / "dev", "help", cwd=elsewhere).returncode)

    def test_the_demo_refuses_an_option_it_does_not_know(self):
        answer = run("tools/run_demo.sh", "--nonsense")
        self.assertEqual(2, answer.returncode)
        self.assertIn("--headless", answer.stderr)

    def test_every_preset_that_dev_uses_exists(self):
        presets = (ROOT / "CMakePresets.json").read_text(encoding="utf-8")
        dev = (ROOT / "dev").read_text(encoding="utf-8")
        for preset in set(re.findall(r"^\s+(?:build|configure) ([a-z]+)\b", dev, re.MULTILINE)):
            self.assertIn(f'"name": "{preset}"', presets)


if __name__ == "__main__":
    unittest.main()
