// When a read counts. Decoders and treatments vote; a symbology says how much it takes.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <utility>
#include <vector>

#include "vision/engine/internal/bars_check.h"
#include "vision/engine/internal/candidate.h"
#include "vision/engine/internal/treatments.h"

namespace batchwright::vision {

// What one text collected.
struct Votes {
  Candidate first;  // corners in the frame
  std::set<std::pair<Decoder, Treatment>> cast;
  std::optional<BarsCheck> bars;  // the best of those made
  int bars_checks = 0;            // how often they were drawn

  [[nodiscard]] bool has(Decoder decoder) const;
  [[nodiscard]] int treatments_of(Decoder decoder) const;  // different ones
};

// The rules:
// - zbar and libdmtx alone never count.
// - Data Matrix, QR: one read by zxing (or WeChat, for QR), since error correction vouches for it;
//   a text of fewer than 6 bytes needs a second treatment, because little correction stands behind
//   it. Micro QR always needs a second one.
// - Code 128: one read by zxing of 4 characters or more that the picture itself, sharpened or
//   lightened, gave; else two treatments.
// - ITF: a valid ITF-14 by zxing once; any other length twice, and no longer text that contains it.
// - EAN, UPC: the drawn bars agree (bars_check.h): clearly, when only zbar read it; more clearly,
//   and not by zbar alone, where fewer digits are found in more places (EAN-8, UPC-E).
// - EAN-13, UPC-A also when the bars are too folded to say, but only after everything was tried:
//   when zxing and zbar read the same in two treatments each, or zxing in eight, and nobody ever
//   read another number.
class Ballot {
 public:
  // Equal texts of UPC-A and of EAN-13 with a leading zero are one candidate. Returns the votes
  // that it has now.
  Votes& add(const Candidate& candidate, Treatment treatment);

  // Everything was tried; what only then counts counts from now on.
  void close() { closed_ = true; }

  [[nodiscard]] bool is_confirmed(const Votes& votes) const;
  [[nodiscard]] bool any_confirmed() const;
  // Confirmed symbols, from top to bottom; kSymbolsMax at most.
  [[nodiscard]] std::vector<Symbol> confirmed(Symbologies wanted) const;
  // Pixels per module of the smallest confirmed symbol whose bars were measured.
  [[nodiscard]] std::optional<double> module_px() const;

 private:
  using Key = std::pair<Symbology, std::string>;
  [[nodiscard]] bool unopposed(const Votes& votes) const;
  [[nodiscard]] bool retail_confirmed(const Votes& votes) const;
  [[nodiscard]] bool itf_confirmed(const Votes& votes) const;

  std::map<Key, Votes> all_;
  bool closed_ = false;
};

inline constexpr std::size_t kTextsMax = 200;  // of one frame, confirmed or not

}  // namespace batchwright::vision
