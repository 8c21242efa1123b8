// The library headers for the test programs: those of every source, and what tests are written in.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "cmake/precompiled.h"
