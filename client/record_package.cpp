#include "client/record_package.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdlib>

#include "base/bytes.h"
#include "base/then.h"
#include "client/device_identity.h"
#include "client/file.h"
#include "offline_store/sqlite/connection.h"

namespace batchwright::client {

namespace {

namespace sqlite = offline_store::sqlite;
using Texts = std::vector<std::string>;

constexpr std::uint64_t kChunkLines = 8192;

// Where the documents of a header come from: a store that opened, or the bare tables of one that
// refuses to.
class Documents {
 public:
  virtual ~Documents() = default;
  [[nodiscard]] virtual Result<Texts> own(const char* kind) = 0;  // those about this panel: 0 or 1
  [[nodiscard]] virtual Result<Texts> all(const char* kind) = 0;
  [[nodiscard]] virtual Result<Texts> newest_receipt() = 0;  // 0 or 1
};

class StoreDocuments final : public Documents {
 public:
  explicit StoreDocuments(offline_store::Store& store) : store_(store) {}

  Result<Texts> own(const char* kind) override {
    auto text = store_.catalogue(kind, kSelf);
    if (!text) return std::unexpected(text.error());
    return *text ? Texts{std::move(**text)} : Texts{};
  }
  Result<Texts> all(const char* kind) override {
    auto items = store_.catalogue_all(kind);
    if (!items) return std::unexpected(items.error());
    Texts texts;
    for (auto& item : *items) texts.push_back(std::move(item.text));
    return texts;
  }
  Result<Texts> newest_receipt() override {
    auto receipts = store_.receipts();
    if (!receipts) return std::unexpected(receipts.error());
    return receipts->empty() ? Texts{} : Texts{std::move(receipts->back())};
  }

 private:
  offline_store::Store& store_;
};

class TableDocuments final : public Documents {
 public:
  explicit TableDocuments(sqlite::Connection& connection) : connection_(connection) {}

  Result<Texts> own(const char* kind) override {
    return rows(connection_.prepare("SELECT text FROM catalogue WHERE kind = ?1 AND name = 'self'"),
                kind);
  }
  Result<Texts> all(const char* kind) override {
    return rows(connection_.prepare("SELECT text FROM catalogue WHERE kind = ?1 ORDER BY name"),
                kind);
  }
  Result<Texts> newest_receipt() override {
    return rows(connection_.prepare("SELECT text FROM receipt ORDER BY seq DESC LIMIT 1"));
  }

 private:
  template <typename... Values>
  static Result<Texts> rows(Result<sqlite::Statement> select, const Values&... values) {
    if (!select) return std::unexpected(select.error());
    if (auto started = select->start(values...); !started) return std::unexpected(started.error());
    Texts texts;
    for (;;) {
      const auto row = select->step();
      if (!row) return std::unexpected(row.error());
      if (!*row) return texts;
      texts.emplace_back(select->text(0));
    }
  }

  sqlite::Connection& connection_;
};

// What can't be read is left out and remembered, so that the rest can still be verified.
class HeaderMaker {
 public:
  explicit HeaderMaker(Documents& documents) : documents_(documents) {}

  record::PackageHeader make() {
    for (const auto& text : taken(documents_.own("trust"))) {
      if (auto anchor = parsed(text, record::trust_anchor_from_json)) header_.site = *anchor;
    }
    for (const auto& text : taken(documents_.own("enrolment"))) add_enrolment(text);
    for (const char* kind : {"receipt-key", "directory", "approval", "issue"}) {
      add(documents_.all(kind), header_.documents);
    }
    // The newest confirms every line before its own, because each line holds the hash of the one
    // before. All of them would outgrow the header: a panel collects one per commit.
    add(documents_.newest_receipt(), header_.receipts);
    return std::move(header_);
  }

  [[nodiscard]] const std::vector<Error>& errors() const { return errors_; }

 private:
  Texts taken(const Result<Texts>& texts) {
    if (texts) return *texts;
    errors_.push_back(texts.error());
    return {};
  }

  template <typename T>
  Result<T> parsed(const std::string& text, Result<T> (*read)(const Json&)) {
    auto value = then(parse_json(text), read);
    if (!value) errors_.push_back(value.error());
    return value;
  }

  void add(const Result<Texts>& texts, std::vector<record::SignedDocument>& out) {
    for (const auto& text : taken(texts)) {
      if (auto document = parsed(text, record::signed_document_from_json)) out.push_back(*document);
    }
  }

  // Whether the site signed it is for verify to say.
  void add_enrolment(const std::string& text) {
    auto document = parsed(text, record::signed_document_from_json);
    if (!document) return;
    if (const auto own = parsed(document->statement, record::enrolment_from_statement)) {
      header_.device = own->device;
    }
    header_.enrolment = std::move(*document);
  }

