#include <fmt/format.h>

#include "client/presenter/presenter.h"

namespace batchwright::client::presenter {

std::string in_language(const workflows::Words& text, const std::string& language) {
  if (const auto found = text.find(language); found != text.end()) return found->second;
  if (const auto english = text.find("en"); english != text.end()) return english->second;
  return text.empty() ? std::string() : text.begin()->second;
}

// First letters of the first and last word, of any script: "Mary Okafor" -> "MO".
static std::string initials(const std::string& name) {
  const auto letter_at = [&](std::size_t at) {
    std::size_t end = at + 1;
    while (end < name.size() && (static_cast<unsigned char>(name[end]) & 0xC0) == 0x80) ++end;
    return name.substr(at, end - at);
  };
  if (name.empty()) return {};
  const auto space = name.rfind(' ');
  if (space == std::string::npos || space + 1 >= name.size()) return letter_at(0);
  return letter_at(0) + letter_at(space + 1);
}

ui::PersonView person_view(const record::Person& person, const ui::Words& words) {
  const auto role = person.roles.empty() ? std::string("operator") : person.roles.front();
  return {person.id, person.name, std::string(words("role." + role)), initials(person.name)};
}

std::string clock_text(const std::string& record_time) {
  return record_time.size() >= 16 ? record_time.substr(11, 5) : record_time;
}

std::string gap_text(std::int64_t ms, const ui::Words& words) {
  const auto minutes = ms / 60'000;
  if (minutes < 1) return words("gap.seconds", {{"n", fmt::to_string(ms / 1000)}});
  if (minutes < 120) return words("gap.minutes", {{"n", fmt::to_string(minutes)}});
  return words("gap.hours", {{"n", fmt::to_string(minutes / 60)}});
}

ui::SyncView sync_view(const sync::SyncStatus& status) {
  ui::SyncView view;
  view.entries_only_here = static_cast<int>(status.only_here);
  view.entries_total = static_cast<int>(status.head);
  if (status.last_contact) view.last_contact = clock_text(to_text(*status.last_contact));
  using State = ui::SyncView::State;
  if (status.alarm != sync::Alarm::kNone || status.wedged > 0) {
    view.state = State::kWedged;
    view.wedged_reason = status.last_error;
  } else if (status.state == sync::SyncState::kOffline) {
    view.state = State::kOffline;
  } else {
    const bool all_there = status.only_here == 0 && status.head > 0;
    view.state = all_there ? State::kConfirmed : State::kConnected;
  }
  return view;
}

ui::BarView bar_view(const DeviceIdentity& identity, const workflows::RunState* run,
                     const sync::SyncStatus& sync, const Viewer& viewer) {
  ui::BarView bar;
  if (run != nullptr && run->mbr) {
    bar.product = in_language(run->mbr->title, viewer.language);
    bar.batch = run->number;
    bar.mbr = fmt::format("{} v{}", run->mbr->id, run->mbr->version);
  } else {
    bar.panel = identity.enrolment.prefix;
    bar.room = identity.enrolment.room;
  }
  if (viewer.user != nullptr) {
    const auto person = person_view(*viewer.user, viewer.words);
    bar.user = person.name;
    bar.role = person.role;
    const auto space = person.name.rfind(' ');
    bar.user_short =
        space == std::string::npos
            ? person.name
            : fmt::format("{}. {}", person.initials.substr(0, person.initials.size() / 2),
                          person.name.substr(space + 1));
  }
  bar.clock = clock_text(to_text(viewer.now));
  bar.sync = sync_view(sync);
  return bar;
}

}  // namespace batchwright::client::presenter
