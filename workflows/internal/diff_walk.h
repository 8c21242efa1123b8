// Walks two canonical MBR documents side by side and notes what differs.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "workflows/mbr_diff.h"

namespace batchwright::workflows {

// Where the walk is: `path` of the element around it, `place` as a person reads it, and the words
// for the key inside that place.
struct DiffPlace {
  std::string path, place, field;
  std::string subject = "document";
};

class DiffWalk {
 public:
  // Keys of both are sorted; see sorted_keys().
  [[nodiscard]] std::vector<MbrChange> run(const Json& before, const Json& after);

 private:
  struct Lost {  // an element that stands on one side only, perhaps because it moved
    const Json* json = nullptr;
    DiffPlace at;
  };

  void compare(const std::string& key, const Json& before, const Json& after, const DiffPlace& at);
  void compare_objects(const Json& before, const Json& after, const DiffPlace& at);
  void compare_member(const std::string& key, const Json* before, const Json* after,
                      const DiffPlace& at);
  void compare_lists(const std::string& key, const Json& before, const Json& after,
                     const DiffPlace& at);
  void compare_range(const Json& before, const Json& after, const DiffPlace& at);
  void compare_by_id(const std::string& key, const Json& before, const Json& after,
                     const DiffPlace& at, bool ordered);
  void compare_places(const std::string& key, const Json& before, const Json& after,
                      const DiffPlace& at);
  void compare_items(const Json& before, const Json& after, const DiffPlace& at);
  void compare_sets(const Json& before, const Json& after, const DiffPlace& at);
  void compare_charts(const Json& before, const Json& after, const DiffPlace& at);
  void follow_moved();

  void one_side(ChangeKind kind, const std::string& key, const Json& item, const DiffPlace& at);
  void note(ChangeKind kind, const DiffPlace& at, Json before, Json after);

  std::vector<MbrChange> changes_;
  std::vector<Lost> removed_, added_;
};

// The same document with the keys of every object in order, so that equal means ==.
[[nodiscard]] Json sorted_keys(const Json& json);

// Where an item of the list `key` is: elements, entries, nodes, parameters and plans have places of
// their own.
[[nodiscard]] DiffPlace place_of_item(const std::string& key, const Json& item,
                                      const DiffPlace& at);

// What precedes each element in a chart: the ids of the nearest of `common` on every way to it.
// Empty when the chart is too tangled to say.
[[nodiscard]] std::map<std::string, std::string> elements_before(
    const Json& chart, const std::set<std::string>& common);

}  // namespace batchwright::workflows
