// Text that must not stay in memory after its use: a password. Copies share one buffer, which is
// wiped when the last of them ends, so that moving it through queues leaves nothing behind.
#pragma once

#include <sodium.h>

#include <memory>
#include <string>
#include <string_view>

namespace batchwright {

class Secret {
 public:
  Secret() = default;
  Secret(std::string_view text) : buffer_(std::make_shared<const Buffer>(text)) {}
  Secret(const std::string& text) : Secret(std::string_view(text)) {}
  Secret(const char* text) : Secret(std::string_view(text)) {}

  // Valid while this or a copy of it lives.
  [[nodiscard]] std::string_view view() const {
    return buffer_ ? buffer_->text() : std::string_view();
  }

 private:
  class Buffer {
   public:
    explicit Buffer(std::string_view text) : bytes_(new char[text.size()]), size_(text.size()) {
      text.copy(bytes_.get(), size_);
    }
    ~Buffer() { sodium_memzero(bytes_.get(), size_); }
    Buffer(const Buffer&) = delete;
    Buffer& operator=(const Buffer&) = delete;
    [[nodiscard]] std::string_view text() const { return {bytes_.get(), size_}; }

   private:
    std::unique_ptr<char[]> bytes_;
    std::size_t size_;
  };

  std::shared_ptr<const Buffer> buffer_;
};

}  // namespace batchwright
