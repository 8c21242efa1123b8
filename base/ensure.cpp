#include "base/ensure.h"

#include <cstdio>
#include <cstdlib>

namespace batchwright {

void ensure(bool holds, const char* what, std::source_location where) {
  if (holds) return;
  std::fprintf(stderr, "batchwright: internal defect: %s (%s:%u)\n", what, where.file_name(),
               static_cast<unsigned>(where.line()));
  std::abort();
}

}  // namespace batchwright
