#include "client/devices/picture_folder.h"

#include <algorithm>
#include <vector>

#include "client/file.h"
#include "offline_store/store.h"

namespace batchwright::client {

Result<std::string> PictureFolder::next() {
  std::vector<std::filesystem::path> files;
  std::error_code error;
  for (const auto& item : std::filesystem::directory_iterator(folder_, error)) {
    const auto extension = item.path().extension();
    if (extension == ".png" || extension == ".jpg" || extension == ".jpeg")
      files.push_back(item.path());
    if (files.size() > 10'000) break;
  }
  if (files.empty())
    return fail(ErrorCode::kNotFound, "There is no picture to attach.", folder_.string());
  std::ranges::sort(files);
  return load_file(files[taken_++ % files.size()], offline_store::kEvidenceBytesMax);
}

}  // namespace batchwright::client
