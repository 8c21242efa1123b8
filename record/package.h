// An exported journal: one self-contained text file that needs no SQLite, network or trust in us to
// be verified. docs/formats/package.md: header line, the journal's lines as stored, footer line
// signed by the device.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "record/journal_writer.h"
#include "record/trust.h"

namespace batchwright::record {

// The most that is read. A larger file is unreadable, which says nothing about its content.
inline constexpr std::size_t kPackageBytesMax = std::size_t{4} << 30;
inline constexpr std::size_t kPackageLinesMax = 20'000'000;

struct PackageHeader {
  std::string device;
  TrustAnchor
      site;  // who the package says its site is; believed only when the verifier's anchor agrees
  SignedDocument enrolment;
  std::vector<SignedDocument> documents;  // directories, approvals, issues, receipt-key certificate
  // The newest is enough: through the chain it confirms every line before its own.
  std::vector<SignedDocument> receipts;
};

// The whole file as text. `lines` are the raw line bytes 1..n in order; an empty journal is
// allowed.
[[nodiscard]] std::string write_package(const PackageHeader& header,
                                        const std::vector<std::string>& lines,
                                        const SecretKey& device_key, Instant now);

// What is known of a journal that was read from a store's folder instead of an exported file,
// beside its lines. None of it is signed.
struct FolderFacts {
  struct End {
    std::uint64_t seq = 0;
    Digest hash{};
  };
  struct Damage {
    std::uint64_t seq = 0;  // 0: no line in particular
    std::string message;
  };
  std::optional<End> end;      // the last line that was accepted, as the store remembers it
  std::vector<Damage> damage;  // what the store itself found; each is an error
};

struct Package {
  PackageHeader header;
  std::vector<std::string> lines;
  std::string header_bytes;
  std::string footer_bytes;           // empty when the file was cut
  std::optional<FolderFacts> folder;  // never set for a file: that must have its footer
};

// A journal without a closing line, read from a folder of a store that nobody can sign for: its key
// isn't there, or the store was altered.
[[nodiscard]] Package package_of_folder(PackageHeader header, std::vector<std::string> lines,
                                        FolderFacts facts);

// Splits and reads the header; kUnreadable when the text is no package at all or larger than what
// is read. Damage is left for verify to name.
[[nodiscard]] Result<Package> read_package(std::string_view text);

}  // namespace batchwright::record
