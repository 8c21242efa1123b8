// A worker that goes wrong on demand: the first byte of a picture says how.
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <span>

#include "vision/worker_loop.h"

using namespace batchwright;
using namespace batchwright::vision;

namespace {

void go_wrong(std::span<const std::uint8_t> picture) {
  switch (picture.empty() ? ' ' : static_cast<char>(picture.front())) {
    case 'a': std::abort();
    case 's': ::raise(SIGSEGV); break;
    case 'x': std::_Exit(0);
    case 'h':
      for (;;) ::pause();
    case 'g': {
      const std::uint8_t garbage[] = "no message of any kind, whatever one makes of it";
      (void)!::write(kWorkerSocket, garbage, sizeof garbage);
      break;
    }
    default: break;
  }
}

LabelReading read(std::span<const std::uint8_t> picture) {
  go_wrong(picture);
  LabelReading reading;
  reading.verdict = LabelVerdict::kRead;
  // 'l' says "read" without a symbol.
  if (!picture.empty() && picture.front() == 'l') return reading;
  Symbol symbol;
  symbol.symbology = Symbology::kDataMatrix;
  symbol.text = "LOT\x1d" + std::to_string(picture.size());
  reading.symbols.push_back(symbol);
  return reading;
}

CheckResult check(std::span<const std::uint8_t> picture) {
  go_wrong(picture);
  CheckResult result;
  result.verdict = Verdict::kPass;
  // 'l' says "pass" with a region that isn't one.
  if (!picture.empty() && picture.front() == 'l')
    result.regions.push_back({"a", Verdict::kFail, "missing", "", "", 0, 0, {}});
  return result;
}

}  // namespace

int main(int, char** argv) {
  // Named so, it never says hello.
  if (std::string(argv[0]).ends_with("mute")) return 0;
  const SystemClock clock;
  serve_tasks(kWorkerSocket,
              {.read_label = [](const LabelTask&,
                                std::vector<std::uint8_t> payload) { return read(payload); },
               .check =
                   [](const CheckTask& task, std::vector<std::uint8_t> payload) {
                     return check(std::span(payload).subspan(task.check_bytes));
                   }},
              clock);
  return 0;
}
