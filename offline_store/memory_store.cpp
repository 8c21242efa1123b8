// The store as a model: the same promises without a disk, in a form that can be read at a glance.
#include <map>
#include <mutex>
#include <set>
#include <tuple>

#include "offline_store/internal/enrolment.h"
#include "offline_store/internal/evidence.h"
#include "offline_store/internal/journal_end.h"
#include "offline_store/internal/limits.h"
#include "offline_store/internal/peer_table.h"
#include "offline_store/store.h"

namespace batchwright::offline_store {

namespace {

class MemoryStore final : public Store {
 public:
  explicit MemoryStore(const Digest& enrolment_hash) : end_(enrolment_hash) {}

  Result<void> append(std::vector<record::StoredLine> commit) override {
    const std::lock_guard guard(mutex_);
    if (auto open = usable(); !open) return open;
    auto next = end_.after(commit);
    if (!next) return std::unexpected(next.error());
    for (auto& line : commit) lines_.push_back(std::move(line.bytes));
    end_ = std::move(*next);
    return {};
  }

  void append_async(std::vector<record::StoredLine> commit,
                    std::function<void(Result<void>)> done) override {
    done(append(std::move(commit)));
  }

  Result<JournalHead> head() override {
    return look([&] { return end_.head(); });
  }

  Result<std::vector<std::string>> load_lines(std::uint64_t first, std::uint64_t count) override {
    return look([&] {
      const std::uint64_t start = std::max<std::uint64_t>(first, 1) - 1;
      std::vector<std::string> out;
      for (std::uint64_t i = start; i < lines_.size() && i - start < count; ++i) {
        out.push_back(lines_[i]);
      }
      return out;
    });
  }

  Result<void> put_foreign(const std::vector<record::StoredLine>& lines) override {
    const std::lock_guard guard(mutex_);
    if (auto open = usable(); !open) return open;
    const auto commits = internal::check_peer_lines(lines);
    if (!commits) return std::unexpected(commits.error());
    auto peers = peers_;
    for (std::size_t i = 0; i < lines.size(); ++i) {
      const record::Line& line = lines[i].line;
      const auto [old, added] =
          peers.try_emplace({line.device, line.seq}, PeerLine{lines[i], (*commits)[i]});
      if (!added && old->second.stored.hash != lines[i].hash) return internal::fork_of(line);
    }
    peers_ = std::move(peers);
    return {};
  }

  Result<std::vector<std::string>> load_foreign(std::string_view run_id) override {
    return look([&] {
      std::set<std::pair<std::string, std::uint64_t>> commits;
      for (const auto& [place, peer] : peers_) {
        const record::Subject& subject = peer.stored.line.subject;
        if (subject.kind == "run" && subject.id == run_id) {
          commits.emplace(place.first, peer.commit_seq);
        }
      }
      std::vector<std::string> out;
      for (const auto& [place, peer] : peers_) {
        if (commits.contains({place.first, peer.commit_seq})) out.push_back(peer.stored.bytes);
      }
      return out;
    });
  }

  Result<void> put_receipt(std::uint64_t seq, std::string receipt_text) override {
    const std::lock_guard guard(mutex_);
    if (auto open = usable(); !open) return open;
    if (auto good = internal::check_receipt(seq, receipt_text, end_.head()); !good) return good;
    receipts_.try_emplace(seq, std::move(receipt_text));
    return {};
  }

  Result<std::uint64_t> confirmed_through() override {
    return look([&] { return receipts_.empty() ? 0 : receipts_.rbegin()->first; });
  }

  Result<std::vector<std::string>> receipts() override {
    return look([&] {
      std::vector<std::string> out;
      out.reserve(receipts_.size());
      for (const auto& [seq, text] : receipts_) out.push_back(text);
      return out;
    });
  }

  Result<void> put_wedged(const Wedged& wedged) override {
    const std::lock_guard guard(mutex_);
    if (auto open = usable(); !open) return open;
    if (auto good = internal::check_wedged(wedged); !good) return good;
    if (known_refusals_.emplace(wedged.first, wedged.reason, wedged.detail).second)
      wedged_.push_back(wedged);
    return {};
  }

  Result<std::vector<Wedged>> wedged() override {
    return look([&] { return wedged_; });
  }

