// What may be put into any store, and how large: the same rules for the store on disk and the one
// in memory.
#pragma once

#include <string_view>
#include <vector>

#include "offline_store/store.h"

namespace batchwright::offline_store::internal {

inline constexpr std::size_t kNameBytesMax = 256;
inline constexpr std::size_t kDocumentBytesMax = 64u << 20;
inline constexpr std::size_t kSyncTextBytesMax = 1u
                                                 << 20;  // a receipt, a refusal's words, a cursor

// kRefused when something is larger than its limit (evidence: kFull) or can't be right at all,
// kMalformed for a line whose bytes, hash and reading disagree. Never what a failing store answers:
// the next item may well be fine.
// Of other devices come whole commits only. Per line, the seq of the commit line that closes its
// commit.
[[nodiscard]] Result<std::vector<std::uint64_t>> check_peer_lines(
    const std::vector<record::StoredLine>& lines);
// kConflict for a receipt of lines that are not here.
[[nodiscard]] Result<void> check_receipt(std::uint64_t seq, std::string_view text,
                                         const JournalHead& head);
[[nodiscard]] Result<void> check_wedged(const Wedged& wedged);
[[nodiscard]] Result<void> check_cursor(std::string_view cursor);
[[nodiscard]] Result<void> check_evidence(std::string_view bytes);
[[nodiscard]] Result<void> check_catalogue_item(const CatalogueItem& item);

}  // namespace batchwright::offline_store::internal
