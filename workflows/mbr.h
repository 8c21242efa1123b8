// The master batch record: an approved, versioned, content-hashed procedure. Immutable values, made
// by a reader (native JSON or BatchML) and frozen by hash when a run starts.
//
// Procedure > unit procedure > operation > phase > step (ISA-88, ANSI/ISA-88.00.01). A step is what
// one screen shows. Every element with children has a procedure function chart (ISA-88.00.02):
// nodes and links.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/finding.h"
#include "base/quantity.h"
#include "base/sha256.h"
#include "workflows/expression.h"
#include "workflows/scenario.h"

namespace batchwright::workflows {

enum class Level { kProcedure, kUnitProcedure, kOperation, kPhase, kStep };

enum class EntryKind {
  kDecimal,
  kText,
  kChoice,
  kYesNo,
  kDateTime,
  kAcknowledge,
  kPhoto,
  kComputed,
  kCameraCheck,     // a camera judges an object: pass, fail, undecided, not_performed
  kCameraChallenge  // known-good and known-bad objects are shown to camera checks
};

// Inclusive bounds on the reported (rounded) value. A value outside alert opens an exception of
// severity minor, outside action runs the reaction plan; outside hard (plausible) range is stored
// and opens an exception too.
struct Limits {
  std::optional<Decimal> target, alert_low, alert_high, action_low, action_high, hard_low,
      hard_high;

  bool operator==(const Limits&) const = default;
};

// A limit that depends on batch size, potency or earlier values. Evaluated when the step begins and
// again when an input changes; rounded to the entry's places. It takes the place of the number.
struct LimitFormula {
  std::optional<Decimal> Limits::* limit = nullptr;
  Expression formula;
};

using Words = std::map<std::string, std::string>;  // BCP 47 language -> text; "en" always present

// A result that comes later than the step, usually from a laboratory.
struct LateResult {
  enum class Consequence { kInforms, kBlocksRecord, kBlocksStep };

  std::string owner;  // role that brings it
  int due_s = 0;      // after the step was completed; passing it opens an exception
  Consequence consequence = Consequence::kBlocksRecord;
  std::string blocks;  // kBlocksStep: path of the step that can't begin without it
};

// One approved check file, named by its hash: thresholds and references are part of the MBR.
struct ApprovedCheck {
  std::string id, version;
  std::string sha256;                 // hex
  std::string challenge_sha256 = {};  // hex, of its challenge set's manifest; empty: the site's own
};

// What an object must bear, e.g. "gtin" = the item of a material requirement. Exactly one of
// text, requirement and parameter is given.
struct CheckExpectation {
  std::string name;
  std::string text;
  std::string requirement;  // a material's item, or the equipment instance that is bound
  std::string parameter;    // its text or value
};

struct CameraCheck {
  static constexpr int kAttemptsMax = 2;

  ApprovedCheck check;
  std::string camera;               // stable id at the station, e.g. "CAM-A"
  int attempts_max = kAttemptsMax;  // further attempts after a fail, then the step is held
  std::vector<std::pair<std::string, std::string>> fills;  // reading, entry id of the same step
  std::vector<CheckExpectation> expects;
};

struct CameraChallenge {
  enum class When { kStart, kEnd };

