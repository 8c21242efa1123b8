#include "tests/offline_store/memory_disk.h"

#include "tests/offline_store/memory_disk_vfs.h"

namespace batchwright::offline_store::test {

namespace {

using Kind = DiskOperation::Kind;

class OpenFile final : public internal::File {
 public:
  OpenFile(MemoryDisk& disk, std::shared_ptr<MemoryDisk::Content> content)
      : disk_(disk), content_(std::move(content)) {}

  Result<std::string> read(std::uint64_t offset, std::size_t bytes_max) override {
    if (offset >= content_->bytes.size()) return std::string();
    return content_->bytes.substr(offset, bytes_max);
  }
  Result<void> write(std::uint64_t offset, std::string_view bytes) override {
    return disk_.write(*content_, offset, bytes);
  }
  Result<void> sync() override { return disk_.sync(*content_); }

 private:
  MemoryDisk& disk_;
  std::shared_ptr<MemoryDisk::Content> content_;
};

class NoLock final : public internal::DirectoryLock {};

std::unexpected<Error> missing(const std::string& path) {
  return fail(ErrorCode::kNotFound, "There is no such file.", path);
}

}  // namespace

struct MemoryDisk::Vfs : RegisteredVfs {
  using RegisteredVfs::RegisteredVfs;
};

MemoryDisk::MemoryDisk() : registered_(std::make_unique<Vfs>(*this)), vfs_(registered_->name()) {}

MemoryDisk::MemoryDisk(const DiskImage& image) : MemoryDisk() {
  folders_ = image.folders;
  for (const auto& [path, bytes] : image.files) {
    names_[path] = std::make_shared<Content>(files_made_++, bytes, path);
  }
}

MemoryDisk::~MemoryDisk() = default;

internal::Environment MemoryDisk::environment() {
  return {.files = this,
          .vfs = vfs_,
          .reserve_bytes = 0,
          .journal_reserve_bytes = 0,
          .checkpoint_pages = 40};
}

DiskImage MemoryDisk::image() const {
  DiskImage out{.files = {}, .folders = folders_};
  for (const auto& [path, content] : names_) out.files[path] = content->bytes;
  return out;
}

std::uint64_t MemoryDisk::used_bytes() const {
  std::uint64_t used = 0;
  for (const auto& [path, content] : names_) used += content->bytes.size();
  return used;
}

Result<void> MemoryDisk::begin(const std::string& path) {
  ++count_;
  if (!fault_ || count_ < fault_->at_operation) return {};
  if (count_ > fault_->at_operation && !fault_->for_good) return {};
  return fail(fault_->code, "This disk fails on purpose.", path);
}

Result<std::shared_ptr<MemoryDisk::Content>> MemoryDisk::find_or_make(const std::string& path,
                                                                      bool make) {
  const auto found = names_.find(path);
  if (found != names_.end()) return found->second;
  if (!make) return missing(path);
  if (auto good = begin(path); !good) return std::unexpected(good.error());
  auto content = std::make_shared<Content>(files_made_++, "", path);
  names_[path] = content;
  operations_.push_back({.kind = Kind::kCreate, .path = path, .target = {}, .file = content->file});
  return content;
}

Result<void> MemoryDisk::write(Content& content, std::uint64_t offset, std::string_view bytes) {
  if (auto good = begin(content.path); !good) return good;
  const std::uint64_t end = offset + bytes.size();
  const std::uint64_t more = end > content.bytes.size() ? end - content.bytes.size() : 0;
  if (capacity_bytes_ && used_bytes() + more > *capacity_bytes_) {
    return fail(ErrorCode::kFull, "There is no space left on the disk.", content.path);
  }
  if (more > 0) content.bytes.resize(end, '\0');
  content.bytes.replace(offset, bytes.size(), bytes);
  operations_.push_back({.kind = Kind::kWrite,
                         .path = content.path,
                         .target = {},
                         .file = content.file,
                         .at = offset,
                         .bytes = std::string(bytes)});
  return {};
}

Result<void> MemoryDisk::truncate(Content& content, std::uint64_t size) {
  if (auto good = begin(content.path); !good) return good;
  content.bytes.resize(size, '\0');
  operations_.push_back({.kind = Kind::kTruncate,
                         .path = content.path,
                         .target = {},
                         .file = content.file,
                         .at = size});
  return {};
}

Result<void> MemoryDisk::sync(Content& content) {
  if (auto good = begin(content.path); !good) return good;
  if (!unsynced_suffix_.empty() && content.path.ends_with(unsynced_suffix_)) return {};
  operations_.push_back(
      {.kind = Kind::kSync, .path = content.path, .target = {}, .file = content.file});
  return {};
}

Result<void> MemoryDisk::remove(const std::string& path) {
  if (!names_.contains(path)) return missing(path);
  if (auto good = begin(path); !good) return good;
  names_.erase(path);
  operations_.push_back({.kind = Kind::kRemove, .path = path, .target = {}});
  return {};
}

Result<std::unique_ptr<internal::File>> MemoryDisk::open(const std::string& path,
                                                         internal::Open how) {
  const bool make = how == internal::Open::kCreate || how == internal::Open::kStartOver;
  auto content = find_or_make(path, make);
  if (!content) return std::unexpected(content.error());
  if (how == internal::Open::kStartOver && !(*content)->bytes.empty()) {
    if (auto emptied = truncate(**content, 0); !emptied) return std::unexpected(emptied.error());
  }
  return std::make_unique<OpenFile>(*this, std::move(*content));
}

Result<bool> MemoryDisk::exists(const std::string& path) {
  return names_.contains(path) || folders_.contains(path);
}

Result<std::uint64_t> MemoryDisk::size_bytes(const std::string& path) {
  const auto found = names_.find(path);
  if (found == names_.end()) return missing(path);
  return found->second->bytes.size();
}

Result<void> MemoryDisk::make_directory(const std::string& path) {
  if (folders_.contains(path)) return {};
  if (auto good = begin(path); !good) return good;
  folders_.insert(path);
  operations_.push_back({.kind = Kind::kMakeFolder, .path = path, .target = {}});
  return {};
}

Result<void> MemoryDisk::rename(const std::string& from, const std::string& to) {
  const auto found = names_.find(from);
  if (found == names_.end()) return missing(from);
  if (auto good = begin(to); !good) return good;
  const auto content = found->second;
  names_.erase(found);
  names_[to] = content;
  operations_.push_back({.kind = Kind::kRename, .path = from, .target = to, .file = content->file});
  return {};
}

Result<void> MemoryDisk::sync_directory(const std::string& path) {
  if (auto good = begin(path); !good) return good;
  operations_.push_back({.kind = Kind::kSyncFolder, .path = path, .target = {}});
  return {};
}

Result<std::uint64_t> MemoryDisk::free_bytes(const std::string&) {
  constexpr std::uint64_t kPlenty = 1ull << 40;
  if (!capacity_bytes_) return kPlenty;
  return *capacity_bytes_ > used_bytes() ? *capacity_bytes_ - used_bytes() : 0;
}

Result<std::unique_ptr<internal::DirectoryLock>> MemoryDisk::lock(const std::string& path,
                                                                  bool make) {
  auto content = find_or_make(path, make);
  if (!content) return std::unexpected(content.error());
  return std::make_unique<NoLock>();
}

}  // namespace batchwright::offline_store::test
