// Label reading beside the decoders a team would take as they are, on pictures nobody made for us
// (../shared/vision-samples), all in one run. Prints a table; times are of this machine at this
// moment, their ratios and the counts are the finding.
//
// Each picture is read in a process of its own, since some of them end the decoders.
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <optional>
#include <string>

#include "tests/vision/samples.h"
#include "vision/challenge/label_scene.h"
#include "vision/engine/check_engine.h"
#include "vision/engine/internal/decoders.h"
#include "vision/engine/internal/picture.h"
#include "vision/engine/load_image.h"
#include "vision/engine/read_label.h"

namespace batchwright::vision {
namespace {

using Texts = std::vector<std::string>;
using Reader = Texts (*)(const Frame& frame, Symbologies symbologies);

Texts texts_of(const Candidates& candidates) {
  Texts texts;
  for (const auto& candidate : candidates) texts.push_back(candidate.text);
  return texts;
}

Texts ours(const Frame& frame, Symbologies symbologies) {
  const ManualClock clock({});
  Texts texts;
  for (const auto& symbol : read_label(frame, {symbologies, 1000}, clock).symbols)
    texts.push_back(symbol.text);
  return texts;
}

Texts ours_live(const Frame& frame, Symbologies symbologies) {
  Texts texts;
  for (const auto& symbol : read_label_live(frame, symbologies).symbols)
    texts.push_back(symbol.text);
  return texts;
}

Texts zxing(const Frame& frame, Symbologies symbologies) {
  return texts_of(read_with_zxing(grey_of(frame), symbologies));
}

Texts zbar(const Frame& frame, Symbologies symbologies) {
  return texts_of(read_with_zbar(grey_of(frame), symbologies));
}

Texts libdmtx(const Frame& frame, Symbologies symbologies) {
  if (!symbologies.has(Symbology::kDataMatrix)) return {};
  return texts_of(read_with_dmtx(grey_of(frame), 200));
}

struct Row {
  const char* name;
  Reader read;
};

constexpr std::array kRows{Row{"batchwright", ours}, Row{"  live", ours_live},
                           Row{"zxing-cpp", zxing}, Row{"zbar", zbar}, Row{"libdmtx", libdmtx}};

// What the child tells its parent.
struct Outcome {
  int right = 0, wrong = 0;
  double ms = 0;
};

std::optional<Frame> load(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  const std::vector<std::uint8_t> bytes((std::istreambuf_iterator<char>(in)), {});
  auto frame = load_image(bytes);
  if (!frame) return std::nullopt;
  return std::move(*frame);
}

Outcome measure(const Row& row, const samples::Family& family, const samples::Sample& sample) {
  Outcome outcome;
  const auto frame = load(sample.file);
  if (!frame) return outcome;
  const auto began = std::chrono::steady_clock::now();
  const auto texts = row.read(*frame, family.symbologies);
  outcome.ms =
      std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - began).count();
  for (const auto& text : texts) {
    if (!sample.truth.empty() && samples::same_content(family, text, sample.truth))
      outcome.right = 1;
    else if (!samples::also_there(sample.file, text))
      outcome.wrong = 1;
  }
  return outcome;
}

// `measure` in a process of its own; nothing when that ended.
template <typename Measure>
std::optional<Outcome> apart(const Measure& measure) {
  std::array<int, 2> ends{};
  if (::pipe(ends.data()) != 0) return std::nullopt;
  const pid_t child = ::fork();
  if (child == 0) {
    ::close(2);  // what a failed assertion says is of no interest here
    const Outcome outcome = measure();
    ::_exit(::write(ends[1], &outcome, sizeof outcome) == sizeof outcome ? 0 : 1);
  }
  ::close(ends[1]);
  Outcome outcome;
  const bool told = ::read(ends[0], &outcome, sizeof outcome) == sizeof outcome;
  ::close(ends[0]);
  int status = 0;
  ::waitpid(child, &status, 0);
  return told ? std::optional(outcome) : std::nullopt;
}

// What one row of the table adds up.
struct Sum {
  int n = 0, right = 0, wrong = 0, ended = 0;
  std::vector<double> times_ms;

