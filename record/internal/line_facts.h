// What one line says about itself, checked alone. The costly part of verification (parsing,
// hashing, Ed25519) happens here, once per line; journal_check.h then compares lines with each
// other.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/finding.h"
#include "record/internal/people.h"
#include "record/line.h"

namespace batchwright::record::internal {

// What lines are checked against. An empty device or site is unknown (the header could not be read)
// and not compared.
struct LineContext {
  std::string device;
  std::optional<PublicKey> device_key;  // absent when the enrolment is not believed
  std::string site;
  People people;
  // A trust anchor was given, so a signature must lead back to a person it vouches for. Without one
  // nobody's word is at stake, and the answer is no more than "consistent".
  bool must_trace_signers = false;
};

struct CommitFacts {
  std::uint64_t first = 0;
  bool is_signed = false;  // by the device key over this device, seq and prev
};

// Of a person's signature, what has to be compared with other lines.
struct SignatureFacts {
  std::string challenge;
  std::vector<Digest> covered;
  std::uint64_t as_of_seq =
      0;  // head of this journal when the signer was shown the data; 0 = not given
  Digest as_of_hash{};
  bool knows_other_devices = false;
  bool is_traced = false;  // the key is the signer's in a directory of the site
};

struct LineFacts {
  std::optional<Error> malformed;  // set: this is no line, and only `hash` below has meaning
  Digest hash{};
  std::uint64_t seq = 0;
  Digest prev{};
  Hlc hlc;
  std::optional<CommitFacts> commit;
  std::optional<SignatureFacts> signature;
  Findings remarks;  // without place; only worth telling when the line itself was not changed
};

[[nodiscard]] LineFacts inspect_line(std::string_view bytes, const LineContext& context);

}  // namespace batchwright::record::internal