  Result<void> put_cursor(std::string cursor) override {
    const std::lock_guard guard(mutex_);
    if (auto open = usable(); !open) return open;
    if (auto good = internal::check_cursor(cursor); !good) return good;
    cursor_ = std::move(cursor);
    return {};
  }

  Result<std::string> cursor() override {
    return look([&] { return cursor_; });
  }

  Result<Digest> put_evidence(std::string_view bytes) override {
    const std::lock_guard guard(mutex_);
    if (auto open = usable(); !open) return std::unexpected(open.error());
    if (auto good = internal::check_evidence(bytes); !good) return std::unexpected(good.error());
    const Digest digest = sha256(bytes);
    if (evidence_.try_emplace(digest, bytes).second) unsent_.push_back(digest);
    return digest;
  }

  Result<std::string> load_evidence(const Digest& digest) override {
    const std::lock_guard guard(mutex_);
    if (auto open = usable(); !open) return std::unexpected(open.error());
    const auto found = evidence_.find(digest);
    if (found == evidence_.end()) return internal::evidence_missing(digest);
    return found->second;
  }

  Result<std::vector<Digest>> unsent_evidence() override {
    return look([&] { return unsent_; });
  }

  Result<void> mark_evidence_sent(const Digest& digest) override {
    const std::lock_guard guard(mutex_);
    if (auto open = usable(); !open) return open;
    if (!evidence_.contains(digest)) return internal::evidence_missing(digest);
    std::erase(unsent_, digest);
    return {};
  }

  Result<void> put_catalogue(const CatalogueItem& item) override {
    const std::lock_guard guard(mutex_);
    if (auto open = usable(); !open) return open;
    if (auto good = internal::check_catalogue_item(item); !good) return good;
    if (item.kind == internal::kEnrolmentKind) {
      const auto hash = internal::accept_enrolment(item, of_kind(item.kind), end_.head());
      if (!hash) return std::unexpected(hash.error());
      if (end_.head().seq == 0) end_ = internal::JournalEnd(*hash);
    }
    catalogue_[{item.kind, item.name}] = item.text;
    return {};
  }

  Result<std::optional<std::string>> catalogue(std::string_view kind,
                                               std::string_view name) override {
    return look([&] {
      const auto found = catalogue_.find({std::string(kind), std::string(name)});
      return found == catalogue_.end() ? std::optional<std::string>() : found->second;
    });
  }

  Result<std::vector<CatalogueItem>> catalogue_all(std::string_view kind) override {
    return look([&] { return of_kind(kind); });
  }

  Result<void> close() override {
    const std::lock_guard guard(mutex_);
    closed_ = true;
    return {};
  }

 private:
  struct PeerLine {
    record::StoredLine stored;
    std::uint64_t commit_seq;
  };

  [[nodiscard]] Result<void> usable() const {
    if (!closed_) return {};
    return fail(ErrorCode::kRefused, "The store is closed. Nothing was saved.");
  }

  template <typename Work>
  auto look(Work work) -> Result<std::invoke_result_t<Work>> {
    const std::lock_guard guard(mutex_);
    if (auto open = usable(); !open) return std::unexpected(open.error());
    return work();
  }

  [[nodiscard]] std::vector<CatalogueItem> of_kind(std::string_view kind) const {
    std::vector<CatalogueItem> out;
    for (const auto& [key, text] : catalogue_) {
      if (key.first == kind) out.push_back({key.first, key.second, text});
    }
    return out;
  }

  std::mutex mutex_;
  bool closed_ = false;
  internal::JournalEnd end_;
  std::vector<std::string> lines_;
  std::map<std::pair<std::string, std::uint64_t>, PeerLine> peers_;
  std::map<std::uint64_t, std::string> receipts_;
  std::vector<Wedged> wedged_;
  std::set<std::tuple<std::uint64_t, std::string, std::string>> known_refusals_;
  std::string cursor_;
  std::map<Digest, std::string> evidence_;
  std::vector<Digest> unsent_;
  std::map<std::pair<std::string, std::string>, std::string> catalogue_;
};

}  // namespace

std::unique_ptr<Store> make_memory_store(const Digest& enrolment_hash) {
  return std::make_unique<MemoryStore>(enrolment_hash);
}

}  // namespace batchwright::offline_store
