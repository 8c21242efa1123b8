#include "vision/worker.h"

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <string>

#include "vision/worker_loop.h"

namespace batchwright::vision {

namespace {

constexpr int kFailedStartsMax = 3;
constexpr std::int64_t kReopenMs = 5000;
constexpr const char* kNonsense = "The reader's answer made no sense.";

LabelReading not_performed(std::string reason) {
  LabelReading reading;
  reading.reason = std::move(reason);
  return reading;
}

CheckResult unchecked(std::string reason) {
  CheckResult result;
  result.reason = std::move(reason);
  return result;
}

Frame without_bytes(const Frame& frame) {
  return {frame.format, frame.width, frame.height, frame.stride, {}};
}

// The child gets one end of the pair as kWorkerSocket, nothing to write to and a small environment.
int spawn(const std::filesystem::path& program, int socket, pid_t* pid) {
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0);
  posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0);
  posix_spawn_file_actions_adddup2(&actions, socket, kWorkerSocket);
  std::string path = program.string();
  // A codec refuses what a frame can't be, whatever a header claimed.
  std::string pixels = "OPENCV_IO_MAX_IMAGE_PIXELS=" + std::to_string(kPixelsMax);
  std::string locale = "LC_ALL=C.UTF-8", threads = "OMP_NUM_THREADS=1";
  std::array<char*, 2> arguments{path.data(), nullptr};
  // How long a camera may take for a frame, in seconds.
  std::string patience = "OPENCV_VIDEOIO_V4L_SELECT_TIMEOUT=3";
  std::array<char*, 5> environment{pixels.data(), locale.data(), threads.data(), patience.data(),
                                   nullptr};
  const int failed =
      ::posix_spawn(pid, path.c_str(), &actions, nullptr, arguments.data(), environment.data());
  posix_spawn_file_actions_destroy(&actions);
  return failed;
}

}  // namespace

Worker::Worker(WorkerOptions options, const Clock& clock)
    : options_(std::move(options)), clock_(clock) {}

Worker::~Worker() {
  stop();
}

LabelReading Worker::read_label(std::span<const std::uint8_t> stored_picture,
                                const LabelRequest& request) {
  if (stored_picture.size() > kPictureBytesMax)
    return not_performed("The picture file is too large.");
  return ask_label({next_id_++, request, true, {}}, stored_picture);
}

LabelReading Worker::read_label(const Frame& frame, const LabelRequest& request) {
  if (const auto checked = check_frame(frame); !checked)
    return not_performed(checked.error().message);
  return ask_label({next_id_++, request, false, without_bytes(frame)}, frame.bytes);
}

CheckResult Worker::check(std::string_view check, std::span<const std::uint8_t> stored,
                          const ExpectedValues& expected, bool restart) {
  if (stored.size() > kPictureBytesMax) return unchecked("The picture file is too large.");
  return ask_check({next_id_++, check.size(), expected, restart, true, {}}, check, stored);
}

CheckResult Worker::check(std::string_view check, const Frame& frame,
                          const ExpectedValues& expected, bool restart) {
  if (const auto checked = check_frame(frame); !checked) return unchecked(checked.error().message);
  return ask_check({next_id_++, check.size(), expected, restart, false, without_bytes(frame)},
                   check, frame.bytes);
}

LabelReading Worker::ask_label(const LabelTask& task, std::span<const std::uint8_t> payload) {
  const auto answer = ask(to_json(task), task.id, payload, task.request.budget_ms);
  if (!answer) return not_performed(answer.error().message);
  auto reading = label_reading_from_json(answer->header);
  if (reading) return std::move(*reading);
  give_up();
  return not_performed(kNonsense);
}

CheckResult Worker::ask_check(CheckTask task, std::string_view check,
                              std::span<const std::uint8_t> picture) {
  if (check.size() > kCheckBytesMax) return unchecked("The check file is too large.");
  std::vector<std::uint8_t> payload(check.begin(), check.end());
  payload.insert(payload.end(), picture.begin(), picture.end());
  const auto answer = ask(to_json(task), task.id, payload, options_.judge_ms);
  if (!answer) return unchecked(answer.error().message);
  auto result = check_result_from_json(answer->header);
  if (result) return std::move(*result);
  give_up();
  return unchecked(kNonsense);
}

