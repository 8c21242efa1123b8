#include "client/teach/teach_desk.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/bytes.h"
#include "base/sha256.h"
#include "client/camera/lookout.h"
#include "client/camera/picture.h"
#include "client/file.h"

namespace batchwright::client {

namespace {

constexpr double kRegionSideMin_px = 8;

std::span<const std::uint8_t> bytes_of(const std::string& text) {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

std::string words_of(const Error& error) {
  return error.place.empty() ? error.message : fmt::format("{} ({})", error.message, error.place);
}

// Blurred or badly lit pictures would widen what a part may look like.
bool is_poor(const vision::Look& look) {
  switch (look.quality.advice) {
    case vision::Advice::kHoldStill:
    case vision::Advice::kMoreLight:
    case vision::Advice::kLessLight:
    case vision::Advice::kLessGlare: return true;
    default: return false;
  }
}

// A whole frame as a file; a folder then shows its next picture, as if something else was laid out.
// A poor one is kRefused with the advice as place.
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
  if (is_poor(look)) return fail(ErrorCode::kRefused, "", to_string(look.quality.advice));
  return std::string(png->begin(), png->end());
}

// Without what is taught: the rest is the author's.
std::string authored(vision::Check check) {
  check.references.clear();
  check.taught.reset();
  if (auto* layout = std::get_if<vision::LayoutCheck>(&check.rule)) {
    layout->empty_reference.clear();
    for (auto& part : layout->parts) part.references.clear();
  }
  if (auto* clearance = std::get_if<vision::ClearanceCheck>(&check.rule))
    clearance->cleared_reference.clear();
  return file_of(check);
}

// Rows and circles of their own go with the regions of these: the author draws them.
bool may_draw(const vision::Check& check) {
  return !std::holds_alternative<vision::DisplayCheck>(check.rule) &&
         !std::holds_alternative<vision::GaugeCheck>(check.rule);
}

}  // namespace

struct TeachDesk::Shot {
  std::string of;   // what was selected when it was taken
  std::string png;  // empty: `problem` says why
  std::string problem;
  std::string advice;  // code: why the picture is too poor
  vision::Frame plane;
  std::optional<vision::CheckResult> result;  // of a sample
};

TeachDesk::TeachDesk(TeachOptions options, Cameras& cameras, const Preview& preview,
                     const Clock& clock)
    : draft_(std::move(options.draft)),
      out_(std::move(options.out)),
      language_(std::move(options.language)),
      words_(std::move(options.words)),
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
  is_leaving_ = is_leaving_ && intent.act == Act::kLeave;
  switch (intent.act) {
    case Act::kSelect: return select(intent.what);
    case Act::kTake: return take();
    case Act::kDraw: return draw(intent.box);
    case Act::kRemove: return remove();
    case Act::kNext: return next();
    case Act::kBack: return back();
    case Act::kSave: return save();
    case Act::kLeave: return leave();
  }
}

void TeachDesk::say(std::string_view key, std::initializer_list<ui::Words::Fill> fills) {
  problem_ = words_(key, fills);
}

