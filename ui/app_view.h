// The whole panel for one frame: context bar, screen, what lies over it.
//
// Call it as the FrameLoop's DrawFrame. Reads `view`, keeps what is only on the glass in `state`,
// and appends what people asked for to `intents`, in order. UI thread only; never waits. Nothing
// here is stored: an intent may still be refused, and the refusal comes back as AppView::notice or
// an error of the screen.
#pragma once

#include "ui/frame.h"
#include "ui/intents.h"
#include "ui/text/words.h"
#include "ui/ui_state.h"
#include "ui/view_model.h"

namespace batchwright::ui {

// `look` is what a camera sees now; nullptr = none is on.
void draw_app(Frame& frame, const AppView& view, const Words& words, UiState& state,
              Intents& intents, const LookView* look = nullptr);

}  // namespace batchwright::ui
