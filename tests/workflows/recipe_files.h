// Recipes for tests: files of the repository, real ones beside it, and small ones put together
// here.
#pragma once

#include <algorithm>
#include <fstream>
#include <set>
#include <sstream>
#include <string>
#include <string_view>

#include "base/finding.h"

namespace batchwright::workflows::test {

inline std::string read_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

// Text of a file of this repository; empty when it doesn't exist.
inline std::string repository_file(const std::string& name) {
  return read_file(std::string(BATCHWRIGHT_SOURCE_DIR) + "/" + name);
}

// Real recipes of others are not part of this repository; empty when they aren't there.
inline std::string real_recipe(const std::string& name) {
  return repository_file("../shared/recipes/" + name);
}

// A native MBR around `children`, the JSON text of a list; `more` are further keys of the document.
inline std::string mbr_text(const std::string& children, const std::string& more = "") {
  return R"({"format":"batchwright/mbr/1","id":"T","version":"1","title":"Test",)" + more +
         R"("procedure":{"id":"p","title":"P","children":)" + children + "}}";
}

// "error code @ place" of the findings that are errors, sorted.
inline std::multiset<std::string> errors_of(const Findings& findings) {
  std::multiset<std::string> out;
  for (const Finding& finding : findings) {
    if (finding.severity == Severity::kError) out.insert(finding.code + " @ " + finding.place);
  }
  return out;
}

inline std::size_t count_code(const Findings& findings, std::string_view code) {
  return static_cast<std::size_t>(
      std::ranges::count_if(findings, [&](const Finding& f) { return f.code == code; }));
}

}  // namespace batchwright::workflows::test
