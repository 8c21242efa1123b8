// Camera checks as the MBR names them: one approved file per id, readings that have a place, what
// the object must bear, challenges, and signatures that a check may stand in for.
#include <algorithm>
#include <map>
#include <set>

#include "base/bytes.h"
#include "workflows/internal/identifier.h"
#include "workflows/internal/mbr_checks.h"
#include "workflows/internal/mbr_limits.h"
#include "workflows/internal/must_precede.h"

namespace batchwright::workflows {
namespace {

constexpr std::size_t kUsesMax = 1'000;  // beyond this the order of challenges isn't looked at

const Entry* find_in(const StepContent& step, const std::string& id) {
  const auto found = std::ranges::find(step.entries, id, &Entry::id);
  return found == step.entries.end() ? nullptr : &*found;
}

bool is_read_by_camera(const Entry& entry) {
  const bool kind = entry.kind == EntryKind::kDecimal || entry.kind == EntryKind::kText ||
                    entry.kind == EntryKind::kChoice || entry.kind == EntryKind::kDateTime;
  return kind && !entry.late && entry.captured_by == "camera";
}

bool is_digest(const std::string& hex) {
  return array_from_hex<32>(hex).has_value() &&
         std::ranges::none_of(hex, [](char c) { return 'A' <= c && c <= 'F'; });
}

class CameraEntries {
 public:
  explicit CameraEntries(const CheckContext& context) : context_(context) {}

  void add(const Element& element, const std::string& path, int depth = 0) {
    if (element.step) add_step(*element.step, path);
    if (depth >= kElementDepthMax) return;  // check_mbr has a finding for it
    for (const Element& child : element.children) {
      add(child, path_below(path, child.id), depth + 1);
    }
  }

  void finish() {
    for (const Challenge& challenge : challenges_) check_challenge(challenge);
  }

 private:
  struct Use {
    std::string step, place;
    const CameraCheck* check;
  };
  struct Challenge {
    std::string step, place;
    const CameraChallenge* challenge;
  };

  void error(const char* rule, const std::string& place, const std::string& message) {
    context_.report.error(rule, place, message);
  }

  void add_step(const StepContent& step, const std::string& path) {
    std::set<std::string> filled;
    for (const Entry& entry : step.entries) {
      const std::string place = entry_place(path, entry.id);
      const bool check = entry.kind == EntryKind::kCameraCheck;
      const bool challenge = entry.kind == EntryKind::kCameraChallenge;
      if ((check || challenge) && entry.late) {
        error("check.late", place, "What a camera says never comes later. Remove \"late\".");
      }
      if (check != entry.camera_check.has_value() ||
          challenge != entry.camera_challenge.has_value()) {
        error("check.missing", place, "The kind of this entry and its keys don't belong together.");
        continue;
      }
      if (challenge) challenges_.push_back({path, place, &*entry.camera_challenge});
      if (!check) continue;
      check_approved(*entry.camera_check, place);
      check_fills(step, *entry.camera_check, place, filled);
      check_expects(*entry.camera_check, place);
      add_use(*entry.camera_check, path, place);
    }
    for (const SignatureRule& rule : step.signatures) check_stand_in(step, rule, path);
  }

  void check_approved(const CameraCheck& check, const std::string& place) {
    const ApprovedCheck& approved = check.check;
    if (!is_slug(approved.id) || approved.version.empty() || !is_digest(approved.sha256)) {
      error("check.approved", place,
            "Name the approved check by its id, its version and the SHA-256 of its file, 64 "
            "digits 0-9 a-f.");
    }
    if (!approved.challenge_sha256.empty() && !is_digest(approved.challenge_sha256)) {
      error("check.challenge_set", place,
            "Name the challenge set by the SHA-256 of its manifest.json, 64 digits 0-9 a-f.");
    }
    if (check.camera.empty()) {
      error("check.camera", place, "Say which camera makes the check.");
    }
    if (check.attempts_max < 0 || check.attempts_max > kCheckAttemptsMax) {
      error("check.attempts", place, "Allow 0 to 10 further attempts after a fail.");
    }
  }

