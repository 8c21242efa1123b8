"""Sources are compiled as one only where that means the same as one by one."""

import pathlib
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "tools"))
import source_groups  # noqa: E402

FIRST = """#include <string>
namespace part {
namespace {
constexpr int kLimit = 3;
struct Options { int times = 0; };
int run(const Options& options) { return options.times + kLimit; }
}  // namespace
int first() { return run({}); }
}  // namespace part
"""


class Folder(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.list = pathlib.Path(self.folder.name) / "groups" / "part.txt"

    def file(self, name, text):
        path = pathlib.Path(self.folder.name) / name
        path.write_text(text, encoding="utf-8")
        return path

    def source(self, text, name="source.cpp"):
        return source_groups.Source(self.file(name, text))

    def written(self, *names):
        source_groups.write_list(self.list, [str(pathlib.Path(self.folder.name) / name) for name in names])
        return [[path.name for path in group] for group in source_groups.read_list(self.list)]


class OwnNamesTest(Folder):
    def test_a_source_keeps_to_itself_what_its_unnamed_namespace_declares(self):
        self.assertEqual({"kLimit", "Options", "run"}, set(self.source(FIRST).own))

    def test_statics_aliases_and_macros_are_its_own_as_well(self):
        source = self.source("#define TRY(x) \\\n  if (x) return\nnamespace part {\nusing Text = std::string;\n"
                             "static int count(int by) { return by; }\nconst char* const kWord = \"a; b {\";\n"
                             "using other::Thing;\nint open_to_all() { int inside = 0; return inside; }\n}\n")
        self.assertEqual({"TRY", "Text", "count", "kWord", "Thing"}, set(source.own))

    def test_names_of_test_cases_and_directives_are_nobodys(self):
        source = self.source("namespace part {\nusing namespace other;\nnamespace {\n"
                             "TEST(Suite, Case) { EXPECT_EQ(1, 1); }\nTEST_F(Suite, Other) {}\n}\n}\n")
        self.assertEqual({}, source.own)

    def test_templates_arrays_and_functions_that_answer_templates_are_named_rightly(self):
        source = self.source("namespace {\ntemplate <typename T, typename U = std::vector<T>>\n"
                             "T largest(const U& all) { return all[0]; }\n"
                             "constexpr std::array<int, 2> kPair{1, 2};\nint table[3] = {1, 2, 3};\n"
                             "std::map<std::string, int> count_all(std::string_view text) { return {}; }\n"
                             "std::function<bool(const Value&)> chooser(int n) { return {}; }\n"
                             "enum class Side { kLeft, kRight };\n"
                             "[[nodiscard]] bool is_left(Side side) { return true; }\n}\n")
        self.assertEqual({"largest", "kPair", "table", "count_all", "chooser", "Side", "is_left"}, set(source.own))


class JoiningTest(Folder):
    def test_strangers_may_join(self):
        self.assertTrue(self.source(FIRST).may_join(self.source("int second() { return 2; }", "b.cpp")))

    def test_the_same_own_name_parts_two_sources(self):
        other = self.source("namespace {\nvoid run() {}\n}\n", "b.cpp")
        self.assertFalse(self.source(FIRST).may_join(other))

    def test_a_mention_parts_them_whichever_comes_first(self):
        other = self.source("int second() { return run(1); }", "b.cpp")
        self.assertFalse(self.source(FIRST).may_join(other))
        self.assertFalse(other.may_join(self.source(FIRST)))

    def test_members_qualified_names_text_and_comments_are_no_mention(self):
        other = self.source('int second(A a, B* b) { return a.run() + b->run() + c::run() + d("run"); }  // run\n',
                            "b.cpp")
        self.assertTrue(self.source(FIRST).may_join(other))

    def test_the_same_alias_twice_does_no_harm_and_another_of_that_name_does(self):
        one = self.source("namespace {\nusing ::testing::IsEmpty;\n}\nint a(IsEmpty);\n")
        same = self.source("namespace {\nusing testing::IsEmpty;\n}\nint b(IsEmpty);\n", "b.cpp")
        other = self.source("namespace {\nusing mine::IsEmpty;\n}\nint b(IsEmpty);\n", "c.cpp")
        self.assertTrue(one.may_join(same))
        self.assertFalse(one.may_join(other))

    def test_what_only_the_others_headers_show_parts_them(self):
        shows = self.source('#include "workflows/check.h"\nint second();\n', "b.cpp")
        name = sorted(source_groups.shown_by("workflows/check.h"))[0][0]
        self.assertFalse(self.source(f"namespace {{\nint {name}() {{ return 1; }}\n}}\n").may_join(shows))


    def test_a_namespace_that_only_the_others_headers_open_parts_them_from_who_means_another_of_that_name(self):
        shows = self.source('#include "tests/support/process.h"\nint second();\n', "b.cpp")
        self.assertFalse(self.source("class Kit : public test::Base {};\n").may_join(shows))
        self.assertTrue(self.source("class Kit : public ::test::Base {};\n").may_join(shows))


    def test_what_a_using_namespace_opens_stays_with_those_who_open_it_too(self):
        one = self.source("namespace part {\nusing namespace other;\nint a();\n}\n")
        same = self.source("namespace part {\nusing namespace other;\nint b();\n}\n", "b.cpp")
        self.assertTrue(one.may_join(same))
        self.assertFalse(one.may_join(self.source("int c();\n", "c.cpp")))

    def test_sources_whose_own_names_cannot_be_listed_stay_alone(self):
        plain = self.source("int c();\n", "c.cpp")
        for text in ("namespace {\nenum For { kBoth, kOne };\n}\n",
                     "namespace {\nbool operator<(const A& a, const A& b) { return true; }\n}\n",
                     "#define HEADER_OPTION 1\n#include <header>\n"):
            with self.subTest(text=text):
                self.assertFalse(self.source(text).may_join(plain))
        self.assertTrue(self.source("namespace {\nenum class For { kBoth };\n}\n").may_join(plain))


class ListsTest(Folder):
    def test_groups_are_bounded_in_files_and_bytes(self):
        names = [f"s{number}.cpp" for number in range(source_groups.MAX_FILES + 1)]
        for name in names:
            self.file(name, "int a();\n")
        self.assertEqual([source_groups.MAX_FILES, 1], [len(group) for group in self.written(*names)])
        self.file("s1.cpp", "// " + "x" * source_groups.MAX_BYTES)
        self.assertIn(["s1.cpp"], self.written(*names))

    def test_a_new_source_moves_no_other(self):
        for name in ("b.cpp", "c.cpp"):
            self.file(name, FIRST.replace("part", name[0]))
        before = self.written("b.cpp", "c.cpp")
        self.file("a.cpp", FIRST)
        self.assertEqual(before + [["a.cpp"]], self.written("a.cpp", "b.cpp", "c.cpp"))

    def test_a_broken_group_touches_the_stamp_and_a_sound_one_does_not(self):
        self.file("a.cpp", FIRST)
        self.file("b.cpp", "int second() { return 2; }\n")
        self.assertEqual([["a.cpp", "b.cpp"]], self.written("a.cpp", "b.cpp"))
        stamp = self.list.parent / "stamp"
        source_groups.main(["--check", str(self.list.parent)])
        self.assertFalse(stamp.exists())
        self.file("b.cpp", "namespace {\nint run() { return 2; }\n}\n")
        source_groups.main(["--check", str(self.list.parent)])
        self.assertTrue(stamp.exists())
        self.assertEqual([["a.cpp"], ["b.cpp"]], self.written("a.cpp", "b.cpp"))


if __name__ == "__main__":
    unittest.main()
