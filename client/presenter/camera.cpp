#include "client/presenter/camera.h"

#include <fmt/format.h>

#include <algorithm>

#include "client/presenter/check_words.h"
#include "workflows/camera_check.h"
#include "workflows/engine.h"

namespace batchwright::client::presenter {

namespace {

using State = ui::CameraView::State;
using workflows::CheckNeed;
using workflows::Entry;

const Entry* find_entry(const workflows::StepContent& content, const std::string& id) {
  const auto found = std::ranges::find(content.entries, id, &Entry::id);
  return found == content.entries.end() ? nullptr : &*found;
}

vision::Verdict verdict_of(const std::string& name) {
  return vision::verdict_from_text(name).value_or(vision::Verdict::kNotPerformed);
}

// The check whose reading nobody took over yet: it passed, and an entry that it fills is open.
struct Untaken {
  const Entry* check = nullptr;
  std::vector<std::pair<std::string, std::string>> fills;  // entry, text
};

Untaken untaken_of(const workflows::StepContent& content, const workflows::StepState& step) {
  for (const Entry& entry : content.entries) {
    if (!entry.camera_check) continue;
    const auto state = step.checks.find(entry.id);
    const auto* newest = state == step.checks.end() ? nullptr : state->second.newest();
    if (newest == nullptr || newest->verdict != "pass") continue;
    Untaken untaken{&entry, {}};
    for (const auto& [name, filled] : entry.camera_check->fills) {
      const auto reading =
          std::ranges::find(newest->readings, name, &std::pair<std::string, std::string>::first);
      if (reading != newest->readings.end() && !state->second.taken.contains(filled))
        untaken.fills.emplace_back(filled, reading->second);
    }
    if (!untaken.fills.empty()) return untaken;
  }
  return {};
}

class Maker {
 public:
  Maker(const workflows::RunState& run, const workflows::StepRef& ref,
        const workflows::StepContent& content, const LiveCheck& live, const Viewer& viewer)
      : run_(run),
        ref_(ref),
        content_(content),
        step_(run.steps.at(ref)),
        live_(live),
        viewer_(viewer) {}

  ui::CameraView begin(const Entry& entry) {
    ui::CameraView view;
    view.entry = entry.id;
    view.title = in_language(entry.title, viewer_.language);
    view.is_challenge = entry.camera_challenge.has_value();
    if (entry.camera_check) {
      view.camera = entry.camera_check->camera;
      count_attempts(entry, view);
    }
    if (is_live(entry.id)) show_outcome(entry, view);
    return view;
  }

  [[nodiscard]] bool is_live(const std::string& entry) const {
    return live_.run == run_.run && live_.step == workflows::to_text(ref_) && live_.entry == entry;
  }

  void need(const CheckNeed& need, ui::CameraView& view) {
    if (is_live(need.entry) && live_.checking) {
      if (view.is_challenge) view.camera = live_.card_camera;
      if (!live_.asked.card.empty()) return show_card(view);
      view.state = State::kChecking;
      view.headline = words("check.checking");
      view.text = words("check.nothing_yet");
      view.still = nullptr;
      view.rows.clear();
      view.pictures = live_.pictures;
      view.pictures_max = view.is_sequence || view.is_challenge ? 0 : kPicturesMax;
      return;
    }
    switch (need.act) {
      case CheckNeed::Act::kCheck: return may_check(need, view);
      case CheckNeed::Act::kPutRight:
        view.state = State::kFailed;
        keep_headline(view, vision::Verdict::kFail);
        view.exception_number = exception_of(need.entry);
        return;
      case CheckNeed::Act::kDecide:
        view.state = State::kClosed;
        view.headline = words(need.is_disabled ? "check.off" : "check.too_often");
        view.text = words("check.two_people");
        view.still = nullptr;
        return;
      case CheckNeed::Act::kChallengeFirst:
        view.state = State::kReady;
        view.headline = words("check.challenge_first");
        view.text = words("check.challenge_first_text");
        return;
      case CheckNeed::Act::kChallenge: view.state = State::kReady; return;
      case CheckNeed::Act::kConfirm:
        view.state = State::kConfirm;
        view.headline = words("check.stands_in");
        view.text = words("check.stands_in_text");
        return;
    }
  }

