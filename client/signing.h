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
[[nodiscard]] workflows::ReleaseStep sign_release(const record::SignatureStatement& statement,
                                                  const std::string& exception,
                                                  const std::string& reason,
                                                  const record::SecretKey& key);
[[nodiscard]] workflows::HandOver sign_hand_over(const record::SignatureStatement& statement,
                                                 const std::string& note,
                                                 const record::SecretKey& key);
[[nodiscard]] workflows::TakeOver sign_take_over(const record::SignatureStatement& statement,
                                                 const record::SecretKey& key);

// The public key in hex of a command that carries a signature; nullptr for all others.
[[nodiscard]] const std::string* key_of(const workflows::Command& command);

}  // namespace batchwright::client
