// The twin on the network: HTTP/1.1 on this machine only. One thread reads and writes sockets, one
// owns the site.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "twin/site.h"

namespace batchwright::twin {

struct ServerOptions {
  std::string address = "127.0.0.1";  // or "::1"; anything else is refused until mutual TLS exists
  std::uint16_t port = 0;             // 0: the system chooses
};

class Server {
 public:
  // Takes the site over and listens. kRefused for an address beyond this machine, kInUse when the
  // port is taken.
  [[nodiscard]] static Result<std::unique_ptr<Server>> start(std::unique_ptr<Site> site,
                                                             const ServerOptions& options);
  virtual ~Server() = default;  // stops: waiting polls are answered, the store is closed cleanly

  [[nodiscard]] virtual std::string url() const = 0;  // http://127.0.0.1:PORT
};

}  // namespace batchwright::twin
