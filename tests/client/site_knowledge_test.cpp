// What gates are judged by: the site's document and what the journal tells since (requirement B6).
#include "client/site_knowledge.h"

#include <gtest/gtest.h>

namespace batchwright::client {
namespace {

constexpr const char* kIssued = "2026-11-22T12:00:00.000+00:00";
constexpr const char* kBefore = "2026-11-22T11:00:00.000+00:00";
constexpr const char* kAfter = "2026-11-22T13:00:00.000+00:00";

record::SiteFactsDocument document(std::uint64_t version = 1) {
  return {.site = "Test site",
          .version = version,
          .issued = kIssued,
          .facts = R"({"format": "batchwright/site-facts/1",
                       "equipment": [{"id": "MX-03", "class": "MX200"}],
                       "rooms": [{"id": "114"}]})"};
}

record::Line line_of(const workflows::Event& event, const char* time) {
  record::Line line;
  static_cast<record::Draft&>(line) = workflows::encode_event(event);
  line.subject = {"run", "018f0000-0000-7000-8000-0000000000b1"};
  line.time = time;
  return line;
}

SiteKnowledge begun() {
  SiteKnowledge site;
  EXPECT_TRUE(site.begin(document()));
  return site;
}

TEST(SiteKnowledge, NothingIsKnownBeforeTheSiteTold) {
  SiteKnowledge site;
  site.fold(line_of(workflows::SubjectStateChanged{"equipment", "MX-03", "clean"}, kAfter));
  EXPECT_EQ(site.facts(), nullptr);
}

TEST(SiteKnowledge, WhatARunBindsIsTakenUntilTheRunIsOver) {
  auto site = begun();
  site.fold(line_of(workflows::EquipmentBound{"mixer", "MX-03", "MX200", "", ""}, kBefore));
  EXPECT_EQ(site.facts()->equipment.at("MX-03").allocated_to,
            "018f0000-0000-7000-8000-0000000000b1");
  site.fold(line_of(workflows::RunStateChanged{"done", "running", "complete", ""}, kAfter));
  EXPECT_TRUE(site.facts()->equipment.at("MX-03").allocated_to.empty());
}

TEST(SiteKnowledge, NewerLinesMakeDirtyAndOlderOnesAreInTheDocumentAlready) {
  auto site = begun();
  const workflows::SubjectStateChanged dirty{"equipment", "MX-03", "dirty"};
  site.fold(line_of(dirty, kBefore));
  EXPECT_EQ(site.facts()->equipment.at("MX-03").state, "clean");
  site.fold(line_of(dirty, kAfter));
  EXPECT_EQ(site.facts()->equipment.at("MX-03").state, "dirty");
  const workflows::SubjectStateChanged room{"room", "114", "dirty"};
  site.fold(line_of(room, kBefore));
  EXPECT_EQ(site.facts()->rooms.at("114").state, "clean");
  site.fold(line_of(room, kAfter));
  EXPECT_EQ(site.facts()->rooms.at("114").state, "dirty");
}

TEST(SiteKnowledge, FactsThatCanNotBeReadChangeNothing) {
  auto site = begun();
  auto bad = document(2);
  bad.facts = "{}";
  EXPECT_FALSE(site.begin(bad));
  EXPECT_EQ(site.version(), 1u);
  EXPECT_TRUE(site.facts()->equipment.contains("MX-03"));
}

}  // namespace
}  // namespace batchwright::client
