// The twin over real sockets on this machine.
#include "twin/server.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <thread>

#include "tests/support/twin_fixtures.h"
#include "tests/twin/loopback_client.h"

namespace batchwright {
namespace {

using test::must;
using test::TestTwin;
using test::TwinPanel;
using testing::HasSubstr;

// A twin that was set up in-process and now listens.
struct RunningTwin {
  RunningTwin() : panel(twin), other(twin, 22, "MIX3") {
    twin.service.reset();
    server = must(twin::Server::start(std::move(twin.site), {}));
    port = std::stoi(server->url().substr(server->url().rfind(':') + 1));
  }
  TestTwin twin;
  TwinPanel panel, other;
  std::unique_ptr<twin::Server> server;
  int port = 0;
};

TEST(Server, RefusesToListenBeyondThisMachineAndSaysWhy) {
  for (const char* address : {"0.0.0.0", "10.0.0.5", "::", "localhost", "127.0.0.2", ""}) {
    TestTwin twin;
    twin.service.reset();
    const auto server = twin::Server::start(std::move(twin.site), {.address = address});
    ASSERT_FALSE(server) << address;
    EXPECT_EQ(server.error().code, ErrorCode::kRefused);
    EXPECT_THAT(server.error().message, HasSubstr("mutual TLS"));
  }
}

TEST(Server, SaysThatAPortIsTaken) {
  RunningTwin running;
  TestTwin second;
  second.service.reset();
  const auto server = twin::Server::start(std::move(second.site),
                                          {.port = static_cast<std::uint16_t>(running.port)});
  ASSERT_FALSE(server);
  EXPECT_EQ(server.error().code, ErrorCode::kInUse);
}

TEST(Server, TakesAJournalAndAnswersAReceipt) {
  RunningTwin running;
  test::write_events(running.panel, running.twin.people, 100);
  const auto reply =
      test::request(running.port, "POST", running.panel.journal_path(), running.panel.body());
  EXPECT_EQ(reply.status, 200) << reply.body;
  EXPECT_THAT(reply.body, HasSubstr("\"receipt\""));
  EXPECT_EQ(test::request(running.port, "GET", "/").status, 200);
}

TEST(Server, AnswersNotModifiedForAKnownList) {
  RunningTwin running;
  const auto first = test::request(running.port, "GET", "/v1/mbr");
  const auto at = first.head.find("ETag: ");
  ASSERT_NE(at, std::string::npos) << first.head;
  const auto etag = first.head.substr(at + 6, first.head.find("\r\n", at) - at - 6);
  const auto second =
      test::request(running.port, "GET", "/v1/mbr", {}, "If-None-Match: " + etag + "\r\n");
  EXPECT_EQ(second.status, 304);
  EXPECT_TRUE(second.body.empty());
}

TEST(Server, ALongPollWakesWhenAnotherPanelReports) {
  RunningTwin running;
  auto& other = running.other;
  const auto first = test::request(running.port, "GET", "/v1/feed?device=" + other.id());
  const auto cursor = must(parse_json(first.body)).at("cursor").get<std::string>();
  test::LoopbackReply woken;
  const auto started = std::chrono::steady_clock::now();
  std::thread poll([&] {
    woken = test::request(running.port, "GET",
                          "/v1/feed?device=" + other.id() + "&after=" + cursor + "&wait=15");
  });
  std::this_thread::sleep_for(std::chrono::milliseconds(200));
  running.panel.commit({running.panel.entry("20.0")});
  test::request(running.port, "POST", running.panel.journal_path(), running.panel.body());
  poll.join();
  EXPECT_LT(std::chrono::steady_clock::now() - started, std::chrono::seconds(10));
  EXPECT_THAT(woken.body, HasSubstr("\"kind\":\"commit\""));
}

TEST(Server, ALongPollEndsEmptyWhenNothingHappens) {
  RunningTwin running;
  const auto path = "/v1/feed?device=" + running.other.id();
  const auto first = test::request(running.port, "GET", path);
  const auto cursor = must(parse_json(first.body)).at("cursor").get<std::string>();
  // The test's clock stands still, so the poll would wait for ever; stopping the twin must answer
  // it.
  test::LoopbackReply ended;
  std::thread poll(
      [&] { ended = test::request(running.port, "GET", path + "&after=" + cursor + "&wait=50"); });
  std::this_thread::sleep_for(std::chrono::milliseconds(300));
  running.server.reset();
  poll.join();
  EXPECT_EQ(ended.status, 200);
  EXPECT_THAT(ended.body, HasSubstr("\"items\":[]"));
}

TEST(Server, OutlivesBrokenRequests) {
  RunningTwin running;
  const std::vector<std::string> requests{
      "\r\n\r\n",
      "GET\r\n\r\n",
      "GET / HTTP/9.9\r\n\r\n",
      std::string(100'000, 'A'),
      "GET /" + std::string(10'000, 'a') + " HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
      "POST /v1/devices HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 99999999999\r\n\r\n{}",
      "POST /v1/devices HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: -1\r\n\r\n",
      "GET / HTTP/1.1\r\n" + std::string(200, 'x') + ": y\r\n\r\n",
      std::string("\0\1\2\3\xff\xfe GET", 10)};
  for (const auto& bytes : requests) {
    const int descriptor = test::connect_loopback(running.port);
    ASSERT_GE(descriptor, 0);
    ::send(descriptor, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    ::close(descriptor);
  }
  EXPECT_EQ(test::request(running.port, "GET", "/v1/trust").status, 200);
}

TEST(Server, CutsOffABodyLargerThanAnyRouteTakes) {
  RunningTwin running;
  const auto reply =
      test::exchange_raw(running.port,
                         "PUT /v1/evidence/00 HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n"
                         "Content-Length: 30000000\r\n\r\n" +
                             std::string(20'000'000, 'x'));
  EXPECT_NE(reply.status, 200);
  EXPECT_NE(reply.status, 201);
  EXPECT_EQ(test::request(running.port, "GET", "/v1/trust").status, 200);
}

}  // namespace
}  // namespace batchwright
