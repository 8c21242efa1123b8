#include "twin/site.h"

#include <sys/stat.h>

#include "base/text.h"
#include "base/then.h"
#include "offline_store/sqlite/migrate.h"
#include "twin/people.h"
#include "twin/schema/schema.h"

namespace batchwright::twin {
namespace {

namespace sqlite = offline_store::sqlite;
constexpr int kLogPagesMax = 2'000;  // 8 MB

Result<sqlite::Connection> open_database(const std::filesystem::path& directory,
                                         sqlite::Access access) {
  const auto file = directory / "twin.db";
  // SQLite would make it readable for others; the files beside it take its mode.
  if (access == sqlite::Access::kReadWriteCreate)
    if (auto made = internal::make_private_file(file); !made) return std::unexpected(made.error());
  auto connection = sqlite::Connection::open(file.string(), {.access = access, .vfs = {}});
  if (!connection) return std::unexpected(connection.error());
  if (auto durable = sqlite::make_durable(*connection); !durable)
    return std::unexpected(durable.error());
  const auto& schema = schema::twin_schema();
  if (auto current = sqlite::bring_to_current(*connection, schema); !current)
    return std::unexpected(current.error());
  if (auto same = sqlite::check_schema(*connection, schema); !same)
    return std::unexpected(same.error());
  return connection;
}

Result<void> put_fact(sqlite::Connection& db, const char* key, const std::string& value) {
  auto insert = db.prepare("INSERT INTO site (key, value) VALUES (?, ?)");
  if (!insert) return std::unexpected(insert.error());
  return insert->run(key, value);
}

Result<std::string> fact(sqlite::Connection& db, const char* key) {
  auto select = db.prepare("SELECT value FROM site WHERE key = ?");
  if (!select) return std::unexpected(select.error());
  if (auto started = select->start(key); !started) return std::unexpected(started.error());
  auto row = select->step();
  if (!row) return std::unexpected(row.error());
  if (!*row)
    return fail(ErrorCode::kNotFound, "This twin was not made completely. Make it again with init.",
                key);
  return std::string(select->text(0));
}

Result<record::SecretKey> make_key(const std::filesystem::path& file) {
  auto key = record::generate_key();
  if (auto saved = internal::save_key(file, key); !saved) return std::unexpected(saved.error());
  return key;
}

// What an init that was cut off left behind: no site key exists, so nothing was ever signed or
// promised.
void remove_leftovers(const std::filesystem::path& directory) {
  for (const char* name : {"receipt.key", "twin.db", "twin.db-wal"}) {
    std::error_code ignored;
    std::filesystem::remove(directory / name, ignored);
  }
}

}  // namespace

Site::Site(std::filesystem::path directory, internal::DirectoryLock lock,
           sqlite::Connection connection, const Clock& clock)
    : directory_(std::move(directory)),
      lock_(std::move(lock)),
      connection_(std::move(connection)),
      clock_(clock) {}

Site::~Site() {
  // A failure leaves the log in place; the next open reads it.
  [[maybe_unused]] const auto finished = connection_.finish();
}

Result<std::unique_ptr<Site>> Site::create(const std::filesystem::path& directory,
                                           const std::string& name, const Clock& clock) {
  auto checked = checked_text(name);
  if (!checked) return std::unexpected(checked.error());
  if (checked->empty()) return fail(ErrorCode::kMalformed, "A site needs a name.", "--site");
  std::error_code error;
  std::filesystem::create_directories(directory, error);
  if (error) return fail(ErrorCode::kIo, "The folder can't be made.", directory.string());
  ::chmod(directory.c_str(), 0700);
  auto lock = internal::DirectoryLock::take(directory);
  if (!lock) return std::unexpected(lock.error());
  if (std::filesystem::exists(directory / "site.key"))
    return fail(ErrorCode::kConflict,
                "There is a twin in this folder already. Nothing was changed.", directory.string());
  remove_leftovers(directory);
  auto database = open_database(directory, sqlite::Access::kReadWriteCreate);
  if (!database) return std::unexpected(database.error());

  std::unique_ptr<Site> site(new Site(directory, std::move(*lock), std::move(*database), clock));
  auto receipt_key = make_key(directory / "receipt.key");
  if (!receipt_key) return std::unexpected(receipt_key.error());
  site->receipt_key_ = *receipt_key;
  // The site key is made last on disk: a folder without it is no twin yet, and init may be
  // repeated.
  site->site_key_ = record::generate_key();
  site->anchor_ = {*checked, site->site_key_.public_key()};
  record::ReceiptKey certificate;
  certificate.site = *checked;
  certificate.time = site->now_text();
  certificate.key = site->receipt_key_.public_key();
  site->certificate_ = site->sign("receipt-key", record::to_statement(certificate));
  auto& db = site->db();
  auto done = then(
      put_fact(db, "anchor", to_text(record::to_json(site->anchor_))),
      [&] { return put_fact(db, "receipt-key", to_text(record::to_json(site->certificate_))); },
      [&] { return publish_directory(*site, {}); },
      [&] { return internal::save_key(directory / "site.key", site->site_key_); });
  if (!done) return std::unexpected(done.error());
  return site;
}

Result<std::unique_ptr<Site>> Site::open(const std::filesystem::path& directory,
                                         const Clock& clock) {
  auto lock = internal::DirectoryLock::take(directory);
  if (!lock) return std::unexpected(lock.error());
  if (!std::filesystem::exists(directory / "site.key"))
    return fail(ErrorCode::kNotFound,
                "There is no twin in this folder. Make one with: batchwright-twin init.",
                directory.string());
  auto database = open_database(directory, sqlite::Access::kReadWrite);
  if (!database) return std::unexpected(database.error());
  std::unique_ptr<Site> site(new Site(directory, std::move(*lock), std::move(*database), clock));
  auto site_key = internal::load_key(directory / "site.key");
  if (!site_key) return std::unexpected(site_key.error());
  auto receipt_key = internal::load_key(directory / "receipt.key");
  if (!receipt_key) return std::unexpected(receipt_key.error());
  auto anchor = then(
      fact(site->db(), "anchor"), [](const std::string& text) { return parse_json(text); },
      record::trust_anchor_from_json);
  if (!anchor) return std::unexpected(anchor.error());
  auto certificate = then(
      fact(site->db(), "receipt-key"), [](const std::string& text) { return parse_json(text); },
      record::signed_document_from_json);
  if (!certificate) return std::unexpected(certificate.error());
  site->site_key_ = *site_key;
  site->receipt_key_ = *receipt_key;
  site->anchor_ = *anchor;
  site->certificate_ = *certificate;
  const auto certified = then(record::open_document(*certificate, "receipt-key", anchor->key),
                              record::receipt_key_from_statement);
  if (site_key->public_key() != anchor->key || !certified ||
      certified->key != receipt_key->public_key())
    return fail(
        ErrorCode::kAltered,
        "The keys in this folder don't belong to its database. Nothing was changed; restore "
        "both from the same backup.",
        directory.string());
  return site;
}

Result<void> Site::tidy_log() {
  if (connection_.wal_pages() <= kLogPagesMax) return {};
  return connection_.checkpoint();
}

}  // namespace batchwright::twin
