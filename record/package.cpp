#include "record/package.h"

#include <fmt/format.h>

#include "base/bytes.h"
#include "record/internal/package_parts.h"

namespace batchwright::record {
namespace {

constexpr std::string_view kHeaderStart = R"({"format":"batchwright/journal/)";
constexpr std::string_view kLineStart = R"({"device":")";
constexpr std::string_view kFooterStart = R"({"purpose":"export")";

std::unexpected<Error> too_large(std::string_view limit) {
  return fail(ErrorCode::kUnreadable,
              fmt::format("The file is larger than {}, the most that is read. Nothing was checked.",
                          limit));
}

// Without the line feed; `rest` moves behind it.
std::string_view take_line(std::string_view& rest) {
  const std::size_t end = rest.find('\n');
  const std::string_view line = rest.substr(0, end);
  rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
  return line;
}

// A cut file ends with a line of the journal, perhaps with half of one; everything else at the end
// is the footer, also a damaged one.
bool is_journal_line(std::string_view line) {
  return line.starts_with(kLineStart) || kLineStart.starts_with(line);
}

}  // namespace

std::string write_package(const PackageHeader& header, const std::vector<std::string>& lines,
                          const SecretKey& device_key, Instant now) {
  const std::string header_bytes = internal::write_header(header);
  const internal::Footer footer{
      .header = sha256(header_bytes),
      .device = header.device,
      .last = lines.size(),
      .hash = lines.empty() ? header.enrolment.hash() : sha256(lines.back()),
      .time = to_text(now)};
  std::string text = header_bytes + "\n";
  for (const std::string& line : lines) text += line + "\n";
  return text + internal::write_footer(footer, device_key) + "\n";
}

Package package_of_folder(PackageHeader header, std::vector<std::string> lines, FolderFacts facts) {
  Package package;
  package.header_bytes = internal::write_header(header);
  package.header = std::move(header);
  package.lines = std::move(lines);
  package.folder = std::move(facts);
  return package;
}

Result<Package> read_package(std::string_view text) {
  if (text.size() > kPackageBytesMax) return too_large("4 GiB");
  Package package;
  std::string_view rest = text;
  package.header_bytes = std::string(take_line(rest));
  while (!rest.empty()) {
    // One more than the lines: the footer.
    if (package.lines.size() > kPackageLinesMax) {
      return too_large(fmt::format("{} lines", kPackageLinesMax));
    }
    package.lines.emplace_back(take_line(rest));
  }
  if (!package.lines.empty() && !is_journal_line(package.lines.back())) {
    package.footer_bytes = std::move(package.lines.back());
    package.lines.pop_back();
  }
  // Either end is enough to know the file by, so that damage to the other is named instead of
  // refused.
  if (!package.header_bytes.starts_with(kHeaderStart) &&
      !package.footer_bytes.starts_with(kFooterStart)) {
    return fail(ErrorCode::kUnreadable,
                "This file is not an exported journal. Nothing was checked. Choose a file that "
                "\"batchwright export\" wrote.");
  }
  auto header = internal::read_header(package.header_bytes);
  if (header) {
    package.header = std::move(*header);
  } else if (header.error().code == ErrorCode::kUnsupported ||
             header.error().code == ErrorCode::kUnreadable) {
    return std::unexpected(header.error());
  }
  return package;
}

}  // namespace batchwright::record
