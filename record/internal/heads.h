// Heads of journals as JSON: device -> {"seq":"41","hash":hex}. Used by commit lines (`seen`) and
// signatures (`as_of`).
#pragma once

#include <map>
#include <string>

#include "record/journal_writer.h"

namespace batchwright::record::internal {

inline constexpr std::size_t kHeadsMax = 1000;

// The clock stamp of a head is not written; a head that was read has none.
[[nodiscard]] Json heads_to_json(const std::map<std::string, Head>& heads);
[[nodiscard]] Result<std::map<std::string, Head>> heads_from_json(const Json& json);

// Body of a `commit` line, version 1.
struct CommitBody {
  std::uint64_t first = 0;  // seq of the first line of the commit
  SeenHeads seen;
  Signature signature{};
};
[[nodiscard]] Json to_json(const CommitBody& body);
[[nodiscard]] Result<CommitBody> commit_body_from_json(const Json& json);

}  // namespace batchwright::record::internal
