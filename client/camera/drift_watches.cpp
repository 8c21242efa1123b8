#include "client/camera/drift_watches.h"

namespace batchwright::client {

std::optional<vision::Drift> DriftWatches::add(const std::string& camera,
                                               const std::string& check_sha256_hex,
                                               const vision::Quality& quality) {
  const auto key = camera + " " + check_sha256_hex;
  if (!watches_.contains(key) && watches_.size() >= kWatchedMax) return std::nullopt;
  return watches_[key].add(quality);
}

}  // namespace batchwright::client
