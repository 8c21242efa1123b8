// The twin's API without a network: a request in, a reply out. Used by the one thread that owns the
// site.
#pragma once

#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "twin/http.h"
#include "twin/run_board.h"
#include "twin/site.h"

namespace batchwright::twin {

struct RouteName {
  std::string_view method, pattern;  // e.g. GET /v1/mbr/{hash}
};
// Every route there is; the OpenAPI document lists the same, a test compares.
[[nodiscard]] std::vector<RouteName> all_routes();

class Service {
 public:
  explicit Service(Site& site) : site_(site), board_(site) {}

  // Never fails: whatever is wrong with the request or the disk is a reply. Requests that a foreign
  // web page could have made a browser send (Host of another name, any Origin but our own) are
  // refused.
  [[nodiscard]] Handled handle(const HttpRequest& request);

  // Grows with the feed; long polls are asked again when it did.
  [[nodiscard]] std::uint64_t feed_changes() const { return site_.feed_changes(); }

  [[nodiscard]] Site& site() { return site_; }
  [[nodiscard]] RunBoard& board() { return board_; }

 private:
  Site& site_;
  RunBoard board_;
  bool storage_failed_ = false;
};

}  // namespace batchwright::twin