void TeachDesk::leave() {
  is_left_ = !is_unsaved_ || is_leaving_;
  if (is_left_) return;
  is_leaving_ = true;
  say("teach.unsaved");
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

void TeachDesk::take() {
  const auto* source = cameras_.find(draft_.camera);
  if (source == nullptr) {
    say("teach.no_camera", {{"camera", draft_.camera}});
    return;
  }
  busy_ = true;
  auto shot = std::make_shared<Shot>();
  shot->of = selected_;
  const bool is_sample = stage_ == Stage::kSamples;
  auto file = std::make_shared<const std::string>(is_sample ? check_file_ : file_of(draft_));
  cameras_.ask(
      [shot, file, is_sample, source = *source](Lookout& lookout) {
        auto png = take_frame(lookout, source);
        if (!png) {
          auto& why = png.error().message.empty() ? shot->advice : shot->problem;
          why = png.error().message.empty() ? png.error().place : words_of(png.error());
          return;
        }
        if (is_sample) {
          shot->result = lookout.check(*file, bytes_of(*png), {}, true);
        } else if (auto plane = lookout.plane(*file, bytes_of(*png)); plane) {
          shot->plane = std::move(*plane);
        } else {
          shot->problem = words_of(plane.error());
          return;
        }
        shot->png = std::move(*png);
      },
      [this, shot] { took(*shot); });
}

void TeachDesk::took(const Shot& shot) {
  busy_ = false;
  if (!shot.advice.empty()) {
    const auto key = "check.advice." + shot.advice;
    return say("teach.poor", {{"advice", words_(key)}});
  }
  if (shot.png.empty()) {
    if (shot.problem.empty()) return say("teach.camera_busy");
    problem_ = shot.problem;
    return;
  }
  if (stage_ == Stage::kRegions) return took_picture_to_draw_on(shot);
  if (stage_ == Stage::kReferences) return took_subject(shot);
  took_sample(shot);
}

void TeachDesk::took_picture_to_draw_on(const Shot& shot) {
  still_ = picture(shot.plane);  // elsewhere the live picture shows what is laid out next
  plane_width_ = shot.plane.width;
  plane_height_ = shot.plane.height;
}

void TeachDesk::took_subject(const Shot& shot) {
  if (shown_.contains(shot.png)) return say("teach.same_picture");
  std::vector<vision::Subject> shows;
  for (const auto& subject : subjects_)
    if (key_of(subject) == shot.of ||
        (shot.of == kEverything && subject.kind == vision::Subject::Kind::kPart))
      shows.push_back(subject);
  switch (shown_.add(shows, shot.png, shot.of)) {
    case TaughtPictures::Added::kTooMany:
      return say("teach.too_many", {{"n", std::to_string(shown_.size())}});
    case TaughtPictures::Added::kSubjectIsFull: return say("teach.enough");
    case TaughtPictures::Added::kYes: break;
  }
  is_unsaved_ = true;
  forget_samples();
}

void TeachDesk::took_sample(const Shot& shot) {
  const auto threshold = vision::threshold_of(draft_);
  if (!threshold || !shot.result) return;
  const auto sha256_hex = to_hex(sha256(shot.png));
  const auto has_it = [&](const Samples& samples) {
    return std::ranges::find(samples.sha256_hex, sha256_hex) != samples.sha256_hex.end();
  };
  // A camera that stands still, or a folder at its end, would count as many pieces.
  if (shown_.contains(shot.png) || has_it(good_) || has_it(bad_)) return say("teach.same_picture");
  const bool is_good = shot.of != "bad";
  auto& samples = is_good ? good_ : bad_;
  auto score =
      vision::score_of(fmt::format("{} {}", is_good ? "good" : "bad", samples.scores.size() + 1),
                       *shot.result, *threshold);
  if (!score) {
    const auto advice = std::string("check.advice.") + to_string(shot.result->quality.advice);
    return say("teach.poor",
               {{"advice", words_.has(advice) ? words_(advice) : shot.result->reason}});
  }
  if (samples.scores.size() >= vision::kSamplesMax) return say("teach.enough");
  samples.scores.push_back(std::move(*score));
  samples.sha256_hex.push_back(sha256_hex);
  is_unsaved_ = true;
  work_out_threshold();
}

void TeachDesk::work_out_threshold() {
  teaching_.reset();
  findings_.clear();
  if (good_.scores.empty() || bad_.scores.empty()) return;
  auto reading = vision::teach_threshold(good_.scores, bad_.scores);
  teaching_ = reading.teaching;
  for (const auto& finding : reading.findings)
    findings_.push_back(finding.place.empty()
                            ? finding.message
                            : fmt::format("{}: {}", finding.place, finding.message));
}

void TeachDesk::forget_samples() {
  check_file_.clear();
  good_ = {};
  bad_ = {};
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
  is_unsaved_ = true;
  subjects_ = vision::subjects_of(draft_);
  forget_samples();
}

void TeachDesk::draw(const ui::PictureBox& box) {
  if (stage_ != Stage::kRegions || plane_width_ == 0) return;
  if (!may_draw(draft_)) return say("teach.drawn_by_author");
  if (draft_.region(selected_) == nullptr && !may_add_regions()) return say("teach.choose_region");
  const auto pixels = [](float part, int of) { return static_cast<double>(part) * of; };
  const double x = pixels(box[0], plane_width_), y = pixels(box[1], plane_height_);
  const double width = pixels(box[2] - box[0], plane_width_);
  const double height = pixels(box[3] - box[1], plane_height_);
  if (width < kRegionSideMin_px || height < kRegionSideMin_px) {
    return say("teach.too_close");
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
      if (shown_.remove_last(selected_)) forget_samples();
      return;
    case Stage::kSamples: {
      auto& samples = selected_ == "bad" ? bad_ : good_;
      if (samples.scores.empty()) return;
      samples.scores.pop_back();
      samples.sha256_hex.pop_back();
      return work_out_threshold();
    }
  }
}

void TeachDesk::remove_region() {
  if (draft_.region(selected_) == nullptr) return;
  take_draft(vision::without_region(draft_, selected_));
  if (problem_.empty()) selected_.clear();
}

void TeachDesk::next() {
  if (stage_ == Stage::kRegions) {
    if (draft_.regions.empty() && may_add_regions()) return say("teach.no_region");
    return enter(Stage::kReferences);
  }
  if (stage_ == Stage::kReferences) make_check();
}

void TeachDesk::back() {
  enter(stage_ == Stage::kSamples ? Stage::kReferences : Stage::kRegions);
}

bool TeachDesk::is_of_draft(const std::string& file) const {
  if (file.size() > vision::kCheckBytesMax) return false;
  const auto reading = vision::check_from_json(file);
  return reading.check && !reading.check->taught && authored(*reading.check) == authored(draft_);
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
                shown = shown_.all()](Lookout& lookout) { *file = lookout.teach(text, shown); },
               [this, file] {
                 busy_ = false;
                 if (!*file) {
                   problem_ = words_of(file->error());
                   return;
                 }
                 if (!is_of_draft(**file)) return say("teach.not_made");
                 if (check_file_ != **file) forget_samples();
                 check_file_ = **file;
                 enter(Stage::kSamples);
               });
}

void TeachDesk::save() {
  const bool has_samples = !good_.scores.empty() || !bad_.scores.empty();
  if (has_samples && !teaching_) {
    // Its own samples say that the draft's threshold is wrong, or not where it must be.
    if (findings_.empty()) return say("teach.both_kinds");
    return say("teach.disproved", {{"finding", findings_.front()}});
  }
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
  is_unsaved_ = false;
}

ui::PictureRef TeachDesk::picture(const vision::Frame& frame) const {
  const auto [width, height] = preview_.wanted_px();
  return picture_of(frame, width, height);
}

}  // namespace batchwright::client
