// The one page for people: what it shows, and that nothing from a record can become markup.
#include "twin/page.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/twin_fixtures.h"

namespace batchwright {
namespace {

using test::must;
using test::TestTwin;
using test::TwinPanel;
using testing::HasSubstr;
using testing::Not;

Json exception_body(const std::string& message) {
  Json body = Json::object();
  body["id"] = "01890a5d-ac96-774b-bcce-b302099a8058";
  body["number"] = "MIX2-0001";
  body["class"] = "action_limit";
  body["severity"] = "major";
  body["entry"] = "temperature";
  body["value"] = "31.0";
  body["limit"] = "30.0";
  body["plan"] = "";
  body["message"] = message;
  return body;
}

TEST(Page, ShowsRunsExceptionsAndHowFarEachPanelIsConfirmed) {
  TestTwin twin;
  TwinPanel panel(twin);
  panel.commit({panel.entry("31.0"), panel.draft("exception_opened", "compound/temperature#1",
                                                 exception_body("Temperature above its limit."))});
  twin.call("POST", panel.journal_path(), panel.body());
  const auto page = twin.call("GET", "/");
  EXPECT_EQ(page.status, 200);
  EXPECT_THAT(page.body, HasSubstr("MIX2-0001"));
  EXPECT_THAT(page.body, HasSubstr("Temperature above its limit."));
  EXPECT_THAT(page.body, HasSubstr("<td class=\"number\">3</td>"));
  EXPECT_THAT(page.body, HasSubstr(panel.run));
}

TEST(Page, NeverLetsARecordBecomeMarkup) {
  TestTwin twin;
  TwinPanel panel(twin);
  panel.run = "<img src=x>";
  panel.commit({panel.draft("exception_opened", "<b>step</b>",
                            exception_body("<script>alert('1')</script> & \"quoted\""))});
  ASSERT_EQ(twin.call("POST", panel.journal_path(), panel.body()).status, 200);
  const auto page = twin.call("GET", "/").body;
  EXPECT_THAT(page, Not(HasSubstr("<script")));
  EXPECT_THAT(page, Not(HasSubstr("<img")));
  EXPECT_THAT(page, Not(HasSubstr("<b>step")));
  EXPECT_THAT(page,
              HasSubstr("&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt; &amp; &quot;quoted"));
}

TEST(Page, ShowsAnEmptySiteWithoutFuss) {
  TestTwin twin;
  const auto page = twin.call("GET", "/").body;
  EXPECT_THAT(page, HasSubstr("No run has reported yet."));
  EXPECT_THAT(page, HasSubstr("No panel is enrolled yet."));
  EXPECT_THAT(page, HasSubstr(record::fingerprint(twin.site->anchor().key)));
}

}  // namespace
}  // namespace batchwright
