#include "offline_store/internal/head_file.h"

#include <charconv>

#include "base/bytes.h"

namespace batchwright::offline_store::internal {

namespace {

constexpr std::string_view kMark = "batchwright/head/1 ";

struct Slots {
  SideHead newest;
  std::size_t newest_slot;
};

std::string padded(const SideHead& head) {
  std::string slot = slot_text(head);
  slot.resize(kHeadSlotBytes, '\0');
  return slot;
}

Result<Slots> read_slots(File& file, const std::string& path) {
  auto bytes = file.read(0, kHeadSlots * kHeadSlotBytes);
  if (!bytes) return std::unexpected(bytes.error());
  std::optional<Slots> found;
  for (std::size_t slot = 0; slot < kHeadSlots; ++slot) {
    const std::size_t start = slot * kHeadSlotBytes;
    if (start >= bytes->size()) break;
    const auto head = parse_slot(std::string_view(*bytes).substr(start, kHeadSlotBytes));
    if (head && (!found || head->seq > found->newest.seq)) found = Slots{*head, slot};
  }
  if (found) return *found;
  return fail(
      ErrorCode::kAltered,
      "The side file that guards the end of the record is damaged, so it cannot be shown that "
      "nothing is missing. Nothing was changed. Keep the folder as it is and call IT.",
      path);
}

}  // namespace

std::string slot_text(const SideHead& head) {
  std::string text(kMark);
  text += std::to_string(head.seq) + ' ' + to_hex(head.hash) + ' ';
  return text + to_hex(sha256(text)) + '\n';
}

std::optional<SideHead> parse_slot(std::string_view slot) {
  if (!slot.starts_with(kMark)) return std::nullopt;
  const std::size_t end = slot.find('\n');
  if (end == std::string_view::npos) return std::nullopt;
  const std::string_view text = slot.substr(0, end + 1);
  const std::string_view fields = text.substr(kMark.size());

  SideHead head;
  const char* const start = fields.data();
  const auto [stop, failed] = std::from_chars(start, start + fields.size(), head.seq);
  const auto after_seq = static_cast<std::size_t>(stop - start);
  constexpr std::size_t kHexDigits = 2 * sizeof(Digest);
  if (failed != std::errc{} || fields.size() < after_seq + 1 + kHexDigits) return std::nullopt;
  const auto hash = array_from_hex<sizeof(Digest)>(fields.substr(after_seq + 1, kHexDigits));
  if (!hash) return std::nullopt;
  head.hash = *hash;
  // There is exactly one text per head; comparing with it checks every separator, the padding's
  // start and the checksum.
  if (text != slot_text(head)) return std::nullopt;
  return head;
}

Result<SideHead> HeadFile::read(Files& files, const std::string& path) {
  auto file = files.open(path, Open::kRead);
  if (!file) return std::unexpected(file.error());
  auto slots = read_slots(**file, path);
  if (!slots) return std::unexpected(slots.error());
  return slots->newest;
}

Result<void> HeadFile::create(Files& files, const std::string& directory, const std::string& path,
                              const SideHead& head) {
  return write_whole(files, directory, path + ".new", path, padded(head) + padded(head));
}

Result<HeadFile> HeadFile::open(Files& files, const std::string& path) {
  auto file = files.open(path, Open::kWrite);
  if (!file) return std::unexpected(file.error());
  auto slots = read_slots(**file, path);
  if (!slots) return std::unexpected(slots.error());
  return HeadFile(std::move(*file), slots->newest, (slots->newest_slot + 1) % kHeadSlots);
}

Result<void> HeadFile::write(const SideHead& head) {
  if (auto written = file_->write(next_slot_ * kHeadSlotBytes, padded(head)); !written) {
    return written;
  }
  if (auto synced = file_->sync(); !synced) return synced;
  head_ = head;
  next_slot_ = (next_slot_ + 1) % kHeadSlots;
  return {};
}

}  // namespace batchwright::offline_store::internal
