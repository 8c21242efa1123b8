// Teaching one check: what a trainer draws, shows and samples, and the draft that becomes of it.
// Nothing is recorded here: the file that is saved counts once an MBR with its hash is approved.
// One thread; the camera's answers come as continuations on it.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "base/time.h"
#include "client/camera/cameras.h"
#include "client/camera/preview.h"
#include "client/teach/taught_pictures.h"
#include "ui/intents.h"
#include "ui/text/words.h"
#include "ui/view_model.h"
#include "vision/teach.h"
#include "vision/teaching.h"

namespace batchwright::client {

struct TeachOptions {
  vision::Check draft;        // as draft_from_json read it
  std::filesystem::path out;  // where the taught check goes; replaced when it is there
  std::string language = "en";
  ui::Words words;  // resources/strings/panel, of the language
};

class TeachDesk {
 public:
  // `cameras`, `preview` and `clock` must live longer, and answer no more once this is gone.
  TeachDesk(TeachOptions options, Cameras& cameras, const Preview& preview, const Clock& clock);

  void handle(const ui::Teach& intent);
  [[nodiscard]] ui::AppView view() const;
  [[nodiscard]] bool is_left() const { return is_left_; }

 private:
  // The row that means every part at once.
  static constexpr const char* kEverything = "everything";
  using Stage = ui::TeachView::Stage;
  // What one look at the camera came to, on its way back from the camera's thread.
  struct Shot;

  void select(const std::string& what);
  void take();
  void took(const Shot& shot);
  void took_picture_to_draw_on(const Shot& shot);
  void took_subject(const Shot& shot);
  void took_sample(const Shot& shot);
  void draw(const ui::PictureBox& box);
  void remove();
  void remove_region();
  void next();
  void back();
  void make_check();  // of draft and pictures; then the samples' stage
  void work_out_threshold();
  void save();
  void enter(Stage stage);
  void forget_samples();
  void leave();
  void say(std::string_view key, std::initializer_list<ui::Words::Fill> fills = {});
  // The worker's answer is a check that differs from the draft by its references alone.
  [[nodiscard]] bool is_of_draft(const std::string& file) const;
  void take_draft(vision::CheckReading reading);
  [[nodiscard]] std::string unused_region() const;
  [[nodiscard]] bool shows_all_at_once() const;
  [[nodiscard]] bool may_add_regions() const;
  [[nodiscard]] ui::PictureRef picture(const vision::Frame& frame) const;
  [[nodiscard]] std::vector<ui::TaughtRegionView> regions() const;
  [[nodiscard]] std::vector<ui::SubjectView> subject_rows() const;

  vision::Check draft_;
  const std::filesystem::path out_;
  const std::string language_;
  const ui::Words words_;
  Cameras& cameras_;
  const Preview& preview_;
  const Clock& clock_;
  Stage stage_ = Stage::kRegions;
  std::string selected_, problem_, saved_;
  bool busy_ = false, is_left_ = false, is_leaving_ = false, is_unsaved_ = false;
  ui::PictureRef still_;
  int plane_width_ = 0, plane_height_ = 0;  // pixels of the picture to draw on; 0 = none yet
  std::vector<vision::Subject> subjects_;
  TaughtPictures shown_;
  std::string check_file_;  // made of draft and pictures
  struct Samples {
    std::vector<vision::SampleScore> scores;
    std::vector<std::string> sha256_hex;  // of their pictures, in the same order
  };
  Samples good_, bad_;
  std::optional<vision::Teaching> teaching_;
  std::vector<std::string> findings_;
};

}  // namespace batchwright::client