  Documents& documents_;
  record::PackageHeader header_;
  std::vector<Error> errors_;
};

Result<record::PackageHeader> header_of(offline_store::Store& store) {
  StoreDocuments documents(store);
  HeaderMaker maker(documents);
  auto header = maker.make();
  if (!maker.errors().empty()) return std::unexpected(maker.errors().front());
  return header;
}

Result<std::vector<std::string>> lines_of(offline_store::Store& store) {
  auto head = store.head();
  if (!head) return std::unexpected(head.error());
  std::vector<std::string> lines;
  for (std::uint64_t first = 1; first <= head->seq; first += kChunkLines) {
    auto chunk = store.load_lines(first, kChunkLines);
    if (!chunk) return std::unexpected(chunk.error());
    lines.insert(lines.end(), std::make_move_iterator(chunk->begin()),
                 std::make_move_iterator(chunk->end()));
  }
  return lines;
}

// One slot of the side file, docs/formats/store.md: mark, seq, hash, and a checksum of them.
std::optional<record::FolderFacts::End> parse_slot(std::string_view slot) {
  constexpr std::string_view kMark = "batchwright/head/1 ";
  const std::size_t sum = slot.rfind(' ') + 1;  // 0 without a space
  if (!slot.starts_with(kMark) || to_hex(sha256(slot.substr(0, sum))) != slot.substr(sum)) {
    return std::nullopt;
  }
  record::FolderFacts::End end;
  const std::string_view fields = slot.substr(kMark.size(), sum - 1 - kMark.size());
  const char* const stop = fields.end();
  const auto [after, failed] = std::from_chars(fields.begin(), stop, end.seq);
  if (failed != std::errc{} || after == stop) return std::nullopt;
  const auto hash = array_from_hex<std::tuple_size_v<Digest>>(std::string_view(after + 1, stop));
  if (!hash) return std::nullopt;
  end.hash = *hash;
  return end;
}

// The newest good slot. None is no finding here: the store itself says what is wrong with the file.
std::optional<record::FolderFacts::End> load_side_head(const std::filesystem::path& directory) {
  const auto text = load_file(directory / "head", 64u << 10);
  if (!text) return std::nullopt;
  std::optional<record::FolderFacts::End> newest;
  std::string_view rest = *text;
  for (std::size_t end = rest.find('\n'); end != std::string_view::npos; end = rest.find('\n')) {
    const auto slot = parse_slot(rest.substr(0, end));
    if (slot && (!newest || slot->seq > newest->seq)) newest = slot;
    rest.remove_prefix(std::min(rest.find_first_not_of('\0', end + 1), rest.size()));
  }
  return newest;
}

// A folder for a copy of the database, gone with the object.
class PrivateFolder {
 public:
  PrivateFolder() = default;
  PrivateFolder(const PrivateFolder&) = delete;
  PrivateFolder& operator=(const PrivateFolder&) = delete;
  ~PrivateFolder() {
    std::error_code ignored;
    if (!path_.empty()) std::filesystem::remove_all(path_, ignored);
  }

