#include "workflows/state.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace batchwright::workflows {

std::string to_text(const StepRef& ref) {
  return fmt::format("{}#{}", ref.path, ref.instance);
}

Result<StepRef> step_ref_from_text(std::string_view text) {
  const std::size_t hash = text.rfind('#');
  StepRef ref;
  if (hash != std::string_view::npos && hash > 0 && hash + 1 < text.size() &&
      text[hash + 1] != '0') {
    ref.path = std::string(text.substr(0, hash));
    const char* end = text.data() + text.size();
    const auto read = std::from_chars(text.data() + hash + 1, end, ref.instance);
    if (read.ec == std::errc{} && read.ptr == end && ref.instance > 0) return ref;
  }
  return fail(ErrorCode::kMalformed, "A step is written as its path, #, and its instance.",
              std::string(text));
}

const RecordedValue* EntryState::current() const {
  const auto last = std::find_if(values.rbegin(), values.rend(),
                                 [](const RecordedValue& value) { return !value.superseded; });
  return last == values.rend() ? nullptr : &*last;
}

bool StepState::took_part(std::string_view person) const {
  return std::ranges::any_of(signatures,
                             [&](const SignatureState& signature) {
                               return signature.voided_by.empty() && signature.signer == person;
                             }) ||
         std::ranges::any_of(stood_in,
                             [&](const StoodIn& made) {
                               return made.voided_by.empty() && made.checked_by == person;
                             }) ||
         std::ranges::any_of(entries, [&](const auto& entry) {
           const RecordedValue* value = entry.second.current();
           return value != nullptr && value->actor == person;
         });
}

const char* to_string(StepStatus status) {
  switch (status) {
    case StepStatus::kIdle: return "idle";
    case StepStatus::kReady: return "ready";
    case StepStatus::kRunning: return "running";
    case StepStatus::kHeld: return "held";
    case StepStatus::kComplete: return "complete";
    case StepStatus::kAborted: return "aborted";
  }
  return "idle";
}

}  // namespace batchwright::workflows
