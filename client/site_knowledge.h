// The facts of the site as they are now: the newest signed document, and what the lines of this
// panel's journal have changed since. What gates and check-in are judged by.
#pragma once

#include "record/line.h"
#include "record/site_facts_document.h"
#include "workflows/site_facts.h"

namespace batchwright::client {

class SiteKnowledge {
 public:
  // Begins with `document`; every line of the journal must be folded after it, oldest first.
  // kMalformed when its facts can't be read; then nothing changed.
  [[nodiscard]] Result<void> begin(const record::SiteFactsDocument& document);

  // Which run uses what is known from lines alone. A state (clean, dirty) that a line tells is
  // believed when the line is newer than the document.
  void fold(const record::Line& line);

  // nullptr while no document has arrived: nothing is known, and gates that need it refuse.
  [[nodiscard]] const workflows::SiteFacts* facts() const {
    return version_ == 0 ? nullptr : &facts_;
  }
  [[nodiscard]] std::uint64_t version() const { return version_; }  // of the document; 0 = none

 private:
  void restore(const std::string& kind, const std::string& id);

  workflows::SiteFacts facts_, document_;
  std::int64_t issued_unix_ms_ = 0;
  std::uint64_t version_ = 0;
};

}  // namespace batchwright::client
