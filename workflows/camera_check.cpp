#include "workflows/camera_check.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "workflows/internal/check_rules.h"
#include "workflows/internal/names.h"

namespace batchwright::workflows {
namespace {

constexpr std::size_t kGtinDigits = 14;
constexpr std::string_view kUnitedStates = "US";

// Empty = not known yet.
std::string value_of(const RunState& run, const CheckExpectation& expected) {
  const Mbr& mbr = *run.mbr;
  if (!expected.parameter.empty()) {
    const Parameter* parameter = mbr.find_parameter(expected.parameter);
    if (parameter == nullptr) return {};
    return parameter->text.empty() ? parameter->value.value.to_text() : parameter->text;
  }
  if (expected.requirement.empty()) return expected.text;
  if (const MaterialRequirement* material = mbr.find_material(expected.requirement)) {
    return material->item;
  }
  const auto bound = run.equipment.find(expected.requirement);
  return bound == run.equipment.end() ? "" : bound->second.equipment;
}

}  // namespace

Result<std::vector<std::pair<std::string, std::string>>> expected_values(const RunState& run,
                                                                         const CameraCheck& check) {
  std::vector<std::pair<std::string, std::string>> values;
  for (const CheckExpectation& expected : check.expects) {
    std::string value = run.mbr == nullptr ? std::string() : value_of(run, expected);
    if (value.empty()) {
      return fail(ErrorCode::kNotFound,
                  fmt::format("What the object must bear as {} isn't known yet.", expected.name),
                  expected.name);
    }
    // A label bears a GTIN as 14 digits (GS1 General Specifications, 3.3.2: leading zeros).
    const bool digits = std::ranges::all_of(value, [](char c) { return c >= '0' && c <= '9'; });
    if (expected.name == "gtin" && digits && value.size() < kGtinDigits)
      value.insert(0, kGtinDigits - value.size(), '0');
    values.emplace_back(expected.name, std::move(value));
  }
  return values;
}

std::string camera_source(const CameraCheck& check) {
  return std::string(kCameraSource) + check.camera;
}

StandInAnswer may_stand_in(const Mbr& mbr, const SiteFacts* site, const SignatureRule& rule,
                           const std::string& path) {
  if (!rule.camera) return {"The procedure asks for a person here.", {}};
  if (mbr.markets.empty()) return {"The procedure names no market.", {}};
  const std::string mode(name_of(kStandInModeNames, rule.camera->mode));
  StandInAnswer answer;
  for (const std::string& market : mbr.markets) {
    const auto known = site == nullptr ? std::map<std::string, CameraPolicy>::const_iterator()
                                       : site->camera_policy.find(market);
    if (site == nullptr || known == site->camera_policy.end()) {
      return {fmt::format("The site has no policy for cameras in the market {}.", market), {}};
    }
    const CameraPolicy& policy = known->second;
    const bool approved = policy.approved_steps.contains(path);
    if (!policy.modes.contains(mode)) {
      return {fmt::format("The policy of the market {} doesn't allow {}.", market, mode), {}};
    }
    const bool asks_for_approval =
        rule.camera->mode == StandInMode::kConfirmsEntry && market == kUnitedStates;
    if (asks_for_approval && !approved) {
      return {
          fmt::format("The site's quality has not approved this step for the market {}.", market),
          {}};
    }
    answer.policy.emplace_back(market, fmt::format("{}{}", fmt::join(policy.modes, ", "),
                                                   approved ? "; step approved" : ""));
  }
  return answer;
}

}  // namespace batchwright::workflows
