#include "workflows/procedural_state.h"

#include <algorithm>

namespace batchwright::workflows {
namespace {

constexpr std::array<const char*, kProceduralStateCount> kStates = {
    "idle",       "running",  "pausing", "paused",   "holding", "held",
    "restarting", "stopping", "stopped", "aborting", "aborted", "complete"};

constexpr std::array<const char*, kProceduralCommandCount> kCommands = {
    "start", "pause", "resume", "hold", "restart", "stop", "abort", "reset", "done"};

template <typename Enum, std::size_t N>
std::optional<Enum> from_text(const std::array<const char*, N>& names, std::string_view text) {
  const auto found =
      std::ranges::find(names, text, [](const char* name) { return std::string_view(name); });
  if (found == names.end()) return std::nullopt;
  return static_cast<Enum>(found - names.begin());
}

}  // namespace

const char* to_string(ProceduralState state) {
  return kStates[static_cast<std::size_t>(state)];
}

const char* to_string(ProceduralCommand command) {
  return kCommands[static_cast<std::size_t>(command)];
}

std::optional<ProceduralState> procedural_state_from_text(std::string_view text) {
  return from_text<ProceduralState>(kStates, text);
}

std::optional<ProceduralCommand> procedural_command_from_text(std::string_view text) {
  return from_text<ProceduralCommand>(kCommands, text);
}

}  // namespace batchwright::workflows
