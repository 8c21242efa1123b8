#include "record/site_facts_document.h"

#include "record/internal/member_reader.h"

namespace batchwright::record {

Json to_statement(const SiteFactsDocument& document) {
  Json json = Json::object();
  json["site"] = document.site;
  json["version"] = std::to_string(document.version);
  json["issued"] = document.issued;
  json["facts"] = document.facts;
  return json;
}

Result<SiteFactsDocument> site_facts_from_statement(const Json& statement) {
  internal::MemberReader reader(statement, "site facts");
  SiteFactsDocument document;
  document.site = reader.name("site");
  document.version = reader.number("version");
  if (document.version == 0) reader.note("version", "begins at 1");
  document.issued = reader.time("issued");
  document.facts = reader.raw("facts");
  if (document.facts.empty() || document.facts.size() > kSiteFactsBytesMax)
    reader.note("facts", "is empty or too long");
  if (const auto error = reader.finish()) return std::unexpected(*error);
  return document;
}

}  // namespace batchwright::record
