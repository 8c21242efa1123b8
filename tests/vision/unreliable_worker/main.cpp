// A worker that goes wrong on demand: the first byte of a picture says how.
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <span>

#include "vision/worker_loop.h"

using namespace batchwright;
using namespace batchwright::vision;

namespace {

// As much as this process is given, and then as a library would: by an exception nobody expects.
void take_all_memory() {
  std::vector<std::unique_ptr<char[]>> taken;
  constexpr std::size_t kPiece = 64u << 20;
  for (;;) {
    taken.push_back(std::make_unique_for_overwrite<char[]>(kPiece));
    std::memset(taken.back().get(), 1, kPiece);
  }
}

// Tries what a decoder that was taken over would: "write:13 socket:1 ...", 0 = it could.
std::string escape() {
  std::string told;
  const auto tried = [&told](const char* what, bool could) {
    told += (told.empty() ? "" : " ") + std::string(what) + ":" + std::to_string(could ? 0 : errno);
  };
  tried("write", ::open("/tmp/escaped", O_CREAT | O_WRONLY, 0600) >= 0);
  tried("device", ::open("/dev/null", O_RDWR) >= 0);
  tried("socket", ::socket(AF_INET, SOCK_STREAM, 0) >= 0);
  const pid_t child = ::fork();
  if (child == 0) std::_Exit(0);
  tried("fork", child > 0);
  tried("kill", ::kill(::getppid(), 0) == 0);
  tried("code", ::mmap(nullptr, 4096, PROT_READ | PROT_WRITE | PROT_EXEC,
                       MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) != MAP_FAILED);
  tried("read", ::open("/dev/null", O_RDONLY) >= 0);
  return told;
}

void run_another_program() {
  const char* const arguments[] = {"/bin/true", nullptr};
  ::execv(arguments[0], const_cast<char* const*>(arguments));
  std::_Exit(0);
}

void go_wrong(std::span<const std::uint8_t> picture) {
  switch (picture.empty() ? ' ' : static_cast<char>(picture.front())) {
    case 'a': std::abort();
    case 's': ::raise(SIGSEGV); break;
    case 'x': std::_Exit(0);
    case 'h':
      for (;;) ::pause();
    case 'p': run_another_program(); break;
    case 'b': take_all_memory(); break;
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
  if (!picture.empty() && picture.front() == 'e') symbol.text = escape();
  reading.symbols.push_back(symbol);
  return reading;
}

CheckResult passed() {
  CheckResult result;
  result.verdict = Verdict::kPass;
  result.quality.good = true;
  result.regions.push_back({"a", Verdict::kPass, "ok", "", "", 1, 0.5, {}});
  return result;
}

CheckResult check(std::span<const std::uint8_t> picture) {
  go_wrong(picture);
  CheckResult result = passed();
  const char how = picture.empty() ? ' ' : static_cast<char>(picture.front());
  if (how == 'l') result.regions[0].verdict = Verdict::kFail;  // "pass" with a region that isn't
  if (how == 'e') result.regions.clear();                      // "pass" of nothing at all
  if (how == 'p') result.quality.good = false;                 // "pass" by a poor picture
  return result;
}

std::uint64_t looks = 0;

CameraState opened(const OpenTask& task) {
  looks = std::max(looks, task.number_before);
  CameraState state;
  state.id = task.source.id;
  state.open = true;
  return state;
}

// The first letter of the check, or of the camera's name without one, says how.
Look look(const LookTask& task, PayloadView check) {
  const std::vector<std::uint8_t> name(task.camera.begin(), task.camera.end());
  go_wrong(check.empty() ? PayloadView(name) : check);
  Look look;
  // 'l' says "pass" of a picture that nobody saw.
  look.seen = check.empty() || check.front() != 'l';
  look.number = ++looks;
  look.width = look.height = 2;
  if (task.judge) {
    look.result = passed();
  }
  return look;
}

Result<std::vector<std::uint8_t>> frame(const FrameTask& task) {
  const std::vector<std::uint8_t> name(task.camera.begin(), task.camera.end());
  go_wrong(name);
  return std::vector<std::uint8_t>{0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n', 1};
}

}  // namespace

int main(int, char** argv) {
  // Named so, it never says hello.
  if (std::string(argv[0]).ends_with("mute")) return 0;
  confine_worker();
  const SystemClock clock;
  WorkerHandlers handlers;
  handlers.cameras_are_open = confine_worker_fully;
  handlers.read_label = [](const LabelTask&, PayloadView payload) { return read(payload); };
  handlers.check = [](const CheckTask& task, PayloadView payload) {
    return check(payload.subspan(task.check_bytes));
  };
  handlers.open_camera = [](const OpenTask& task) { return opened(task); };
  handlers.look = [](const LookTask& task, PayloadView payload) { return look(task, payload); };
  handlers.frame = [](const FrameTask& task) { return frame(task); };
  serve_tasks(kWorkerSocket, handlers, clock);
  return 0;
}
