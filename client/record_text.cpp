#include "client/record_text.h"

#include <fmt/format.h>

#include <map>

#include "base/bytes.h"
#include "record/signature.h"

namespace batchwright::client {

namespace {

// Printed names by person id, from the newest directory in the package. Signatures are not checked
// here: `verify` does.
std::map<std::string, std::string> names_of(const record::PackageHeader& header) {
  std::map<std::string, std::string> names;
  for (const auto& document : header.documents) {
    if (document.purpose != "directory") continue;
    auto json = parse_json(document.statement);
    if (!json) continue;
    auto directory = record::directory_from_statement(*json);
    if (!directory) continue;
    for (const auto& person : directory->people) names[person.id] = person.name;
  }
  return names;
}

std::string text(const Json& body, const char* key) {
  const auto found = body.find(key);
  return found != body.end() && found->is_string() ? found->get<std::string>() : std::string();
}

std::string with_unit(const Json& body, const char* key) {
  const auto unit = text(body, "unit");
  return unit.empty() ? text(body, key) : text(body, key) + " " + unit;
}

// Unknown members and types are shown as they are: nothing in a record is hidden.
std::string as_members(const Json& body) {
  std::string out;
  for (const auto& [key, value] : body.items())
    out += fmt::format("{}{}={}", out.empty() ? "" : " ", key,
                       value.is_string() ? value.get<std::string>() : to_text(value));
  return out;
}

std::string signature_words(const Json& body) {
  const auto statement = text(body, "statement");
  auto parsed = record::statement_from_text(statement);
  if (!parsed) return "signature that can't be read";
  return fmt::format("SIGNED {} by {} ({}) at {}: \"{}\" record mark {}", parsed->meaning,
                     parsed->name, parsed->role, parsed->time, parsed->meaning_words,
                     record::record_mark(statement));
}

std::string list(const Json& body, const char* key) {
  const auto found = body.find(key);
  std::string out;
  if (found == body.end() || !found->is_array()) return "-";
  for (const auto& item : *found)
    out += (out.empty() ? "" : ", ") + (item.is_string() ? item.get<std::string>() : to_text(item));
  return out.empty() ? "none" : out;
}

std::string because(const Json& body) {
  const auto reason = text(body, "reason");
  return reason.empty() ? std::string() : "; reason: " + reason;
}

// What binds, stops, passes on or changes the run; empty for other lines.
std::string act_words(const record::Line& line) {
  const auto& body = line.body;
  const auto& type = line.type;
  if (type == "equipment_bound") {
    const auto replaces = text(body, "replaces");
    return fmt::format("EQUIPMENT {} is {} (class {}){}{}", text(body, "requirement"),
                       text(body, "equipment"), text(body, "class"),
                       replaces.empty() ? "" : ", in place of " + replaces, because(body));
  }
  if (type == "material_identified")
    return fmt::format("MATERIAL {} is lot {} (item {})", text(body, "requirement"),
                       text(body, "lot"), text(body, "item"));
  if (type == "result_pending")
    return fmt::format("RESULT PENDING {} from {}, due {}, {}", text(body, "entry"),
                       text(body, "owner"), text(body, "due"), text(body, "consequence"));
  if (type == "redline_proposed")
    return fmt::format("REDLINE {} proposed: {}{}", text(body, "id"), text(body, "change"),
                       because(body));
  if (type == "redline_approved")
    return fmt::format("REDLINE {} approved{}", text(body, "id"), because(body));
  if (type == "redline_rejected")
    return fmt::format("REDLINE {} rejected{}", text(body, "id"), because(body));
  if (type == "handed_over")
    return fmt::format("HANDED OVER: {}; open steps: {}; open exceptions: {}; {}",
                       text(body, "note"), list(body, "open_steps"), list(body, "open_exceptions"),
                       signature_words(body));
  if (type == "taken_over") return "TAKEN OVER; " + signature_words(body);
  if (type == "run_reviewed")
    return fmt::format("REVIEW OF {}: {}{}{}", text(body, "stage"), text(body, "decision"),
                       because(body),
                       body.contains("statement") ? "; " + signature_words(body) : "");
  if (type == "step_released" && body.contains("statement"))
    return fmt::format("RELEASED exception {}{}; {}", text(body, "exception"), because(body),
                       signature_words(body));
  if (type == "command_refused")
    return fmt::format("REFUSED {} ({}): {}", text(body, "command"), text(body, "rule"),
                       text(body, "message"));
  return {};
}

// What cameras and people said of an object; empty for other lines.
std::string camera_words(const record::Line& line) {
  const auto& body = line.body;
  const auto& type = line.type;
  if (type == "camera_checked")
    return fmt::format(
        "CAMERA {} look {} at {} by check {} {} (sha256 {}): {}, score {} of {}; read {}; "
        "because of {}; frames {}; evidence {}",
        text(body, "camera"), text(body, "attempt"), text(body, "entry"), text(body, "check"),
        text(body, "version"), text(body, "check_sha256"), text(body, "verdict"),
        text(body, "score"), text(body, "threshold"), list(body, "readings"), list(body, "regions"),
        list(body, "frames"), text(body, "evidence"));
  if (type == "check_put_right")
    return fmt::format("PUT RIGHT {}{}", text(body, "entry"), because(body));
  if (type == "check_decided")
    return fmt::format("DECIDED BY PEOPLE {}: {}, the camera check was {}{}", text(body, "entry"),
                       text(body, "decision"), text(body, "why"), because(body));
  if (type == "camera_challenged")
    return fmt::format(
        "CHALLENGE at the {} of check {} {} on {}: {}, good {} of {}, bad {} of {}{}{}; "
        "evidence {}",
        text(body, "when"), text(body, "check"), text(body, "version"), text(body, "camera"),
        text(body, "result"), text(body, "good_passed"), text(body, "good"),
        text(body, "bad_failed"), text(body, "bad"),
        // Asked only when it failed: what it had passed until then is in doubt.
        text(body, "result") == "failed" ? "; it had passed " + list(body, "affected") : "",
        // Version 1 of the line doesn't name the set; nor does a challenge at which nothing was
        // shown.
        text(body, "manifest").empty() ? "" : "; set " + text(body, "manifest"),
        text(body, "evidence"));
  if (type == "camera_stood_in")
    return fmt::format(
        "EQUIPMENT CHECKED {} in place of a second person's \"{}\" ({}): {}; {} checked "
        "that it worked; policy {}",
        text(body, "entry"), text(body, "meaning"), text(body, "mode"), text(body, "equipment"),
        text(body, "checked_by"), list(body, "policy"));
  return {};
}

std::string words_of(const record::Line& line) {
  const auto& body = line.body;
  if (auto act = act_words(line); !act.empty()) return act;
  if (auto camera = camera_words(line); !camera.empty()) return camera;
  if (line.type == "entry_recorded")
    return fmt::format("{} = {} ({} \"{}\", {}){}", text(body, "entry"), with_unit(body, "value"),
                       text(body, "source").empty() ? "typed" : "from " + text(body, "source"),
                       text(body, "raw"), text(body, "verdict"), because(body));
  if (line.type == "entry_computed")
    return fmt::format("{} = {} computed by {} {}", text(body, "entry"), with_unit(body, "value"),
                       text(body, "formula"), text(body, "error"));
  if (line.type == "entry_corrected")
    return fmt::format("{} corrected from {} to {}; reason: {}", text(body, "entry"),
                       text(body, "old_value"), with_unit(body, "value"), text(body, "reason"));
  if (line.type == "exception_opened")
    return fmt::format("EXCEPTION {} ({}, {}): {}", text(body, "number"), text(body, "class"),
                       text(body, "severity"), text(body, "message"));
  if (line.type == "signature_made") return signature_words(body);
  return as_members(body);
}

}  // namespace

std::string record_text(const record::Package& package) {
  const auto names = names_of(package.header);
  const auto name = [&](const std::string& id) {
    const auto found = names.find(id);
    return id.empty() ? std::string("-") : found == names.end() ? id : found->second;
  };
  std::string out =
      fmt::format("Site {} (key {}), device {}\n", package.header.site.site,
                  record::fingerprint(package.header.site.key), package.header.device);
  for (std::size_t i = 0; i < package.lines.size(); ++i) {
    auto stored = record::decode(package.lines[i]);
    if (!stored) {
      out += fmt::format("{:>6}  DAMAGED: {} ({})\n", i + 1, stored.error().message,
                         stored.error().place);
      continue;
    }
    const auto& line = stored->line;
    if (line.type == "commit") continue;
    out +=
        fmt::format("{:>6}  {}  {:<24} {:<22} {:<28} {}\n", line.seq, line.time, name(line.actor),
                    line.type, line.step.empty() ? "-" : line.step, words_of(line));
  }
  return out;
}

}  // namespace batchwright::client
