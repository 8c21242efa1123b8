// Whose keys the site's directories say which keys are.
#pragma once

#include <map>
#include <set>
#include <string>
#include <utility>

#include "record/trust.h"

namespace batchwright::record::internal {

// All versions of the directory together: a signature made last year stays provable with the key of
// last year.
class People {
 public:
  void add(const Directory& directory);

  [[nodiscard]] bool empty() const { return roles_.empty(); }
  [[nodiscard]] bool holds(const std::string& person, const PublicKey& key) const {
    return roles_.contains({person, key});
  }
  [[nodiscard]] bool has_role(const std::string& person, const PublicKey& key,
                              const std::string& role) const;

 private:
  std::map<std::pair<std::string, PublicKey>, std::set<std::string>> roles_;
};

}  // namespace batchwright::record::internal
