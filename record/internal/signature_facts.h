// The part of line_facts.h about people's signatures.
#pragma once

#include "record/internal/line_facts.h"

namespace batchwright::record::internal {

// A line that must hold a person's signature: signature_made, handed_over, taken_over, and
// step_released and run_reviewed from version 2 on. Version 1 of these was not signed.
[[nodiscard]] bool is_signed_by_a_person(const Line& line);

// `line` is such a line: fills facts.signature and remarks on what is wrong with it alone: a bad
// signature, a key that is not the signer's, a statement made for another site, device, subject or
// step, or for another act than the line's.
void inspect_signature(const Line& line, const LineContext& context, LineFacts& facts);

}  // namespace batchwright::record::internal
