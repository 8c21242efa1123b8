#include "client/demo/story.h"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <set>

#include "base/then.h"
#include "client/camera/inline_cameras.h"
#include "client/demo/hands.h"
#include "client/demo/objects.h"
#include "client/file.h"
#include "client/panel_desk.h"

namespace batchwright::client {

namespace {

constexpr std::int64_t kConfirmTimeoutMs = 30'000;

Result<std::map<std::string, std::string>> passwords_from(const std::filesystem::path& file) {
  auto json =
      then(load_file(file, 1u << 20), [](const std::string& text) { return parse_json(text); });
  if (!json) return std::unexpected(json.error());
  std::map<std::string, std::string> passwords;
  for (const auto& person : *json)
    passwords[person.value("id", std::string())] = person.value("password", std::string());
  return passwords;
}

// F5: 14 days after filling, typed on the date-time pad as YYYYMMDDhhmm.
std::string expiry_digits(Instant now) {
  constexpr std::int64_t kShelfLifeMs = 14LL * 24 * 3600 * 1000;
  now.unix_ms += kShelfLifeMs;
  const auto text = to_text(now);
  return text.substr(0, 4) + text.substr(5, 2) + text.substr(8, 2) + "2359";
}

// The values of the story; everything else is as the procedure wants it.
std::map<std::string, std::vector<std::string>> story_values(Instant now) {
  return {
      {"weigh/identify-tris:lot", {"T-3902", "T-4471"}},
      {"weigh/weigh-tris:gross", {"763.8"}},
      {"weigh/weigh-tris:net", {"611.4"}},
      {"weigh/weigh-nacl:lot", {"N-8810"}},
      {"weigh/identify-acid:lot", {"H-0233"}},
      {"compound/temperature:temperature", {"27.3", "25.3"}},
      {"compound/read-ph:ph", {"7.52", "7.46", "7.39"}},
      {"filter-assembly/identify-filter:serial", {"FC-20931"}},
      {"filter-assembly/identify-filter:bags", {"B-1177"}},
      {"filter/fill-bags:bag-1", {"49.62"}},
      {"filter/fill-bags:bag-2", {"49.18"}},
      {"filter/fill-bags:expiry", {expiry_digits(now)}},
      {"close/reconcile-labels:destroyed", {"2"}},
  };
}

// One picture per kind of moment and, of steps, of the temperature that breaks its limit.
class Album {
 public:
  Album(std::filesystem::path folder, Hands*& hands) : folder_(std::move(folder)), hands_(hands) {}

  void take(const std::string& moment) {
    if (!taken_.insert(moment).second || hands_ == nullptr) return;
    save(fmt::format("{:02}-{}.png", taken_.size(), moment));
  }

  void save(const std::string& name) const {
    if (auto saved = hands_->panel().save_picture(folder_ / name); !saved)
      spdlog::warn("picture {} was not saved, code {}", name, static_cast<int>(saved.error().code));
  }

 private:
  std::filesystem::path folder_;
  Hands*& hands_;
  std::set<std::string> taken_;
};

Result<void> check_complete(const workflows::RunState& run) {
  if (run.status == workflows::RunStatus::kComplete) return {};
  return fail(ErrorCode::kRefused, "The batch of the story is not complete.", run.number);
}

StoryResult summary(const workflows::RunState& run, std::size_t taps,
                    const sync::SyncStatus& sync) {
  StoryResult result;
  result.batch = run.number;
  result.state = workflows::to_string(run.status);
  result.exceptions = static_cast<int>(run.exceptions.size());
  for (const auto& [step, state] : run.steps) {
    if (state.status == workflows::StepStatus::kComplete) ++result.steps;
    result.signatures += static_cast<int>(state.signatures.size());
  }
  result.taps = taps;
  result.confirmed = sync.confirmed_through;
  result.head = sync.head;
  return result;
}

}  // namespace

Result<StoryResult> tell_story(const StoryOptions& options) {
  const SystemClock clock;
  auto panel = PanelDesk::open(options.store, options.photos, clock);
  if (!panel) return std::unexpected(panel.error());
  // What the site issued must be here before the batch list is.
  if (auto connected = (*panel)->connect([] {}); !connected)
    return std::unexpected(connected.error());
  InlineJobs jobs;
  InlineCameras cameras(vision_lookout({vision_program()}, clock), options.cameras.sources,
                        (*panel)->preview());
  (*panel)->use_cameras(options.cameras, cameras);
  auto desk = (*panel)->make_desk(jobs);
  if (!desk) return std::unexpected(desk.error());
  auto passwords = passwords_from(options.people);
  if (!passwords) return std::unexpected(passwords.error());
  auto screen = PanelScreen::load(options.display);
  if (!screen) return std::unexpected(screen.error());
  auto issued = (*panel)->wait_for_issue(kConfirmTimeoutMs);
  if (!issued) return std::unexpected(issued.error());

  std::error_code ignored;
  std::filesystem::create_directories(options.pictures, ignored);
  Hands* hands_for_album = nullptr;
  Album album(options.pictures, hands_for_album);
  Script script;
  script.passwords = *passwords;
  script.operator_id = "mary.okafor";
  script.values = story_values(clock.now());
  script.corrections["close/reconcile-labels#1"] = {"destroyed", "3"};
  script.picture = [&](const std::string& moment) { album.take(moment); };
  Objects objects(options.objects, options.cameras.sources);
  if (!options.objects.empty())
    script.before_check = [&](const std::string& step, const std::string& camera) {
      if (auto put = objects.put(step, camera); !put)
        spdlog::warn("nothing was put before {}, code {}", camera,
                     static_cast<int>(put.error().code));
    };
  Hands* who = nullptr;
  script.at_step = [&](const std::string& step) {
    if (step == "compound/dissolve#1") (*panel)->disconnect();         // the cable is out
    if (step == "compound/first-acid#1") who->take_over("jan.nowak");  // shift change
    if (step != "close/reconcile-labels#1") return;
    if (auto back = (*panel)->connect([] {}); !back)
      spdlog::warn("the cable is in, but nothing answers, code {}",
                   static_cast<int>(back.error().code));
  };
  Hands hands(options.display, **screen, **desk, std::move(script), &(*panel)->preview());
  hands_for_album = who = &hands;
  if (auto worked = hands.work(); !worked) {
    album.save("stopped-here.png");
    return std::unexpected(worked.error());
  }
  if (!(*panel)->link().wait_confirmed(kConfirmTimeoutMs))
    spdlog::warn("not all lines are confirmed yet");
  const auto& run = (*panel)->session().runs().begin()->second;
  if (auto complete = check_complete(run); !complete) return std::unexpected(complete.error());
  auto result = summary(run, hands.taps(), (*panel)->link().status());
  (*panel)->disconnect();
  if (auto closed = (*panel)->store().close(); !closed) return std::unexpected(closed.error());
  return result;
}

}  // namespace batchwright::client
