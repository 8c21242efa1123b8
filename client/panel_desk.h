// What every panel, with or without a window, is made of: the store, the device's identity, the
// link to the twin, and how a desk is made from them.
#pragma once

#include <filesystem>
#include <memory>

#include "client/batch_session.h"
#include "client/camera/camera_options.h"
#include "client/camera/preview.h"
#include "client/desk.h"
#include "client/devices/picture_folder.h"
#include "client/link.h"

namespace batchwright::client {

class PanelDesk {
 public:
  // Opens the store and reads who the panel is. `clock` must outlive it.
  [[nodiscard]] static Result<std::unique_ptr<PanelDesk>> open(
      const std::filesystem::path& store_directory, const std::filesystem::path& photos,
      const Clock& clock);

  // Before make_desk: what check files there are, and who looks. `cameras` outlives the desk.
  void use_cameras(const CameraOptions& options, Cameras& cameras);
  [[nodiscard]] Preview& preview() { return preview_; }

  // Once, on the thread that will own the desk: folds the journal and puts the desk on top.
  [[nodiscard]] Result<std::unique_ptr<Desk>> make_desk(Jobs& jobs);

  // Cable in. `arrived` runs on the sync thread when something changed. No address: stays off line.
  [[nodiscard]] Result<void> connect(std::function<void()> arrived);
  void disconnect() { link_.disconnect(); }
  // Waits until a batch to start, or one that was started, is here. kUnreachable when none came in
  // time.
  [[nodiscard]] Result<void> wait_for_issue(std::int64_t timeout_ms);
  [[nodiscard]] TwinLink& link() { return link_; }
  [[nodiscard]] BatchSession& session() { return *session_; }
  [[nodiscard]] offline_store::Store& store() { return *store_; }
  [[nodiscard]] const std::filesystem::path& directory() const { return directory_; }

 private:
  PanelDesk(std::unique_ptr<offline_store::Store> store, DeviceIdentity identity,
            std::filesystem::path directory, const std::filesystem::path& photos,
            const Clock& clock);

  std::unique_ptr<offline_store::Store> store_;
  DeviceIdentity identity_;
  std::filesystem::path directory_;
  PictureFolder photos_;
  CheckLibrary checks_;
  DriftWatches drift_;
  Preview preview_;
  Cameras* cameras_ = nullptr;
  const Clock& clock_;
  TwinLink link_;
  std::unique_ptr<BatchSession> session_;
};

}  // namespace batchwright::client
