// When a read counts: the rules of agreement, one by one.
#include "vision/engine/internal/ballot.h"

#include <gtest/gtest.h>

namespace batchwright::vision {
namespace {

using enum Symbology;

Candidate read(Symbology symbology, std::string text, Decoder decoder = Decoder::kZxing) {
  return {symbology, std::move(text), false, {}, decoder};
}

bool confirmed(const Ballot& ballot, std::string_view text) {
  for (const auto& symbol : ballot.confirmed(Symbologies::all()))
    if (symbol.text == text) return true;
  return false;
}

BarsCheck bars(bool agrees, double fit, double margin) {
  return {agrees, fit, margin, 2, {}};
}

TEST(Ballot, ZbarAloneNeverCounts) {
  Ballot ballot;
  for (const auto treatment : {Treatment::kNone, Treatment::kSharpen, Treatment::kTwice}) {
    for (const auto symbology : kSymbologies)
      ballot.add(read(symbology, "4006381333931", Decoder::kZbar), treatment);
  }
  ballot.close();
  EXPECT_TRUE(ballot.confirmed(Symbologies::all()).empty());
}

TEST(Ballot, LibdmtxNeverCounts) {
  Ballot ballot;
  ballot.add(read(kDataMatrix, "0109506000134352", Decoder::kDmtx), Treatment::kNone);
  ballot.add(read(kDataMatrix, "0109506000134352", Decoder::kDmtx), Treatment::kSharpen);
  ballot.close();
  EXPECT_FALSE(ballot.any_confirmed());
}

TEST(Ballot, OneReadOfAMatrixWithContentIsEnoughAndOfALittleOneIsNot) {
  Ballot ballot;
  ballot.add(read(kDataMatrix, "0109506000134352"), Treatment::kBent);
  EXPECT_TRUE(confirmed(ballot, "0109506000134352"));
  ballot.add(read(kDataMatrix, "AB"), Treatment::kNone);
  EXPECT_FALSE(confirmed(ballot, "AB"));
  ballot.add(read(kDataMatrix, "AB"), Treatment::kNone);
  EXPECT_FALSE(confirmed(ballot, "AB")) << "the same look twice is one look";
  ballot.add(read(kDataMatrix, "AB"), Treatment::kSharpen);
  EXPECT_TRUE(confirmed(ballot, "AB"));
}

TEST(Ballot, ARetailCodeNeedsItsBarsDrawn) {
  Ballot ballot;
  auto& votes = ballot.add(read(kEan13, "4006381333931"), Treatment::kNone);
  EXPECT_FALSE(ballot.is_confirmed(votes));
  votes.bars = bars(true, 0.95, 0.2);
  EXPECT_TRUE(ballot.is_confirmed(votes));
  votes.bars = bars(true, 0.95, 0.01);
  EXPECT_FALSE(ballot.is_confirmed(votes)) << "the next number fits as well";
  votes.bars = bars(false, 0.95, 0.2);
  EXPECT_FALSE(ballot.is_confirmed(votes)) << "another number fits better";
}

TEST(Ballot, BarsThatContradictWinOverAnyNumberOfReads) {
  Ballot ballot;
  Votes* votes = nullptr;
  for (int i = 0; i < static_cast<int>(Treatment::kBent); ++i) {
    votes = &ballot.add(read(kEan13, "4006381333931"), static_cast<Treatment>(i));
    ballot.add(read(kEan13, "4006381333931", Decoder::kZbar), static_cast<Treatment>(i));
  }
  votes->bars = bars(false, 0.9, 0.1);
  ballot.close();
  EXPECT_FALSE(ballot.is_confirmed(*votes));
}

TEST(Ballot, FoldedBarsCountAtTheEndWhenEverybodyReadTheSame) {
  Ballot ballot;
  for (const auto treatment : {Treatment::kNone, Treatment::kSharpen}) {
    ballot.add(read(kEan13, "4006381333931"), treatment);
    ballot.add(read(kEan13, "4006381333931", Decoder::kZbar), treatment);
  }
  EXPECT_FALSE(ballot.any_confirmed()) << "not before everything was tried";
  ballot.close();
  EXPECT_TRUE(ballot.any_confirmed());
  ballot.add(read(kEan13, "9780804816632", Decoder::kZbar), Treatment::kTwice);
  EXPECT_FALSE(ballot.any_confirmed()) << "somebody read another number";
}

TEST(Ballot, UpcAAndEan13WithALeadingZeroAreOneSymbol) {
  Ballot ballot;
  ballot.add(read(kUpcA, "036000291452"), Treatment::kNone);
  auto& votes = ballot.add(read(kEan13, "0036000291452"), Treatment::kSharpen);
  votes.bars = bars(true, 0.9, 0.2);
  ASSERT_EQ(ballot.confirmed(Symbologies::all()).size(), 1u);
  EXPECT_EQ(ballot.confirmed(Symbologies::all())[0].text, "036000291452");
  EXPECT_EQ(ballot.confirmed({kEan13})[0].text, "0036000291452");
}

TEST(Ballot, PartOfAnItfIsNotTheWhole) {
  Ballot ballot;
  for (const auto treatment : {Treatment::kNone, Treatment::kSharpen}) {
    ballot.add(read(kItf, "301810"), treatment);
  }
  EXPECT_TRUE(confirmed(ballot, "301810"));
  ballot.add(read(kItf, "3018108390"), Treatment::kTwice);
  EXPECT_FALSE(confirmed(ballot, "301810"));
}

TEST(Ballot, OneReadOfAValidItf14IsEnoughUnlessItCameOfATurnedPicture) {
  Ballot ballot;
  ballot.add(read(kItf, "30712345000010"), Treatment::kTurnedFarLeft);
  EXPECT_FALSE(ballot.any_confirmed());
  ballot.add(read(kItf, "30712345000010"), Treatment::kNone);
  EXPECT_TRUE(ballot.any_confirmed());
}

}  // namespace
}  // namespace batchwright::vision
