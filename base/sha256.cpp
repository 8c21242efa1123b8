#include "base/sha256.h"

#include <openssl/evp.h>

#include <memory>

#include "base/ensure.h"

namespace batchwright {
namespace {

struct FreeContext {
  void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
};

// Fetched once: looking the algorithm up costs more than hashing a short line.
const EVP_MD* algorithm() {
  static const EVP_MD* const fetched = EVP_MD_fetch(nullptr, "SHA256", nullptr);
  ensure(fetched != nullptr, "OpenSSL has no SHA-256");
  return fetched;
}

EVP_MD_CTX* thread_context() {
  thread_local const std::unique_ptr<EVP_MD_CTX, FreeContext> context(EVP_MD_CTX_new());
  ensure(context != nullptr, "no memory for SHA-256");
  return context.get();
}

}  // namespace

Digest sha256(std::string_view bytes) {
  Digest digest{};
  EVP_MD_CTX* const context = thread_context();
  unsigned size = 0;
  const bool done = EVP_DigestInit_ex2(context, algorithm(), nullptr) == 1 &&
                    EVP_DigestUpdate(context, bytes.data(), bytes.size()) == 1 &&
                    EVP_DigestFinal_ex(context, digest.data(), &size) == 1;
  ensure(done && size == digest.size(), "SHA-256 failed");
  return digest;
}

}  // namespace batchwright
