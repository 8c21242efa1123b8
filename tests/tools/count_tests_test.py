"""The count of ./dev test never hides a failure."""

import contextlib
import io
import json
import pathlib
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "tools"))
import count_tests  # noqa: E402


def google_test(*results):
    cases = []
    for number, result in enumerate(results):
        case = {"name": f"case{number}", "status": "RUN", "result": "COMPLETED"}
        if result == "fail":
            case["failures"] = [{"failure": "no"}]
        elif result == "skip":
            case["result"] = "SKIPPED"
        elif result == "disabled":
            case |= {"status": "NOTRUN", "result": "SUPPRESSED"}
        cases.append(case)
    return json.dumps({"testsuites": [{"name": "Suite", "testsuite": cases}]})


class CountTest(unittest.TestCase):
    def setUp(self):
        temporary = tempfile.TemporaryDirectory()
        self.addCleanup(temporary.cleanup)
        self.folder = pathlib.Path(temporary.name)

    def ctest(self, *programs):
        cases = "".join(f'<testcase name="{name}" status="{status}"><system-out>{output}</system-out></testcase>'
                        for name, status, output in programs)
        (self.folder / "ctest.xml").write_text(f"<testsuite>{cases}</testsuite>", encoding="utf-8")

    def results(self, name, text):
        (self.folder / f"test_{name}.json").write_text(text, encoding="utf-8")

    def count(self):
        out = io.StringIO()
        with contextlib.redirect_stdout(out):
            code = count_tests.main([str(self.folder)])
        return code, out.getvalue().splitlines()

    def test_cases_of_all_programs_are_added(self):
        self.ctest(("base", "run", ""), ("record", "run", ""))
        self.results("base", google_test("ok", "ok"))
        self.results("record", google_test("ok", "skip"))
        self.assertEqual((0, "3 passed, 0 failed, 1 skipped"), (self.count()[0], self.count()[1][-1]))

    def test_a_failed_case_is_named_and_fails_the_run(self):
        self.ctest(("base", "fail", ""))
        self.results("base", google_test("ok", "fail"))
        code, lines = self.count()
        self.assertEqual(1, code)
        self.assertIn("failed: Suite.case1", lines)
        self.assertEqual("1 passed, 1 failed", lines[-1])

    def test_a_program_that_crashed_before_it_wrote_results_is_a_failure(self):
        self.ctest(("base", "run", ""), ("record", "fail", "Segmentation fault"))
        self.results("base", google_test("ok"))
        self.assertEqual("1 passed, 1 failed", self.count()[1][-1])

    def test_a_program_that_ended_badly_after_good_cases_is_a_failure(self):
        self.ctest(("base", "fail", "LeakSanitizer"))
        self.results("base", google_test("ok"))
        self.assertEqual("1 passed, 1 failed", self.count()[1][-1])

    def test_disabled_cases_do_not_count_as_passed(self):
        self.ctest(("base", "run", ""))
        self.results("base", google_test("ok", "disabled"))
        self.assertEqual("1 passed, 0 failed, 1 skipped", self.count()[1][-1])

    def test_python_cases_are_counted_by_what_unittest_says(self):
        self.ctest(("tools", "fail", "Ran 7 tests in 0.1s\n\nFAILED (failures=1, errors=1, skipped=2)\n"))
        self.assertEqual("3 passed, 2 failed, 2 skipped", self.count()[1][-1])

    def test_no_test_at_all_is_a_failure(self):
        self.ctest()
        self.assertEqual(1, self.count()[0])

    def test_a_missing_result_of_ctest_is_a_failure(self):
        self.assertEqual(1, self.count()[0])


if __name__ == "__main__":
    unittest.main()
