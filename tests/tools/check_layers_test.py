"""The arrows and fences are really checked: every rule has an include that breaks it."""

import pathlib
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "tools"))
import check_layers  # noqa: E402


def messages(path, *lines):
    return [finding.message for finding in check_layers.check_file(path, "\n".join(lines))]


class ArrowsTest(unittest.TestCase):
    def test_a_part_sees_itself_and_what_its_arrows_reach(self):
        self.assertEqual([], messages("workflows/engine.cpp", '#include "workflows/state.h"',
                                      '#include "record/line.h"', '#include "base/error.h"'))
        self.assertEqual([], messages("client/session.cpp", '#include "ui/view_model.h"',
                                      '#include "offline_store/store.h"'))

    def test_an_include_against_the_arrows_is_named_with_its_line(self):
        findings = check_layers.check_file("base/text.cpp", '#include "base/text.h"\n#include "record/line.h"\n')
        self.assertEqual([2], [finding.line for finding in findings])
        self.assertIn("base may not include record", findings[0].message)

    def test_parts_that_have_never_met_stay_strangers(self):
        for path, header in (("workflows/engine.cpp", "offline_store/store.h"),
                             ("offline_store/journal.cpp", "workflows/event.h"),
                             ("ui/step_screen.cpp", "workflows/state.h"),
                             ("ui/step_screen.cpp", "record/line.h"),
                             ("record/line.cpp", "workflows/event.h"),
                             ("twin/ingest.cpp", "client/session.h"),
                             ("twin/ingest.cpp", "offline_store/store.h"),
                             ("client/session.cpp", "twin/ingest.h"),
                             ("vision/reader.cpp", "ui/view_model.h")):
            with self.subTest(path=path, header=header):
                self.assertEqual(1, len(messages(path, f'#include "{header}"')))

    def test_the_twin_may_use_the_sqlite_wrapper_and_nothing_else_of_the_store(self):
        self.assertEqual([], messages("twin/database.cpp", '#include "offline_store/sqlite/database.h"'))
        self.assertEqual(1, len(messages("twin/database.cpp", '#include "offline_store/journal.h"')))

    def test_the_panel_writes_no_sql_though_it_may_use_the_store(self):
        self.assertEqual(1, len(messages("client/record_package.cpp", '#include "offline_store/sqlite/connection.h"')))
        self.assertEqual([], messages("client/record_package.cpp", '#include "offline_store/salvage.h"'))

    def test_no_decoder_gets_into_the_process_of_the_panel(self):
        self.assertEqual(1, len(messages("client/panel.cpp", '#include "vision/engine/read_label.h"')))
        self.assertEqual([], messages("client/panel.cpp", '#include "vision/worker.h"'))
        self.assertEqual(1, len(messages("vision/worker.cpp", "#include <opencv2/core.hpp>")))

    def test_internal_folders_are_closed_to_other_parts_and_open_to_their_own_tests(self):
        include = '#include "workflows/internal/expression_node.h"'
        self.assertEqual(1, len(messages("client/session.cpp", include)))
        self.assertEqual(1, len(messages("tests/client/session_test.cpp", include)))
        self.assertEqual([], messages("workflows/expression.cpp", include))
        self.assertEqual([], messages("tests/workflows/expression_test.cpp", include))
        self.assertEqual([], messages("tests/fuzz/fuzz_expression.cpp", include))
        self.assertEqual([], messages("bench/expression_bench.cpp", include))

    def test_a_closed_folder_inside_a_part_is_closed_to_the_rest_of_that_part(self):
        include = '#include "client/sync/internal/retry.h"'
        self.assertEqual([], messages("client/sync/worker.cpp", include))
        self.assertEqual(1, len(messages("client/session.cpp", include)))

    def test_nothing_includes_a_program(self):
        self.assertEqual(1, len(messages("tests/client/x_test.cpp", '#include "client/main/options.h"')))

    def test_includes_are_written_from_the_root(self):
        self.assertEqual(1, len(messages("base/text.cpp", '#include "text.h"')))
        self.assertEqual(1, len(messages("base/text.cpp", '#include "../base/text.h"')))

    def test_tests_follow_the_arrows_of_the_part_they_test(self):
        self.assertEqual(1, len(messages("tests/record/line_test.cpp", '#include "workflows/event.h"')))
        self.assertEqual([], messages("tests/system/demo_test.cpp", '#include "twin/server.h"',
                                      '#include "client/session.h"'))


class FencesTest(unittest.TestCase):
    def test_every_fenced_library_is_refused_outside_its_folder_and_taken_inside(self):
        for header, inside in (("imgui.h", "ui/app.cpp"), ("imgui_internal.h", "ui/app.cpp"),
                               ("GLFW/glfw3.h", "ui/window.cpp"), ("X11/Xlib.h", "ui/window.cpp"),
                               ("sqlite3.h", "offline_store/sqlite/database.cpp"),
                               ("curl/curl.h", "client/sync/transport.cpp"),
                               ("restinio/all.hpp", "twin/server.cpp"),
                               ("opencv2/core.hpp", "vision/engine/load_image.cpp"),
                               ("libxml/parser.h", "workflows/internal/xml.cpp")):
            with self.subTest(header=header):
                include = f"#include <{header}>"
                self.assertEqual([], messages(inside, include))
                self.assertEqual(1, len(messages("client/session.cpp", include)))
                self.assertEqual(1, len(messages("base/text.cpp", include)))

    def test_the_store_itself_reaches_sqlite_only_through_the_wrapper(self):
        self.assertEqual(1, len(messages("offline_store/journal.cpp", "#include <sqlite3.h>")))

    def test_the_pure_parts_have_no_files_clocks_threads_or_chance(self):
        for header in ("fstream", "thread", "mutex", "chrono", "random", "filesystem", "cstdio", "ctime", "unistd.h"):
            with self.subTest(header=header):
                self.assertEqual(1, len(messages("workflows/engine.cpp", f"#include <{header}>")))
                self.assertEqual(1, len(messages("record/line.cpp", f"#include <{header}>")))
                self.assertEqual([], messages("client/session.cpp", f"#include <{header}>"))


if __name__ == "__main__":
    unittest.main()
