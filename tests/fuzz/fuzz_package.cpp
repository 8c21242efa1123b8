// Any bytes as an exported journal, and a good one with a piece replaced: verification ends, and
// never proves what is not the good file.
#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/ensure.h"
#include "record/verify.h"
#include "tests/support/record_fixtures.h"

namespace {

using namespace batchwright;

struct Good {
  test::TestSite site;
  std::string text;

  Good() {
    test::TestPanel panel(site);
    test::write_events(panel, site, 12);
    text = panel.export_text(site, 3);
  }
};

void check(const std::string& text, const Good& good) {
  const auto package = record::read_package(text);
  if (!package) return;
  const auto report = record::verify(*package, good.site.anchor());
  ensure(report.proved == !report.first_bad, "what is not proved names a place");
  // The last line feed carries nothing.
  if (report.proved)
    ensure(text == good.text || text + "\n" == good.text, "only the good file is proved");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const Good good;
  const std::string input(reinterpret_cast<const char*>(data), size);
  check(input, good);
  if (size < 4) return 0;
  // The first three bytes say where, the fourth how many bytes the rest replaces.
  const std::size_t where = (data[0] | data[1] << 8 | data[2] << 16) % good.text.size();
  std::string changed = good.text;
  changed.replace(where, std::min<std::size_t>(data[3], changed.size() - where), input.substr(4));
  check(changed, good);
  return 0;
}
