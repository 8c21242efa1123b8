// The first sign-in over a real socket: the key is made here, the twin publishes its public half.
#include <gtest/gtest.h>

#include "client/people.h"
#include "tests/support/twin_fixtures.h"
#include "twin/server.h"

namespace batchwright::client {
namespace {

using test::must;

TEST(FirstSignIn, GivesThePublicKeyToTheDirectoryOnce) {  // C1, K1
  test::TestTwin twin;
  const auto secrets = must(twin::add_people(
      *twin.site, {{.id = "eva", .name = "Eva Lind", .roles = {"operator"}, .password = ""}}, {}));
  ASSERT_EQ(secrets.size(), 1u);
  twin.service.reset();
  const auto server = must(twin::Server::start(std::move(twin.site), {}));

  const auto wrong = must(first_key("eva", "guess", "a kite in May"));
  const auto refused = sync::give_first_key(server->url(), wrong);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::kDenied);

  const auto first = must(first_key("eva", secrets[0].secret, "a kite in May"));
  const auto given = sync::give_first_key(server->url(), first);
  ASSERT_TRUE(given) << given.error().message;
  const auto again = sync::give_first_key(server->url(), first);
  ASSERT_FALSE(again) << "a one-time secret works once";
  EXPECT_EQ(again.error().code, ErrorCode::kDenied);
}

}  // namespace
}  // namespace batchwright::client
