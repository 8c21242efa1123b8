// How an entry reads: its limits, unit and notes in words.
#pragma once

#include <string>

#include "ui/text/words.h"
#include "ui/view_model.h"

namespace batchwright::ui {

// "24.0 to 26.0", "at least 5.0", "at most 0.25"; empty without limits. The plausible range only
// when there is no other.
[[nodiscard]] std::string limits_words(const Words& tr, const EntryView& entry);

// "alert 24.5 to 25.5", empty when there are no alert limits beside action limits.
[[nodiscard]] std::string alert_words(const Words& tr, const EntryView& entry);

// "Typed for now, in place of the scale", empty when nothing stands in.
[[nodiscard]] std::string stand_in_words(const Words& tr, const EntryView& entry);

// The value in force for people, with the separator of the language and without the unit.
[[nodiscard]] std::string value_words(const Words& tr, const EntryView& entry);

// "25.3 °C".
[[nodiscard]] std::string with_unit(const std::string& value, const std::string& unit);

}  // namespace batchwright::ui
