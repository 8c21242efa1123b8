// The headers of messages: tasks and readings as JSON and back.
#include <algorithm>
#include <cmath>
#include <optional>

#include "vision/internal/message_reader.h"
#include "vision/message.h"

namespace batchwright::vision {

namespace {

constexpr std::size_t kConfirmationsMax = 200;

Json to_json(const Symbol& symbol) {
  Json corners = Json::array();
  for (const auto& corner : symbol.corners) corners.push_back(Json::array({corner.x, corner.y}));
  return {{"format", to_string(symbol.symbology)},
          {"text", symbol.text},
          {"gs1", symbol.gs1},
          {"corners", corners},
          {"confirmed_by", symbol.confirmed_by}};
}

bool read_corners(const Json& json, Corners& corners) {
  if (!json.is_array() || json.size() != corners.size()) return false;
  for (std::size_t i = 0; i < corners.size(); ++i) {
    const Json& pair = json[i];
    if (!pair.is_array() || pair.size() != 2) return false;
    for (const auto& value : pair) {
      if (!value.is_number_integer()) return false;
      if (value.is_number_unsigned() && value.get<std::uint64_t>() > kNumberMax) return false;
      if (std::abs(value.get<std::int64_t>()) > 4 * kSideMax) return false;
    }
    corners[i] = {pair[0].get<int>(), pair[1].get<int>()};
  }
  return true;
}

Result<Symbol> symbol_from_json(const Json& json) {
  Symbol symbol;
  const auto name = text(json, "format", 40);
  const auto symbology = name ? symbology_from_text(*name) : std::nullopt;
  auto content = text(json, "text", kSymbolTextBytesMax);
  const auto gs1 = yes_or_no(json, "gs1");
  const Json* corners = member(json, "corners");
  const Json* confirmed = member(json, "confirmed_by");
  if (!symbology || !content || content->empty() || !gs1 || corners == nullptr ||
      !read_corners(*corners, symbol.corners) || confirmed == nullptr || !confirmed->is_array() ||
      confirmed->size() > kConfirmationsMax)
    return wrong_message("symbols");
  symbol.symbology = *symbology;
  symbol.text = std::move(*content);
  symbol.gs1 = *gs1;
  for (const auto& one : *confirmed) {
    if (!one.is_string() || one.get_ref<const std::string&>().size() > 80)
      return wrong_message("symbols");
    symbol.confirmed_by.push_back(one.get<std::string>());
  }
  return symbol;
}

void describe_picture(Json& json, bool stored, const Frame& frame) {
  json["picture"] = stored ? "stored" : frame.format == PixelFormat::kGrey ? "grey" : "bgr";
  if (stored) return;
  json["width"] = frame.width;
  json["height"] = frame.height;
  json["stride"] = frame.stride;
}

bool read_picture(const Json& header, bool& stored, Frame& frame) {
  const auto picture = text(header, "picture", 40);
  stored = picture == "stored";
  if (stored) return true;
  if (picture != "grey" && picture != "bgr") return false;
  const auto width = whole(header, "width", 1, kSideMax),
             height = whole(header, "height", 1, kSideMax),
             stride = whole(header, "stride", 1, 4 * kSideMax);
  if (!width || !height || !stride) return false;
  frame.format = picture == "grey" ? PixelFormat::kGrey : PixelFormat::kBgr;
  frame.width = static_cast<int>(*width);
  frame.height = static_cast<int>(*height);
  frame.stride = static_cast<std::size_t>(*stride);
  return true;
}

}  // namespace

std::string wanted(const Json& header) {
  return text(header, "do", 40).value_or("");
}

Json to_json(const CheckTask& task) {
  Json json{{"v", kProtocol},
            {"do", "check"},
            {"id", task.id},
            {"check_bytes", task.check_bytes},
            {"expected", expected_json(task.expected)},
            {"restart", task.restart}};
  describe_picture(json, task.stored, task.frame);
  return json;
}

Result<CheckTask> check_task_from_json(const Json& header) {
  CheckTask task;
  if (whole(header, "v", kProtocol, kProtocol) != kProtocol) return wrong_message("v");
  if (wanted(header) != "check") return wrong_message("do");
  const auto id = whole(header, "id", 0, kNumberMax);
  const auto check_bytes = whole(header, "check_bytes", 1, kCheckBytesMax);
  const auto restart = yes_or_no(header, "restart");
  auto expected = expected_from(header);
  if (!id) return wrong_message("id");
  if (!check_bytes) return wrong_message("check_bytes");
  if (!restart) return wrong_message("restart");
  if (!expected) return wrong_message("expected");
  task.expected = std::move(*expected);
  task.id = static_cast<std::uint64_t>(*id);
  task.check_bytes = static_cast<std::size_t>(*check_bytes);
  task.restart = *restart;
  if (!read_picture(header, task.stored, task.frame)) return wrong_message("picture");
  return task;
}

Json to_json(const LabelTask& task) {
  Json symbologies = Json::array();
  for (const auto one : kSymbologies)
    if (task.request.symbologies.has(one)) symbologies.push_back(to_string(one));
  Json json{{"v", kProtocol},
            {"do", "read_label"},
            {"id", task.id},
            {"symbologies", symbologies},
            {"budget_ms", task.request.budget_ms}};
  describe_picture(json, task.stored, task.frame);
  return json;
}

Result<LabelTask> label_task_from_json(const Json& header) {
  LabelTask task;
  if (whole(header, "v", kProtocol, kProtocol) != kProtocol) return wrong_message("v");
  if (text(header, "do", 40) != "read_label") return wrong_message("do");
  const auto id = whole(header, "id", 0, kNumberMax);
  const auto budget_ms = whole(header, "budget_ms", 1, kBudgetMsMax);
  const Json* names = member(header, "symbologies");
  if (!id) return wrong_message("id");
  if (!budget_ms) return wrong_message("budget_ms");
  if (names == nullptr || !names->is_array() || names->size() > kSymbologies.size())
    return wrong_message("symbologies");
  task.id = static_cast<std::uint64_t>(*id);
  task.request.budget_ms = static_cast<int>(*budget_ms);
  task.request.symbologies = {};
  for (const auto& name : *names) {
    const auto one = name.is_string() ? symbology_from_text(name.get<std::string>()) : std::nullopt;
    if (!one) return wrong_message("symbologies");
    task.request.symbologies.add(*one);
  }
  if (!read_picture(header, task.stored, task.frame)) return wrong_message("picture");
  return task;
}

Json to_json(const LabelReading& reading) {
  Json symbols = Json::array();
  for (const auto& symbol : reading.symbols) symbols.push_back(to_json(symbol));
  return {{"verdict", to_string(reading.verdict)},
          {"symbols", symbols},
          {"quality", to_json(reading.quality)},
          {"complete", reading.complete},
          {"ms", reading.took_ms},
          {"reason", reading.reason}};
}

Result<LabelReading> label_reading_from_json(const Json& json) {
  LabelReading reading;
  const auto name = text(json, "verdict", 40);
  const auto verdict = name ? label_verdict_from_text(*name) : std::nullopt;
  const auto complete = yes_or_no(json, "complete");
  const auto took_ms = whole(json, "ms", 0, kNumberMax);
  auto reason = text(json, "reason", 500);
  const Json* symbols = member(json, "symbols");
  const Json* quality = member(json, "quality");
  if (!verdict || !complete || !took_ms || !reason) return wrong_message("verdict");
  if (symbols == nullptr || !symbols->is_array() || symbols->size() > kSymbolsMax)
    return wrong_message("symbols");
  if (quality == nullptr) return wrong_message("quality");
  auto measured = quality_from_json(*quality);
  if (!measured) return std::unexpected(measured.error());
  for (const auto& one : *symbols) {
    auto symbol = symbol_from_json(one);
    if (!symbol) return std::unexpected(symbol.error());
    reading.symbols.push_back(std::move(*symbol));
  }
  reading.verdict = *verdict;
  reading.quality = *measured;
  reading.complete = *complete;
  reading.took_ms = *took_ms;
  reading.reason = std::move(*reason);
  // What was read and what was said about it belong together.
  if ((reading.verdict == LabelVerdict::kRead) == reading.symbols.empty())
    return wrong_message("verdict");
  return reading;
}

}  // namespace batchwright::vision
