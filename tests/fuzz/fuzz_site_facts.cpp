// The facts of a site: a document of the site, read by every panel.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "base/json.h"
#include "record/site_facts_document.h"
#include "workflows/site_facts.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  [[maybe_unused]] const auto facts = batchwright::workflows::read_site_facts(text);
  // The signed statement around it, and back.
  const auto json = batchwright::parse_json(text);
  if (!json) return 0;
  const auto document = batchwright::record::site_facts_from_statement(*json);
  if (!document) return 0;
  const auto again =
      batchwright::record::site_facts_from_statement(batchwright::record::to_statement(*document));
  if (!again || again->facts != document->facts || again->version != document->version)
    std::abort();
  return 0;
}