  std::vector<std::string> checks;  // ApprovedCheck::id of checks that this MBR uses
  When when = When::kStart;
};

struct Entry {
  std::string id;  // slug, unique in its step
  Words title;
  EntryKind kind = EntryKind::kText;
  bool required = true;
  std::string unit;  // Unit::symbol for kDecimal and kComputed; empty = pure number
  int places = 0;    // decimals of the reported value
  Rounding rounding = Rounding::kHalfEven;
  Limits limits;
  std::optional<bool> expected;       // kYesNo: the answer that opens no exception
  std::vector<std::string> choices;   // kChoice
  std::optional<Expression> formula;  // kComputed
  std::string criticality;            // CPP, IPC, CQA, GMP or empty
  std::string reaction_plan;  // id of the plan for a broken action limit or unexpected answer
  std::vector<LimitFormula> limit_formulas;
  // Class of the exception that a broken action limit or unexpected answer opens; empty = by the
  // verdict and criticality (workflows/exception_classes.h).
  std::string exception_class;
  std::string identifies;   // kText, kChoice: id of the equipment or material requirement whose
                            // instance or lot this value is; the site's facts judge it
  std::string captured_by;  // "scale", "camera", "instrument": a typed value opens an exception, a
                            // captured one is never overtyped
  bool may_be_not_applicable = false;  // a person may say N/A with a reason
  std::optional<LateResult> late;      // the step completes without it
  std::string stands_in_for;  // "scale", "camera", "scan", "late result": typed for now, and the
                              // screen says so
  std::optional<CameraCheck> camera_check;          // kCameraCheck
  std::optional<CameraChallenge> camera_challenge;  // kCameraChallenge
};

// How a camera may replace the second person (requirement E11): equipment performs the operation
// and one person checks that it did (21 CFR 211.68(c)), or a person performs it and a validated
// check confirms the entry (EU GMP Annex 11, 6).
enum class StandInMode { kEquipmentPerforms, kConfirmsEntry };

struct CameraStandIn {
  std::string check;  // id of the camera check among the step's entries
  StandInMode mode = StandInMode::kEquipmentPerforms;
};

// A signature a step needs before it is complete, in the order listed.
struct SignatureRule {
  std::string meaning = "performed";  // performed, verified, witnessed, reviewed, approved
  std::string role = "operator";
  // Must differ from every earlier signer of this step instance, and from everyone who recorded a
  // value that it signs for (21 CFR 211.101(c), (d): a second person verifies).
  bool other_person = false;
  // Where every market's policy allows it, this check stands in for the signature. Absent = never.
  std::optional<CameraStandIn> camera = {};
};

// What must hold before a step begins. A refusal names the gate and its remedy, and is recorded.
struct Gate {
  enum class Kind {
    kRole,        // `subject`: the person's role
    kTraining,    // `subject`: a training the person holds, in date
    kEquipment,   // `subject`: requirement; its bound instance is clean, calibrated and ours
    kMaterial,    // `subject`: requirement; its identified lot is released and in date
    kRoom,        // `subject`: room; clean, for at most `maximum_s`, no other run in it
    kTimeWindow,  // `subject`: step path; completed at least `minimum_s`, at most `maximum_s` ago
    kStep,        // `subject`: step path that must be complete
    kCondition    // `condition` is true
  };

  std::string id;  // slug, unique in its step
  Kind kind = Kind::kStep;
  std::string subject;
  std::optional<Expression> condition;
  int minimum_s = 0, maximum_s = 0;  // 0 = not stated
  Words remedy;                      // what to do so that it holds
};

// What a completed step does to equipment or room, for their logbooks: "dirty", "clean", "ready".
struct Effect {
  std::string subject;  // equipment requirement or room
  std::string state;
};

enum class Recovery { kResume, kRepeat, kAskSupervisor };

struct StepContent {
  Words instruction;    // plain text, **bold** marks only, at most 7 lines on a panel
  std::string picture;  // name in resources/icons or a digest; empty = none
  std::vector<Entry> entries;
  std::vector<SignatureRule> signatures;
  Recovery recovery = Recovery::kResume;
  int expected_s = 0;        // planned duration, 0 = not stated
  int minimum_s = 0;         // the step can't be completed earlier; 0 = none
  int maximum_s = 0;         // passing it opens an exception; 0 = none
  bool runs_in_hold = true;  // minimum and maximum count on while the run is held
  std::vector<Gate> gates;
  std::vector<Effect> effects;
  // Steps whose values this one acts on: when a correction re-opens one of them, this one too.
  std::vector<std::string> relies_on;
  bool unattended = false;  // the panel is free for another branch meanwhile
};

enum class NodeKind { kBegin, kEnd, kElement, kTransition, kAndSplit, kAndJoin, kOrSplit, kOrJoin };

// Token semantics. A begin node gives one token to each outgoing link. An element starts when a
// token arrives and, once complete, passes it on: over a single link to an element, bar or end
// directly; over links to transitions to the first, in link order, whose condition is true. An AND
// split copies the token to all links, an AND join waits for one on each incoming link. OR split
// and join pass a token through. An end node completes the chart.
struct Node {
  std::string id;  // source id or author's slug, unique in its chart
  NodeKind kind = NodeKind::kElement;
  std::string element;                  // kElement: id of the child
  std::optional<Expression> condition;  // kTransition: absent only in a draft
  std::string condition_source;         // the author's words, as imported
  // kTransition: a person of this role chooses it, with a reason, where no condition can decide
  // (row B9). Then there is no condition.
  std::string chosen_by = {};
};

struct Link {
  std::string from, to;  // node ids
};

struct Chart {
  std::vector<Node> nodes;
  std::vector<Link> links;  // order matters among the links of one node

