// What a signature means in words, and how a statement becomes the command that carries it.
#pragma once

#include <string>

#include "record/signature.h"
#include "workflows/command.h"

namespace batchwright::client {

// The English words of a meaning, as signed: 21 CFR 11.50(a)(3). Unknown meanings answer their key.
[[nodiscard]] std::string meaning_words(const std::string& meaning);

[[nodiscard]] workflows::SignStep sign(const record::SignatureStatement& statement,
                                       const record::SecretKey& key);

}  // namespace batchwright::client
