// The side file that guards the end of the journal.
#include "offline_store/internal/head_file.h"

#include <gtest/gtest.h>

#include "tests/offline_store/temporary_folder.h"

namespace batchwright::offline_store::internal {
namespace {

SideHead head_at(std::uint64_t seq) {
  return {seq, sha256("line " + std::to_string(seq))};
}

class HeadFileTest : public ::testing::Test {
 protected:
  void SetUp() override {
    ASSERT_TRUE(HeadFile::create(files_, folder_.path(), path_, SideHead{}));
  }
  [[nodiscard]] HeadFile open() {
    auto file = HeadFile::open(files_, path_);
    EXPECT_TRUE(file);
    return std::move(*file);
  }

  Files& files_ = system_files();
  offline_store::test::TemporaryFolder folder_;
  std::string path_ = folder_ / "head";
};

TEST_F(HeadFileTest, StartsEmptyAndKeepsTheLastHeadWritten) {
  EXPECT_EQ(open().head(), SideHead{});
  {
    HeadFile file = open();
    for (std::uint64_t seq = 1; seq <= 7; ++seq) ASSERT_TRUE(file.write(head_at(seq)));
  }
  EXPECT_EQ(open().head(), head_at(7));
  EXPECT_EQ(*HeadFile::read(files_, path_), head_at(7));
}

TEST_F(HeadFileTest, ATornWriteLeavesTheHeadBeforeIt) {
  {
    HeadFile file = open();
    for (std::uint64_t seq = 1; seq <= 4; ++seq) ASSERT_TRUE(file.write(head_at(seq)));
  }
  const std::string whole = offline_store::test::read_file(path_);
  ASSERT_EQ(whole.size(), kHeadSlots * kHeadSlotBytes);
  const std::size_t newest = whole.find(" 4 ") < kHeadSlotBytes ? 0 : kHeadSlotBytes;
  for (std::size_t byte = 0; byte < slot_text(head_at(4)).size(); ++byte) {
    std::string torn = whole;
    torn[newest + byte] = static_cast<char>(torn[newest + byte] ^ 0x20);
    offline_store::test::write_file(path_, torn);
    ASSERT_EQ(*HeadFile::read(files_, path_), head_at(3)) << byte;
  }
}

TEST_F(HeadFileTest, WritingAfterATornWriteNeverTouchesTheGoodSlot) {
  {
    HeadFile file = open();
    for (std::uint64_t seq = 1; seq <= 4; ++seq) ASSERT_TRUE(file.write(head_at(seq)));
  }
  std::string bytes = offline_store::test::read_file(path_);
  const std::size_t newest = bytes.find(" 4 ") < kHeadSlotBytes ? 0 : kHeadSlotBytes;
  bytes.replace(newest, 40, 40, '?');
  offline_store::test::write_file(path_, bytes);
  HeadFile file = open();
  ASSERT_TRUE(file.write(head_at(4)));
  const std::string healed = offline_store::test::read_file(path_);
  const std::size_t other = newest == 0 ? kHeadSlotBytes : 0;
  EXPECT_EQ(healed.substr(other, kHeadSlotBytes), bytes.substr(other, kHeadSlotBytes));
  EXPECT_EQ(open().head(), head_at(4));
}

TEST_F(HeadFileTest, WithoutAGoodSlotTheFileIsAltered) {
  for (const std::string& bytes :
       {std::string(), std::string(8192, '\0'), std::string("rubbish")}) {
    offline_store::test::write_file(path_, bytes);
    EXPECT_EQ(HeadFile::read(files_, path_).error().code, ErrorCode::kAltered);
  }
  std::filesystem::remove(path_);
  EXPECT_EQ(HeadFile::read(files_, path_).error().code, ErrorCode::kNotFound);
}

TEST(HeadSlot, IsReadOnlyInTheOneFormItIsWritten) {
  const std::string text = slot_text(head_at(41));
  EXPECT_EQ(*parse_slot(text), head_at(41));
  EXPECT_EQ(*parse_slot(text + std::string(10, '\0')), head_at(41));
  std::string zero = text;
  zero.replace(zero.find("41"), 2, "041");
  EXPECT_FALSE(parse_slot(zero));
  EXPECT_FALSE(parse_slot(text.substr(0, text.size() - 1)));
  EXPECT_FALSE(parse_slot(""));
  EXPECT_FALSE(parse_slot("batchwright/head/1 \n"));
}

TEST(HeadSlot, TheExampleOfTheFormatPageIsRight) {
  const std::string page =
      offline_store::test::read_file(BATCHWRIGHT_SOURCE_DIR "/docs/formats/store.md");
  const std::string text = slot_text(SideHead{});
  const std::string check = text.substr(text.size() - 65, 64);
  EXPECT_NE(page.find(text.substr(0, text.size() - 66)), std::string::npos);
  EXPECT_NE(page.find(check), std::string::npos);
}

}  // namespace
}  // namespace batchwright::offline_store::internal