  [[nodiscard]] bool make() {
    std::error_code error;
    std::string name = (std::filesystem::temp_directory_path(error) / "batchwright-read-").string();
    name += std::string(6, 'X');  // what mkdtemp replaces
    if (error || ::mkdtemp(name.data()) == nullptr) return false;
    path_ = name;
    return true;
  }
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

// The database as it is, unchanged. With a log beside it, a copy is read into which SQLite may play
// that log.
Result<sqlite::Connection> connect_to_tables(const std::filesystem::path& directory,
                                             PrivateFolder& copy) {
  const auto size_of = [&](const char* name) {
    std::error_code missing;
    const auto size = std::filesystem::file_size(directory / name, missing);
    return missing ? 0 : size;
  };
  constexpr std::array kLogs = {"store.db-wal", "store.db-journal"};
  if (std::ranges::none_of(kLogs, size_of)) {
    return sqlite::Connection::open(directory / "store.db",
                                    {.access = sqlite::Access::kImmutable, .vfs = {}});
  }
  std::error_code error;
  if (!copy.make()) error = std::make_error_code(std::errc::no_space_on_device);
  for (const char* name : {"store.db", "store.db-wal", "store.db-journal"}) {
    if (!error && size_of(name) > 0) {
      std::filesystem::copy_file(directory / name, copy.path() / name, error);
    }
  }
  if (error) return fail(ErrorCode::kUnreadable, error.message(), directory.string());
  return sqlite::Connection::open(copy.path() / "store.db",
                                  {.access = sqlite::Access::kReadWrite, .vfs = {}});
}

// Every row of the journal in order, as far as the file can be read; whether it is good is for
// verify to say.
Result<std::vector<std::string>> read_lines(sqlite::Connection& connection,
                                            std::vector<record::FolderFacts::Damage>& damage) {
  // A view in its place could give rows without end.
  const auto kind = connection.query_text("SELECT type FROM sqlite_schema WHERE name = 'journal'");
  if (!kind || *kind != "table") return fail(ErrorCode::kAltered, "There is no journal.");
  auto select = connection.prepare("SELECT line FROM journal ORDER BY seq");
  if (!select) return std::unexpected(select.error());
  if (auto started = select->start(); !started) return std::unexpected(started.error());
  std::vector<std::string> lines;
  for (std::size_t bytes = 0;;) {
    const auto row = select->step();
    if (!row) damage.push_back({lines.size() + 1, "From this line on, " + row.error().message});
    if (!row || !*row) return lines;
    lines.emplace_back(select->blob(0));
    bytes += lines.back().size();
    if (bytes > record::kPackageBytesMax || lines.size() > record::kPackageLinesMax) {
      return fail(ErrorCode::kUnreadable, "The journal is larger than what is read.");
    }
  }
}

record::FolderFacts::Damage damage_of(const Error& error) {
  record::FolderFacts::Damage damage{.message = error.message};
  constexpr std::string_view kLine = "line ";
  const std::string_view place = error.place;
  if (place.starts_with(kLine)) {
    const char* const digits = place.data() + kLine.size();
    std::from_chars(digits, place.data() + place.size(), damage.seq);  // stays 0 otherwise
  }
  return damage;
}

// The store was refused as altered for the reason `refused`. Its rows are read as they stand, so
// that verify can name the line; when they can't be, the store's own words are the answer.
Result<record::Package> package_of_refused(const std::filesystem::path& directory,
                                           const Error& refused) {
  PrivateFolder copy;
  auto connection = connect_to_tables(directory, copy);
  if (!connection) return std::unexpected(refused);
  record::FolderFacts facts{.end = load_side_head(directory), .damage = {damage_of(refused)}};
  auto lines = read_lines(*connection, facts.damage);
  if (!lines) return std::unexpected(refused);
  TableDocuments documents(*connection);
  HeaderMaker maker(documents);
  const auto header = maker.make();
  for (const Error& error : maker.errors()) facts.damage.push_back({.message = error.message});
  return record::package_of_folder(header, std::move(*lines), std::move(facts));
}

// A copy of the folder without the device's key, for example an auditor's, can't sign a closing
// line.
Result<record::Package> package_without_key(offline_store::Store& store,
                                            const std::filesystem::path& directory) {
  auto header = header_of(store);
  if (!header) return std::unexpected(header.error());
  auto lines = lines_of(store);
  if (!lines) return std::unexpected(lines.error());
  return record::package_of_folder(*header, std::move(*lines),
                                   {.end = load_side_head(directory), .damage = {}});
}

Result<record::Package> load_folder(const std::filesystem::path& directory, Instant now) {
  auto store = offline_store::Store::open(directory.string(), offline_store::Mode::kReadClosed);
  if (!store) return std::unexpected(store.error());
  std::error_code error;
  const auto enrolled = (*store)->catalogue("enrolment", kSelf);
  if (enrolled && *enrolled && !std::filesystem::exists(directory / "device.key", error)) {
    return package_without_key(**store, directory);
  }
  return then(package_of_store(**store, directory, now),
              [](const std::string& text) { return record::read_package(text); });
}

// A file is read here; the folder of a store by `read_folder`.
template <typename ReadFolder>
Result<record::Package> load(const std::filesystem::path& path, ReadFolder read_folder) {
  std::error_code error;
  const auto status = std::filesystem::status(path, error);
  if (!std::filesystem::exists(status))
    return fail(ErrorCode::kNotFound, "There is no such file or folder. Check the name.",
                path.string());
  if (std::filesystem::is_directory(status)) return read_folder();
  return then(load_file(path, record::kPackageBytesMax),
              [](const std::string& text) { return record::read_package(text); });
}

}  // namespace

Result<std::string> package_of_store(offline_store::Store& store,
                                     const std::filesystem::path& directory, Instant now) {
  auto identity = load_device_identity(store, directory);
  if (!identity) return std::unexpected(identity.error());
  auto header = header_of(store);
  if (!header) return std::unexpected(header.error());
  auto lines = lines_of(store);
  if (!lines) return std::unexpected(lines.error());
  return record::write_package(*header, *lines, identity->key, now);
}

Result<record::Package> load_package(const std::filesystem::path& path, Instant now) {
  return load(path, [&] { return load_folder(path, now); });
}

Result<record::Package> load_package_to_verify(const std::filesystem::path& path, Instant now) {
  return load(path, [&]() -> Result<record::Package> {
    auto package = load_folder(path, now);
    if (package || package.error().code != ErrorCode::kAltered) return package;
    return package_of_refused(path, package.error());
  });
}

}  // namespace batchwright::client
