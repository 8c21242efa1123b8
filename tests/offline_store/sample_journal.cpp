#include "tests/offline_store/sample_journal.h"

#include <gtest/gtest.h>

#include "base/ensure.h"
#include "record/signed_document.h"
#include "record/trust.h"

namespace batchwright::offline_store::test {

namespace {

constexpr Instant kNow{.unix_ms = 1'795'000'000'000, .offset_minutes = 60};

record::SignedDocument enrolment_of(const std::string& device, const record::SecretKey& key,
                                    const record::SecretKey& site_key) {
  const record::DeviceEnrolment enrolment{.site = "Plant 1",
                                          .device = device,
                                          .prefix = "MIX2",
                                          .room = "Mixing 2",
                                          .key = key.public_key(),
                                          .time = to_text(kNow)};
  return record::sign_document("enrolment", record::to_statement(enrolment), site_key);
}

}  // namespace

SampleJournal::SampleJournal(const std::string& device)
    : device_(device),
      site_key_(record::generate_key()),
      key_(record::generate_key()),
      writer_(device, key_, record::Head{}) {
  continue_from({.seq = 0, .hash = enrolment_hash(), .hlc = {}});
}

CatalogueItem SampleJournal::enrolment() const {
  const auto document = enrolment_of(device_, key_, site_key_);
  return {"enrolment", "self", to_text(record::to_json(document))};
}

Digest SampleJournal::enrolment_hash() const {
  return enrolment_of(device_, key_, site_key_).hash();
}

Commit SampleJournal::next(std::size_t entries, std::size_t filler_bytes, const std::string& run) {
  Commit commit = seal(entries, filler_bytes, run);
  writer_.advance(commit.back());
  return commit;
}

Commit SampleJournal::peek(std::size_t entries, const std::string& run) const {
  return seal(entries, 0, run);
}

void SampleJournal::continue_from(const JournalHead& head) {
  writer_ =
      record::JournalWriter(device_, key_, {.seq = head.seq, .hash = head.hash, .hlc = head.hlc});
}

Commit SampleJournal::seal(std::size_t entries, std::size_t filler_bytes,
                           const std::string& run) const {
  std::vector<record::Draft> drafts;
  for (std::size_t i = 0; i < entries; ++i) {
    record::Draft draft;
    draft.type = "entry_recorded";
    draft.subject = {"run", run};
    draft.step = "compound/temperature#1";
    draft.actor = draft.performed_by = "p-17";
    draft.role = "operator";
    draft.lang = "en";
    draft.body["entry"] = "temperature";
    draft.body["value"] = "21." + std::to_string(i);
    if (filler_bytes > 0) draft.body["filler"] = std::string(filler_bytes, 'x');
    drafts.push_back(std::move(draft));
  }
  auto commit = writer_.seal(drafts, kNow, {});
  ensure(commit.has_value(), "the sample commit can be sealed");
  return std::move(*commit);
}

std::vector<std::string> bytes_of(const std::vector<Commit>& commits) {
  std::vector<std::string> out;
  for (const Commit& commit : commits) {
    for (const auto& line : commit) out.push_back(line.bytes);
  }
  return out;
}

std::unique_ptr<Store> open_enrolled(const std::string& folder, const SampleJournal& journal) {
  auto store = Store::open(folder, Mode::kOpenOrCreate);
  EXPECT_TRUE(store) << store.error().message;
  if (!store) return nullptr;
  auto enrolled = (*store)->put_catalogue(journal.enrolment());
  EXPECT_TRUE(enrolled) << enrolled.error().message;
  return std::move(*store);
}

}  // namespace batchwright::offline_store::test
