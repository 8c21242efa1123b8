#include "client/sync/curl_transport.h"

#include <curl/curl.h>
#include <fmt/format.h>

#include <array>
#include <charconv>
#include <utility>

namespace batchwright::client::sync {
namespace {

constexpr long kConnectTimeoutMs = 5'000;

struct EasyClose {
  void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
};
struct MultiClose {
  void operator()(CURLM* handle) const { curl_multi_cleanup(handle); }
};
struct ListClose {
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};

// libcurl wants this once per process, before threads use it.
bool global_init() {
  static const bool good = curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK;
  return good;
}

struct Exchange {
  std::unique_ptr<CURL, EasyClose> easy;
  std::unique_ptr<curl_slist, ListClose> headers;
  std::string request_body;
  std::string answer_body;
  std::size_t answer_bytes_max = 0;
  bool too_long = false;
  bool running = false;
};

std::size_t take_bytes(char* bytes, std::size_t size, std::size_t count, void* user) {
  auto& exchange = *static_cast<Exchange*>(user);
  const auto length = size * count;
  if (exchange.answer_body.size() + length > exchange.answer_bytes_max) {
    exchange.too_long = true;
    return 0;  // libcurl ends the exchange
  }
  exchange.answer_body.append(bytes, length);
  return length;
}

class CurlTransport final : public Transport {
 public:
  CurlTransport(std::string url, CURLM* multi) : url_(std::move(url)), multi_(multi) {}
  ~CurlTransport() override { cancel_all(); }

  void start(Lane lane, const Request& request) override;
  std::vector<Completion> wait(std::int64_t timeout_ms) override;
  void wake() override { curl_multi_wakeup(multi_.get()); }
  void cancel_all() override;

 private:
  [[nodiscard]] Exchange& of(Lane lane) { return exchanges_[static_cast<std::size_t>(lane)]; }
  void set_up(Exchange& exchange, const Request& request);
  [[nodiscard]] Result<Answer> finish(Exchange& exchange, CURLcode code);
  void drain(std::vector<Completion>& done);

  std::string url_;
  std::unique_ptr<CURLM, MultiClose> multi_;
  std::array<Exchange, 2> exchanges_;
  std::vector<Completion> failed_;  // could not even begin
};

void CurlTransport::set_up(Exchange& exchange, const Request& request) {
  if (!exchange.easy) exchange.easy.reset(curl_easy_init());
  CURL* easy = exchange.easy.get();
  curl_easy_reset(easy);  // keeps the connection
  exchange.request_body = request.body;
  exchange.answer_body.clear();
  exchange.answer_bytes_max = request.answer_bytes_max;
  exchange.too_long = false;
  curl_slist* headers = curl_slist_append(nullptr, "Expect:");
  if (!request.content_type.empty())
    headers = curl_slist_append(headers, ("Content-Type: " + request.content_type).c_str());
  if (!request.content_digest.empty())
    headers = curl_slist_append(headers, ("Content-Digest: " + request.content_digest).c_str());
  exchange.headers.reset(headers);

  curl_easy_setopt(easy, CURLOPT_URL, (url_ + request.path).c_str());
  curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http");
  curl_easy_setopt(easy, CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
  curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 0L);
  curl_easy_setopt(easy, CURLOPT_PROXY, "");
  curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS, kConnectTimeoutMs);
  curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, static_cast<long>(request.timeout_ms));
  curl_easy_setopt(easy, CURLOPT_HTTPHEADER, exchange.headers.get());
  curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, &take_bytes);
  curl_easy_setopt(easy, CURLOPT_WRITEDATA, &exchange);
  curl_easy_setopt(easy, CURLOPT_USERAGENT, "batchwright");
  if (request.method == "GET") return;
  curl_easy_setopt(easy, CURLOPT_CUSTOMREQUEST, request.method.c_str());
  curl_easy_setopt(easy, CURLOPT_POSTFIELDS, exchange.request_body.data());
  curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE,
                   static_cast<curl_off_t>(exchange.request_body.size()));
}

void CurlTransport::start(Lane lane, const Request& request) {
  auto& exchange = of(lane);
  set_up(exchange, request);
  exchange.running = curl_multi_add_handle(multi_.get(), exchange.easy.get()) == CURLM_OK;
  if (!exchange.running)
    failed_.push_back(
        {lane, fail(ErrorCode::kUnreachable, "The network library refused to send.")});
}

