// A network between a panel and a twin that loses, repeats, delays, reorders, cuts and damages, by
// seed. Time is the shared manual clock: waiting moves it.
#pragma once

#include <algorithm>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include "client/sync/transport.h"
#include "tests/support/twin_fixtures.h"

namespace batchwright::client::sync::fakes {

class FaultyNetwork final : public Transport {
 public:
  FaultyNetwork(test::TestTwin& twin, unsigned seed) : twin_(twin), random_(seed) {}

  bool healthy = false;  // from now on everything arrives once and whole
  int faults = 0;        // how often something went wrong

  void start(Lane lane, const Request& request) override {
    Pending pending{.lane = lane, .due_ms = now_ms(), .answer = travel(request)};
    if (!healthy && chance(20)) pending.due_ms += static_cast<std::int64_t>(pick(40'000));
    // A long poll with nothing to say is answered when its time is over.
    if (lane == Lane::kFeed && pending.answer && pending.answer->body.ends_with("\"items\":[]}"))
      pending.due_ms += kLongPollMs;
    pending_.push_back(std::move(pending));
  }

  std::vector<Completion> wait(std::int64_t timeout_ms) override {
    auto until_ms = now_ms() + timeout_ms;
    for (const auto& pending : pending_) until_ms = std::min(until_ms, pending.due_ms);
    twin_.clock.advance_ms(std::max<std::int64_t>(until_ms - now_ms(), 1));
    std::vector<Completion> done;
    std::erase_if(pending_, [&](Pending& pending) {
      if (pending.due_ms > now_ms()) return false;
      done.push_back({pending.lane, std::move(pending.answer)});
      return true;
    });
    return done;
  }
  void wake() override {}
  void cancel_all() override { pending_.clear(); }

 private:
  static constexpr std::int64_t kLongPollMs = 25'000;
  struct Pending {
    Lane lane = Lane::kSend;
    std::int64_t due_ms = 0;
    Result<Answer> answer;
  };

  [[nodiscard]] std::int64_t now_ms() const { return twin_.clock.monotonic_ms(); }
  [[nodiscard]] std::size_t pick(std::size_t below) { return random_() % below; }
  [[nodiscard]] bool chance(std::size_t percent) { return pick(100) < percent; }

  Answer reach_twin(const Request& request) {
    twin::HttpRequest carried;
    const auto question = request.path.find('?');
    carried.method = request.method;
    carried.path = request.path.substr(0, question);
    if (question != std::string::npos) carried.query = request.path.substr(question + 1);
    carried.host = "127.0.0.1:1";
    carried.content_type = request.content_type;
    carried.content_digest = request.content_digest;
    carried.body = request.body;
    const auto reply = twin_.call(carried);
    return {.status = reply.status,
            .content_type = reply.content_type,
            .retry_after_s = reply.retry_after_s,
            .body = reply.body};
  }

  Result<Answer> lost() { return fail(ErrorCode::kUnreachable, "The connection ended."); }

  Result<Answer> travel(const Request& request) {
    if (healthy || !chance(60)) return reach_twin(request);
    ++faults;
    // An older request that was held up somewhere arrives now, out of order.
    if (!held_up_.empty() && chance(50)) {
      reach_twin(held_up_.back());
      held_up_.pop_back();
    }
    switch (pick(11)) {
      case 0: return lost();                       // never arrived
      case 1: reach_twin(request); return lost();  // arrived, the answer did not
      case 2: reach_twin(request); return reach_twin(request);
      case 3: held_up_.push_back(request); return lost();
      case 4: return cut_request(request, true);
      case 5: return cut_request(request, false);
      case 6: return damage_request(request);
      case 7: return cut_answer(request);
      case 8: return Answer{.status = 200, .content_type = "text/html", .body = "<html>Welcome"};
      case 9: return Answer{.status = 502, .content_type = "text/html", .body = "bad gateway"};
      default: twin_.restart(); return lost();
    }
  }

  // Cut anywhere, as a broken proxy might forward it; with or without the digest that tells.
  Result<Answer> cut_request(Request request, bool with_digest) {
    if (!with_digest) request.content_digest.clear();
    // Evidence is named by its digest anyway, an empty journal body is a plain question.
    if (!request.body.empty()) request.body.resize(pick(request.body.size()));
    auto answer = reach_twin(request);
    if (chance(50)) return lost();
    return answer;
  }
  Result<Answer> damage_request(Request request) {
    if (!request.body.empty()) {
      auto& byte = request.body[pick(request.body.size())];
      byte = static_cast<char>(byte ^ (1 << pick(8)));
    }
    return reach_twin(request);
  }
  Result<Answer> cut_answer(const Request& request) {
    auto answer = reach_twin(request);
    if (!answer.body.empty()) answer.body.resize(pick(answer.body.size()));
    return answer;
  }

  test::TestTwin& twin_;
  std::mt19937 random_;
  std::vector<Pending> pending_;
  std::vector<Request> held_up_;
};

}  // namespace batchwright::client::sync::fakes
