#include "offline_store/internal/envelope.h"

#include <charconv>

namespace batchwright::offline_store::internal {

namespace {

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return -1;
}

// Takes pieces from the front of a line; after the first mismatch everything fails.
class Scanner {
 public:
  explicit Scanner(std::string_view text) : rest_(text) {}

  void literal(std::string_view expected) {
    if (!good_ || !rest_.starts_with(expected)) {
      good_ = false;
      return;
    }
    rest_.remove_prefix(expected.size());
  }

  // The rest of a string whose opening quote was taken. Envelope strings never need an escape.
  std::string_view plain_string() {
    const std::size_t end = good_ ? rest_.find_first_of("\"\\") : std::string_view::npos;
    if (end == std::string_view::npos || rest_[end] == '\\') {
      good_ = false;
      return {};
    }
    const std::string_view text = rest_.substr(0, end);
    rest_.remove_prefix(end + 1);
    return text;
  }

  std::uint64_t number() {
    std::uint64_t value = 0;
    const char* const start = rest_.data();
    const auto [stop, failed] = std::from_chars(start, start + rest_.size(), value);
    // One spelling per number: no leading zero, which also keeps seq above 0.
    if (failed != std::errc{} || rest_.front() == '0') good_ = false;
    if (!good_) return 0;
    rest_.remove_prefix(static_cast<std::size_t>(stop - start));
    return value;
  }

  Digest digest() {
    Digest out{};
    const std::string_view hex = plain_string();
    if (hex.size() != 2 * out.size()) good_ = false;
    for (std::size_t i = 0; good_ && i < out.size(); ++i) {
      const int high = hex_value(hex[2 * i]);
      const int low = hex_value(hex[2 * i + 1]);
      good_ = high >= 0 && low >= 0;
      out[i] = static_cast<std::uint8_t>(good_ ? high * 16 + low : 0);
    }
    return out;
  }

  record::Hlc hlc() {
    record::Hlc out;
    const std::string_view hex = plain_string();
    if (hex.size() != 16) good_ = false;
    for (std::size_t i = 0; good_ && i < hex.size(); ++i) {
      const int digit = hex_value(hex[i]);
      good_ = digit >= 0;
      out.bits = out.bits << 4 | static_cast<std::uint64_t>(good_ ? digit : 0);
    }
    return out;
  }

  [[nodiscard]] bool good() const { return good_; }

 private:
  std::string_view rest_;
  bool good_ = true;
};

}  // namespace

Result<Envelope> scan_envelope(std::string_view line) {
  Scanner scanner(line);
  Envelope envelope;
  scanner.literal(R"({"device":")");
  envelope.device = scanner.plain_string();
  scanner.literal(R"(,"seq":)");
  envelope.seq = scanner.number();
  scanner.literal(R"(,"prev":")");
  envelope.prev = scanner.digest();
  scanner.literal(R"(,"hlc":")");
  envelope.hlc = scanner.hlc();
  scanner.literal(R"(,"time":")");
  envelope.time = scanner.plain_string();
  scanner.literal(R"(,"type":")");
  envelope.type = scanner.plain_string();
  scanner.literal(R"(,"v":)");
  if (!scanner.good()) return fail(ErrorCode::kMalformed, "This is not a line of a journal.");
  return envelope;
}

}  // namespace batchwright::offline_store::internal
