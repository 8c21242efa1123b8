#include "client/sync/batch.h"

#include <fmt/format.h>

#include "record/line.h"

namespace batchwright::client::sync {

Result<Batch> cut_batch(std::uint64_t first, const std::vector<std::string>& lines,
                        const BatchLimits& limits) {
  Batch batch{.first = first, .last = 0, .commits = 0, .body = {}};
  std::string pending;  // lines of a commit whose end was not met yet
  for (std::size_t i = 0; i < lines.size(); ++i) {
    auto line = record::decode(lines[i]);
    if (!line)
      return fail(ErrorCode::kAltered,
                  "A line of this panel's own journal can't be read. Nothing was sent; verify the "
                  "store.",
                  fmt::format("line {}", first + i));
    pending += lines[i];
    pending += '\n';
    if (line->line.type != "commit") continue;
    const bool fits =
        i + 1 <= limits.lines_max && batch.body.size() + pending.size() <= limits.bytes_max;
    if (batch.commits > 0 && !fits) break;
    batch.body += pending;
    pending.clear();
    batch.last = first + i;
    ++batch.commits;
  }
  if (batch.commits == 0)
    return fail(ErrorCode::kNotFound, "No whole commit among these lines.",
                fmt::format("line {}", first));
  return batch;
}

}  // namespace batchwright::client::sync
