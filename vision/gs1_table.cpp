#include "vision/gs1_table.h"

#include "base/ensure.h"
#include "generated/gs1_identifiers.h"

namespace batchwright::vision {

const Gs1Table& gs1_table() {
  static const Gs1Table kTable = [] {
    auto table = gs1_table_from_json(generated::kGs1Identifiers);
    ensure(table.has_value(), "the table was checked by the tests of this build");
    return std::move(*table);
  }();
  return kTable;
}

}  // namespace batchwright::vision
