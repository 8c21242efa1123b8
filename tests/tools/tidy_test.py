"""Every house rule has a line that breaks it, and one that looks alike and does not."""

import pathlib
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "tools"))
import tidy  # noqa: E402


def messages(path, text, size_bytes=None):
    return [finding.message for finding in tidy.check_file(path, text, size_bytes or len(text))]


class BannedCallsTest(unittest.TestCase):
    def test_each_banned_call_is_named_with_its_replacement(self):
        for line, replacement in (("auto t = std::chrono::system_clock::now();", "Clock"),
                                  ("auto t = time(nullptr);", "Clock"),
                                  ("auto t = std::time(NULL);", "Clock"),
                                  ("auto t = std::chrono::steady_clock::now();", "monotonic_ms"),
                                  ("auto* t = localtime(&now);", "base/time.h"),
                                  ("int dice = rand() % 6;", "fill_random"),
                                  ("std::random_device device;", "fill_random"),
                                  ("double d = std::stod(text);", "Decimal"),
                                  ("double d = atof(text);", "Decimal"),
                                  ("int i = std::stoi(text);", "from_chars"),
                                  ('std::cout << "x";', "command line"),
                                  ('auto* home = std::getenv("HOME");', "arguments"),
                                  ('system("ls");', "shell")):
            with self.subTest(line=line):
                found = messages("workflows/engine.cpp", f"{line}\n")
                self.assertEqual(1, len(found), found)
                self.assertIn(replacement, found[0])

    def test_words_that_only_look_alike_are_left_alone(self):
        for line in ("const auto time = line.time;", "operand(x);", "// call rand() never", 'say("time(nullptr)");',
                     "state.time(0);", "auto t = random_();", "fmt::print(out, text);"):
            with self.subTest(line=line):
                self.assertEqual([], messages("workflows/engine.cpp", f"{line}\n"))

    def test_the_one_home_of_a_call_may_use_it(self):
        self.assertEqual([], messages("base/time.cpp", "auto t = std::chrono::system_clock::now();\n"))
        self.assertEqual([], messages("client/cli/cli.cpp", 'std::cout << "x";\n'))

    def test_a_lint_exception_names_its_check(self):
        self.assertEqual(1, len(messages("base/text.cpp", "int x;  // NOLINT\n")))
        self.assertEqual(1, len(messages("base/text.cpp", "// NOLINTNEXTLINE\n")))
        self.assertEqual([], messages("base/text.cpp", "// NOLINTNEXTLINE(bugprone-x): why\n"))


class LinesTest(unittest.TestCase):
    def test_a_line_of_more_than_100_columns_is_a_finding_and_letters_count_not_bytes(self):
        self.assertEqual([], messages("base/text.cpp", "//" + "é" * 98 + "\n"))
        self.assertEqual(1, len(messages("base/text.cpp", "//" + "é" * 99 + "\n")))

    def test_tabs_trailing_spaces_and_a_missing_end_are_findings(self):
        self.assertEqual(1, len(messages("base/text.cpp", "\tint x;\n")))
        self.assertEqual(1, len(messages("base/text.cpp", "int x; \n")))
        self.assertEqual(1, len(messages("base/text.cpp", "int x;")))

    def test_unfinished_marks_are_findings_in_code_and_not_in_documents(self):
        for mark in tidy.MARKS:
            with self.subTest(mark=mark):
                self.assertEqual(1, len(messages("base/text.cpp", f"// {mark} later\n")))
                self.assertEqual([], messages("CONTRIBUTING.md", f"No {mark} marks.\n"))

    def test_the_letters_of_a_temporary_name_are_no_mark(self):
        self.assertEqual([], messages("base/text.cpp", 'auto name = "/tmp/x-' + "X" * 6 + '";\n'))

    def test_a_path_of_one_machine_is_a_finding_in_any_text(self):
        path = "/" + "work/main/x"
        self.assertEqual(1, len(messages("README.md", f"see {path}\n")))
        self.assertEqual([], messages("README.md", "see frame" + path + " and net" + path + "\n"))


class FilesTest(unittest.TestCase):
    def test_a_source_over_20_kb_is_a_finding_and_a_recipe_is_not(self):
        self.assertEqual(1, len(messages("base/text.cpp", "int x;\n", 20_001)))
        self.assertEqual([], messages("base/text.cpp", "int x;\n", 20_000))
        self.assertEqual([], messages("resources/recipes/x.mbr.json", "{}\n", 60_000))

    def test_a_file_over_1_mb_is_a_finding_even_when_it_is_a_picture(self):
        self.assertEqual(1, len(tidy.check_file("docs/pictures/x.png", None, 1_000_001)))

    def test_a_header_says_what_it_is_for_and_guards_itself(self):
        self.assertEqual([], messages("base/x.h", "// Why this exists.\n#pragma once\n"))
        self.assertEqual(2, len(messages("base/x.h", "int x;\n")))

    def test_a_header_nobody_includes_is_a_finding(self):
        texts = {"base/a.h": "", "base/b.h": "", "base/a.cpp": '#include "base/a.h"\n'}
        self.assertEqual(["base/b.h"], [finding.path for finding in tidy.unused_headers(texts)])

    def test_a_link_to_a_missing_file_is_a_finding(self):
        there = {"docs/cli.md", "docs/pictures/step.png"}.__contains__
        text = "[a](cli.md) ![b](pictures/step.png) [c](https://example.org/x) [d](cli.md#part)\n[e](gone.md)\n"
        self.assertEqual([2], [finding.line for finding in tidy.dead_links("docs/index.md", text, there)])


if __name__ == "__main__":
    unittest.main()
