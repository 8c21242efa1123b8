#include "offline_store/salvage.h"

#include <charconv>
#include <optional>

#include "offline_store/internal/head_file.h"
#include "offline_store/internal/private_copy.h"
#include "offline_store/internal/store_paths.h"
#include "offline_store/sqlite/connection.h"

namespace batchwright::offline_store {

namespace {

using record::FolderFacts;

// "line 41", as the store words its places; 0 for any other place.
std::uint64_t line_of(const std::string& place) {
  constexpr std::string_view kLine = "line ";
  std::uint64_t seq = 0;
  if (place.starts_with(kLine)) {
    const std::string_view digits = std::string_view(place).substr(kLine.size());
    std::from_chars(digits.begin(), digits.end(), seq);  // stays 0 otherwise
  }
  return seq;
}

// Always a copy: SQLite may play a log into it, and an unclosed store has one.
Result<sqlite::Connection> connect(internal::Files& files, const internal::StorePaths& paths,
                                   std::optional<internal::PrivateCopy>& copy) {
  auto made = internal::PrivateCopy::make(files, paths.database);
  if (!made) return std::unexpected(made.error());
  copy.emplace(std::move(*made));
  return sqlite::Connection::open(copy->database(),
                                  {.access = sqlite::Access::kReadWrite, .vfs = {}});
}

Result<void> read_lines(sqlite::Connection& connection, Salvage& out) {
  // A view in its place could give rows without end.
  const auto kind = connection.query_text("SELECT type FROM sqlite_schema WHERE name = 'journal'");
  if (!kind || *kind != "table") return fail(ErrorCode::kAltered, "There is no journal.");
  auto select = connection.prepare("SELECT line FROM journal ORDER BY seq");
  if (!select) return std::unexpected(select.error());
  if (auto started = select->start(); !started) return started;
  for (std::size_t bytes = 0;;) {
    const auto row = select->step();
    if (!row)
      out.facts.damage.push_back(
          {out.lines.size() + 1, "From this line on, " + row.error().message});
    if (!row || !*row) return {};
    out.lines.emplace_back(select->blob(0));
    bytes += out.lines.back().size();
    if (bytes > record::kPackageBytesMax || out.lines.size() > record::kPackageLinesMax)
      return fail(ErrorCode::kUnreadable, "The journal is larger than what is read.");
  }
}

Result<void> read_documents(sqlite::Connection& connection, const std::string& kind, Salvage& out) {
  auto select =
      connection.prepare("SELECT kind, name, text FROM catalogue WHERE kind = ?1 ORDER BY name");
  if (!select) return std::unexpected(select.error());
  if (auto started = select->start(kind); !started) return started;
  for (;;) {
    const auto row = select->step();
    if (!row) return std::unexpected(row.error());
    if (!*row) return {};
    out.documents.push_back(
        {std::string(select->text(0)), std::string(select->text(1)), std::string(select->text(2))});
  }
}

Result<void> read_newest_receipt(sqlite::Connection& connection, Salvage& out) {
  auto select = connection.prepare("SELECT text FROM receipt ORDER BY seq DESC LIMIT 1");
  if (!select) return std::unexpected(select.error());
  if (auto started = select->start(); !started) return started;
  const auto row = select->step();
  if (!row) return std::unexpected(row.error());
  if (*row) out.receipts.emplace_back(select->text(0));
  return {};
}

}  // namespace

Result<Salvage> salvage(const std::string& directory, const std::vector<std::string>& kinds,
                        const Error& refused) {
  internal::Files& files = internal::system_files();
  const internal::StorePaths paths(directory);
  const auto lock = files.lock(paths.lock, /*make=*/false);
  if (!lock && lock.error().code == ErrorCode::kInUse) return std::unexpected(lock.error());
  std::optional<internal::PrivateCopy> copy;
  auto connection = connect(files, paths, copy);
  if (!connection) return std::unexpected(refused);

  Salvage out;
  out.facts.damage.push_back({line_of(refused.place), refused.message});
  // Without a good slot there is no end to compare with; `refused` says what is wrong with the
  // file.
  if (const auto side = internal::HeadFile::read(files, paths.head))
    out.facts.end = FolderFacts::End{side->seq, side->hash};
  if (auto read = read_lines(*connection, out); !read) {
    const bool too_large = read.error().code == ErrorCode::kUnreadable;
    return std::unexpected(too_large ? read.error() : refused);
  }
  const auto note = [&out](const Result<void>& read) {
    if (!read) out.facts.damage.push_back({.message = read.error().message});
  };
  for (const std::string& kind : kinds) note(read_documents(*connection, kind, out));
  note(read_newest_receipt(*connection, out));
  return out;
}

}  // namespace batchwright::offline_store
