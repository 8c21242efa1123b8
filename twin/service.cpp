#include "twin/service.h"

#include <array>

#include "twin/handlers.h"
#include "twin/problem.h"

namespace batchwright::twin {
namespace {

struct Route {
  RouteName name;
  Handled (*handle)(Call& call);
};

constexpr std::array kRoutes{
    Route{{"GET", "/"}, &handle_page},
    Route{{"GET", "/v1/trust"}, &handle_trust},
    Route{{"POST", "/v1/devices"}, &handle_enrolment},
    Route{{"POST", "/v1/devices/{device}/journal"}, &handle_journal},
    Route{{"GET", "/v1/feed"}, &handle_feed},
    Route{{"PUT", "/v1/evidence/{sha256}"}, &handle_put_evidence},
    Route{{"GET", "/v1/evidence/{sha256}"}, &handle_get_evidence},
    Route{{"GET", "/v1/mbr"}, &handle_mbr_list},
    Route{{"GET", "/v1/mbr/{hash}"}, &handle_mbr},
    Route{{"GET", "/v1/mbr/{hash}/diff"}, &handle_mbr_diff},
    Route{{"POST", "/v1/mbr/{hash}/acts"}, &handle_mbr_act},
    Route{{"POST", "/v1/people/{person}/key"}, &handle_first_key},
    Route{{"POST", "/v1/events"}, &handle_events},
};

constexpr std::size_t kParameterBytesMax = 128;

// Takes the text before the next '/' off the front.
std::string_view take_part(std::string_view& path) {
  const auto end = path.find('/');
  const auto part = path.substr(0, end);
  path.remove_prefix(end == std::string_view::npos ? path.size() : end + 1);
  return part;
}

// Whether the path fits; the text that stands for {name} goes to `parameter` (patterns have at most
// one).
bool fits(std::string_view pattern, std::string_view path, std::string& parameter) {
  while (!pattern.empty() && !path.empty()) {
    const auto wanted = take_part(pattern);
    const auto given = take_part(path);
    if (wanted.starts_with('{')) {
      if (given.empty() || given.size() > kParameterBytesMax) return false;
      parameter = given;
    } else if (wanted != given) {
      return false;
    }
  }
  return pattern.empty() && path.empty();
}

bool is_own_name(std::string_view host) {
  if (host.starts_with("[::1]")) return host.size() == 5 || host[5] == ':';
  const auto name = host.substr(0, host.find(':'));
  return name == "127.0.0.1" || name == "localhost";
}

bool is_foreign(const HttpRequest& request) {
  constexpr std::string_view kScheme = "http://";
  if (!is_own_name(request.host)) return true;
  if (request.origin.empty()) return false;
  return !std::string_view(request.origin).starts_with(kScheme) ||
         request.origin.substr(kScheme.size()) != request.host;
}

}  // namespace

std::vector<RouteName> all_routes() {
  std::vector<RouteName> names;
  names.reserve(std::size(kRoutes));
  for (const auto& route : kRoutes) names.push_back(route.name);
  return names;
}

Handled Service::handle(const HttpRequest& request) {
  if (is_foreign(request))
    return problem(
        403, "origin",
        "This twin answers panels and browsers on its own machine only. Nothing was done.");
  if (storage_failed_) return problem(Error{ErrorCode::kIo, {}, {}});
  bool path_known = false;
  for (const auto& route : kRoutes) {
    Call call{.service = *this, .request = request, .parameter = {}, .error = {}};
    if (!fits(route.name.pattern, request.path, call.parameter)) continue;
    path_known = true;
    if (route.name.method != request.method) continue;
    auto handled = route.handle(call);
    // After a failed write nothing more is accepted until the site was opened and checked anew.
    if (call.error && call.error->code == ErrorCode::kIo) storage_failed_ = true;
    if (auto tidied = site_.tidy_log(); !tidied) storage_failed_ = true;
    return handled;
  }
  if (path_known) return problem(405, "method", "This address does not take that method.");
  return problem(404, "not-found", "There is nothing at this address.");
}

}  // namespace batchwright::twin
