// The table of GS1 identifiers, compiled in: the worker that judges labels opens no files.
#pragma once

#include "vision/gs1_element_string.h"

namespace batchwright::vision {

// resources/standards/gs1_identifiers.json as it was when this program was built.
[[nodiscard]] const Gs1Table& gs1_table();

}  // namespace batchwright::vision
