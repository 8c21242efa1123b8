// The part of line_facts.h about people's signatures.
#pragma once

#include "record/internal/line_facts.h"

namespace batchwright::record::internal {

// `line` is a signature_made event: fills facts.signature and remarks on what is wrong with it
// alone: a bad signature, a key that is not the signer's, a statement made for another site,
// device, subject or step.
void inspect_signature(const Line& line, const LineContext& context, LineFacts& facts);

}  // namespace batchwright::record::internal
