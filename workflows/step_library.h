// Building blocks of recipes: a library holds versions of steps, a recipe source uses them by id
// and version, and building writes them out into a complete master batch record whose provenance
// names every block with its version and hash. What was built never moves with the library: a newer
// version arrives only by building again. docs/formats/library.md.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "workflows/mbr_json.h"

namespace batchwright::workflows {

struct LibraryBlock {
  std::string id;   // slug
  int version = 1;  // 1 and up
  Json step;        // native step without id; keys as written
  Digest hash{};    // of its canonical text
};

struct StepLibrary {
  std::string id;
  std::vector<LibraryBlock> blocks;

  [[nodiscard]] const LibraryBlock* find(std::string_view block, int version) const;
  [[nodiscard]] int newest(std::string_view block) const;  // 0 when there is none
};

struct LibraryReading {
  StepLibrary library;  // complete only when there are no errors
  Findings findings;    // all at once
};

// kMalformed or kUnsupported only when the text is not a library at all.
[[nodiscard]] Result<LibraryReading> read_library(std::string_view text);

// SHA-256 of the step's text with keys in order: equal however it is written down.
[[nodiscard]] Digest block_hash(const Json& step);

struct BlockName {
  std::string block;
  int version = 0;
};
// "line-clearance@2". kMalformed says what is expected.
[[nodiscard]] Result<BlockName> block_name_from_text(std::string_view text);

struct BlockPin {
  std::string block;
  int version = 0;
  std::string sha256;  // hex
};

struct SourceBuilding {
  MbrReading reading;          // the built record; findings of source, reader and checker
  std::vector<BlockPin> pins;  // by block and version, each once
};

// Writes out the blocks of a source "batchwright/recipe-source/1". `adopt` replaces the version a
// source names for these blocks. kMalformed or kUnsupported when the text is not a source.
[[nodiscard]] Result<SourceBuilding> build_source(std::string_view text, const StepLibrary& library,
                                                  const std::vector<BlockName>& adopt = {});

// The pins that a record's provenance names; none for a record that wasn't built from a library.
[[nodiscard]] std::vector<BlockPin> pins_of(const Mbr& mbr);

}  // namespace batchwright::workflows
