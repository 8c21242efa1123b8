// Mutants of the shipped recipe: one small wrong change each, well-formed. Check and dry-run with
// the recipe's own expectations and scenarios must notice nearly all. Requirements A4, D1.
//
// BATCHWRIGHT_MUTANTS=200 plays that many (40 without, fewer under sanitizers);
// BATCHWRIGHT_MUTANT_SEED sets the seed.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <functional>
#include <random>

#include "tests/workflows/amounts.h"
#include "tests/workflows/recipe_files.h"
#include "workflows/dry_run.h"
#include "workflows/mbr_json.h"

namespace batchwright::workflows::test {
namespace {

using Random = std::mt19937_64;

std::size_t pick(Random& random, std::size_t count) {
  return static_cast<std::size_t>(random() % count);
}

// Everything that mutations look for, found again in each fresh copy.
struct Parts {
  std::vector<Json*> steps, entries, sequences, whiles;
};

void collect(Json& items, Parts& parts) {
  parts.sequences.push_back(&items);
  for (Json& item : items) {
    if (item.contains("parallel")) {
      for (Json& branch : item["parallel"]) collect(branch, parts);
    } else if (item.contains("repeat")) {
      parts.whiles.push_back(&item);
      collect(item["repeat"], parts);
      if (item.contains("do")) collect(item["do"], parts);
    } else if (item.contains("children")) {
      collect(item["children"], parts);
    } else {
      parts.steps.push_back(&item);
      for (Json& entry : item["entries"]) parts.entries.push_back(&entry);
    }
  }
}

Json* any(Random& random, const std::vector<Json*>& all,
          const std::function<bool(const Json&)>& fits) {
  std::vector<Json*> fitting;
  for (Json* one : all) {
    if (fits(*one)) fitting.push_back(one);
  }
  return fitting.empty() ? nullptr : fitting[pick(random, fitting.size())];
}

bool has_list(const Json& json, const char* key) {
  return json.contains(key) && json[key].is_array() && !json[key].empty();
}

std::string name_of(const Json& json) {
  return json.value("id", std::string("?"));
}

// What was changed, in words; empty when there was nothing of the kind.
using Mutation = std::function<std::string(Json&, Parts&, Random&)>;

std::string drop_from(const char* list, Parts& parts, Random& random) {
  Json* step = any(random, parts.steps, [&](const Json& s) { return has_list(s, list); });
  if (step == nullptr) return {};
  const std::size_t at = pick(random, (*step)[list].size());
  (*step)[list].erase(at);
  return fmt::format("{}: number {} of its {} dropped", name_of(*step), at + 1, list);
}

// The side of a range moved outwards by a tenth of its width, or by one.
std::string widen(const char* range, Parts& parts, Random& random) {
  Json* entry = any(random, parts.entries, [&](const Json& e) {
    return e.contains(range) && (e[range][0].is_string() || e[range][1].is_string());
  });
  if (entry == nullptr) return {};
  Json& limits = (*entry)[range];
  std::size_t side = pick(random, 2);
  if (!limits[side].is_string()) side = 1 - side;
  const auto value = Decimal::parse(limits[side].get<std::string>()).value();
  Decimal by(1);
  if (limits[1 - side].is_string()) {
    const auto other = Decimal::parse(limits[1 - side].get<std::string>()).value();
    const auto width = side == 1 ? subtract(value, other) : subtract(other, value);
    const auto tenth = divide(*width, Decimal(10));
    const Decimal rounded = tenth->rounded(value.places(), Rounding::kHalfUp);
    if (!rounded.is_zero()) by = rounded;
  }
  const auto moved = side == 1 ? add(value, by) : subtract(value, by);
  const std::string before = limits[side];
  limits[side] = moved->to_text();
  return fmt::format("{}: {} {} widened to {}", name_of(*entry), range, before, moved->to_text());
}

std::string drop_key(const char* key, Json* owner) {
  if (owner == nullptr) return {};
  owner->erase(key);
  return fmt::format("{}: without its {}", name_of(*owner), key);
}

std::string replace_in(Json& json, const char* key, const std::vector<std::string>& words,
                       Random& random) {
  std::string text = json[key];
  std::vector<std::pair<std::size_t, std::size_t>> places;
  for (std::size_t i = 0; i < words.size(); ++i) {
    for (auto at = text.find(words[i]); at != std::string::npos; at = text.find(words[i], at + 1)) {
      places.emplace_back(at, i);
    }
  }
  if (places.empty()) return {};
  const auto [at, word] = places[pick(random, places.size())];
  const std::string& other = words[word % 2 == 0 ? word + 1 : word - 1];
  const std::string before = text;
  json[key] = text.replace(at, words[word].size(), other);
  return fmt::format("{} became {}", before, text);
}

const std::vector<std::pair<const char*, Mutation>>& mutations() {
  static const std::vector<std::pair<const char*, Mutation>> kAll = {
      {"dropped gate",
       [](Json&, Parts& parts, Random& random) { return drop_from("gates", parts, random); }},
      {"dropped signature",
       [](Json&, Parts& parts, Random& random) { return drop_from("signatures", parts, random); }},
      {"removed entry",
       [](Json&, Parts& parts, Random& random) { return drop_from("entries", parts, random); }},
      {"widened action limit",
       [](Json&, Parts& parts, Random& random) { return widen("action", parts, random); }},
      {"widened alert limit",
       [](Json&, Parts& parts, Random& random) { return widen("alert", parts, random); }},
      {"widened plausible range",
       [](Json&, Parts& parts, Random& random) { return widen("hard", parts, random); }},
      {"swapped steps",
       [](Json&, Parts& parts, Random& random) {
         Json* list = any(random, parts.sequences, [](const Json& s) { return s.size() > 1; });
         const std::size_t at = pick(random, list->size() - 1);
         std::swap((*list)[at], (*list)[at + 1]);
         return fmt::format("{} and {} swapped", name_of((*list)[at]), name_of((*list)[at + 1]));
       }},
      {"removed step",
       [](Json&, Parts& parts, Random& random) {
         Json* list = any(random, parts.sequences, [](const Json& s) { return s.size() > 1; });
         const std::size_t at = pick(random, list->size());
         const std::string words = name_of((*list)[at]) + " removed";
         list->erase(at);
         return words;
       }},
      {"removed transition",
       [](Json&, Parts& parts, Random& random) {
         Json* list = any(random, parts.sequences, [](const Json& s) {
           return std::ranges::any_of(s, [](const Json& i) { return i.contains("repeat"); });
         });
         for (std::size_t i = 0; i < list->size(); ++i) {
           if (!(*list)[i].contains("repeat")) continue;
           Json once = (*list)[i]["repeat"][0];
           const std::string words = "no way back to " + name_of(once);
           (*list)[i] = std::move(once);
           return words;
         }
         return std::string();
       }},
      {"changed condition",
       [](Json&, Parts& parts, Random& random) {
         Json* loop = parts.whiles[pick(random, parts.whiles.size())];
         return replace_in(*loop, "while",
                           {"7.45", "7.50", " > ", " >= ", " = 1", " = 2", "7.45", "7.40"}, random);
       }},
      {"wrong unit",
       [](Json&, Parts& parts, Random& random) {
         Json* entry = any(random, parts.entries, [](const Json& e) { return e.contains("unit"); });
         const std::string before = (*entry)["unit"];
         (*entry)["unit"] = before == "g" ? "kg" : (before == "kg" ? "g" : "");
         return fmt::format("{}: {} became \"{}\"", name_of(*entry), before,
                            (*entry)["unit"].get<std::string>());
       }},
      {"other person off",
       [](Json&, Parts& parts, Random& random) {
         Json* step = any(random, parts.steps, [](const Json& s) {
           return has_list(s, "signatures") && s["signatures"].back().value("other_person", false);
         });
         (*step)["signatures"].back()["other_person"] = false;
         return name_of(*step) + ": anybody may sign last";
       }},
      {"removed reaction plan",
       [](Json&, Parts& parts, Random& random) {
         return drop_key("reaction_plan", any(random, parts.entries, [](const Json& e) {
                           return e.contains("reaction_plan");
                         }));
       }},
      {"changed formula",
       [](Json&, Parts& parts, Random& random) {
         Json* entry =
             any(random, parts.entries, [](const Json& e) { return e.contains("formula"); });
         const std::string words = replace_in(*entry, "formula",
                                              {" + ", " - ", " * ", " / ", " <= ", " < ",
                                               " >= ", " > ", "100", "10", "19.5", "19.0"},
                                              random);
         return words.empty() ? words : name_of(*entry) + ": " + words;
       }},
      {"lowered severity",
       [](Json& recipe, Parts&, Random& random) {
         Json& plan = recipe["reaction_plans"][pick(random, recipe["reaction_plans"].size())];
         const std::string before = plan.value("severity", "minor");
         if (before == "minor") return std::string();
         plan["severity"] = "minor";
         return fmt::format("plan {}: {} became minor", name_of(plan), before);
       }},
      {"plan that doesn't hold",
       [](Json& recipe, Parts&, Random& random) {
         Json& plan = recipe["reaction_plans"][pick(random, recipe["reaction_plans"].size())];
         if (!plan.value("holds", false)) return std::string();
         plan.erase("holds");
         plan.erase("hold_level");
         plan.erase("hold_max_s");
         return "plan " + name_of(plan) + " doesn't hold";
       }},
      {"more measurements",
       [](Json& recipe, Parts&, Random& random) {
         Json& plan = recipe["reaction_plans"][pick(random, recipe["reaction_plans"].size())];
         const int before = plan.value("remeasure_max", 0);
         if (before == 0) return std::string();
         plan["remeasure_max"] = before + 1;
         return fmt::format("plan {}: {} measurements more", name_of(plan), before + 1);
       }},
      {"widened time limit",
       [](Json& recipe, Parts& parts, Random& random) {
         Json* step =
             any(random, parts.steps, [](const Json& s) { return s.contains("maximum_s"); });
         Json& limit = pick(random, 2) == 0 ? *step : recipe["time_limits"][0];
         limit["maximum_s"] = limit["maximum_s"].get<int>() * 2;
         return name_of(limit) + ": twice the maximum time";
       }},
      {"widened gate",
       [](Json&, Parts& parts, Random& random) {
         const auto timed = [](const Json& gate) { return gate.contains("maximum_s"); };
         Json* step = any(random, parts.steps, [&](const Json& s) {
           return has_list(s, "gates") && std::ranges::any_of(s["gates"], timed);
         });
         for (Json& gate : (*step)["gates"]) {
           if (timed(gate)) gate["maximum_s"] = gate["maximum_s"].get<int>() * 2;
         }
         return name_of(*step) + ": twice the time of its gate";
       }},
      {"loop bound removed",
       [](Json&, Parts& parts, Random& random) {
         return drop_key("action", any(random, parts.entries, [](const Json& e) {
                           return name_of(e) == "addition" || name_of(e) == "way-on";
                         }));
       }},
      {"relies on nothing",
       [](Json&, Parts& parts, Random& random) {
         return drop_key("relies_on", any(random, parts.steps,
                                          [](const Json& s) { return s.contains("relies_on"); }));
       }},
      {"other exception class",
       [](Json&, Parts& parts, Random& random) {
         return drop_key("exception_class", any(random, parts.entries, [](const Json& e) {
                           return e.contains("exception_class");
                         }));
       }},
      {"result not awaited",
       [](Json&, Parts& parts, Random& random) {
         return drop_key(
             "late", any(random, parts.entries, [](const Json& e) { return e.contains("late"); }));
       }},
      {"not identified",
       [](Json&, Parts& parts, Random& random) {
         return drop_key("identifies", any(random, parts.entries,
                                           [](const Json& e) { return e.contains("identifies"); }));
       }},
      {"answer not expected",
       [](Json&, Parts& parts, Random& random) {
         return drop_key("expected", any(random, parts.entries,
                                         [](const Json& e) { return e.contains("expected"); }));
       }},
  };
  return kAll;
}

// The first thing that noticed; empty when nothing did.
std::string noticed_by(const Json& mutant) {
  const auto reading = read_mbr(batchwright::to_text(mutant));
  if (!reading) return reading.error().message;
  for (const Finding& finding : reading->findings) {
    if (finding.severity == Severity::kError)
      return "check " + finding.code + " @ " + finding.place;
  }
  const auto report = dry_run(std::make_shared<const Mbr>(reading->mbr));
  for (const Finding& finding : report.findings) {
    if (finding.severity == Severity::kError) {
      return "dry-run " + finding.code + " @ " + finding.place;
    }
  }
  return {};
}

TEST(RecipeMutants, AreNoticedByCheckOrDryRun) {
  const std::string text = repository_file("resources/recipes/tris-saline-100l.mbr.json");
  const Json recipe = parse_json(text).value();
  ASSERT_EQ(noticed_by(recipe), "") << "the recipe itself is good";
  const std::size_t wanted = amount("BATCHWRIGHT_MUTANTS", 40);
  const std::size_t seed = option("BATCHWRIGHT_MUTANT_SEED", 117);
  fmt::print("seed {}\n", seed);
  Random random(seed);
  std::size_t made = 0, caught = 0;
  for (std::size_t turn = 0; made < wanted && turn < wanted * 10; ++turn) {
    Json mutant = recipe;
    Parts parts;
    collect(mutant["procedure"]["children"], parts);
    const auto& [kind, mutate] = mutations()[turn % mutations().size()];
    const std::string what = mutate(mutant, parts, random);
    if (what.empty() || mutant == recipe) continue;
    ++made;
    const std::string by = noticed_by(mutant);
    if (!by.empty()) ++caught;
    fmt::print("| {} | {} | {} | {} |\n", made, kind, what, by.empty() ? "SURVIVED" : by);
    std::fflush(stdout);
  }
  fmt::print("{} of {} mutants were noticed\n", caught, made);
  EXPECT_EQ(made, wanted);
  EXPECT_GE(caught * 100, made * 95);
}

}  // namespace
}  // namespace batchwright::workflows::test
