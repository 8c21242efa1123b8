// A seeded operator who executes a run headless: reads the state, does the next thing a person
// would do. Used by `run --auto`, kill tests and dry runs. It goes the same way as the panel:
// commands through BatchSession.
#pragma once

#include <map>
#include <random>
#include <string>

#include "client/batch_session.h"
#include "client/releasing.h"

namespace batchwright::client {

struct SimulationOptions {
  std::uint64_t seed = 1;
  double bad_value_share = 0.04;  // [0, 1): how many decimals are typed outside the action limits
  int commands_max = 200'000;     // gives up (kFull) instead of running for ever
};

class SimulatedOperator {
 public:
  // `keys`: person id -> key of the people it may act as. `session` must outlive it.
  SimulatedOperator(BatchSession& session, std::map<std::string, record::SecretKey> keys,
                    SimulationOptions options);

  // Works on `run` until it is complete or aborted. `between` is called after every command; false
  // stops (kCancelled).
  [[nodiscard]] Result<void> work(const std::string& run, const std::function<bool()>& between);

 private:
  [[nodiscard]] Result<bool> next_command(const std::string& run);  // true: something was done
  [[nodiscard]] Result<bool> work_at(const std::string& run, const workflows::StepRef& step);
  [[nodiscard]] Result<bool> let_go_on(const std::string& run, const Stop& stop);
  [[nodiscard]] Result<bool> release(const std::string& run, const std::string& exception_id);
  [[nodiscard]] Result<bool> choose_way(const std::string& run);
  // Without a camera: the challenge shows nothing, the check is not performed, two people decide.
  [[nodiscard]] Result<bool> do_check(const std::string& run, const std::string& step,
                                      const workflows::Entry& entry,
                                      const workflows::CheckNeed& need, const Actor& actor);
  [[nodiscard]] Result<bool> bring_result(const std::string& run, const std::string& step_path);
  [[nodiscard]] Result<bool> sign(const std::string& run, const workflows::StepRef& step,
                                  const workflows::SignatureRule& rule);
  [[nodiscard]] Result<bool> perform(const std::string& run, const workflows::Command& command,
                                     const Actor& actor);
  [[nodiscard]] std::string identity_for(const workflows::RunState& run,
                                         const workflows::Entry& entry);
  [[nodiscard]] std::string value_for(const workflows::Entry& entry,
                                      const workflows::StepState& step, bool may_be_bad);
  [[nodiscard]] std::string decimal_for(const workflows::Limits& limits, int places,
                                        bool may_be_bad);
  [[nodiscard]] const record::Person* person_for(const std::string& role,
                                                 const std::vector<std::string>& not_these) const;
  [[nodiscard]] Actor actor_for(const record::Person& person, const std::string& role) const;

  BatchSession& session_;
  std::map<std::string, record::SecretKey> keys_;
  SimulationOptions options_;
  std::mt19937_64 random_;
};

}  // namespace batchwright::client
