// What an X server shows right now, seen from outside. Apart, because Xlib names things Display and
// Window too.
#pragma once

#include "ui/backend/picture.h"

namespace batchwright::ui::test {

// Of the server that DISPLAY names; empty when it can't be reached.
[[nodiscard]] Picture picture_of_x_screen();

}  // namespace batchwright::ui::test
