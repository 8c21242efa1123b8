// What ids may look like, and how findings name a place in an MBR.
#pragma once

#include <string>
#include <string_view>

namespace batchwright::workflows {

// Ids of parameters, plans and entries: letters, digits, '_', '-', '.'; 1 to 64.
[[nodiscard]] bool is_slug(std::string_view text);

// Ids of elements and nodes: visible characters except / # { } " < > ; 1 to 80 bytes.
[[nodiscard]] bool is_element_id(std::string_view text);

// Turns a foreign id into one that is allowed: other characters become '_'. Not unique by itself.
[[nodiscard]] std::string to_slug(std::string_view text);
[[nodiscard]] std::string to_element_id(std::string_view text);

// path of a child; the root's own path is empty.
[[nodiscard]] std::string path_below(std::string_view parent, std::string_view id);

// `path` is the group or something inside it; everything is inside the root.
[[nodiscard]] bool is_below(std::string_view path, std::string_view group);

// Places: "compound/read-ph", ":ph" appended for an entry, "/@t1" for a node of an element's chart.
// The root element, whose path is empty, is "(procedure)".
[[nodiscard]] std::string element_place(std::string_view path);
[[nodiscard]] std::string entry_place(std::string_view path, std::string_view entry);
[[nodiscard]] std::string node_place(std::string_view path, std::string_view node);

}  // namespace batchwright::workflows