Result<Message> Worker::ask(const Json& task, std::uint64_t id,
                            std::span<const std::uint8_t> payload, int budget_ms) {
  if (const auto started = ensure_started(); !started) return std::unexpected(started.error());
  return talk(task, id, payload, budget_ms);
}

Result<Message> Worker::talk(const Json& task, std::uint64_t id,
                             std::span<const std::uint8_t> payload, int budget_ms) {
  const int timeout_ms = budget_ms + options_.grace_ms;
  const auto began_ms = clock_.monotonic_ms();
  auto sent = send_message(socket_, task, payload, timeout_ms, clock_);
  auto answer = sent ? receive_message(socket_, timeout_ms, clock_)
                     : Result<Message>(std::unexpected(sent.error()));
  if (!answer) {
    const bool slow = clock_.monotonic_ms() - began_ms >= timeout_ms;
    const bool gone = answer.error().code == ErrorCode::kUnreachable;
    ++(gone && !slow ? counts_.ended : counts_.stopped);
    stop();
    return fail(ErrorCode::kUnreachable, slow   ? "Reading took too long and was stopped."
                                         : gone ? "The reader failed on this picture."
                                                : kNonsense);
  }
  const auto answered = answer->header.find("id");
  if (answered != answer->header.end() && *answered == id) return answer;
  give_up();
  return fail(ErrorCode::kUnreachable, kNonsense);
}

void Worker::give_up() {
  ++counts_.stopped;
  stop();
}

Result<void> Worker::ensure_started() {
  if (pid_ > 0) return {};
  if (failed_starts_ >= kFailedStartsMax)
    return fail(ErrorCode::kUnreachable, "The reader can't be started.");
  auto started = start();
  failed_starts_ = started ? 0 : failed_starts_ + 1;
  return started;
}

// A camera whose opening ends the worker is left out, and the others are opened by a new one.
Result<void> Worker::start() {
  states_.assign(sources_.size(), {});
  for (std::size_t i = 0; i < sources_.size(); ++i) states_[i].id = sources_[i].id;
  for (std::size_t tries = 0; tries <= sources_.size(); ++tries) {
    if (auto greeted = greet(); !greeted) return greeted;
    for (std::size_t i = 0; i < sources_.size() && pid_ > 0; ++i)
      if (states_[i].problem.empty()) states_[i] = open_camera(sources_[i]);
    reopen_after_ms_ = clock_.monotonic_ms() + kReopenMs;
    if (pid_ > 0) return {};
  }
  return fail(ErrorCode::kUnreachable, "The reader can't be started: its cameras end it.");
}

Result<void> Worker::greet() {
  std::array<int, 2> pair{-1, -1};
  if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair.data()) != 0)
    return fail(ErrorCode::kIo, "The reader can't be started: no socket.");
  socket_ = pair[0];
  const int failed = spawn(options_.program, pair[1], &pid_);
  ::close(pair[1]);
  if (failed != 0) {
    pid_ = -1;
    stop();
    return fail(ErrorCode::kNotFound, "The reader can't be started.", options_.program.string());
  }
  ++counts_.started;
  const auto hello = receive_message(socket_, options_.start_ms, clock_);
  if (!hello || hello->header != worker_hello()) {
    stop();
    return fail(ErrorCode::kUnreachable, "The reader can't be started: it says nothing.");
  }
  return {};
}

void Worker::stop() {
  if (socket_ >= 0) ::close(socket_);
  socket_ = -1;
  if (pid_ <= 0) return;
  ::kill(pid_, SIGKILL);
  int status = 0;
  while (::waitpid(pid_, &status, 0) < 0 && errno == EINTR) {
  }
  pid_ = -1;
}

}  // namespace batchwright::vision
