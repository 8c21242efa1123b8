// A worker that goes wrong on demand: the first byte of a picture says how.
#include <unistd.h>

#include <csignal>
#include <cstdlib>

#include "vision/worker_loop.h"

using namespace batchwright;
using namespace batchwright::vision;

int main(int, char** argv) {
  // Named so, it never says hello.
  if (std::string(argv[0]).ends_with("mute")) return 0;
  const SystemClock clock;
  serve_labels(
      kWorkerSocket,
      [&](const LabelTask&, std::vector<std::uint8_t> payload) {
        LabelReading reading;
        switch (payload.empty() ? ' ' : static_cast<char>(payload.front())) {
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
          case 'l':  // says "read" without a symbol
            reading.verdict = LabelVerdict::kRead;
            return reading;
          default: break;
        }
        reading.verdict = LabelVerdict::kRead;
        Symbol symbol;
        symbol.symbology = Symbology::kDataMatrix;
        symbol.text = "LOT\x1d" + std::to_string(payload.size());
        reading.symbols.push_back(symbol);
        return reading;
      },
      clock);
  return 0;
}
