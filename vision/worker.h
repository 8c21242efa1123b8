// The vision worker from the panel's side: another process that holds every decoder and picture
// codec, because a decoder's assertion ends the process it runs in. It lives as long as this
// object, and is started again when it ended or was stopped for being too slow.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <filesystem>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "base/json.h"
#include "base/time.h"
#include "vision/camera.h"
#include "vision/frame.h"
#include "vision/label.h"
#include "vision/message.h"
#include "vision/teaching.h"

namespace batchwright::vision {

struct WorkerOptions {
  std::filesystem::path program;  // batchwright-vision
  int start_ms = 30'000;          // how long it may take to load its libraries
  int judge_ms = 5000;            // what a check or a look is given
  int grace_ms = 10'000;          // beyond a task's own budget, before it is stopped
};

struct WorkerCounts {
  int started = 0;
  int ended = 0;    // by itself, in the middle of a task
  int stopped = 0;  // by us: too slow, or its answer made no sense
};

// One thread at a time. Every function returns: with what was read, or with kNotPerformed and the
// reason, never later than start_ms + budget_ms + grace_ms.
class Worker {
 public:
  Worker(WorkerOptions options, const Clock& clock);
  ~Worker();  // ends the process
  Worker(const Worker&) = delete;
  Worker& operator=(const Worker&) = delete;

  // A picture file's bytes, decoded over there.
  [[nodiscard]] LabelReading read_label(std::span<const std::uint8_t> stored_picture,
                                        const LabelRequest& request);
  [[nodiscard]] LabelReading read_label(const Frame& frame, const LabelRequest& request);

  // Judges a picture by the check file `check`. A check that can't be read is kNotPerformed, too.
  // `restart`: of a sequence, this is the first frame.
  [[nodiscard]] CheckResult check(std::string_view check, std::span<const std::uint8_t> stored,
                                  const ExpectedValues& expected, bool restart = true);
  [[nodiscard]] CheckResult check(std::string_view check, const Frame& frame,
                                  const ExpectedValues& expected, bool restart = true);

  // Starts a worker that owns these cameras and no others; one that runs is ended first. One state
  // for each source, in their order: a camera that can't be opened doesn't hold up the others. At
  // most kCamerasMax; more are not opened. When the worker has to be started again, it opens the
  // same cameras again.
  [[nodiscard]] std::vector<CameraState> open_cameras(std::vector<CameraSource> sources);

  // Takes a picture, makes a preview of it, and judges it when there is a check. A camera that gave
  // no picture is opened again, at most every few seconds, at the next look.
  [[nodiscard]] Look look(const LookRequest& request);

  // The frame of a kept look as a PNG file: what was judged, with everything black that the check
  // does not look at, so that judging the file gives the same bits. kNotFound when it isn't kept
  // any more, kUnreachable when the worker ended since: then nobody has it.
  [[nodiscard]] Result<std::vector<std::uint8_t>> frame(std::string_view camera,
                                                        std::uint64_t number);

  // What the draft's regions are given in, as this stored picture shows it: the station's plane,
  // else the frame itself. BGR. kRefused with words for the trainer when the station isn't found.
  [[nodiscard]] Result<Frame> plane(std::string_view draft, std::span<const std::uint8_t> stored);
  // The file of the check that the draft becomes by these pictures: some of every subject
  // (subjects_of). kRefused says what stands in the way, with the subject as place.
  [[nodiscard]] Result<std::string> teach(std::string_view draft,
                                          const std::vector<ShownPicture>& pictures);

  [[nodiscard]] const WorkerCounts& counts() const { return counts_; }

 private:
  // The answer, or why there is none, worded for people.
  [[nodiscard]] Result<Message> ask(const Json& task, std::uint64_t id,
                                    std::span<const std::uint8_t> payload, int budget_ms);
  [[nodiscard]] LabelReading ask_label(const LabelTask& task,
                                       std::span<const std::uint8_t> payload);
  [[nodiscard]] CheckResult ask_check(CheckTask task, std::string_view check,
                                      std::span<const std::uint8_t> picture);
  [[nodiscard]] Result<Look> ask_look(const LookRequest& request);
  [[nodiscard]] CameraState open_camera(const CameraSource& source);
  [[nodiscard]] Result<Message> talk(const Json& task, std::uint64_t id,
                                     std::span<const std::uint8_t> payload, int budget_ms);
  void give_up();  // the answer made no sense
  template <typename T>
  [[nodiscard]] Result<T> believed(Result<T> answer);  // gives up on one that is kMalformed
  [[nodiscard]] Result<void> ensure_started();
  [[nodiscard]] Result<void> start();
  [[nodiscard]] Result<void> greet();
  void stop();

  WorkerOptions options_;
  const Clock& clock_;
  WorkerCounts counts_;
  pid_t pid_ = -1;
  int socket_ = -1;
  int failed_starts_ = 0;  // one after the other
  std::uint64_t next_id_ = 1;
  std::vector<CameraSource> sources_;
  std::vector<CameraState> states_;  // of sources_, since the last start
  std::map<std::string, std::uint64_t, std::less<>> last_number_;
  std::int64_t reopen_after_ms_ = 0;
};

}  // namespace batchwright::vision
