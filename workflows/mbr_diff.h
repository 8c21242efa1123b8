// What differs between two master batch records, for the person who approves the newer one. The
// comparison is of meaning, not of storage: the order of keys, of children beside a chart, of
// nodes, parameters and plans says nothing; the order of entries on a screen and of the transitions
// leaving one node does. It works on the canonical text, so that keys the format gains later are
// compared without a change here. docs/formats/mbr_diff.md.
#pragma once

#include <string>
#include <vector>

#include "base/json.h"
#include "base/sha256.h"
#include "workflows/mbr.h"

namespace batchwright::workflows {

enum class ChangeKind { kAdded, kRemoved, kMoved, kChanged };

struct MbrChange {
  ChangeKind kind = ChangeKind::kChanged;
  std::string subject;  // document, step, entry, limit, signature, medium, parameter,
                        // reaction_plan, transition, node, link or setting
  std::string place;    // as findings name it: "compound/read-ph:ph", "plan R2", "(document)"
  std::string field;    // "action high", "instruction de"; empty = the thing itself
  Json before, after;   // null = absent; objects have their keys sorted
};

struct MbrDiff {
  std::vector<MbrChange> changes;  // by place, field, kind: equal for equal meanings
  std::string text;                // canonical JSON "batchwright/mbr-diff/1"
  Digest hash{};                   // SHA-256 of `text`: what an approver's signature covers
  [[nodiscard]] bool empty() const { return changes.empty(); }
};

// Never fails: an Mbr that has no canonical text yet is written first.
[[nodiscard]] MbrDiff diff_mbr(const Mbr& before, const Mbr& after);

// The same for two canonical documents as JSON, nested at most 256 deep.
[[nodiscard]] std::vector<MbrChange> diff_documents(const Json& before, const Json& after);

// For reading: grouped by subject, one line per change, values indented below what was added or
// removed whole. Ends with the hash.
[[nodiscard]] std::string describe(const MbrDiff& diff);

[[nodiscard]] constexpr const char* to_string(ChangeKind kind) {
  switch (kind) {
    case ChangeKind::kAdded: return "added";
    case ChangeKind::kRemoved: return "removed";
    case ChangeKind::kMoved: return "moved";
    case ChangeKind::kChanged: return "changed";
  }
  return "changed";
}

}  // namespace batchwright::workflows
