#include "twin/server.h"

#include <fmt/format.h>

#include <restinio/all.hpp>
#include <thread>

#include "twin/problem.h"
#include "twin/service_thread.h"

namespace batchwright::twin {
namespace {

namespace asio = restinio::asio_ns;

constexpr std::size_t kBodyBytesMax = 17u << 20;  // a little above the largest that any route takes
constexpr std::size_t kConnectionsMax = 512;
constexpr auto kReadTime = std::chrono::seconds(60);
constexpr auto kWriteTime = std::chrono::seconds(60);
constexpr auto kHandleTime = std::chrono::seconds(90);  // longer than any long poll

constexpr auto kGrace = std::chrono::milliseconds(100);  // for last answers at the end

struct Traits : restinio::default_single_thread_traits_t {
  static constexpr bool use_connection_count_limiter = true;
};
using HttpServer = restinio::http_server_t<Traits>;

std::string field(const restinio::request_handle_t& request, const char* name) {
  const auto value = request->header().opt_value_of(name);
  return value ? std::string(value->data(), value->size()) : std::string();
}

HttpRequest read_request(const restinio::request_handle_t& request) {
  const auto& header = request->header();
  HttpRequest out;
  out.method = header.method().c_str();
  const auto path = header.path();
  const auto query = header.query();
  out.path.assign(path.data(), path.size());
  out.query.assign(query.data(), query.size());
  out.host = field(request, "Host");
  out.origin = field(request, "Origin");
  out.content_type = field(request, "Content-Type");
  out.content_digest = field(request, "Content-Digest");
  out.if_none_match = field(request, "If-None-Match");
  out.body = request->body();
  return out;
}

const char* reason(int status) {
  switch (status) {
    case 200: return "OK";
    case 201: return "Created";
    case 304: return "Not Modified";
    case 400: return "Bad Request";
    case 403: return "Forbidden";
    case 404: return "Not Found";
    case 405: return "Method Not Allowed";
    case 409: return "Conflict";
    case 413: return "Content Too Large";
    case 422: return "Unprocessable Content";
    default: return "Service Unavailable";
  }
}

void send_reply(const restinio::request_handle_t& request, HttpReply reply) {
  auto response = request->create_response(restinio::http_status_line_t{
      restinio::http_status_code_t{static_cast<std::uint16_t>(reply.status)},
      reason(reply.status)});
  response.append_header("Content-Type", reply.content_type);
  response.append_header("Cache-Control", "no-store");
  response.append_header("X-Content-Type-Options", "nosniff");
  response.append_header("Content-Security-Policy",
                         "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'");
  if (!reply.etag.empty()) response.append_header("ETag", reply.etag);
  if (reply.retry_after_s > 0)
    response.append_header("Retry-After", std::to_string(reply.retry_after_s));
  if (reply.status != 304) response.set_body(std::move(reply.body));
  response.done();
}

class RestinioServer final : public Server {
 public:
  RestinioServer(std::unique_ptr<Site> site, const ServerOptions& options);
  ~RestinioServer() override;

  Result<void> listen();
  std::string url() const override;

 private:
  restinio::request_handling_status_t accept(const restinio::request_handle_t& request);

  ServerOptions options_;
  asio::io_context io_;
  std::uint16_t port_ = 0;
  std::unique_ptr<HttpServer> http_;
  std::unique_ptr<ServiceThread> service_;
  std::thread thread_;
};

RestinioServer::RestinioServer(std::unique_ptr<Site> site, const ServerOptions& options)
    : options_(options), service_(std::make_unique<ServiceThread>(std::move(site))) {}

Result<void> RestinioServer::listen() {
  try {
    http_ = std::make_unique<HttpServer>(
        restinio::external_io_context(io_), [this](restinio::server_settings_t<Traits>& settings) {
          settings.address(options_.address)
              .port(options_.port)
              .max_parallel_connections(kConnectionsMax)
              .read_next_http_message_timelimit(kReadTime)
              .write_http_response_timelimit(kWriteTime)
              .handle_request_timeout(kHandleTime)
              .incoming_http_msg_limits(restinio::incoming_http_msg_limits_t{}
                                            .max_url_size(2'048)
                                            .max_field_name_size(256)
                                            .max_field_value_size(8'192)
                                            .max_field_count(64)
                                            .max_body_size(kBodyBytesMax))
              .acceptor_post_bind_hook([this](asio::ip::tcp::acceptor& acceptor) {
                port_ = acceptor.local_endpoint().port();
              })
              .request_handler(
                  [this](const restinio::request_handle_t& request) { return accept(request); });
        });
    http_->open_sync();
  } catch (const std::exception& error) {
    http_.reset();
    return fail(ErrorCode::kInUse,
                fmt::format("The twin can't listen at {} port {}: {}. Choose another port, or 0.",
                            options_.address, options_.port, error.what()),
                "--port");
  }
  thread_ = std::thread([this] { io_.run(); });
  return {};
}

RestinioServer::~RestinioServer() {
  // Nothing new is accepted; then the service answers who waits; then the answers go out.
  if (thread_.joinable()) asio::post(io_, [this] { http_->close_sync(); });
  service_.reset();
  if (!thread_.joinable()) return;
  asio::steady_timer grace(io_, kGrace);
  grace.async_wait([this](const asio::error_code&) { io_.stop(); });
  thread_.join();
}

std::string RestinioServer::url() const {
  const bool six = options_.address == "::1";
  return fmt::format("http://{}:{}", six ? "[::1]" : options_.address, port_);
}

restinio::request_handling_status_t RestinioServer::accept(
    const restinio::request_handle_t& request) {
  // The reply comes from the site's thread and is written by this one.
  const bool posted = service_->post(read_request(request), [this, request](HttpReply reply) {
    asio::post(io_, [request, made = std::move(reply)]() mutable {
      send_reply(request, std::move(made));
    });
  });
  if (!posted)
    send_reply(request, problem(503, "busy", "The twin is busy. Keep everything and try again."));
  return restinio::request_accepted();
}

}  // namespace

Result<std::unique_ptr<Server>> Server::start(std::unique_ptr<Site> site,
                                              const ServerOptions& options) {
  if (options.address != "127.0.0.1" && options.address != "::1")
    return fail(ErrorCode::kRefused,
                fmt::format("The twin listens on 127.0.0.1 or ::1 only, not on {}: records would "
                            "travel unprotected until mutual TLS exists. Nothing was started.",
                            options.address),
                "--address");
  auto server = std::make_unique<RestinioServer>(std::move(site), options);
  if (auto listening = server->listen(); !listening) return std::unexpected(listening.error());
  return server;
}

}  // namespace batchwright::twin
