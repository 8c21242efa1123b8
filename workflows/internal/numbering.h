// Display numbers: steps 1..n in document order.
#pragma once

#include "workflows/mbr.h"

namespace batchwright::workflows {

// Sets Element::number of every step below `root`; returns how many there are.
int number_steps(Element& root);

}  // namespace batchwright::workflows
