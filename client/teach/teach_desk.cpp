#include "client/teach/teach_desk.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "client/camera/lookout.h"
#include "client/camera/picture.h"
#include "client/file.h"

namespace batchwright::client {

namespace {

constexpr const char* kEverything = "everything";
constexpr double kRegionSideMin_px = 8;

std::span<const std::uint8_t> bytes_of(const std::string& text) {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

std::string in(const vision::Words& words, const std::string& language) {
  const auto at = words.find(language);
  return at != words.end() ? at->second : words.contains("en") ? words.at("en") : "";
}

std::string words_of(const Error& error) {
  return error.place.empty() ? error.message : fmt::format("{} ({})", error.message, error.place);
}

// A whole frame as a file; a folder then shows its next picture, as if something else was laid out.
Result<std::string> take_frame(Lookout& lookout, const vision::CameraSource& source) {
  vision::LookRequest request;
  request.camera = source.id;
  request.keep = true;
  const auto look = lookout.look(request);
  if (!look.seen) return fail(ErrorCode::kUnreachable, look.reason);
  const auto png = lookout.frame(source.id, look.number);
  if (!png) return std::unexpected(png.error());
  if (source.kind == vision::CameraKind::kFolder) {
    request.keep = false;
    request.turn = vision::Turn::kNext;
    static_cast<void>(lookout.look(request));
  }
  return std::string(png->begin(), png->end());
}

}  // namespace

struct TeachDesk::Shot {
  std::string png;  // empty: `problem` says why
  std::string problem;
  vision::Frame plane;
  std::optional<vision::CheckResult> result;  // of a sample
};

TeachDesk::TeachDesk(TeachOptions options, Cameras& cameras, const Preview& preview,
                     const Clock& clock)
    : draft_(std::move(options.draft)),
      out_(std::move(options.out)),
      language_(std::move(options.language)),
      cameras_(cameras),
      preview_(preview),
      clock_(clock),
      subjects_(vision::subjects_of(draft_)) {
  enter(Stage::kRegions);
  cameras_.watch(draft_.camera);
}

void TeachDesk::handle(const ui::Teach& intent) {
  using Act = ui::Teach::Act;
  if (busy_ && intent.act != Act::kSelect && intent.act != Act::kLeave) return;
  problem_.clear();
  saved_.clear();
  switch (intent.act) {
    case Act::kSelect: return select(intent.what);
    case Act::kTake: return take();
    case Act::kDraw: return draw(intent.box);
    case Act::kRemove: return remove();
    case Act::kNext: return next();
    case Act::kBack: return back();
    case Act::kSave: return save();
    case Act::kLeave: is_left_ = true; return;
  }
}

void TeachDesk::select(const std::string& what) {
  selected_ = what;
}

void TeachDesk::enter(Stage stage) {
  stage_ = stage;
  still_ = nullptr;
  switch (stage) {
    case Stage::kRegions:
      selected_ = draft_.regions.empty() ? "" : draft_.regions.front().id;
      plane_width_ = plane_height_ = 0;
      return;
    case Stage::kReferences: selected_ = subjects_.empty() ? "" : key_of(subjects_.front()); return;
    case Stage::kSamples: selected_ = "good"; return;
  }
}

bool TeachDesk::shows_all_at_once() const {
  return std::ranges::count(subjects_, vision::Subject::Kind::kPart, &vision::Subject::kind) > 1;
}

void TeachDesk::take() {
  const auto* source = cameras_.find(draft_.camera);
  if (source == nullptr) {
    problem_ = fmt::format("This panel has no camera {}.", draft_.camera);
    return;
  }
  busy_ = true;
  auto shot = std::make_shared<Shot>();
  auto draft = std::make_shared<const std::string>(file_of(draft_));
  auto check =
      std::make_shared<const std::string>(stage_ == Stage::kSamples ? check_file_ : std::string());
  cameras_.ask(
      [shot, draft, check, source = *source](Lookout& lookout) {
        auto png = take_frame(lookout, source);
        auto plane = png ? lookout.plane(*draft, bytes_of(*png))
                         : Result<vision::Frame>(std::unexpected(png.error()));
        if (!plane) {
          shot->problem = words_of(plane.error());
          return;
        }
        shot->plane = std::move(*plane);
        if (!check->empty()) shot->result = lookout.check(*check, bytes_of(*png), {}, true);
        shot->png = std::move(*png);
      },
      [this, shot] { took(*shot); });
}

void TeachDesk::took(const Shot& shot) {
  busy_ = false;
  if (shot.png.empty()) {
    problem_ = shot.problem.empty() ? "The camera is busy." : shot.problem;
    return;
  }
  switch (stage_) {
    case Stage::kRegions: return took_picture_to_draw_on(shot);
    case Stage::kReferences: return took_subject(shot);
    case Stage::kSamples: return took_sample(shot);
  }
}

void TeachDesk::took_picture_to_draw_on(const Shot& shot) {
  still_ = picture(shot.plane);  // elsewhere the live picture shows what is laid out next
  plane_width_ = shot.plane.width;
  plane_height_ = shot.plane.height;
}

void TeachDesk::took_subject(const Shot& shot) {
  bool taken = false, known = false;
  for (const auto& subject : subjects_) {
    const auto key = key_of(subject);
    const bool among = selected_ == kEverything && subject.kind == vision::Subject::Kind::kPart;
    if (key != selected_ && !among) continue;
    known = true;
    auto& files = shown_[key];
    if (subject.pictures_max == 1) files.clear();  // the newest counts
    if (files.size() >= subject.pictures_max) continue;
    files.push_back(shot.png);
    taken = true;
  }
  if (known && !taken) problem_ = "There are as many pictures of this as a check may have.";
  forget_samples();
}

void TeachDesk::took_sample(const Shot& shot) {
  const auto threshold = vision::threshold_of(draft_);
  if (!threshold || !shot.result) return;
  const bool is_good = selected_ != "bad";
  auto& samples = is_good ? good_ : bad_;
  auto score = vision::score_of(fmt::format("{} {}", is_good ? "good" : "bad", samples.size() + 1),
                                *shot.result, *threshold);
  if (!score) {
    problem_ = fmt::format(
        "This picture teaches nothing: {}.",
        shot.result->reason.empty() ? to_string(shot.result->quality.advice) : shot.result->reason);
    return;
  }
  if (samples.size() >= vision::kSamplesMax) return;
  samples.push_back(std::move(*score));
  work_out_threshold();
}

void TeachDesk::work_out_threshold() {
  teaching_.reset();
  findings_.clear();
  if (good_.empty() || bad_.empty()) return;
  auto reading = vision::teach_threshold(good_, bad_);
  teaching_ = reading.teaching;
  for (const auto& finding : reading.findings)
    findings_.push_back(finding.place.empty()
                            ? finding.message
                            : fmt::format("{}: {}", finding.place, finding.message));
}

void TeachDesk::forget_samples() {
  check_file_.clear();
  good_.clear();
  bad_.clear();
  teaching_.reset();
  findings_.clear();
}

std::string TeachDesk::unused_region() const {
  for (std::size_t n = 1;; ++n) {
    auto id = fmt::format("region-{}", n);
    if (draft_.region(id) == nullptr) return id;
  }
}

void TeachDesk::take_draft(vision::CheckReading reading) {
  if (!reading.check) {
    const auto& first = reading.findings.front();
    problem_ =
        first.place.empty() ? first.message : fmt::format("{} ({})", first.message, first.place);
    return;
  }
  draft_ = std::move(*reading.check);
  subjects_ = vision::subjects_of(draft_);
  forget_samples();
}

void TeachDesk::draw(const ui::PictureBox& box) {
  if (stage_ != Stage::kRegions || plane_width_ == 0) return;
  const auto pixels = [](float part, int of) { return static_cast<double>(part) * of; };
  const double x = pixels(box[0], plane_width_), y = pixels(box[1], plane_height_);
  const double width = pixels(box[2] - box[0], plane_width_);
  const double height = pixels(box[3] - box[1], plane_height_);
  if (width < kRegionSideMin_px || height < kRegionSideMin_px) {
    problem_ = "The two corners are too close together.";
    return;
  }
  const auto* old = draft_.region(selected_);
  vision::Region region;
  region.id = old != nullptr ? old->id : unused_region();
  region.title = old != nullptr ? old->title : vision::Words{{"en", region.id}};
  region.box = {static_cast<int>(x), static_cast<int>(y), static_cast<int>(width),
                static_cast<int>(height)};
  const auto id = region.id;
  take_draft(vision::with_region(draft_, std::move(region)));
  if (problem_.empty()) selected_ = id;
}

void TeachDesk::remove() {
  switch (stage_) {
    case Stage::kRegions: return remove_region();
    case Stage::kReferences:
      for (const auto& subject : subjects_) {
        const bool among = selected_ == kEverything && subject.kind == vision::Subject::Kind::kPart;
        auto& files = shown_[key_of(subject)];
        if ((key_of(subject) == selected_ || among) && !files.empty()) files.pop_back();
      }
      return forget_samples();
    case Stage::kSamples: {
      auto& samples = selected_ == "bad" ? bad_ : good_;
      if (!samples.empty()) samples.pop_back();
      return work_out_threshold();
    }
  }
}

void TeachDesk::remove_region() {
  if (draft_.region(selected_) == nullptr) return;
  take_draft(vision::without_region(draft_, selected_));
  if (problem_.empty()) selected_.clear();
}

std::vector<vision::ShownPicture> TeachDesk::pictures() const {
  std::vector<vision::ShownPicture> pictures;
  for (const auto& [subject, files] : shown_)
    for (const auto& file : files) pictures.push_back({subject, file});
  return pictures;
}

void TeachDesk::next() {
  if (stage_ == Stage::kRegions) return enter(Stage::kReferences);
  if (stage_ == Stage::kReferences) make_check();
}

void TeachDesk::back() {
  enter(stage_ == Stage::kSamples ? Stage::kReferences : Stage::kRegions);
}

void TeachDesk::make_check() {
  auto draft = draft_;
  draft.taught.reset();
  if (subjects_.empty()) {
    auto whole = vision::check_from_json(file_of(draft));
    if (!whole.check) return take_draft(std::move(whole));
    check_file_ = file_of(*whole.check);
    return enter(Stage::kSamples);
  }
  busy_ = true;
  auto file =
      std::make_shared<Result<std::string>>(fail(ErrorCode::kUnreachable, "The camera is busy."));
  cameras_.ask([file, text = file_of(draft),
                shown = pictures()](Lookout& lookout) { *file = lookout.teach(text, shown); },
               [this, file] {
                 busy_ = false;
                 if (!*file) {
                   problem_ = words_of(file->error());
                   return;
                 }
                 check_file_ = **file;
                 enter(Stage::kSamples);
               });
}

void TeachDesk::save() {
  auto reading = vision::check_from_json(check_file_);
  if (reading.check && teaching_)
    reading =
        vision::with_teaching(*reading.check, *teaching_, to_text(clock_.now()).substr(0, 10));
  if (!reading.check) {
    problem_ = reading.findings.front().message;
    return;
  }
  if (auto saved = save_file(out_, vision::file_of(*reading.check)); !saved) {
    problem_ = words_of(saved.error());
    return;
  }
  saved_ = out_.filename().string();
}

ui::PictureRef TeachDesk::picture(const vision::Frame& frame) const {
  const auto [width, height] = preview_.wanted_px();
  return picture_of(frame, width, height);
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
    const auto at = shown_.find(key_of(subject));
    const int count = at == shown_.end() ? 0 : static_cast<int>(at->second.size());
    const Kind kind = subject.kind == vision::Subject::Kind::kEmpty  ? Kind::kEmpty
                      : subject.kind == vision::Subject::Kind::kPart ? Kind::kPart
                                                                     : Kind::kReference;
    if (kind == Kind::kPart) least = std::min(least, count);
    rows.push_back(
        {key_of(subject), kind, subject.id, count, static_cast<int>(subject.pictures_max)});
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
  teach.subjects = subject_rows();
  teach.good = static_cast<int>(good_.size());
  teach.bad = static_cast<int>(bad_.size());
  teach.has_threshold = vision::threshold_of(draft_).has_value();
  if (teaching_)
    teach.threshold = {{fmt::format("{:.3f}", teaching_->threshold),
                        fmt::format("{:.3f}", teaching_->good_lowest),
                        fmt::format("{:.3f}", teaching_->bad_highest),
                        fmt::format("{:.1f}", 100 * teaching_->false_accept_upper),
                        fmt::format("{:.1f}", 100 * teaching_->false_reject_upper)}};
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
