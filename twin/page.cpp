#include "twin/page.h"

#include <fmt/format.h>

#include "base/time.h"
#include "twin/devices.h"
#include "twin/flags.h"
#include "twin/ingest.h"
#include "twin/mbr_register.h"
#include "twin/service.h"

namespace batchwright::twin {
namespace {

constexpr int kRunsShown = 50;
constexpr int kFlagsShown = 50;

// Grey ground, colour only for what is not normal (ISA-101), never colour alone: the words say it
// too.
constexpr std::string_view kStyle = R"css(
:root{--ground:#d7d9da;--panel:#e6e8e9;--line:#b9bdbf;
  --ink:#1f2427;--soft:#566066;--bad:#9c2a1f;--warn:#7a5200}
*{box-sizing:border-box}
body{margin:0;background:var(--ground);color:var(--ink);
  font:16px/1.45 "Noto Sans",system-ui,sans-serif}
header{display:flex;flex-wrap:wrap;gap:.5rem 2rem;align-items:baseline;
  padding:1rem 1.5rem;border-bottom:1px solid var(--line)}
h1{font-size:1.3rem;margin:0}
h2{font-size:1.05rem;margin:1.6rem 0 .5rem}
main{padding:0 1.5rem 2rem;max-width:90rem}
section{background:var(--panel);border:1px solid var(--line);border-radius:6px;
  padding:.25rem 0;overflow-x:auto}
table{border-collapse:collapse;width:100%}
th,td{text-align:left;padding:.45rem .9rem;vertical-align:top}
th{color:var(--soft);font-weight:600;font-size:.85rem;border-bottom:1px solid var(--line)}
tr+tr td{border-top:1px solid #d2d5d6}
td.number{font-variant-numeric:tabular-nums;text-align:right;white-space:nowrap}
.soft{color:var(--soft)}
.id{font-family:"Noto Sans Mono",monospace;font-size:.85rem}
.bad{color:var(--bad);font-weight:600}
.warn{color:var(--warn);font-weight:600}
.bar{display:inline-block;width:7rem;height:.6rem;border:1px solid var(--soft);
  vertical-align:middle;margin-right:.6rem}
.bar i{display:block;height:100%;background:var(--soft)}
p.none{margin:.6rem .9rem;color:var(--soft)}
)css";

std::string shown_time(const std::string& text) {
  const auto instant = instant_from_text(text);
  return instant ? to_display(*instant) : escaped(text);
}

const char* state_class(const std::string& state) {
  if (state == "aborted" || state == "not understood") return "bad";
  return state == "held" ? "warn" : "";
}

std::string progress(const BoardRun& run) {
  if (run.steps_total == 0) return fmt::format("{} steps", run.steps_complete);
  const int percent = std::min(100, run.steps_complete * 100 / run.steps_total);
  return fmt::format("<span class=\"bar\"><i style=\"width:{}%\"></i></span>{} of {}", percent,
                     run.steps_complete, run.steps_total);
}

std::string run_row(const BoardRun& run) {
  std::string open;
  for (const auto& step : run.open_steps)
    open +=
        fmt::format("{}<span class=\"id\">{}</span>", open.empty() ? "" : "<br>", escaped(step));
  std::string remarks = run.exceptions.empty()
                            ? "0"
                            : fmt::format("<span class=\"warn\">{}</span>", run.exceptions.size());
  if (run.conflicts > 0)
    remarks += fmt::format("<br><span class=\"bad\">{} conflicts</span>", run.conflicts);
  if (run.not_understood > 0)
    remarks +=
        fmt::format("<br><span class=\"warn\">{} lines not understood</span>", run.not_understood);
  return fmt::format(
      "<tr><td>{}<br><span class=\"soft id\">{}</span></td><td>{} <span "
      "class=\"soft\">{}</span></td>"
      "<td class=\"{}\">{}</td><td>{}</td><td>{}</td><td class=\"number\">{}</td><td>{}</td></tr>",
      escaped(run.number.empty() ? "(no number)" : run.number), escaped(run.run),
      escaped(run.recipe), escaped(run.version), state_class(run.state), escaped(run.state),
      progress(run), open, remarks, shown_time(run.started));
}

std::string runs_table(const std::vector<BoardRun>& runs) {
  if (runs.empty()) return "<p class=\"none\">No run has reported yet.</p>";
  std::string html =
      "<table><tr><th>Batch</th><th>Recipe</th><th>State</th><th>Steps complete</th><th>Open "
      "now</th><th>Exceptions</th><th>Started</th></tr>";
  for (const auto& run : runs) html += run_row(run);
  return html + "</table>";
}

std::string exceptions_table(const std::vector<BoardRun>& runs) {
  std::string rows;
  for (const auto& run : runs)
    for (const auto& e : run.exceptions)
      rows += fmt::format(
          "<tr><td>{}</td><td>{}</td><td class=\"{}\">{}</td><td>{}</td><td class=\"id\">{}</td>"
          "<td>{}</td><td>{}</td></tr>",
          escaped(e.number), escaped(run.number), e.severity == "minor" ? "" : "bad",
          escaped(e.severity), escaped(e.exception_class), escaped(e.step), escaped(e.message),
          shown_time(e.time));
  if (rows.empty()) return "<p class=\"none\">No exceptions.</p>";
  return "<table><tr><th>Number</th><th>Batch</th><th>Severity</th><th>Kind</th><th>Step</th>"
         "<th>What happened</th><th>When</th></tr>" +
         rows + "</table>";
}

Result<std::string> devices_table(Site& site) {
  auto devices = all_devices(site);
  if (!devices) return std::unexpected(devices.error());
  if (devices->empty()) return "<p class=\"none\">No panel is enrolled yet.</p>";
  std::string html =
      "<table><tr><th>Panel</th><th>Room</th><th>Name</th><th>Device</th><th>Entries held "
      "here</th></tr>";
  for (const auto& device : *devices) {
    auto head = device_head(site, device.enrolment.device);
    if (!head) return std::unexpected(head.error());
    html += fmt::format(
        "<tr><td>{}</td><td>{}</td><td>{}</td><td class=\"id soft\">{}</td><td "
        "class=\"number\">{}</td></tr>",
        escaped(device.enrolment.prefix), escaped(device.enrolment.room), escaped(device.name),
        escaped(device.enrolment.device), head->seq);
  }
  return html + "</table>";
}

Result<std::string> recipes_table(Site& site) {
  auto list = list_mbrs(site);
  if (!list) return std::unexpected(list.error());
  const auto& mbrs = (*list)["mbrs"];
  if (mbrs.empty()) return "<p class=\"none\">No master batch record is registered yet.</p>";
  std::string html =
      "<table><tr><th>Recipe</th><th>State</th><th>Effective from</th><th>Prepared by</th><th>"
      "Checked by</th><th>Approved by</th></tr>";
  for (const auto& mbr : mbrs) {
    const auto text = [&](const char* key) { return mbr[key].get<std::string>(); };
    const auto state = text("state");
    html += fmt::format(
        "<tr><td>{} <span class=\"soft\">{}</span><br>{}</td><td class=\"{}\">{}</td><td>{}</td>"
        "<td>{}</td><td>{}</td><td>{}</td></tr>",
        escaped(text("mbr")), escaped(text("version")), escaped(text("title")),
        state == "recalled" ? "bad" : "", escaped(state), shown_time(text("effective_from")),
        escaped(text("preparer")), escaped(text("checker")), escaped(text("approver")));
  }
  return html + "</table>";
}

std::string flags_table(const std::vector<Flag>& flags) {
  std::string html = "<table><tr><th>Device</th><th>Line</th><th>What is strange</th></tr>";
  for (const auto& flag : flags)
    html += fmt::format(
        "<tr><td class=\"id soft\">{}</td><td class=\"number\">{}</td><td "
        "class=\"bad\">{}</td></tr>",
        escaped(flag.device), flag.seq, escaped(flag.words));
  return html + "</table>";
}

std::string section(const char* title, const std::string& content) {
  return fmt::format("<h2>{}</h2><section>{}</section>", title, content);
}

}  // namespace

std::string escaped(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (const char c : text) {
    switch (c) {
      case '&': out += "&amp;"; break;
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '"': out += "&quot;"; break;
      case '\'': out += "&#39;"; break;
      default: out += c;
    }
  }
  return out;
}

Result<std::string> make_page(Service& service) {
  auto& site = service.site();
  auto runs = service.board().newest(kRunsShown);
  if (!runs) return std::unexpected(runs.error());
  auto devices = devices_table(site);
  if (!devices) return std::unexpected(devices.error());
  auto recipes = recipes_table(site);
  if (!recipes) return std::unexpected(recipes.error());
  auto flags = newest_flags(site, kFlagsShown);
  if (!flags) return std::unexpected(flags.error());
  std::string html = fmt::format(
      "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta http-equiv=\"refresh\" "
      "content=\"5\"><meta name=\"viewport\" content=\"width=device-width\"><title>{0} - "
      "operations "
      "twin</title><style>{1}</style></head><body><header><h1>{0}</h1><span "
      "class=\"soft\">operations "
      "twin, read-only</span><span class=\"soft\">site key {2}</span><span "
      "class=\"soft\">{3}</span></header><main>",
      escaped(site.anchor().site), kStyle, record::fingerprint(site.anchor().key),
      to_display(site.clock().now()));
  html += section("Runs", runs_table(*runs));
  html += section("Exceptions", exceptions_table(*runs));
  html += section("Panels", *devices);
  html += section("Master batch records", *recipes);
  if (!flags->empty()) html += section("Strange lines", flags_table(*flags));
  return html + "</main></body></html>\n";
}

}  // namespace batchwright::twin
