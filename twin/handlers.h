// One function per route of service.cpp. They translate; the rules are in the functions they call.
#pragma once

#include <optional>
#include <string>

#include "base/error.h"
#include "twin/http.h"

namespace batchwright::twin {

class Service;

struct Call {
  Service& service;
  const HttpRequest& request;
  std::string parameter;       // the {part} of the path
  std::optional<Error> error;  // what failed inside, for the service to judge
};

Handled handle_page(Call& call);
Handled handle_trust(Call& call);
Handled handle_enrolment(Call& call);
Handled handle_journal(Call& call);
Handled handle_feed(Call& call);
Handled handle_put_evidence(Call& call);
Handled handle_get_evidence(Call& call);
Handled handle_mbr_list(Call& call);
Handled handle_mbr(Call& call);
Handled handle_mbr_diff(Call& call);
Handled handle_mbr_act(Call& call);
Handled handle_first_key(Call& call);
Handled handle_events(Call& call);

}  // namespace batchwright::twin
