#include "vision/engine/internal/ballot.h"

#include <algorithm>

#include "base/ensure.h"

namespace batchwright::vision {

namespace {

// Below this the drawn bars say nothing; above they may contradict.
constexpr double kFitClear = 0.75;
constexpr double kMarginClear = 0.05;

// UPC-A is EAN-13 with a leading zero: the same bars.
std::pair<Symbology, std::string> key_of(const Candidate& candidate) {
  if (candidate.symbology == Symbology::kUpcA && candidate.text.size() == 12)
    return {Symbology::kEan13, "0" + candidate.text};
  return {candidate.symbology, candidate.text};
}

bool turned(Treatment treatment) {
  switch (treatment) {
    case Treatment::kTurnedLeft:
    case Treatment::kTurnedRight:
    case Treatment::kTurnedFarLeft:
    case Treatment::kTurnedFarRight:
    case Treatment::kTurnedHalf: return true;
    default: return false;
  }
}

bool gentle(Treatment treatment) {
  switch (treatment) {
    case Treatment::kNone:
    case Treatment::kGlobalThreshold:
    case Treatment::kEvenLight:
    case Treatment::kSharpen:
    case Treatment::kTwice: return true;
    default: return false;
  }
}

bool matrix_confirmed(const Votes& votes) {
  const bool qr = votes.first.symbology == Symbology::kQr;
  const int treatments =
      votes.treatments_of(Decoder::kZxing) + (qr ? votes.treatments_of(Decoder::kWeChat) : 0);
  const bool little = votes.first.text.size() < 6 || votes.first.symbology == Symbology::kMicroQr;
  return treatments >= (little ? 2 : 1);
}

bool code128_confirmed(const Votes& votes) {
  const bool once =
      votes.first.text.size() >= 4 && std::ranges::any_of(votes.cast, [](const auto& vote) {
        return vote.first == Decoder::kZxing && gentle(vote.second);
      });
  return once || votes.treatments_of(Decoder::kZxing) >= 2;
}

Symbol symbol_of(const Votes& votes, Symbologies wanted) {
  Symbol symbol{votes.first.symbology, votes.first.text, votes.first.gs1, votes.first.corners, {}};
  if (symbol.symbology == Symbology::kUpcA && !wanted.has(Symbology::kUpcA)) {
    symbol.symbology = Symbology::kEan13;
    symbol.text.insert(0, 1, '0');
  } else if (symbol.symbology == Symbology::kEan13 && symbol.text.front() == '0' &&
             wanted.has(Symbology::kUpcA)) {
    symbol.symbology = Symbology::kUpcA;
    symbol.text.erase(0, 1);
  }
  for (const auto& [decoder, treatment] : votes.cast)
    symbol.confirmed_by.push_back(std::string(to_string(decoder)) + "/" + to_string(treatment));
  if (votes.bars && votes.bars->agrees) symbol.confirmed_by.emplace_back("bars");
  return symbol;
}

}  // namespace

const char* to_string(Decoder decoder) {
  switch (decoder) {
    case Decoder::kZxing: return "zxing";
    case Decoder::kZbar: return "zbar";
    case Decoder::kDmtx: return "dmtx";
    case Decoder::kWeChat: return "wechat";
  }
  return "";
}

bool Votes::has(Decoder decoder) const {
  return treatments_of(decoder) > 0;
}

int Votes::treatments_of(Decoder decoder) const {
  return static_cast<int>(
      std::ranges::count(cast, decoder, [](const auto& vote) { return vote.first; }));
}

Votes& Ballot::add(const Candidate& candidate, Treatment treatment) {
  ensure(all_.size() < kTextsMax, "the search ends before there are so many texts");
  auto& votes = all_.try_emplace(key_of(candidate), Votes{candidate, {}, {}, 0}).first->second;
  votes.cast.emplace(candidate.decoder, treatment);
  if (candidate.decoder == Decoder::kZxing) votes.first.gs1 = candidate.gs1;
  return votes;
}

bool Ballot::unopposed(const Votes& votes) const {
  const auto& bars = votes.bars;
  if (bars && !bars->agrees && bars->fit >= kFitClear && bars->margin >= kMarginClear) return false;
  const int zxing = votes.treatments_of(Decoder::kZxing);
  const int zbar = votes.treatments_of(Decoder::kZbar);
  if ((zxing < 2 || zbar < 2) && zxing < 8) return false;
  return std::ranges::none_of(all_, [&](const auto& other) {
    return kRetailSymbologies.has(other.first.first) && &other.second != &votes;
  });
}

bool Ballot::retail_confirmed(const Votes& votes) const {
  const bool few =
      votes.first.symbology == Symbology::kUpcE || votes.first.symbology == Symbology::kEan8;
  const bool zxing = votes.has(Decoder::kZxing);
  const auto& bars = votes.bars;
  if (bars && bars->agrees) {
    if (few && zxing && bars->fit >= 0.85 && bars->margin >= 2 * kMarginClear) return true;
    if (!few && zxing && bars->fit >= 0.6 && bars->margin >= kMarginClear) return true;
    if (!few && bars->fit >= 0.7 && bars->margin >= 2 * kMarginClear) return true;
  }
  return closed_ && !few && unopposed(votes);
}

bool Ballot::itf_confirmed(const Votes& votes) const {
  const auto& text = votes.first.text;
  const int straight = static_cast<int>(std::ranges::count_if(votes.cast, [](const auto& vote) {
    return vote.first == Decoder::kZxing && !turned(vote.second);
  }));
  const bool checked = text.size() == 14 && check_digit_holds(text);
  if (straight < (checked ? 1 : 2)) return false;
  return std::ranges::none_of(all_, [&](const auto& other) {
    return other.first.first == Symbology::kItf && &other.second != &votes &&
           other.first.second.contains(text);
  });
}

bool Ballot::is_confirmed(const Votes& votes) const {
  if (kMatrixSymbologies.has(votes.first.symbology)) return matrix_confirmed(votes);
  if (kRetailSymbologies.has(votes.first.symbology)) return retail_confirmed(votes);
  if (votes.first.symbology == Symbology::kItf) return itf_confirmed(votes);
  return code128_confirmed(votes);
}

bool Ballot::any_confirmed() const {
  return std::ranges::any_of(all_, [&](const auto& one) { return is_confirmed(one.second); });
}

std::vector<Symbol> Ballot::confirmed(Symbologies wanted) const {
  std::vector<Symbol> symbols;
  for (const auto& [key, votes] : all_)
    if (symbols.size() < kSymbolsMax && is_confirmed(votes))
      symbols.push_back(symbol_of(votes, wanted));
  std::ranges::stable_sort(symbols, {}, [](const Symbol& symbol) {
    return std::pair(symbol.corners[0].y, symbol.corners[0].x);
  });
  return symbols;
}

std::optional<double> Ballot::module_px() const {
  std::optional<double> smallest;
  for (const auto& [key, votes] : all_)
    if (votes.bars && is_confirmed(votes) && (!smallest || votes.bars->module_px < *smallest))
      smallest = votes.bars->module_px;
  return smallest;
}

}  // namespace batchwright::vision