  void add(const std::optional<Outcome>& outcome) {
    ++n;
    if (!outcome) {
      ++ended;
      return;
    }
    right += outcome->right;
    wrong += outcome->wrong;
    times_ms.push_back(outcome->ms);
  }

  void print(const char* family, const char* reader) {
    std::ranges::sort(times_ms);
    const auto at = [&](double share) {
      if (times_ms.empty()) return 0.0;
      return times_ms[static_cast<std::size_t>(share * static_cast<double>(times_ms.size() - 1))];
    };
    std::printf("| %-22s | %-11s | %3d | %3d | %5.1f | %5d | %5d | %7.1f | %7.1f |\n", family,
                reader, n, right, 100.0 * right / std::max(1, n), wrong, ended, at(0.5), at(0.95));
    std::fflush(stdout);
  }
};

void print_row(const Row& row, const samples::Family& family,
               const std::vector<samples::Sample>& all) {
  Sum sum;
  for (const auto& sample : all) sum.add(apart([&] { return measure(row, family, sample); }));
  sum.print(family.name, row.name);
}

// Rendered frames, 1920 x 1080: one symbology each, and tables without a label.
constexpr std::uint64_t kFramesSeed = 97;
constexpr int kFramesOfRow = 40;

Outcome measure_frame(const Row& row, const Frame& frame, Symbologies symbologies,
                      const std::string& truth) {
  Outcome outcome;
  const auto began = std::chrono::steady_clock::now();
  const auto texts = row.read(frame, symbologies);
  outcome.ms =
      std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - began).count();
  for (const auto& text : texts)
    (!truth.empty() && text.ends_with(truth) ? outcome.right : outcome.wrong) = 1;
  return outcome;
}

void print_frames(const Row& row, Symbology symbology) {
  Sum sum;
  for (int number = 0; sum.n < kFramesOfRow; ++number) {
    const auto scene = challenge::label_scene(kFramesSeed, number, challenge::Gate::kInside);
    if (scene.symbology != symbology) continue;
    const auto rendered = challenge::render(scene, 0);
    sum.add(apart([&] { return measure_frame(row, rendered.frame, {symbology}, scene.text); }));
  }
  sum.print((std::string("1080p ") + to_string(symbology)).c_str(), row.name);
}

void print_empty_frames(const Row& row) {
  Sum sum;
  for (int number = 0; number < kFramesOfRow; ++number) {
    const auto frame = challenge::render_empty_table(kFramesSeed, number);
    sum.add(apart([&] { return measure_frame(row, frame, Symbologies::all(), ""); }));
  }
  sum.print("1080p without a label", row.name);
}

void print_frames_table() {
  for (const auto symbology : {Symbology::kDataMatrix, Symbology::kQr, Symbology::kCode128})
    for (const auto& row : kRows) print_frames(row, symbology);
  for (const auto& row : kRows) print_empty_frames(row);
}

void print_table() {
  std::printf(
      "| family                 | reader      |   n | right |   %% | wrong | ended | med ms  | p95 "
      "ms  |\n"
      "|---|---|---|---|---|---|---|---|---|\n");
  for (const auto& family : samples::families()) {
    const auto all = samples::of(family);
    for (const auto& row : kRows) {
      const bool reads =
          std::string_view(row.name) != "libdmtx" || family.symbologies.has(Symbology::kDataMatrix);
      if (reads) print_row(row, family, all);
    }
  }
  std::vector<samples::Sample> empty;
  for (const auto& file : samples::without_symbols()) empty.push_back({file, ""});
  const samples::Family none{"without symbols", {}, Symbologies::all()};
  for (const auto& row : kRows) print_row(row, none, empty);
}

}  // namespace
}  // namespace batchwright::vision

int main() {
  batchwright::vision::settle_engine();
  if (batchwright::vision::samples::folder().empty())
    std::puts("No ../shared/vision-samples: photographs are not measured.");
  else
    batchwright::vision::print_table();
  batchwright::vision::print_frames_table();
  return 0;
}