  void check_fills(const StepContent& step, const CameraCheck& check, const std::string& place,
                   std::set<std::string>& filled) {
    for (const auto& [reading, id] : check.fills) {
      const Entry* entry = find_in(step, id);
      if (reading.empty() || entry == nullptr || !is_read_by_camera(*entry)) {
        error("check.fills", place,
              "\"" + id +
                  "\" can't be filled by a reading: it has to be a decimal, text, choice or "
                  "time of this step, captured_by camera.");
      } else if (!filled.insert(id).second) {
        error("check.fills", place, "\"" + id + "\" is filled twice. Keep one.");
      }
    }
  }

  void check_expects(const CameraCheck& check, const std::string& place) {
    std::set<std::string_view> names;
    for (const CheckExpectation& expected : check.expects) {
      const int given = static_cast<int>(!expected.text.empty()) +
                        static_cast<int>(!expected.requirement.empty()) +
                        static_cast<int>(!expected.parameter.empty());
      const bool requirement = expected.requirement.empty() ||
                               context_.mbr.find_equipment(expected.requirement) != nullptr ||
                               context_.mbr.find_material(expected.requirement) != nullptr;
      const bool parameter =
          expected.parameter.empty() || context_.index.has_parameter(expected.parameter);
      if (expected.name.empty() || given != 1 || !requirement || !parameter ||
          !names.insert(expected.name).second) {
        error("check.expects", place,
              "What the object must bear as \"" + expected.name +
                  "\" has to be one text, known requirement or known parameter, once.");
      }
    }
  }

  // One id is one file on one camera: a challenge speaks of all its uses.
  void add_use(const CameraCheck& check, const std::string& path, const std::string& place) {
    std::vector<Use>& uses = uses_[check.check.id];
    uses.push_back({path, place, &check});
    const CameraCheck& first = *uses.front().check;
    if (first.check.version != check.check.version || first.check.sha256 != check.check.sha256 ||
        first.check.challenge_sha256 != check.check.challenge_sha256 ||
        first.camera != check.camera) {
      error("check.same", place,
            "The check " + check.check.id + " is another file, challenge set or camera at " +
                uses.front().place + ". Give it an id of its own.");
    }
  }

  void check_challenge(const Challenge& challenge) {
    if (challenge.challenge->checks.empty()) {
      error("challenge.checks", challenge.place, "Say which checks are challenged.");
    }
    std::set<std::string_view> seen;
    for (const std::string& id : challenge.challenge->checks) {
      const auto uses = uses_.find(id);
      if (uses == uses_.end() || !seen.insert(id).second) {
        error("challenge.checks", challenge.place,
              "The check \"" + id + "\" is not used in this procedure, or is listed twice.");
        continue;
      }
      if (challenge.challenge->when == CameraChallenge::When::kStart) {
        check_order(challenge, uses->second);
      }
    }
  }

  void check_order(const Challenge& challenge, const std::vector<Use>& uses) {
    if (uses.size() > kUsesMax) return;
    for (const Use& use : uses) {
      if (use.step == challenge.step) continue;
      if (must_precede(context_.mbr, challenge.step, use.step)) continue;
      context_.report.warning("challenge.order", use.place,
                              "There is a way on which " + challenge.place +
                                  " doesn't come before: there the check is refused.");
    }
  }

  void check_stand_in(const StepContent& step, const SignatureRule& rule, const std::string& path) {
    if (!rule.camera) return;
    const std::string place = element_place(path);
    const Entry* entry = find_in(step, rule.camera->check);
    if (entry == nullptr || entry->kind != EntryKind::kCameraCheck || !entry->required) {
      error("stand_in.check", place,
            "\"" + rule.camera->check +
                "\" is no required camera check of this step: it can't "
                "stand in for a person.");
    }
    if (!rule.other_person) {
      error("stand_in.person", place,
            "A camera stands in for another person only. Say other_person, or remove \"camera\".");
    }
    if (context_.mbr.markets.empty()) {
      context_.report.warning("stand_in.market", place,
                              "The procedure names no markets, so the camera never stands in.");
    }
  }

  const CheckContext& context_;
  std::map<std::string, std::vector<Use>> uses_;  // by check id
  std::vector<Challenge> challenges_;
};

}  // namespace

void check_camera_entries(const CheckContext& context) {
  CameraEntries entries(context);
  entries.add(context.mbr.procedure, "");
  entries.finish();
  std::set<std::string_view> seen;
  for (const std::string& market : context.mbr.markets) {
    if (!market.empty() && seen.insert(market).second) continue;
    context.report.error("market.invalid", "markets", "A market is empty or listed twice.");
  }
}

}  // namespace batchwright::workflows