Result<Answer> CurlTransport::finish(Exchange& exchange, CURLcode code) {
  if (exchange.too_long)
    return fail(
        ErrorCode::kUnreachable,
        "The answer was longer than any the twin gives. It was not used; everything is kept "
        "here.");
  if (code != CURLE_OK)
    return fail(
        ErrorCode::kUnreachable,
        fmt::format("The twin can't be reached ({}). Everything is kept here and sent later.",
                    curl_easy_strerror(code)));
  Answer answer;
  long status = 0;
  curl_easy_getinfo(exchange.easy.get(), CURLINFO_RESPONSE_CODE, &status);
  answer.status = static_cast<int>(status);
  const char* type = nullptr;
  curl_easy_getinfo(exchange.easy.get(), CURLINFO_CONTENT_TYPE, &type);
  if (type != nullptr) answer.content_type = type;
  curl_off_t retry_after_s = 0;
  curl_easy_getinfo(exchange.easy.get(), CURLINFO_RETRY_AFTER, &retry_after_s);
  answer.retry_after_s = retry_after_s;
  answer.body = std::move(exchange.answer_body);
  return answer;
}

void CurlTransport::drain(std::vector<Completion>& done) {
  int left = 0;
  while (const CURLMsg* message = curl_multi_info_read(multi_.get(), &left)) {
    if (message->msg != CURLMSG_DONE) continue;
    const CURLcode code = message->data.result;
    for (const Lane lane : kLanes) {
      auto& exchange = of(lane);
      if (!exchange.running || exchange.easy.get() != message->easy_handle) continue;
      auto answer = finish(exchange, code);
      curl_multi_remove_handle(multi_.get(), exchange.easy.get());
      exchange.running = false;
      done.push_back({lane, std::move(answer)});
      break;
    }
  }
}

std::vector<Completion> CurlTransport::wait(std::int64_t timeout_ms) {
  std::vector<Completion> done = std::exchange(failed_, {});
  int running = 0;
  curl_multi_perform(multi_.get(), &running);
  drain(done);
  if (!done.empty()) return done;
  curl_multi_poll(multi_.get(), nullptr, 0, static_cast<int>(timeout_ms), nullptr);
  curl_multi_perform(multi_.get(), &running);
  drain(done);
  return done;
}

void CurlTransport::cancel_all() {
  for (auto& exchange : exchanges_) {
    if (exchange.running) curl_multi_remove_handle(multi_.get(), exchange.easy.get());
    exchange.running = false;
  }
  failed_.clear();
}

// host[:port] with nothing behind it.
bool is_loopback(std::string_view authority) {
  std::string_view host = authority;
  std::string_view port;
  const auto colon = authority.rfind(':');
  if (colon != std::string_view::npos && authority.find(']', colon) == std::string_view::npos) {
    host = authority.substr(0, colon);
    port = authority.substr(colon + 1);
    int number = 0;
    const auto [end, error] = std::from_chars(port.data(), port.data() + port.size(), number);
    if (error != std::errc() || end != port.data() + port.size() || number < 1 || number > 65535)
      return false;
  }
  return host == "127.0.0.1" || host == "[::1]" || host == "localhost";
}

}  // namespace

Result<std::unique_ptr<Transport>> make_curl_transport(const std::string& url) {
  constexpr std::string_view kScheme = "http://";
  std::string base = url;
  while (base.ends_with('/')) base.pop_back();
  if (!base.starts_with(kScheme))
    return fail(ErrorCode::kMalformed, "The twin's address begins with http://", url);
  if (!is_loopback(std::string_view(base).substr(kScheme.size())))
    return fail(ErrorCode::kRefused,
                "Plain HTTP is for this machine only (http://127.0.0.1:PORT): other addresses wait "
                "for mutual TLS. Nothing was sent.",
                url);
  CURLM* multi = global_init() ? curl_multi_init() : nullptr;
  if (multi == nullptr) return fail(ErrorCode::kIo, "The network library could not start.");
  return std::make_unique<CurlTransport>(base, multi);
}

}  // namespace batchwright::client::sync
