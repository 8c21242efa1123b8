// A small HTTP client over a plain socket, so that the server is tested by code that shares nothing
// with it.
#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cctype>
#include <string>

namespace batchwright::test {

struct LoopbackReply {
  int status = 0;  // 0: the connection ended without an answer
  std::string head, body;
};

inline int connect_loopback(int port) {
  const int descriptor = ::socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  timeval patience{.tv_sec = 20, .tv_usec = 0};
  ::setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  if (::connect(descriptor, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) {
    ::close(descriptor);
    return -1;
  }
  return descriptor;
}

// Sends raw bytes and reads until the server closes or the announced body is there.
inline LoopbackReply exchange_raw(int port, const std::string& bytes) {
  LoopbackReply reply;
  const int descriptor = connect_loopback(port);
  if (descriptor < 0) return reply;
  std::size_t sent = 0;
  while (sent < bytes.size()) {
    const auto count = ::send(descriptor, bytes.data() + sent, bytes.size() - sent, MSG_NOSIGNAL);
    if (count <= 0) break;
    sent += static_cast<std::size_t>(count);
  }
  std::string all;
  char buffer[65536];
  for (;;) {
    const auto count = ::recv(descriptor, buffer, sizeof buffer, 0);
    if (count <= 0) break;
    all.append(buffer, static_cast<std::size_t>(count));
  }
  ::close(descriptor);
  const auto end = all.find("\r\n\r\n");
  if (end == std::string::npos || all.size() < 12) return reply;
  reply.status = std::stoi(all.substr(9, 3));
  reply.head = all.substr(0, end);
  reply.body = all.substr(end + 4);
  return reply;
}

inline LoopbackReply request(int port, const std::string& method, const std::string& target,
                             const std::string& body = {}, const std::string& fields = {}) {
  return exchange_raw(
      port, method + " " + target + " HTTP/1.1\r\nHost: 127.0.0.1:" + std::to_string(port) +
                "\r\nConnection: close\r\n" + fields +
                "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body);
}

}  // namespace batchwright::test
