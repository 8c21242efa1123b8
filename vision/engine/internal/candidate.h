// One decoder's answer on one treatment of the picture, before anybody agreed with it.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "vision/label.h"

namespace batchwright::vision {

enum class Decoder : std::uint8_t { kZxing, kZbar, kDmtx, kWeChat };

[[nodiscard]] const char* to_string(Decoder decoder);

struct Candidate {
  Symbology symbology = Symbology::kDataMatrix;
  std::string text;
  bool gs1 = false;
  Corners corners{};
  Decoder decoder = Decoder::kZxing;

  bool operator==(const Candidate&) const = default;
};

using Candidates = std::vector<Candidate>;

}  // namespace batchwright::vision