  void reading(const Untaken& untaken, ui::CameraView& view) {
    view.state = State::kReading;
    view.headline = words("check.read");
    view.text = words("check.read_text");
    view.rows.clear();
    for (const auto& [id, text] : untaken.fills) {
      const Entry* entry = find_entry(content_, id);
      if (entry == nullptr) continue;
      view.readings.push_back({in_language(entry->title, viewer_.language), text, entry->unit});
    }
  }

  void passed(ui::CameraView& view) {
    view.state = State::kPassed;
    if (view.headline.empty()) view.headline = words("check.pass");
    if (view.is_challenge) {
      view.headline = words("check.challenged");
      view.text = words("check.challenged_text");
    } else {
      view.text = words("check.saved");
    }
    view.attempt = 0;
  }

 private:
  static constexpr int kPicturesMax = 5;

  [[nodiscard]] std::string words(const char* key) const { return std::string(viewer_.words(key)); }

  void show_card(ui::CameraView& view) {
    const auto& asked = live_.asked;
    view.state = State::kCard;
    view.headline = viewer_.words("check.show_card", {{"n", std::to_string(asked.shown + 1)},
                                                      {"total", std::to_string(asked.total)}});
    view.text = "**" + in_language(asked.card, viewer_.language) + "**";
    if (asked.is_again) view.text += "\n\n" + words("check.show_card_again");
    view.still = nullptr;
    view.rows.clear();
    view.pictures = asked.request;
  }

  void count_attempts(const Entry& entry, ui::CameraView& view) {
    const auto state = step_.checks.find(entry.id);
    view.attempts = 1 + entry.camera_check->attempts_max;
    view.attempt = state == step_.checks.end() ? 0 : state->second.fails;
  }

  // Words and picture of the attempt that was just made; after a restart only the record's verdict
  // is left.
  void show_outcome(const Entry& entry, ui::CameraView& view) {
    if (view.is_challenge) return show_challenge(view);
    if (live_.outcome.is_unavailable) view.text = words("check.unavailable");
    if (live_.known == nullptr) return;
    const auto& check = live_.known->check;
    view.is_sequence = std::holds_alternative<vision::SequenceCheck>(check.rule);
    const auto state = step_.checks.find(entry.id);
    if (state == step_.checks.end() || state->second.attempts.empty()) return;
    view.still = live_.outcome.still;
    view.overlay = overlay_of(check, live_.outcome, viewer_);
    view.headline = verdict_headline(&check, live_.outcome.result.verdict, viewer_);
    if (!live_.outcome.is_unavailable)
      view.text = verdict_text(check, live_.outcome.result, viewer_);
    // All that was judged is right, and the picture that should have agreed never came.
    if (view.text.empty() && !live_.outcome.trouble.empty()) view.text = words("check.no_picture");
    view.rows = rows_of(check, live_.outcome.result, viewer_);
  }

  void show_challenge(ui::CameraView& view) {
    for (const auto& [check, outcome] : live_.challenged) {
      const bool right = outcome.problem.empty() && outcome.good > 0 && outcome.bad > 0 &&
                         outcome.good == outcome.good_passed && outcome.bad == outcome.bad_failed;
      view.rows.push_back({right ? ui::CheckMark::kOk : ui::CheckMark::kWrong, check,
                           fmt::format("{} / {}", outcome.good_passed, outcome.good),
                           fmt::format("{} / {}", outcome.bad_failed, outcome.bad)});
      for (const auto& wrong : outcome.wrong)
        view.rows.push_back({ui::CheckMark::kWrong, in_language(wrong, viewer_.language), "", ""});
    }
  }

