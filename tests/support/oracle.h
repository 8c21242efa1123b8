// What tests against an outside oracle (a script of Python's) have in common.
#pragma once

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <random>
#include <string>

namespace batchwright::test {

// Of BATCHWRIGHT_SEED, else a fresh one; printed, so that a failure can be played again.
inline std::uint64_t printed_seed() {
  const char* const given = std::getenv("BATCHWRIGHT_SEED");
  const std::uint64_t seed = given != nullptr ? std::stoull(given) : std::random_device{}();
  std::printf("seed %llu\n", static_cast<unsigned long long>(seed));
  return seed;
}

inline std::string output_of(const std::string& command) {
  std::string output;
  FILE* pipe = popen(command.c_str(), "r");
  char buffer[4096];
  while (pipe != nullptr && std::fgets(buffer, sizeof buffer, pipe) != nullptr) output += buffer;
  if (pipe != nullptr) pclose(pipe);
  return output;
}

}  // namespace batchwright::test
