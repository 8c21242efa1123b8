#include "twin/feed.h"

#include <fmt/format.h>

#include <charconv>
#include <vector>

#include "base/bytes.h"
#include "base/random.h"
#include "base/then.h"
#include "twin/devices.h"
#include "twin/people.h"
#include "twin/site_facts.h"

namespace batchwright::twin {
namespace {

constexpr std::size_t kItemsMax = 500;
constexpr std::size_t kBytesMax = 1u << 20;

struct Row {
  std::int64_t id = 0;
  std::string mark;
  FeedItem item;
};

std::string cursor_of(std::int64_t id, std::string_view mark) {
  return fmt::format("{}-{}", id, mark);
}

// The id a cursor stands for, 0 when this list doesn't know it.
Result<std::int64_t> place_of(Site& site, const std::string& cursor) {
  std::int64_t id = 0;
  const auto [end, error] = std::from_chars(cursor.data(), cursor.data() + cursor.size(), id);
  if (error != std::errc() || id <= 0) return 0;
  auto select = site.db().prepare("SELECT mark FROM feed WHERE id = ?");
  if (!select) return std::unexpected(select.error());
  if (auto started = select->start(id); !started) return std::unexpected(started.error());
  auto row = select->step();
  if (!row) return std::unexpected(row.error());
  return *row && cursor == cursor_of(id, select->text(0)) ? id : 0;
}

Result<std::vector<Row>> rows_after(Site& site, std::int64_t id) {
  auto select = site.db().prepare(
      "SELECT id, mark, kind, name, first_seq, last_seq FROM feed WHERE id > ? ORDER BY id LIMIT "
      "?");
  if (!select) return std::unexpected(select.error());
  if (auto started = select->start(id, static_cast<std::int64_t>(kItemsMax)); !started)
    return std::unexpected(started.error());
  std::vector<Row> rows;
  for (;;) {
    auto row = select->step();
    if (!row) return std::unexpected(row.error());
    if (!*row) return rows;
    rows.push_back({.id = select->integer(0),
                    .mark = std::string(select->text(1)),
                    .item = {.kind = std::string(select->text(2)),
                             .name = std::string(select->text(3)),
                             .first_seq = static_cast<std::uint64_t>(select->integer(4)),
                             .last_seq = static_cast<std::uint64_t>(select->integer(5))}});
  }
}

Result<Json> document_of(Site& site, const FeedItem& item) {
  const auto text = [&]() -> Result<offline_store::sqlite::Statement> {
    // Always the newest word on it: nobody is told again that a recalled record is effective.
    if (item.kind == "mbr")
      return site.db().prepare(
          "SELECT coalesce((SELECT s.document FROM mbr_state s WHERE s.mbr_hash = m.hash ORDER BY "
          "s.id DESC LIMIT 1), m.approval) FROM mbr m WHERE hex(m.hash) = upper(?)");
    if (item.kind == "issue") return site.db().prepare("SELECT document FROM issue WHERE run = ?");
    return site.db().prepare("SELECT document FROM device WHERE device = ?");
  };
  auto select = text();
  if (!select) return std::unexpected(select.error());
  if (auto started = select->start(item.name); !started) return std::unexpected(started.error());
  auto row = select->step();
  if (!row) return std::unexpected(row.error());
  if (!*row) return fail(ErrorCode::kAltered, "The feed names a missing document.", item.name);
  auto document = parse_json(select->text(0));
  if (!document) return std::unexpected(document.error());
  Json json = Json::object();
  json["kind"] = item.kind;
  json["document"] = std::move(*document);
  return json;
}

Result<Json> commit_json(Site& site, const FeedItem& item) {
  auto select = site.db().prepare(
      "SELECT bytes FROM line WHERE device = ? AND seq BETWEEN ? AND ? ORDER BY seq");
  if (!select) return std::unexpected(select.error());
  if (auto started = select->start(item.name, item.first_seq, item.last_seq); !started)
    return std::unexpected(started.error());
  Json json = Json::object();
  json["kind"] = "commit";
  json["device"] = item.name;
  json["lines"] = Json::array();
  for (;;) {
    auto row = select->step();
    if (!row) return std::unexpected(row.error());
    if (!*row) return json;
    json["lines"].push_back(std::string(select->blob(0)));
  }
}

// Nothing for an item that a later one made obsolete.
Result<std::optional<Json>> item_json(Site& site, const FeedItem& item) {
  if (item.kind == "directory") {
    auto newest = site.db().query_integer("SELECT max(version) FROM directory");
    if (!newest) return std::unexpected(newest.error());
    if (std::to_string(*newest) != item.name) return std::nullopt;
    auto directory = directory_json(site);
    if (!directory) return std::unexpected(directory.error());
    Json json = Json::object();
    json["kind"] = "directory";
    json.update(*directory);
    return json;
  }
  if (item.kind == "site-facts") {
    auto current = current_site_facts(site);
    if (!current) return std::unexpected(current.error());
    if (std::to_string(current->version) != item.name) return std::nullopt;
    Json json = Json::object();
    json["kind"] = "site-facts";
    json["document"] = record::to_json(current->document);
    return json;
  }
  auto json = item.kind == "commit" ? commit_json(site, item) : document_of(site, item);
  if (!json) return std::unexpected(json.error());
  return std::move(*json);
}

}  // namespace

Result<void> add_feed_item(Site& site, const FeedItem& item) {
  site.feed_changed();  // once too often when the transaction fails, which only costs a look
  std::uint8_t mark[4];
  fill_random(mark);
  auto insert = site.db().prepare(
      "INSERT INTO feed (mark, kind, name, first_seq, last_seq) VALUES (?, ?, ?, ?, ?)");
  if (!insert) return std::unexpected(insert.error());
  return insert->run(to_hex(mark), item.kind, item.name, item.first_seq, item.last_seq);
}

Result<FeedAnswer> read_feed(Site& site, const std::string& device, const std::string& cursor) {
  if (auto known = find_device(site, device); !known) return std::unexpected(known.error());
  auto after = place_of(site, cursor);
  if (!after) return std::unexpected(after.error());
  auto rows = rows_after(site, *after);
  if (!rows) return std::unexpected(rows.error());
  FeedAnswer answer;
  std::string reached = *after == 0 ? "0" : cursor;
  Json items = Json::array();
  std::size_t bytes = 0;
  for (const auto& row : *rows) {
    const bool own = row.item.name == device;  // its own enrolment and commits
    if (!own) {
      auto json = item_json(site, row.item);
      if (!json) return std::unexpected(json.error());
      if (*json) {
        bytes += to_text(**json).size();
        if (bytes > kBytesMax && !items.empty()) break;
        items.push_back(std::move(**json));
      }
    }
    reached = cursor_of(row.id, row.mark);
  }
  answer.empty = items.empty() && rows->size() < kItemsMax;
  answer.json = Json::object();
  answer.json["cursor"] = reached;
  answer.json["items"] = std::move(items);
  return answer;
}

}  // namespace batchwright::twin