  void may_check(const CheckNeed& need, ui::CameraView& view) {
    const auto state = step_.checks.find(need.entry);
    const auto* newest = state == step_.checks.end() ? nullptr : state->second.newest();
    if (newest == nullptr || newest->verdict == "pass") {  // its reading is wanted once more
      view.state = State::kReady;
      clear(view);
      return;
    }
    const auto verdict = verdict_of(newest->verdict);
    if (verdict == vision::Verdict::kUndecided || verdict == vision::Verdict::kNotPerformed) {
      view.state = State::kUndecided;
      view.may_check = true;
      keep_headline(view, verdict);
      if (view.text.empty()) view.text = words("check.nothing_wrong");
      return;
    }
    view.state = State::kPutRight;
    clear(view);
    view.headline = words("check.put_right");
    view.text = words("check.put_right_text");
  }

  static void clear(ui::CameraView& view) {
    view.still = nullptr;
    view.overlay.clear();
    view.rows.clear();
    view.headline.clear();
    view.text.clear();
  }

  void keep_headline(ui::CameraView& view, vision::Verdict verdict) const {
    if (view.headline.empty()) view.headline = verdict_headline(nullptr, verdict, viewer_);
    if (view.text.empty() && verdict == vision::Verdict::kFail)
      view.text = words("check.failed_text");
  }

  [[nodiscard]] std::string exception_of(const std::string& entry) const {
    const auto step = workflows::to_text(ref_);
    for (auto id = run_.exception_order.rbegin(); id != run_.exception_order.rend(); ++id) {
      const auto& exception = run_.exceptions.at(*id);
      if (exception.step == step && exception.entry == entry) return exception.number;
    }
    return {};
  }

  const workflows::RunState& run_;
  const workflows::StepRef& ref_;
  const workflows::StepContent& content_;
  const workflows::StepState& step_;
  const LiveCheck& live_;
  const Viewer& viewer_;
};

bool is_of_camera(const Entry& entry) {
  return entry.camera_check.has_value() || entry.camera_challenge.has_value();
}

// The first entry that waits for anybody, camera or not.
std::string first_open(const workflows::StepNeeds& needs) {
  return needs.missing_entries.empty() ? std::string() : needs.missing_entries.front();
}

}  // namespace

std::optional<ui::CameraView> camera_view(const workflows::RunState& run,
                                          const workflows::StepRef& ref, const LiveCheck& live,
                                          const workflows::SiteFacts* site, const Viewer& viewer) {
  const auto found = run.steps.find(ref);
  const auto* element = run.mbr->procedure.find(ref.path);
  if (found == run.steps.end() || element == nullptr || !element->step) return std::nullopt;
  if (found->second.status != workflows::StepStatus::kRunning) return std::nullopt;
  const auto& content = *element->step;
  Maker maker(run, ref, content, live, viewer);
  if (const auto untaken = untaken_of(content, found->second); untaken.check != nullptr) {
    auto view = maker.begin(*untaken.check);
    maker.reading(untaken, view);
    return view;
  }
  const auto needs = workflows::needs(run, ref, viewer.now, site);
  const auto open = first_open(needs);
  for (const auto& need : needs.checks) {
    const Entry* entry = find_entry(content, need.entry);
    const bool is_next =
        open.empty() || open == need.entry || need.act == CheckNeed::Act::kPutRight;
    if (entry == nullptr || !is_next) continue;
    auto view = maker.begin(*entry);
    maker.need(need, view);
    return view;
  }
  // Nothing left to look at. What was seen last stays in sight while the step has only that.
  const bool only_cameras = std::ranges::all_of(content.entries, is_of_camera);
  if (!only_cameras || content.entries.empty() || !open.empty()) return std::nullopt;
  if (!maker.is_live(content.entries.back().id)) return std::nullopt;
  auto view = maker.begin(content.entries.back());
  maker.passed(view);
  return view;
}

}  // namespace batchwright::client::presenter