  [[nodiscard]] const Node* find(std::string_view node_id) const;
};

struct Element {
  std::string
      id;  // unique among its siblings; path = ids joined by '/', the root's own id left out
  Words title;
  Level level = Level::kStep;
  std::optional<StepContent> step;  // exactly the leaves have it
  Chart chart;  // of the children; a plain sequence is written out by the reader
  std::vector<Element> children;
  int number = 0;  // display number of a step in document order, 1..n; display only

  [[nodiscard]] const Element* find(std::string_view path) const;
};

enum class HoldLevel { kStep, kOperation, kBatch };

struct ReactionPlan {
  std::string id;          // e.g. R2
  Words what;              // what the operator does now, the MBR's words
  std::string calls_role;  // who is called, e.g. supervisor
  int remeasure_max = 0;   // further measurements allowed
  int remeasure_after_s = 0;
  bool holds = false;              // the step can't go on until the role released it
  std::string severity = "minor";  // minor, major, critical
  // What a hold by this plan stops: the step, its operation or the whole batch.
  HoldLevel hold_level = HoldLevel::kStep;
  int hold_max_s = 0;  // passing it opens an exception; 0 = none
  // Still out of limits this long after the first exception: its severity and caller from then on.
  int escalate_after_s = 0;
  std::string escalate_severity = {}, escalate_role = {};
};

// A time between two steps, over whatever lies between them (21 CFR 211.111).
struct TimeLimit {
  std::string id;
  Words title;
  std::string from;   // step path; counts from its completion
  std::string to;     // step path; ends when it begins
  int minimum_s = 0;  // `to` can't begin earlier; 0 = none
  int maximum_s = 0;  // passing it opens an exception by itself; 0 = none
  std::string reaction_plan;
};

// What the procedure needs; the instance is bound at check-in by an entry that identifies it.
struct EquipmentRequirement {
  std::string id;
  std::string equipment_class;
  Words title;
};

struct MaterialRequirement {
  std::string id;
  std::string item;  // GTIN or item number
  Words title;
};

// What the procedure's owner expects of it. A change that breaks one of these is well-formed and
// still wrong; the recipe itself says so.
struct Expectations {
  struct CertifiedRange {  // action limits may be narrower than this, never wider
    std::string entry;     // step/path:entry
    std::optional<Decimal> low, high;
    std::string unit;
  };
  struct Precedence {         // on every way through the procedure
    std::string first, then;  // step paths
  };
  struct Independence {  // a second person signs this step
    std::string step, meaning;
  };
  struct Required {  // gates, signatures, entries that may never be dropped
    std::string step;
    std::vector<std::string> entries, gates, signatures;  // ids; meanings
  };
  std::vector<CertifiedRange> ranges;
  std::vector<Precedence> precedes;
  std::vector<Independence> independent;
  std::vector<Required> required;
  std::vector<Scenario> scenarios;

  [[nodiscard]] bool empty() const;
};

// Named value of the formula (ISA-88 "formula": process inputs, parameters, outputs).
struct Parameter {
  std::string id;
  Words title;
  Quantity value;      // when numeric
  std::string text;    // when not
  std::string source;  // provenance: where the value came from
};

struct Mbr {
  std::string id, version;
  Words title;
  std::string product;
  Words description;
  std::vector<std::string> languages;
  std::vector<std::string> markets;  // "US", "EU": whose rules a batch must meet, all of them
  Quantity batch_size;
  bool draft = false;  // imported with open findings, or not approved: never runs as a batch
  std::vector<Parameter> parameters;
  std::vector<ReactionPlan> reaction_plans;
  std::vector<TimeLimit> time_limits;
  std::vector<EquipmentRequirement> equipment;
  std::vector<MaterialRequirement> materials;
  int planned_hold_max_s = 0;  // 0 = a planned hold has no limit
  Expectations expectations;
  std::string provenance;  // for imports: format, source file name and hash, resolution hash
  Element procedure;       // level kProcedure

  Digest hash{};  // SHA-256 of `text`
  std::string
      text;  // canonical native JSON (workflows/mbr_json.h), the bytes that are approved and frozen

  [[nodiscard]] const ReactionPlan* find_plan(std::string_view plan_id) const;
  [[nodiscard]] const Parameter* find_parameter(std::string_view parameter_id) const;
  [[nodiscard]] const EquipmentRequirement* find_equipment(std::string_view requirement) const;
  [[nodiscard]] const MaterialRequirement* find_material(std::string_view requirement) const;
  [[nodiscard]] int count_steps() const;
};

}  // namespace batchwright::workflows
