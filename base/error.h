// Errors are values. A function that can fail returns Result<T>; the caller handles the error once,
// or passes it on.
#pragma once

#include <expected>
#include <string>
#include <utility>

namespace batchwright {

// What kind of thing went wrong. The command line maps these to exit codes: kUnreadable, kNotFound
// and kInUse are 2, everything else 1 (docs/cli.md).
enum class ErrorCode {
  kMalformed,    // the input is not what its format says; `place` names where
  kUnsupported,  // well-formed, but a version or feature we do not know
  kRefused,      // a rule forbids it; the message names the rule and the remedy
  kNotFound,     // nothing of that name
  kConflict,     // somebody else was first; reload and decide again
  kAltered,      // hash, chain or signature does not match the bytes
  kInUse,        // another process holds it
  kUnreadable,   // the file or medium cannot be read
  kFull,         // no space left, or a stated limit is reached
  kIo,  // the medium failed; nothing more may be accepted until it was reopened and verified
  kUnreachable,  // the network peer did not answer; trying later may help
  kDenied,       // the peer or the password check said no
  kCancelled,    // a person stopped it
};

struct Error {
  ErrorCode code = ErrorCode::kRefused;
  std::string message;  // for the person who sees it: what happened, what was saved, what to do now
  std::string place;    // file, line, element path or key; empty when there is none
};

template <typename T>
using Result = std::expected<T, Error>;

[[nodiscard]] inline std::unexpected<Error> fail(ErrorCode code, std::string message,
                                                 std::string place = {}) {
  return std::unexpected(Error{code, std::move(message), std::move(place)});
}

}  // namespace batchwright
