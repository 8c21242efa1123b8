#include "client/cli/cli.h"

#include <cstdio>

namespace batchwright::client::cli {

int report(const Error& error) {
  if (error.place.empty())
    std::fprintf(stderr, "batchwright: %s\n", error.message.c_str());
  else
    std::fprintf(stderr, "batchwright: %s (%s)\n", error.message.c_str(), error.place.c_str());
  switch (error.code) {
    case ErrorCode::kNotFound:
    case ErrorCode::kUnreadable:
    case ErrorCode::kInUse: return kUnreadable;
    default: return kRefused;
  }
}

void print_findings(const Findings& findings, std::FILE* stream) {
  for (const auto& finding : findings)
    std::fprintf(stream, "%s: %s: %s [%s]\n", to_string(finding.severity), finding.place.c_str(),
                 finding.message.c_str(), finding.code.c_str());
}

void print_json(const Json& json) {
  std::printf("%s\n", to_text(json).c_str());
}

}  // namespace batchwright::client::cli
