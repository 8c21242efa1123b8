#include "twin/handlers.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "base/bytes.h"
#include "base/content_digest.h"
#include "twin/cloud_events.h"
#include "twin/devices.h"
#include "twin/evidence.h"
#include "twin/feed.h"
#include "twin/ingest.h"
#include "twin/mbr_register.h"
#include "twin/page.h"
#include "twin/people.h"
#include "twin/problem.h"
#include "twin/recipe_acts.h"
#include "twin/recipes.h"
#include "twin/service.h"

namespace batchwright::twin {
namespace {

constexpr std::int64_t kWaitSecondsMax = 50;
constexpr JsonLimits kBodyLimits{.bytes_max = 64u << 10, .depth_max = 8};

HttpReply json_reply(const Json& json, int status = 200) {
  return {.status = status, .etag = {}, .body = to_text(json)};
}

HttpReply failed(Call& call, const Error& error) {
  call.error = error;
  return problem(error);
}

// Value of one query parameter; our values never need percent-encoding.
std::string query_value(std::string_view query, std::string_view name) {
  while (!query.empty()) {
    const auto end = query.find('&');
    const auto pair = query.substr(0, end);
    query.remove_prefix(end == std::string_view::npos ? query.size() : end + 1);
    const auto equals = pair.find('=');
    if (equals != std::string_view::npos && pair.substr(0, equals) == name)
      return std::string(pair.substr(equals + 1));
  }
  return {};
}

// 304 when the caller has this very content.
HttpReply with_etag(const HttpRequest& request, std::string body, const std::string& tag) {
  const auto etag = fmt::format("\"{}\"", tag);
  if (request.if_none_match == "*" || request.if_none_match.find(etag) != std::string::npos)
    return {.status = 304, .etag = etag, .body = {}};
  return {.status = 200, .etag = etag, .body = std::move(body)};
}

HttpReply damaged() {
  return problem(422, "digest",
                 "The bytes don't have the digest they were sent under. Nothing was stored; send "
                 "them again.");
}

HttpReply refused(const IngestRefused& refusal) {
  switch (refusal.why) {
    case IngestRefused::Why::kFork: return problem(409, "fork", refusal.words, refusal.seq);
    case IngestRefused::Why::kTooLarge: return problem(413, "too-large", refusal.words);
    case IngestRefused::Why::kMalformed: return problem(400, "malformed", refusal.words);
    case IngestRefused::Why::kAltered: break;
  }
  return problem(
      422, "altered",
      refusal.seq == 0 ? refusal.words : fmt::format("Line {}: {}", refusal.seq, refusal.words),
      refusal.seq);
}

}  // namespace

Handled handle_page(Call& call) {
  auto html = make_page(call.service);
  if (!html) return failed(call, html.error());
  return HttpReply{.content_type = "text/html; charset=utf-8", .etag = {}, .body = *html};
}

Handled handle_trust(Call& call) {
  return json_reply(record::to_json(call.service.site().anchor()));
}

Handled handle_enrolment(Call& call) {
  const auto body = parse_json(call.request.body, kBodyLimits);
  if (!body || !body->is_object())
    return problem(400, "malformed", "An enrolment is a JSON object.");
  auto answer = enrol_device(call.service.site(), *body);
  if (!answer) return failed(call, answer.error());
  return json_reply(*answer, 201);
}

Handled handle_journal(Call& call) {
  if (call.request.body.size() > kJournalBytesMax)
    return problem(413, "too-large", "The body is larger than 8 MiB. Send fewer lines.");
  if (!content_digest_fits(call.request.content_digest, call.request.body)) return damaged();
  auto answer = ingest(call.service.site(), call.parameter, call.request.body);
  if (!answer) return failed(call, answer.error());
  if (const auto* refusal = std::get_if<IngestRefused>(&*answer)) return refused(*refusal);
  Json json = Json::object();
  if (const auto* receipt = std::get_if<IngestReceipt>(&*answer))
    json["receipt"] = record::to_json(receipt->document);
  else
    json["want"] = std::get<IngestWants>(*answer).seq;
  return json_reply(json);
}

Handled handle_feed(Call& call) {
  if (auto told = publish_due_states(call.service.site()); !told) return failed(call, told.error());
  const auto& query = call.request.query;
  const auto wait = query_value(query, "wait");
  std::int64_t wait_s = 0;
  std::from_chars(wait.data(), wait.data() + wait.size(), wait_s);
  auto answer =
      read_feed(call.service.site(), query_value(query, "device"), query_value(query, "after"));
  if (!answer) return failed(call, answer.error());
  auto reply = json_reply(answer->json);
  if (!answer->empty || wait_s <= 0) return reply;
  return FeedWait{call.request, std::min(wait_s, kWaitSecondsMax), std::move(reply)};
}

Handled handle_put_evidence(Call& call) {
  const auto& body = call.request.body;
  if (body.size() > kEvidenceBytesMax)
    return problem(413, "too-large", "Evidence has at most 16 MiB. It was not stored.");
  auto stored = put_evidence(call.service.site(), call.parameter, body);
  if (!stored && stored.error().code == ErrorCode::kAltered) return damaged();
  if (!stored) return failed(call, stored.error());
  Json json = Json::object();
  json["sha256"] = call.parameter;
  json["bytes"] = body.size();
  return json_reply(json, *stored == Stored::kNew ? 201 : 200);
}

Handled handle_get_evidence(Call& call) {
  auto bytes = load_evidence(call.service.site(), call.parameter);
  if (!bytes) return failed(call, bytes.error());
  auto reply = with_etag(call.request, std::move(*bytes), call.parameter);
  // Never shown in the twin's own name: a browser keeps it as a file.
  reply.content_type = "application/octet-stream";
  return reply;
}

Handled handle_mbr_list(Call& call) {
  if (auto told = publish_due_states(call.service.site()); !told) return failed(call, told.error());
  auto list = list_mbrs(call.service.site());
  if (!list) return failed(call, list.error());
  auto text = to_text(*list);
  const auto tag = to_hex(sha256(text)).substr(0, 32);
  return with_etag(call.request, std::move(text), tag);
}

Handled handle_mbr(Call& call) {
  auto text = mbr_text(call.service.site(), call.parameter);
  if (!text) return failed(call, text.error());
  return with_etag(call.request, std::move(*text), call.parameter);
}

Handled handle_mbr_diff(Call& call) {
  auto text = diff_for_approval(call.service.site(), call.parameter);
  if (!text) return failed(call, text.error());
  if (text->empty())
    return problem(404, "not-found",
                   "No version is effective that this one could differ from; an approval leaves "
                   "\"diff\" empty.");
  return HttpReply{.status = 200, .etag = {}, .body = std::move(*text)};
}

Handled handle_mbr_act(Call& call) {
  const auto body = parse_json(call.request.body, kBodyLimits);
  if (!body || !body->is_object() || !body->contains("document"))
    return problem(400, "malformed", "An act is an object with the signed \"document\".");
  auto done = perform_act(call.service.site(), (*body)["document"], call.parameter);
  if (!done) return failed(call, done.error());
  return json_reply(*done);
}

Handled handle_first_key(Call& call) {
  const auto body = parse_json(call.request.body, kBodyLimits);
  if (!body || !body->is_object())
    return problem(400, "malformed", "A first sign-in is a JSON object.");
  auto& site = call.service.site();
  if (auto done = accept_first_key(site, call.parameter, *body); !done)
    return failed(call, done.error());
  auto people = directory_json(site);
  if (!people) return failed(call, people.error());
  Json json = Json::object();
  json["directory"] = (*people)["document"];
  json["wrapped"] = (*people)["wrapped"];
  return json_reply(json);
}

Handled handle_events(Call& call) {
  auto answer = take_cloud_events(call.service.site(), call.request.body);
  if (!answer) return failed(call, answer.error());
  return json_reply(*answer);
}

}  // namespace batchwright::twin
