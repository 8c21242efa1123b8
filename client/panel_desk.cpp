#include "client/panel_desk.h"

#include <chrono>
#include <thread>

#include "client/camera/evidence.h"
#include "client/resources.h"

namespace batchwright::client {

PanelDesk::PanelDesk(std::unique_ptr<offline_store::Store> store, DeviceIdentity identity,
                     std::filesystem::path directory, const std::filesystem::path& photos,
                     const Clock& clock)
    : store_(std::move(store)),
      identity_(std::move(identity)),
      directory_(std::move(directory)),
      photos_(photos),
      clock_(clock),
      link_(*store_, clock) {}

Result<std::unique_ptr<PanelDesk>> PanelDesk::open(const std::filesystem::path& store_directory,
                                                   const std::filesystem::path& photos,
                                                   const Clock& clock) {
  auto store =
      offline_store::Store::open(store_directory.string(), offline_store::Mode::kOpenOrCreate);
  if (!store) return std::unexpected(store.error());
  auto identity = load_device_identity(**store, store_directory);
  if (!identity) return std::unexpected(identity.error());
  return std::unique_ptr<PanelDesk>(
      new PanelDesk(std::move(*store), std::move(*identity), store_directory, photos, clock));
}

void PanelDesk::use_cameras(const CameraOptions& options, Cameras& cameras) {
  for (const auto& folder : options.checks) checks_.add_folder(folder);
  cameras_ = &cameras;
}

Result<std::unique_ptr<Desk>> PanelDesk::make_desk(Jobs& jobs) {
  auto session = BatchSession::open(*store_, identity_, clock_);
  if (!session) return std::unexpected(session.error());
  session_ = std::move(*session);
  session_->on_committed(
      [this](const std::vector<record::StoredLine>&) { link_.notify_new_lines(); });
  DeskPorts ports{.sync = [this] { return link_.status(); },
                  .photo = [this] { return photos_.next(); },
                  .first_key = [this](const sync::FirstKey& first) -> Result<void> {
                    auto address = TwinLink::stored_address(*store_);
                    if (!address) return std::unexpected(address.error());
                    if (address->empty())
                      return fail(ErrorCode::kUnreachable,
                                  "A first sign-in needs the twin, and this panel has none. "
                                  "Nothing was changed.");
                    return sync::give_first_key(*address, first);
                  },
                  .cameras = cameras_,
                  .checks = &checks_,
                  .drift = &drift_,
                  .engine_sha256 = [] { return engine_sha256(vision_program()); }};
  return Desk::open(*session_, *store_, jobs, std::move(ports),
                    {.strings = (resources_folder() / "strings" / "panel").string()});
}

Result<void> PanelDesk::connect(std::function<void()> arrived) {
  auto address = TwinLink::stored_address(*store_);
  if (!address) return std::unexpected(address.error());
  if (address->empty()) return {};
  return link_.connect(*address, std::move(arrived));
}

Result<void> PanelDesk::wait_for_issue(std::int64_t timeout_ms) {
  constexpr auto kLookEvery = std::chrono::milliseconds(50);
  const auto until_ms = clock_.monotonic_ms() + timeout_ms;
  while (true) {
    if (auto loaded = session_->reload_catalogue(); !loaded) return loaded;
    if (!session_->runs().empty() || !session_->startable().empty()) return {};
    if (clock_.monotonic_ms() >= until_ms)
      return fail(ErrorCode::kUnreachable,
                  "No batch arrived from the twin. Check that it runs and has issued one.");
    std::this_thread::sleep_for(kLookEvery);
  }
}

}  // namespace batchwright::client
