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
      {"released", "I checked what stopped the work, and it may go on."},
      {"handed over", "I hand over this batch as the record shows it."},
      {"taken over", "I know what is open and take over this batch."},
      {"accepted", "I reviewed the whole record with its exceptions and accept it."},
      {"rejected", "I reviewed the record and don't accept it as it is."},
  };
  const auto found = words.find(meaning);
  return found == words.end() ? meaning : found->second;
}

namespace {

template <typename Command>
Command filled(Command command, const record::SignatureStatement& statement,
               const record::SecretKey& key) {
  command.statement = record::to_text(statement);
  command.key_hex = to_hex(key.public_key());
  command.signature_hex = to_hex(record::sign_statement(command.statement, key));
  return command;
}

}  // namespace

workflows::SignStep sign(const record::SignatureStatement& statement,
                         const record::SecretKey& key) {
  workflows::SignStep command;
  command.step = statement.step;
  command.meaning = statement.meaning;
  return filled(std::move(command), statement, key);
}

workflows::ReleaseStep sign_release(const record::SignatureStatement& statement,
                                    const std::string& exception, const std::string& reason,
                                    const record::SecretKey& key) {
  workflows::ReleaseStep command;
  command.step = statement.step;
  command.exception = exception;
  command.reason = reason;
  return filled(std::move(command), statement, key);
}

workflows::HandOver sign_hand_over(const record::SignatureStatement& statement,
                                   const std::string& note, const record::SecretKey& key) {
  workflows::HandOver command;
  command.note = note;
  return filled(std::move(command), statement, key);
}

workflows::TakeOver sign_take_over(const record::SignatureStatement& statement,
                                   const record::SecretKey& key) {
  return filled(workflows::TakeOver{}, statement, key);
}

const std::string* key_of(const workflows::Command& command) {
  return std::visit(
      [](const auto& what) -> const std::string* {
        if constexpr (requires { what.key_hex; }) return &what.key_hex;
        return nullptr;
      },
      command);
}

}  // namespace batchwright::client
