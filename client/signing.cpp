#include "client/signing.h"

#include <map>

#include "base/bytes.h"

namespace batchwright::client {

std::string meaning_words(const std::string& meaning) {
  static const std::map<std::string, std::string> words = {
      {"performed", "I performed this step as written and the entries are true."},
      {"verified", "I was present, compared the entries with what I saw, and they agree."},
      {"witnessed", "I was present and saw this step being done as written."},
      {"reviewed", "I reviewed these entries and their exceptions."},
      {"approved", "I approve this content."},
  };
  const auto found = words.find(meaning);
  return found == words.end() ? meaning : found->second;
}

workflows::SignStep sign(const record::SignatureStatement& statement,
                         const record::SecretKey& key) {
  workflows::SignStep command;
  command.step = statement.step;
  command.meaning = statement.meaning;
  command.statement = record::to_text(statement);
  command.key_hex = to_hex(key.public_key());
  command.signature_hex = to_hex(record::sign_statement(command.statement, key));
  return command;
}

}  // namespace batchwright::client
