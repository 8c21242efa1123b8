// Events to journal bodies and back, driven by the descriptions in internal/event_schema.h.
#include <fmt/format.h>

#include <utility>

#include "workflows/internal/event_schema.h"

namespace batchwright::workflows {
namespace {

using Pairs = std::vector<std::pair<std::string, std::string>>;

template <typename E>
constexpr int version_of() {
  return std::apply(
      [](const auto&... member) {
        int newest = 1;
        ((newest = member.since > newest ? member.since : newest), ...);
        return newest;
      },
      Schema<E>::members);
}

Json to_json(const std::string& text) {
  return text;
}

Json to_json(const std::vector<std::string>& texts) {
  Json array = Json::array();
  for (const std::string& text : texts) array.push_back(text);
  return array;
}

Json to_json(const Pairs& pairs) {
  Json array = Json::array();
  for (const auto& [name, value] : pairs) array.push_back(Json::array({name, value}));
  return array;
}

bool read(const Json& json, std::string& text) {
  if (!json.is_string()) return false;
  text = json.get_ref<const std::string&>();
  return true;
}

bool read(const Json& json, std::vector<std::string>& texts) {
  if (!json.is_array()) return false;
  for (const Json& item : json) {
    if (!read(item, texts.emplace_back())) return false;
  }
  return true;
}

bool read(const Json& json, Pairs& pairs) {
  if (!json.is_array()) return false;
  for (const Json& item : json) {
    if (!item.is_array() || item.size() != 2) return false;
    auto& [name, value] = pairs.emplace_back();
    if (!read(item[0], name) || !read(item[1], value)) return false;
  }
  return true;
}

template <typename E>
Json encode_body(const E& event) {
  Json body = Json::object();
  const auto write = [&](const auto& member) { body[member.key] = to_json(event.*member.pointer); };
  std::apply([&](const auto&... member) { (write(member), ...); }, Schema<E>::members);
  return body;
}

// Exactly the members that version `v` had, each of its kind: a version of an event never gains or
// loses one. What came later stays empty.
template <typename E>
Result<Event> decode_body(const Json& body, int v) {
  E event;
  const char* bad = nullptr;
  std::size_t found = 0;
  const auto take = [&](const auto& member) {
    if (member.since > v) return;
    const auto at = body.find(member.key);
    if (at != body.end() && read(*at, event.*member.pointer)) {
      ++found;
    } else if (bad == nullptr) {
      bad = member.key;
    }
  };
  std::apply([&](const auto&... member) { (take(member), ...); }, Schema<E>::members);
  if (bad != nullptr) {
    return fail(ErrorCode::kMalformed, fmt::format("{}: missing or not as described.", bad), bad);
  }
  if (found != body.size()) {
    return fail(ErrorCode::kMalformed, "The event has a member that its version doesn't know.");
  }
  return Event(std::move(event));
}

template <typename E>
bool decode_as(const record::Draft& draft, Result<Event>& result) {
  if (draft.type != Schema<E>::type) return false;
  if (draft.v < 1 || draft.v > version_of<E>()) {
    result = fail(ErrorCode::kUnsupported, fmt::format("Version {} of {}.", draft.v, draft.type));
  } else if (!draft.body.is_object()) {
    result = fail(ErrorCode::kMalformed, "The body of an event is an object.", "body");
  } else {
    result = decode_body<E>(draft.body, draft.v);
  }
  return true;
}

template <std::size_t... I>
Result<Event> decode_any(const record::Draft& draft, std::index_sequence<I...>) {
  Result<Event> result = fail(ErrorCode::kUnsupported, "Unknown event type.", draft.type);
  (void)(decode_as<std::variant_alternative_t<I, Event>>(draft, result) || ...);
  return result;
}

}  // namespace

record::Draft encode_event(const Event& event) {
  return std::visit(
      []<typename E>(const E& known) {
        record::Draft draft;
        draft.type = Schema<E>::type;
        draft.v = version_of<E>();
        draft.body = encode_body(known);
        return draft;
      },
      event);
}

Result<Event> decode_event(const record::Draft& draft) {
  return decode_any(draft, std::make_index_sequence<std::variant_size_v<Event>>{});
}

}  // namespace batchwright::workflows
