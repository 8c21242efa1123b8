// What the teaching desk shows.
#include <fmt/format.h>

#include <algorithm>

#include "client/camera/picture.h"
#include "client/teach/teach_desk.h"

namespace batchwright::client {

namespace {

std::string in(const vision::Words& words, const std::string& language) {
  const auto at = words.find(language);
  return at != words.end() ? at->second : words.contains("en") ? words.at("en") : "";
}

}  // namespace

bool TeachDesk::shows_all_at_once() const {
  return std::ranges::count(subjects_, vision::Subject::Kind::kPart, &vision::Subject::kind) > 1;
}

// Elsewhere a region that the rule doesn't name is looked at by nothing.
bool TeachDesk::may_add_regions() const {
  return std::holds_alternative<vision::ClearanceCheck>(draft_.rule);
}

std::vector<ui::TaughtRegionView> TeachDesk::regions() const {
  std::vector<ui::TaughtRegionView> views;
  for (const auto& region : draft_.regions) {
    ui::TaughtRegionView view{region.id, in(region.title, language_), {}};
    const auto part = [](int px, int of) {
      return static_cast<float>(px) / static_cast<float>(of);
    };
    const auto& box = region.box;
    if (plane_width_ > 0)
      view.box = {part(box.x, plane_width_), part(box.y, plane_height_),
                  part(box.x + box.width, plane_width_), part(box.y + box.height, plane_height_)};
    views.push_back(std::move(view));
  }
  return views;
}

std::vector<ui::SubjectView> TeachDesk::subject_rows() const {
  using Kind = ui::SubjectView::Kind;
  std::vector<ui::SubjectView> rows;
  int least = static_cast<int>(vision::kReferencesPerPartMax);
  for (const auto& subject : subjects_) {
    const int pictures = shown_.count(key_of(subject));
    const Kind kind = subject.kind == vision::Subject::Kind::kEmpty  ? Kind::kEmpty
                      : subject.kind == vision::Subject::Kind::kPart ? Kind::kPart
                                                                     : Kind::kReference;
    if (kind == Kind::kPart) least = std::min(least, pictures);
    rows.push_back(
        {key_of(subject), kind, subject.id, pictures, static_cast<int>(subject.pictures_max)});
  }
  if (shows_all_at_once())
    rows.insert(rows.begin() + 1, {kEverything, Kind::kEverything, "", least,
                                   static_cast<int>(vision::kReferencesPerPartMax)});
  return rows;
}

ui::AppView TeachDesk::view() const {
  ui::TeachView teach;
  teach.title = in(draft_.title, language_);
  teach.camera = draft_.camera;
  teach.stage = stage_;
  teach.still = still_;
  teach.regions = regions();
  teach.may_add_regions = may_add_regions();
  teach.subjects = subject_rows();
  teach.good = static_cast<int>(good_.scores.size());
  teach.bad = static_cast<int>(bad_.scores.size());
  teach.has_threshold = vision::threshold_of(draft_).has_value();
  if (teaching_)
    teach.threshold = {fmt::format("{:.3f}", teaching_->threshold),
                       fmt::format("{:.3f}", teaching_->good_lowest),
                       fmt::format("{:.3f}", teaching_->bad_highest),
                       fmt::format("{:.1f}", 100 * teaching_->false_accept_upper),
                       fmt::format("{:.1f}", 100 * teaching_->false_reject_upper)};
  teach.selected = selected_;
  teach.problem = problem_;
  teach.findings = findings_;
  teach.busy = busy_;
  teach.saved = saved_;
  ui::AppView view;
  view.language = language_;
  view.bar.product = teach.title;
  view.screen = std::move(teach);
  return view;
}

}  // namespace batchwright::client
