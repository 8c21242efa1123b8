// The side file `head`: where the journal ended after the last accepted commit. One flipped byte in
// a live write-ahead log drops all later commits without a word from SQLite; this file is how that
// is noticed. docs/formats/store.md has the bytes.
//
// Two slots of 4096 bytes are written in turn, each with its own checksum. A write torn by power
// loss destroys at most the slot being written, whose commit was not accepted yet; the other still
// has the head before it.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/sha256.h"
#include "offline_store/internal/files.h"

namespace batchwright::offline_store::internal {

struct SideHead {
  std::uint64_t seq = 0;  // 0: an empty journal
  Digest hash{};          // of line seq; all zero when empty

  bool operator==(const SideHead&) const = default;
};

// One slot's text, without the padding.
[[nodiscard]] std::string slot_text(const SideHead& head);
// Nothing when the slot is torn, damaged or not a head.
[[nodiscard]] std::optional<SideHead> parse_slot(std::string_view slot);

inline constexpr std::size_t kHeadSlotBytes = 4096;
inline constexpr std::size_t kHeadSlots = 2;

class HeadFile {
 public:
  // For looking only. kNotFound: no file. kAltered: no slot is good.
  [[nodiscard]] static Result<SideHead> read(Files& files, const std::string& path);

  // Makes the file, durable and atomic, with `head` in both slots.
  [[nodiscard]] static Result<void> create(Files& files, const std::string& directory,
                                           const std::string& path, const SideHead& head);

  // An existing file, for writing. Errors as read().
  [[nodiscard]] static Result<HeadFile> open(Files& files, const std::string& path);

  [[nodiscard]] const SideHead& head() const { return head_; }

  // On return the file survives power loss with this head. After an error the object must not be
  // used again.
  [[nodiscard]] Result<void> write(const SideHead& head);

 private:
  HeadFile(std::unique_ptr<File> file, SideHead head, std::size_t next_slot)
      : file_(std::move(file)), head_(head), next_slot_(next_slot) {}

  std::unique_ptr<File> file_;
  SideHead head_;
  std::size_t next_slot_;  // never the slot that holds head_
};

}  // namespace batchwright::offline_store::internal
