// What a camera shows and says at the moments the camera screen is drawn with.
#include "tests/ui/sample_views.h"

namespace batchwright::ui::test {
namespace {

using State = CameraView::State;

constexpr int kWidthPx = 800;
constexpr int kHeightPx = 600;

void fill(Texture& picture, int x0, int y0, int x1, int y1, std::uint32_t grey) {
  for (int y = y0; y < y1; ++y)
    for (int x = x0; x < x1; ++x)
      picture.rgba[static_cast<std::size_t>(y) * kWidthPx + static_cast<std::size_t>(x)] =
          0xff000000U | grey << 16 | grey << 8 | grey;
}

// Three clamps on a board, as a grey picture.
PictureRef clamps(std::uint64_t generation) {
  auto picture = std::make_shared<Texture>();
  picture->width_px = kWidthPx;
  picture->height_px = kHeightPx;
  picture->rgba.resize(std::size_t{kWidthPx} * kHeightPx);
  picture->version = generation;
  fill(*picture, 0, 0, kWidthPx, kHeightPx, 0x5c);
  fill(*picture, 40, 420, 760, 520, 0x46);
  for (const int x : {120, 340, 560}) {
    fill(*picture, x, 230, x + 120, 440, 0xb0);
    fill(*picture, x + 20, 290, x + 100, 350, 0xf0);
  }
  return picture;
}

OverlayView around(float x, std::string label, CheckMark mark) {
  return {{x, 0.36F, x + 0.18F, 0.36F, x + 0.18F, 0.76F, x, 0.76F}, std::move(label), mark};
}

StepView step() {
  StepView view = sample_step();
  view.step = "filter-assembly/open-in-order#1";
  view.number = 24;
  view.operation = "Filter assembly";
  view.title = "Open in order";
  view.instruction =
      "In front of the camera, one after the other: open the **vent**, open the **feed** clamp, "
      "close the vent, open the **outlet** clamp.";
  view.rail = {{"a", "Identify filter", 22, Progress::kDone},
               {"b", "Lay out", 23, Progress::kException},
               {"c", "Open in order", 24, Progress::kCurrent},
               {"", "Flush", 25, Progress::kTodo},
               {"", "Start filtration", 27, Progress::kTodo}};
  view.entries.clear();
  view.focus_entry = "order";
  view.next = {NextView::Label::kNext, false, "The clamps are still missing"};
  return view;
}

void fail(CameraView& view) {
  view.still = clamps(2);
  view.overlay = {around(0.12F, "Vent", CheckMark::kOk), around(0.40F, "Outlet", CheckMark::kWrong),
                  around(0.67F, "Feed", CheckMark::kWrong)};
  view.rows = {{CheckMark::kWrong, "Outlet", "Feed", "0.94"},
               {CheckMark::kWrong, "Feed", "Outlet", "0.95"},
               {CheckMark::kOk, "Vent", "Vent", "0.97"}};
  view.attempt = 1;
  view.attempts = 3;
  view.exception_number = "MIX2-0008";
}

void challenge(StepView& view) {
  view.title = "Camera challenge";
  view.instruction =
      "Known good and known bad pictures are shown to every check. Only a check that judges all "
      "of them right is used in this batch.";
  CameraView& camera = *view.camera;
  camera.is_challenge = true;
  camera.camera.clear();
  camera.headline = "Every check is fit for use";
  camera.text = "The result is saved. The checks may be used in this batch.";
  camera.rows = {{CheckMark::kOk, "Label", "6 / 6", "6 / 6"},
                 {CheckMark::kOk, "Filter layout", "6 / 6", "6 / 6"},
                 {CheckMark::kOk, "Clamp sequence", "6 / 6", "6 / 6"},
                 {CheckMark::kOk, "pH display", "6 / 6", "6 / 6"}};
  view.next = {NextView::Label::kNext, true, ""};
}

void reading(StepView& view) {
  view.title = "Mix 5 min, read pH";
  CameraView& camera = *view.camera;
  camera.still = clamps(2);
  camera.overlay = {around(0.12F, "7.52", CheckMark::kOk), around(0.40F, "25.1", CheckMark::kOk)};
  camera.headline = "Read from the display";
  camera.text = "Compare with the display of PH-07. Nothing is stored before you take it over.";
  camera.readings = {{"pH", "7.52", ""}, {"Temperature", "25.1", "°C"}};
}

}  // namespace

LookView sample_look() {
  return {"CAM-B", LookView::Quality::kSharp, clamps(1)};
}

StepView sample_camera_step(std::string_view moment) {
  StepView view = step();
  CameraView camera;
  camera.entry = "order";
  camera.title = "Order of the clamps";
  camera.camera = "CAM-B";
  camera.is_sequence = true;
  view.camera = camera;
  CameraView& c = *view.camera;
  if (moment == "checking") {
    c.state = State::kChecking;
    c.headline = "Checking";
    c.text = "Nothing is decided yet.";
    c.is_sequence = false;
    c.pictures = 2;
    c.pictures_max = 5;
  } else if (moment == "card") {
    view.title = "Camera challenge";
    c.state = State::kCard;
    c.is_challenge = true;
    c.is_sequence = false;
    c.headline = "Show this to the camera (4 of 6)";
    c.text = "**Card 4: One digit of the lot is wrong**";
    c.pictures = 3;
  } else if (moment == "failed") {
    fail(c);
    c.state = State::kFailed;
    c.headline = "Not in order";
    c.text =
        "The outlet clamp was opened before the feed clamp. Close the outlet, open the feed, close "
        "the vent, then open the outlet.";
  } else if (moment == "put right") {
    fail(c);
    c.still = nullptr;
    c.state = State::kPutRight;
    c.headline = "Put right";
    c.text = "Begin again from the start, in front of the camera.";
  } else if (moment == "undecided" || moment == "closed") {
    const bool closed = moment == "closed";
    c.state = closed ? State::kClosed : State::kUndecided;
    c.may_check = !closed;
    c.headline = closed ? "This check is off" : "No verdict";
    c.text = closed
                 ? "Its challenge failed in this batch. Two people look at the object and decide."
                 : "A hand was before the clamps. Nothing is wrong and nothing is right yet.";
    if (!closed) c.overlay = {around(0.40F, "Outlet", CheckMark::kUnsure)};
    if (!closed) c.still = clamps(2);
    if (!closed) c.rows = {{CheckMark::kUnsure, "Outlet", "Outlet", "0.71"}};
    c.attempt = closed ? 0 : 1;
    c.attempts = 3;
  } else if (moment == "passed" || moment == "challenge") {
    c.state = State::kPassed;
    c.headline = "In order";
    c.text = "The result is saved with its pictures.";
    if (moment == "challenge") challenge(view);
  } else if (moment == "reading") {
    c.state = State::kReading;
    reading(view);
  }
  return view;
}

TeachView sample_teaching(std::string_view moment) {
  TeachView view;
  view.title = "Order of the clamps";
  view.camera = "CAM-B";
  view.may_add_regions = true;
  if (moment == "new") return view;
  view.still = clamps(5);
  view.regions = {{"vent", "Vent", {0.12F, 0.36F, 0.30F, 0.76F}},
                  {"feed", "Feed", {0.40F, 0.36F, 0.58F, 0.76F}}};
  view.selected = "feed";
  view.subjects = {{"empty", SubjectView::Kind::kEmpty, "", 8, 12},
                   {"everything", SubjectView::Kind::kEverything, "", 3, 12},
                   {"part:clamp", SubjectView::Kind::kPart, "Clamp 3/4 inch", 8, 12},
                   {"part:cap", SubjectView::Kind::kPart, "Cap", 3, 12}};
  if (moment == "regions") return view;
  view.stage = TeachView::Stage::kReferences;
  view.selected = "part:cap";
  if (moment == "references") return view;
  view.stage = TeachView::Stage::kSamples;
  view.selected = "bad";
  view.good = 32;
  view.bad = 30;
  if (moment == "threshold")
    view.threshold = ThresholdView{"0.745", "0.912", "0.578", "9.5", "8.9"};
  if (moment == "overlap")
    view.findings = {"good 12: This good sample scores less than bad 3 (0.871).", "two", "three"};
  return view;
}

}  // namespace batchwright::ui::test
