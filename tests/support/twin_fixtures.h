// A real twin in a folder of its own, called without a network, and panels enrolled at it.
#pragma once

#include <stdlib.h>

#include <filesystem>
#include <memory>
#include <string>
#include <variant>
#include <vector>

#include "base/content_digest.h"
#include "tests/support/record_fixtures.h"
#include "twin/devices.h"
#include "twin/people.h"
#include "twin/service.h"

namespace batchwright::test {

// A folder in memory where the machine has one: what is tested here is not the disk, and a sync
// costs up to 100 ms on a busy one.
class FastFolder {
 public:
  FastFolder() {
    const std::filesystem::path memory = "/dev/shm";
    const auto parent =
        std::filesystem::is_directory(memory) ? memory : std::filesystem::temp_directory_path();
    path_ = (parent / "batchwright-twin-XXXXXX").string();
    if (::mkdtemp(path_.data()) == nullptr) throw std::runtime_error("no folder for the test");
  }
  FastFolder(const FastFolder&) = delete;
  FastFolder& operator=(const FastFolder&) = delete;
  ~FastFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  [[nodiscard]] const std::string& path() const { return path_; }

 private:
  std::string path_;
};

class TestTwin {
 public:
  TestTwin() {
    site = must(twin::Site::create(path, "Plant 1", clock));
    // The people whose signatures panels of record_fixtures.h make, and quality for the recipes.
    people.add_person("petra", "Petra Weiss", {"quality"}, 14);
    must_void(twin::publish_directory(*site, people.directory.people));
    service = std::make_unique<twin::Service>(*site);
    people.name = site->anchor().site;
    people.key = site->site_key();
    people.receipt_key = site->receipt_key();
  }

  FastFolder folder;
  std::string path = folder.path() + "/twin";
  ManualClock clock{kTestStart};
  TestSite people;
  std::unique_ptr<twin::Site> site;
  std::unique_ptr<twin::Service> service;

  static void must_void(const Result<void>& result) {
    if (!result) throw std::runtime_error(result.error().message + " " + result.error().place);
  }

  // As after the program ended and was started again.
  void restart() {
    service.reset();
    site.reset();
    site = must(twin::Site::open(path, clock));
    service = std::make_unique<twin::Service>(*site);
  }

  twin::HttpReply call(const std::string& method, const std::string& target,
                       const std::string& body = {}) {
    const auto question = target.find('?');
    twin::HttpRequest request;
    request.method = method;
    request.path = target.substr(0, question);
    if (question != std::string::npos) request.query = target.substr(question + 1);
    request.host = "127.0.0.1:8080";
    request.body = body;
    return call(request);
  }
  twin::HttpReply call(const twin::HttpRequest& request) {
    auto handled = service->handle(request);
    if (auto* wait = std::get_if<twin::FeedWait>(&handled)) return wait->nothing_new;
    return std::get<twin::HttpReply>(handled);
  }
  Json json(const std::string& method, const std::string& target, const std::string& body = {}) {
    return must(parse_json(call(method, target, body).body));
  }
};

// A panel whose enrolment was made by a twin.
class TwinPanel : public TestPanel {
 public:
  explicit TwinPanel(TestTwin& twin, std::uint8_t key_number = 21, std::string prefix = "MIX2")
      : TestPanel(twin.people, "unknown", prefix, key_number) {
    const auto token = must(twin::make_token(*twin.site, prefix, "114"));
    Json body = Json::object();
    body["token"] = token;
    body["key"] = to_hex(key.public_key());
    body["name"] = "Panel of " + prefix;
    const auto answer = must(twin::enrol_device(*twin.site, body));
    enrolment = must(record::signed_document_from_json(answer.at("enrolment")));
    const auto statement = must(record::enrolment_from_statement(
        must(record::open_document(enrolment, "enrolment", twin.site->anchor().key))));
    writer = record::JournalWriter(statement.device, key, record::Head{0, enrolment.hash(), {}});
  }

  [[nodiscard]] const std::string& id() const { return writer.device(); }
  [[nodiscard]] std::string journal_path() const { return "/v1/devices/" + id() + "/journal"; }
  // Lines first..last as a request body; 0 = to the end.
  [[nodiscard]] std::string body(std::uint64_t first = 1, std::uint64_t last = 0) const {
    std::string out;
    const auto end = last == 0 ? stored.size() : last;
    for (std::uint64_t seq = first; seq <= end; ++seq) out += stored.at(seq - 1).bytes + "\n";
    return out;
  }
};

}  // namespace batchwright::test
