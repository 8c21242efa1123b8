// batchwright read-label IMAGE...: what is on the labels of these pictures. The decoders run in the
// vision worker, so that a picture that breaks one costs this picture and no other.
#include <cstdio>
#include <memory>
#include <string>
#include <vector>

#include "client/cli/cli.h"
#include "client/cli/judge_pictures.h"
#include "client/file.h"
#include "client/resources.h"
#include "vision/worker.h"

namespace batchwright::client::cli {

namespace {

struct ReadLabelOptions {
  std::vector<std::string> files, formats;
  int budget_ms = 2000;
  bool json = false;
};

Json line_of(const std::string& file, const vision::LabelReading& reading) {
  Json symbols = Json::array();
  for (const auto& symbol : reading.symbols) {
    Json corners = Json::array();
    for (const auto& corner : symbol.corners) corners.push_back(Json::array({corner.x, corner.y}));
    symbols.push_back({{"format", to_string(symbol.symbology)},
                       {"text", symbol.text},
                       {"gs1", symbol.gs1},
                       {"corners", corners},
                       {"confirmed_by", symbol.confirmed_by}});
  }
  return {{"file", file},
          {"verdict", to_string(reading.verdict)},
          {"symbols", symbols},
          {"ms", reading.took_ms},
          {"complete", reading.complete},
          {"advice", to_string(reading.quality.advice)},
          {"reason", reading.reason}};
}

void print_words(const std::string& file, const vision::LabelReading& reading) {
  std::printf("%s: %s%s%s\n", file.c_str(), to_string(reading.verdict),
              reading.reason.empty() ? "" : ": ", reading.reason.c_str());
  for (const auto& symbol : reading.symbols)
    std::printf("  %s%s %s\n", to_string(symbol.symbology), symbol.gs1 ? " (GS1)" : "",
                visible(symbol.text).c_str());
}

int read_labels(const ReadLabelOptions& options) {
  vision::LabelRequest request;
  request.budget_ms = options.budget_ms;
  if (!options.formats.empty()) request.symbologies = {};
  for (const auto& name : options.formats) {
    const auto symbology = vision::symbology_from_text(name);
    if (!symbology)
      return report({ErrorCode::kRefused,
                     "This format is not known. Known are data_matrix, qr, "
                     "micro_qr, code_128, itf, ean_13, ean_8, upc_a and upc_e.",
                     name});
    request.symbologies.add(*symbology);
  }
  const SystemClock clock;
  vision::Worker worker({program_beside("batchwright-vision")}, clock);
  int exit_code = kDone;
  for (const auto& file : options.files) {
    vision::LabelReading reading;
    const auto bytes = load_file(file, vision::kPictureBytesMax);
    if (bytes) {
      reading = worker.read_label(
          std::span(reinterpret_cast<const std::uint8_t*>(bytes->data()), bytes->size()), request);
      if (reading.verdict == vision::LabelVerdict::kNotPerformed && exit_code == kDone)
        exit_code = kRefused;
    } else {
      reading.reason = bytes.error().message;
      exit_code = kUnreadable;
    }
    if (options.json)
      print_json(line_of(file, reading));
    else
      print_words(file, reading);
    std::fflush(stdout);
  }
  return exit_code;
}

}  // namespace

void add_read_label(CLI::App& app, int& exit_code) {
  auto options = std::make_shared<ReadLabelOptions>();
  auto* command = app.add_subcommand("read-label", "Read the symbols on pictures of labels");
  command->add_option("images", options->files, "PNG, JPEG, WebP or BMP")->required();
  command->add_flag("--json", options->json, "One JSON object per picture and line");
  command->add_option("--format", options->formats, "Only these formats; repeatable");
  command->add_option("--budget-ms", options->budget_ms, "Longest search in one picture")
      ->check(CLI::Range(1, vision::kBudgetMsMax))
      ->capture_default_str();
  command->callback([options, &exit_code] { exit_code = read_labels(*options); });
}

}  // namespace batchwright::client::cli
