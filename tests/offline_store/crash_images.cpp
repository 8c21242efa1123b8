#include "tests/offline_store/crash_images.h"

#include <algorithm>

namespace batchwright::offline_store::test {

namespace {

using Kind = DiskOperation::Kind;
constexpr std::size_t kSectorBytes = 512;

std::string folder_of(const std::string& path) {
  return path.substr(0, path.rfind('/'));
}

void write_at(std::string& content, std::uint64_t at, std::string_view bytes) {
  if (content.size() < at + bytes.size()) content.resize(at + bytes.size(), '\0');
  content.replace(at, bytes.size(), bytes);
}

void apply_whole(const DiskOperation& operation, std::string& content) {
  if (operation.kind == Kind::kTruncate) content.resize(operation.at, '\0');
  if (operation.kind == Kind::kWrite) write_at(content, operation.at, operation.bytes);
}

// Each sector of a write on its own: there, not there, or garbage.
void apply_torn(const DiskOperation& operation, std::string& content, std::mt19937_64& random) {
  for (std::size_t start = 0; start < operation.bytes.size();) {
    const std::size_t in_sector = kSectorBytes - (operation.at + start) % kSectorBytes;
    std::string piece = operation.bytes.substr(start, in_sector);
    const auto fate = random() % 8;
    if (fate == 0) std::ranges::generate(piece, [&] { return static_cast<char>(random()); });
    if (fate < 5) write_at(content, operation.at + start, piece);
    start += piece.size();
  }
}

}  // namespace

CrashImages::CrashImages(const DiskImage& start, const std::vector<DiskOperation>& operations)
    : operations_(operations) {
  synced_.folders = start.folders;
  for (const auto& [path, bytes] : start.files) {
    synced_.names[path] = static_cast<int>(files_.size());
    files_.push_back({bytes, {}});
  }
}

void CrashImages::advance_to(std::size_t done) {
  for (; done_ < done; ++done_) {
    const DiskOperation& operation = operations_[done_];
    switch (operation.kind) {
      case Kind::kCreate: files_.emplace_back(); [[fallthrough]];
      case Kind::kMakeFolder:
      case Kind::kRename:
      case Kind::kRemove: unsynced_names_.push_back(&operation); break;
      case Kind::kWrite:
      case Kind::kTruncate:
        files_[static_cast<std::size_t>(operation.file)].unsynced.push_back(&operation);
        break;
      case Kind::kSync: {
        FileState& file = files_[static_cast<std::size_t>(operation.file)];
        for (const DiskOperation* change : file.unsynced) apply_whole(*change, file.synced);
        file.unsynced.clear();
        break;
      }
      case Kind::kSyncFolder: sync_folder(operation.path); break;
    }
  }
}

void CrashImages::sync_folder(const std::string& folder) {
  std::erase_if(unsynced_names_, [&](const DiskOperation* operation) {
    const bool here = folder_of(operation->path) == folder ||
                      (operation->kind == Kind::kRename && folder_of(operation->target) == folder);
    if (here) apply(*operation, synced_);
    return here;
  });
}

void CrashImages::apply(const DiskOperation& operation, Tree& tree) {
  switch (operation.kind) {
    case Kind::kCreate: tree.names[operation.path] = operation.file; break;
    case Kind::kMakeFolder: tree.folders.insert(operation.path); break;
    case Kind::kRemove: tree.names.erase(operation.path); break;
    case Kind::kRename:
      tree.names.erase(operation.path);
      tree.names[operation.target] = operation.file;
      break;
    default: break;
  }
}

DiskImage CrashImages::assemble(const Tree& tree, const std::vector<std::string>& contents) const {
  DiskImage image;
  for (const std::string& folder : tree.folders) {
    const std::string parent = folder_of(folder);
    if (parent.empty() || tree.folders.contains(parent)) image.folders.insert(folder);
  }
  for (const auto& [path, file] : tree.names) {
    if (image.folders.contains(folder_of(path))) {
      image.files[path] = contents[static_cast<std::size_t>(file)];
    }
  }
  return image;
}

DiskImage CrashImages::only_synced() const {
  std::vector<std::string> contents;
  for (const FileState& file : files_) contents.push_back(file.synced);
  return assemble(synced_, contents);
}

DiskImage CrashImages::everything() const {
  std::vector<std::string> contents;
  for (const FileState& file : files_) {
    contents.push_back(file.synced);
    for (const DiskOperation* change : file.unsynced) apply_whole(*change, contents.back());
  }
  Tree tree = synced_;
  for (const DiskOperation* operation : unsynced_names_) apply(*operation, tree);
  return assemble(tree, contents);
}

DiskImage CrashImages::random(std::mt19937_64& random) const {
  std::vector<std::string> contents;
  for (const FileState& file : files_) {
    contents.push_back(file.synced);
    for (const DiskOperation* change : file.unsynced) {
      const auto fate = random() % 4;
      if (fate < 2) apply_whole(*change, contents.back());
      if (fate == 2 && change->kind == Kind::kWrite) apply_torn(*change, contents.back(), random);
    }
  }
  Tree tree = synced_;
  const std::size_t survive = random() % (unsynced_names_.size() + 1);
  for (std::size_t i = 0; i < survive; ++i) apply(*unsynced_names_[i], tree);
  return assemble(tree, contents);
}

}  // namespace batchwright::offline_store::test
