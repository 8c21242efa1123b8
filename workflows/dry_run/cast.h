// The simulated people and the simulated site of a dry-run: everything the MBR names, as it should
// be.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/time.h"
#include "record/keys.h"
#include "workflows/mbr.h"
#include "workflows/site_facts.h"

namespace batchwright::workflows::dry {

struct SimulatedPerson {
  std::string id;
  std::vector<std::string> roles;
};

class Cast {
 public:
  explicit Cast(const Mbr& mbr);

  // The first person of the role who is none of `barred`; nullptr when there is none.
  [[nodiscard]] const SimulatedPerson* someone(const std::string& role,
                                               const std::vector<std::string>& barred = {}) const;
  [[nodiscard]] const SimulatedPerson* find(const std::string& id) const;
  // Fixed test keys, one per person.
  [[nodiscard]] const record::SecretKey& key(const std::string& person) const;

  // People trained, rooms clean, equipment clean and free, lots released.
  [[nodiscard]] SiteFacts site(Instant now) const;
  // What an entry that identifies `requirement` holds in a clean run.
  [[nodiscard]] std::string instance_of(const Entry& entry) const;

 private:
  void collect(const Element& element);
  void collect(const StepContent& step);
  void add_role(const std::string& role);

  const Mbr& mbr_;
  std::vector<SimulatedPerson> people_;
  std::map<std::string, record::SecretKey> keys_;
  std::vector<std::string> roles_, trainings_, rooms_;
  std::map<std::string, std::vector<std::string>> instances_;  // by requirement
};

}  // namespace batchwright::workflows::dry
