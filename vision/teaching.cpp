#include "vision/teaching.h"

#include <algorithm>

namespace batchwright::vision {

namespace {

constexpr std::size_t kEmptyPicturesMax = 12;

struct SubjectsOf {
  std::vector<Subject> operator()(const LayoutCheck& rule) const {
    std::vector<Subject> subjects{{Subject::Kind::kEmpty, "", "", kEmptyPicturesMax}};
    for (const auto& part : rule.parts)
      subjects.push_back({Subject::Kind::kPart, part.id, part.taught_in, kReferencesPerPartMax});
    return subjects;
  }
  std::vector<Subject> operator()(const ClearanceCheck&) const {
    return {{Subject::Kind::kEmpty, "", "", kEmptyPicturesMax}};
  }
  std::vector<Subject> operator()(const SequenceCheck& rule) const {
    std::vector<Subject> subjects;
    for (const auto& action : rule.actions) {
      add_reference(subjects, action.before, action.region);
      add_reference(subjects, action.after, action.region);
    }
    return subjects;
  }
  std::vector<Subject> operator()(const LampsCheck& rule) const {
    std::vector<Subject> subjects;
    for (const auto& lamp : rule.lamps)
      for (const auto& state : lamp.states) add_reference(subjects, state.reference, lamp.region);
    return subjects;
  }
  std::vector<Subject> operator()(const LabelCheck&) const { return {}; }
  std::vector<Subject> operator()(const DisplayCheck&) const { return {}; }
  std::vector<Subject> operator()(const GaugeCheck&) const { return {}; }

  // One reference may serve several actions or states.
  static void add_reference(std::vector<Subject>& subjects, const std::string& id,
                            const std::string& region) {
    if (std::ranges::find(subjects, id, &Subject::id) == subjects.end())
      subjects.push_back({Subject::Kind::kReference, id, region, 1});
  }
};

}  // namespace

std::string key_of(const Subject& subject) {
  switch (subject.kind) {
    case Subject::Kind::kEmpty: return "empty";
    case Subject::Kind::kPart: return "part:" + subject.id;
    case Subject::Kind::kReference: return "reference:" + subject.id;
  }
  return {};
}

std::vector<Subject> subjects_of(const Check& draft) {
  return std::visit(SubjectsOf(), draft.rule);
}

}  // namespace batchwright::vision
