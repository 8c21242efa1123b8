// The worker and enrolment over real sockets: libcurl on one side, the twin's server on the other.
#include "client/sync/sync_worker.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <thread>

#include "client/sync/curl_transport.h"
#include "client/sync/enrol.h"
#include "tests/support/twin_fixtures.h"
#include "twin/server.h"

namespace batchwright::client::sync {
namespace {

using test::must;
using test::TestPanel;
using test::TestTwin;
using ::testing::HasSubstr;

class SyncWorkerOverSockets : public ::testing::Test {
 protected:
  SyncWorkerOverSockets() {
    token = must(twin::make_token(*twin.site, "MIX2", "114"));
    fingerprint = record::fingerprint(twin.site->anchor().key);
    people = twin.people;
    twin.service.reset();
    server = must(twin::Server::start(std::move(twin.site), {}));
    url = server->url();
  }

  void enrol_panel() {
    const auto documents = must(enrol(url, request()));
    panel.enrolment = documents.enrolment_document;
    panel.writer = record::JournalWriter(documents.enrolment.device, panel.key,
                                         record::Head{0, panel.enrolment.hash(), {}});
    store = offline_store::make_memory_store(panel.enrolment.hash());
    TestTwin::must_void(save_enrolment(*store, documents));
  }
  [[nodiscard]] EnrolmentRequest request() const {
    return {.token = token,
            .site_fingerprint = fingerprint,
            .device_key = panel.key.public_key(),
            .name = "Mixing 2"};
  }
  void write() { TestTwin::must_void(store->append(panel.commit({panel.entry("20.0")}))); }

  TestTwin twin;
  test::TestSite people;
  TestPanel panel{twin.people};
  std::string token, fingerprint, url;
  std::unique_ptr<twin::Server> server;
  std::unique_ptr<offline_store::Store> store;
  SystemClock clock;
};

TEST_F(SyncWorkerOverSockets, ConfirmsWhatIsWrittenAndSaysSo) {
  enrol_panel();
  auto transport = must(make_curl_transport(url));
  SyncWorker worker(*store, *transport, {.poll_wait_s = 5}, clock);
  write();
  TestTwin::must_void(worker.start());
  ASSERT_TRUE(worker.wait_confirmed(10'000)) << worker.status().last_error;
  EXPECT_EQ(worker.status().state, SyncState::kConnected);
  EXPECT_EQ(worker.status().only_here, 0u);
  const auto started = std::chrono::steady_clock::now();
  for (int i = 0; i < 20; ++i) {
    write();
    worker.notify_new_lines();
  }
  ASSERT_TRUE(worker.wait_confirmed(10'000));
  EXPECT_LT(std::chrono::steady_clock::now() - started, std::chrono::seconds(5))
      << "new lines do not wait for the long poll";
  EXPECT_EQ(must(store->confirmed_through()), panel.stored.size());
  worker.stop();
}

TEST_F(SyncWorkerOverSockets, CountsWhatIsOnlyHereWhileTheTwinIsAway) {
  RecordProperty("requirement", "I7");
  enrol_panel();
  server.reset();
  auto transport = must(make_curl_transport(url));
  SyncWorker worker(*store, *transport, {}, clock);
  for (int i = 0; i < 5; ++i) write();
  TestTwin::must_void(worker.start());
  EXPECT_FALSE(worker.wait_confirmed(500));
  const auto status = worker.status();
  EXPECT_EQ(status.state, SyncState::kOffline);
  EXPECT_EQ(status.only_here, 10u);
  EXPECT_TRUE(status.oldest_unsent_time);
  EXPECT_THAT(status.last_error, HasSubstr("kept here"));
  worker.stop();
  EXPECT_EQ(must(store->head()).seq, 10u);
}

TEST_F(SyncWorkerOverSockets, BringsTheSitesDocumentsToThePanel) {
  enrol_panel();
  auto transport = must(make_curl_transport(url));
  SyncWorker worker(*store, *transport, {.poll_wait_s = 2}, clock);
  TestTwin::must_void(worker.start());
  std::vector<Arrival> arrived;
  for (int i = 0; i < 100 && arrived.empty(); ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
    arrived = worker.take_arrivals();
  }
  ASSERT_FALSE(arrived.empty());
  EXPECT_EQ(arrived.front().kind, "directory");
  EXPECT_TRUE(must(store->catalogue("directory", "current")));
  EXPECT_FALSE(must(store->cursor()).empty());
}

TEST_F(SyncWorkerOverSockets, AnotherSitesKeyIsRefusedBeforeTheTokenIsShown) {
  auto wrong = request();
  wrong.site_fingerprint = "0000 1111 2222 3333";
  const auto refused = enrol(url, wrong);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::kDenied);
  EXPECT_THAT(refused.error().message, HasSubstr("another site key"));
  wrong.site_fingerprint.clear();
  EXPECT_FALSE(enrol(url, wrong));
  EXPECT_TRUE(enrol(url, request())) << "the token is still good";
}

TEST_F(SyncWorkerOverSockets, AWrongTokenIsRefusedInWords) {
  auto wrong = request();
  wrong.token = "AAAA-BBBB-CCCC-DDDD";
  const auto refused = enrol(url, wrong);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::kDenied);
  EXPECT_THAT(refused.error().message, HasSubstr("token"));
}

TEST_F(SyncWorkerOverSockets, NoTwinAtTheAddressIsUnreachable) {
  server.reset();
  const auto refused = enrol(url, request());
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::kUnreachable);
}

TEST_F(SyncWorkerOverSockets, AnAddressBeyondThisMachineIsRefused) {
  for (const char* address :
       {"http://10.0.0.7:8080", "http://example.com", "http://127.0.0.1.evil:80",
        "http://127.0.0.1@evil:80", "http://localhost.evil"})
    EXPECT_EQ(make_curl_transport(address).error().code, ErrorCode::kRefused) << address;
  for (const char* address : {"https://127.0.0.1", "ftp://127.0.0.1", "127.0.0.1:80", ""})
    EXPECT_EQ(make_curl_transport(address).error().code, ErrorCode::kMalformed) << address;
  for (const char* address : {"http://127.0.0.1:80/", "http://[::1]:80", "http://localhost:80"})
    EXPECT_TRUE(make_curl_transport(address)) << address;
}

TEST_F(SyncWorkerOverSockets, AnAnswerLongerThanAllowedIsNotUsed) {
  auto transport = must(make_curl_transport(url));
  Request request;
  request.path = "/v1/trust";
  request.answer_bytes_max = 10;
  const auto answer = exchange(*transport, request);
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().code, ErrorCode::kUnreachable);
}

TEST_F(SyncWorkerOverSockets, AStoreThatWasNeverEnrolledDoesNotStart) {
  const auto empty = offline_store::make_memory_store({});
  auto transport = must(make_curl_transport(url));
  SyncWorker worker(*empty, *transport, {}, clock);
  const auto started = worker.start();
  ASSERT_FALSE(started);
  EXPECT_EQ(started.error().code, ErrorCode::kNotFound);
}

}  // namespace
}  // namespace batchwright::client::sync
