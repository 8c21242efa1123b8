#include "ui/widgets/entry_words.h"

namespace batchwright::ui {
namespace {

std::string range_words(const Words& tr, const std::string& low, const std::string& high) {
  if (!low.empty() && !high.empty()) {
    return tr("entry.range", {{"low", tr.number(low)}, {"high", tr.number(high)}});
  }
  if (!low.empty()) return tr("entry.at_least", {{"low", tr.number(low)}});
  if (!high.empty()) return tr("entry.at_most", {{"high", tr.number(high)}});
  return {};
}

}  // namespace

std::string limits_words(const Words& tr, const EntryView& entry) {
  std::string words = range_words(tr, entry.low, entry.high);
  if (words.empty()) words = range_words(tr, entry.alert_low, entry.alert_high);
  if (words.empty()) words = range_words(tr, entry.hard_low, entry.hard_high);
  return words;
}

std::string alert_words(const Words& tr, const EntryView& entry) {
  if (entry.low.empty() && entry.high.empty()) return {};
  const std::string range = range_words(tr, entry.alert_low, entry.alert_high);
  return range.empty() ? std::string() : tr("entry.alert", {{"range", range}});
}

std::string stand_in_words(const Words& tr, const EntryView& entry) {
  if (!entry.note.empty()) return entry.note;
  const std::string& what = entry.stands_in_for;
  if (what.empty()) return {};
  if (what == "scale") return std::string(tr("entry.stands_in_scale"));
  if (what == "camera") return std::string(tr("entry.stands_in_camera"));
  if (what == "scan") return std::string(tr("entry.stands_in_scan"));
  if (what == "late result") return std::string(tr("entry.stands_in_late"));
  return tr("entry.stands_in_other", {{"what", what}});
}

std::string value_words(const Words& tr, const EntryView& entry) {
  const bool is_number =
      entry.kind == EntryView::Kind::kDecimal || entry.kind == EntryView::Kind::kComputed;
  return is_number ? tr.number(entry.value) : entry.value;
}

std::string with_unit(const std::string& value, const std::string& unit) {
  return unit.empty() ? value : value + " " + unit;
}

}  // namespace batchwright::ui
