// Sentences about a run that several screens show.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "client/presenter/presenter.h"

namespace batchwright::client::presenter {

namespace {

// Their words were written by a person, so they are shown as they stand.
constexpr std::array<std::string_view, 3> kWritten = {"manual_deviation", "annotated_step",
                                                      "instrument_failure"};

const workflows::Entry* entry_at(const workflows::RunState& run, const std::string& place) {
  const auto colon = place.rfind(':');
  if (colon == std::string::npos) return nullptr;
  auto ref = workflows::step_ref_from_text(place.substr(0, colon));
  const auto* element = ref && run.mbr ? run.mbr->procedure.find(ref->path) : nullptr;
  if (element == nullptr || !element->step) return nullptr;
  const auto found =
      std::ranges::find(element->step->entries, place.substr(colon + 1), &workflows::Entry::id);
  return found == element->step->entries.end() ? nullptr : &*found;
}

// "2026-11-24 14:00" of a record time.
std::string day_and_time(const std::string& time) {
  return time.size() < 16 ? time : time.substr(0, 10) + " " + time.substr(11, 5);
}

}  // namespace

// The record's own sentences are English.
std::string exception_words(const workflows::ExceptionState& exception, const Viewer& viewer) {
  if (viewer.language == "en") return exception.message;
  const auto& words = viewer.words;
  auto text = std::string(words("class." + exception.exception_class));
  if (text.empty() || text == "class." + exception.exception_class) return exception.message;
  const bool is_written = std::ranges::find(kWritten, exception.exception_class) != kWritten.end();
  if (is_written) return text + ": " + exception.message;
  if (!exception.value.empty()) text += ": " + exception.value;
  if (!exception.limit.empty())
    text += " (" + words("class.limit", {{"limit", exception.limit}}) + ")";
  return text;
}

std::string role_words(const std::vector<std::string>& roles, const ui::Words& words) {
  std::string text;
  for (const auto& role : roles)
    text += (text.empty() ? "" : ", ") + std::string(words("role." + role));
  return text;
}

std::vector<std::string> pending_words(const workflows::RunState& run, const Viewer& viewer) {
  std::vector<std::string> out;
  for (const auto& [place, pending] : run.pending) {
    if (pending.received && !pending.out_of_specification) continue;
    const auto* entry = entry_at(run, place);
    const auto title = entry == nullptr ? place : in_language(entry->title, viewer.language);
    const auto* key = pending.received ? "pending.bad" : "pending.awaited";
    out.push_back(viewer.words(key, {{"title", title},
                                     {"role", viewer.words("role." + pending.owner)},
                                     {"due", day_and_time(pending.due)}}));
  }
  return out;
}

}  // namespace batchwright::client::presenter
