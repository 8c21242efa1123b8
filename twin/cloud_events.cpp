#include "twin/cloud_events.h"

#include <fmt/format.h>

#include "base/text.h"
#include "offline_store/sqlite/transaction.h"

namespace batchwright::twin {
namespace {

constexpr std::size_t kEventsMax = 1'000;
constexpr std::size_t kAttributeBytesMax = 512;

// An attribute's text; empty when it is missing, no text, or not fit to be kept.
std::string attribute(const Json& event, const char* name) {
  const auto found = event.find(name);
  if (found == event.end() || !found->is_string()) return {};
  auto text = checked_text(found->get<std::string>());
  return text && text->size() <= kAttributeBytesMax ? *text : std::string();
}

bool is_cloud_event(const Json& event) {
  return event.is_object() && attribute(event, "specversion") == "1.0" &&
         !attribute(event, "id").empty() && !attribute(event, "source").empty() &&
         !attribute(event, "type").empty();
}

}  // namespace

Result<Json> take_cloud_events(Site& site, std::string_view body) {
  auto events = parse_json(body, {.bytes_max = 4u << 20, .depth_max = 32});
  if (!events) return std::unexpected(events.error());
  if (!events->is_array() || events->size() > kEventsMax)
    return fail(ErrorCode::kMalformed, "A CloudEvents batch is a list of at most 1,000 events.");
  for (std::size_t i = 0; i < events->size(); ++i)
    if (!is_cloud_event((*events)[i]))
      return fail(ErrorCode::kMalformed,
                  "A CloudEvent needs specversion 1.0 and texts id, source and type. Nothing was "
                  "stored.",
                  fmt::format("event {}", i + 1));
  auto insert = site.db().prepare(
      "INSERT INTO cloud_event (source, event_id, type, received, text) VALUES (?, ?, ?, ?, ?) ON "
      "CONFLICT DO NOTHING");
  if (!insert) return std::unexpected(insert.error());
  auto transaction = offline_store::sqlite::Transaction::begin(site.db());
  if (!transaction) return std::unexpected(transaction.error());
  std::int64_t stored = 0;
  for (const auto& event : *events) {
    auto done = insert->run(attribute(event, "source"), attribute(event, "id"),
                            attribute(event, "type"), site.now_text(), to_text(event));
    if (!done) return std::unexpected(done.error());
    stored += site.db().changed_rows();
  }
  if (auto done = transaction->commit(); !done) return std::unexpected(done.error());
  Json json = Json::object();
  json["stored"] = stored;
  json["known"] = static_cast<std::int64_t>(events->size()) - stored;
  return json;
}

}  // namespace batchwright::twin
