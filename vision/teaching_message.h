// What the panel and the vision worker say about teaching (docs/formats/vision-worker.md).
#pragma once

#include <string>
#include <vector>

#include "vision/message.h"
#include "vision/teaching.h"

namespace batchwright::vision {

// "teach": the payload is the draft's file, then the pictures in this order. The answer's payload
// is the check's file.
struct TeachTask {
  struct Picture {
    std::vector<std::string> subjects;
    std::size_t bytes = 0;
  };
  std::uint64_t id = 0;
  std::size_t draft_bytes = 0;
  std::vector<Picture> pictures;

  [[nodiscard]] std::size_t payload_bytes() const;
};

// "plane": the payload is the draft's file, then one stored picture. The answer's payload is BGR
// pixels of what the draft's regions are given in: the station's plane, else the frame.
struct PlaneTask {
  std::uint64_t id = 0;
  std::size_t draft_bytes = 0;
};

[[nodiscard]] Json to_json(const TeachTask& task);
[[nodiscard]] Json to_json(const PlaneTask& task);
[[nodiscard]] Result<TeachTask> teach_task_from_json(const Json& header);
[[nodiscard]] Result<PlaneTask> plane_task_from_json(const Json& header);

// Without the bytes, which are the payload. A refusal is an answer, too: worded for the trainer.
[[nodiscard]] Json plane_json(const Result<Frame>& plane);
[[nodiscard]] Json taught_json(const Result<std::string>& check);
// kRefused with the worker's words; kMalformed when it is no such answer.
[[nodiscard]] Result<Frame> plane_from(Message answer);
[[nodiscard]] Result<std::string> taught_from(Message answer);

}  // namespace batchwright::vision
