"""The package list is readable, and without root the exact line to type is printed."""

import os
import pathlib
import subprocess
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]


class InstallPackagesTest(unittest.TestCase):
    def setUp(self):
        temporary = tempfile.TemporaryDirectory()
        self.addCleanup(temporary.cleanup)
        self.bin = pathlib.Path(temporary.name)

    def stand_in(self, name, script):
        """Puts a stand-in for a system program first on the path."""
        path = self.bin / name
        path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
        path.chmod(0o755)

    def install(self, *groups):
        environment = os.environ | {"PATH": f"{self.bin}:{os.environ['PATH']}"}
        return subprocess.run([ROOT / "tools/install_packages.sh", *groups], env=environment, text=True,
                              capture_output=True, stdin=subprocess.DEVNULL, check=False)

    def test_every_line_names_a_package_its_groups_and_a_reason(self):
        seen = set()
        for line in (ROOT / "tools/packages.txt").read_text(encoding="utf-8").splitlines():
            if line and not line.startswith("#"):
                name, groups, reason = line.split(None, 2)
                self.assertTrue(set(groups.split(",")) <= {"build", "test", "check", "fuzz", "bench", "mutants", "root"}, line)
                self.assertTrue(reason, line)
                self.assertNotIn(name, seen)
                seen.add(name)

    def test_without_root_and_sudo_it_prints_the_line_to_type_and_stops(self):
        self.stand_in("dpkg-query", "exit 1")
        self.stand_in("id", "echo 1000")
        self.stand_in("sudo", "exit 1")
        self.stand_in("apt-get", "echo must not run; exit 9")
        done = self.install("bench")
        self.assertEqual(1, done.returncode)
        self.assertIn("apt-get update && apt-get install -y --no-install-recommends libbenchmark-dev", done.stderr)
        self.assertNotIn("must not run", done.stdout + done.stderr)

    def test_it_says_what_it_installs_before_it_does(self):
        self.stand_in("dpkg-query", "exit 1")
        self.stand_in("id", "echo 0")
        self.stand_in("apt-get", 'echo "apt-get $*" >>"$(dirname "$0")/calls"')
        done = self.install("bench")
        self.assertEqual(0, done.returncode, done.stderr)
        self.assertIn("missing on this machine: libbenchmark-dev", done.stdout)
        self.assertIn("install -y --no-install-recommends libbenchmark-dev", (self.bin / "calls").read_text())

    def test_with_everything_there_it_is_silent(self):
        self.stand_in("dpkg-query", "echo installed libbenchmark-dev")
        self.stand_in("apt-get", "exit 9")
        done = self.install("bench")
        self.assertEqual((0, "", ""), (done.returncode, done.stdout, done.stderr))

    def test_what_apt_said_is_shown_when_it_fails(self):
        self.stand_in("dpkg-query", "exit 1")
        self.stand_in("id", "echo 0")
        self.stand_in("apt-get", 'case "$*" in *install*) echo no such mirror; exit 100;; esac')
        done = self.install("bench")
        self.assertEqual(1, done.returncode)
        self.assertIn("no such mirror", done.stderr)


if __name__ == "__main__":
    unittest.main()
