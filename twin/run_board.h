// What is going on in each run, derived from the lines that arrived: the same engine as on the
// panels, never a second one.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "twin/site.h"
#include "workflows/mbr.h"

namespace batchwright::twin {

struct BoardException {
  std::string number, severity, exception_class, step, message, time;
  bool released = false;
};

struct BoardRun {
  std::string run, number, recipe, version;
  std::string state;  // idle, running, held, complete, aborted; "not understood" without its recipe
  std::string started;
  std::uint64_t lines = 0;
  int steps_complete = 0, steps_total = 0;
  std::vector<std::string> open_steps;
  std::vector<BoardException> exceptions;
  std::size_t conflicts = 0;
  std::uint64_t not_understood = 0;
};

class RunBoard {
 public:
  explicit RunBoard(Site& site) : site_(site) {}

  // The runs with the latest lines first, at most `count`. A run is folded again only when lines
  // arrived for it.
  [[nodiscard]] Result<std::vector<BoardRun>> newest(int count);

 private:
  [[nodiscard]] Result<const BoardRun*> summary(const std::string& run, std::uint64_t lines);
  [[nodiscard]] std::shared_ptr<const workflows::Mbr> recipe(const std::string& hash_hex);

  Site& site_;
  std::map<std::string, BoardRun> runs_;
  std::map<std::string, std::shared_ptr<const workflows::Mbr>> recipes_;
};

}  // namespace batchwright::twin
