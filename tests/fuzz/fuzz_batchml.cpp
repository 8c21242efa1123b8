// Any bytes as BatchML, and after a NUL as its resolution file: no crash, and every import, draft
// or not, is read back from its native text without a difference.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/ensure.h"
#include "workflows/import_report.h"
#include "workflows/mbr_json.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace batchwright::workflows;
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  const std::size_t nul = input.find('\0');
  const std::string_view answers =
      nul == std::string_view::npos ? std::string_view() : input.substr(nul + 1);
  const auto import = read_batchml(input.substr(0, nul), answers, "fuzz.xml");
  if (!import) return 0;
  (void)import_report(*import);
  const auto again = read_mbr(import->mbr.text);
  batchwright::ensure(again.has_value(), "an import is an MBR");
  batchwright::ensure(again->mbr.text == import->mbr.text, "with one canonical text");
  return 0;
}
