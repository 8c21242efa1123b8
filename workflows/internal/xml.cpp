#include "workflows/internal/xml.h"

#include <libxml/SAX2.h>
#include <libxml/parser.h>
#include <libxml/tree.h>

#include <algorithm>
#include <memory>
#include <utility>

namespace batchwright::workflows {

namespace {

constexpr std::string_view kSpaces = " \t\r\n";

std::string view_to_string(const xmlChar* text) {
  return text == nullptr ? std::string() : std::string(reinterpret_cast<const char*>(text));
}

void trim(std::string& text) {
  const std::size_t first = text.find_first_not_of(kSpaces);
  if (first == std::string::npos) {
    text.clear();
    return;
  }
  text.erase(text.find_last_not_of(kSpaces) + 1);
  text.erase(0, first);
}

// Called when the parser meets a DOCTYPE, before it reads any declaration in it.
void refuse_doctype(void* context, const xmlChar*, const xmlChar*, const xmlChar*) {
  auto* parser = static_cast<xmlParserCtxtPtr>(context);
  *static_cast<bool*>(parser->_private) = true;
  xmlStopParser(parser);
}

std::string line_place(int line) {
  return line > 0 ? "line " + std::to_string(line) : "";
}

// Copies libxml2's tree into values, with a stack of its own.
class TreeCopier {
 public:
  explicit TreeCopier(const XmlLimits& limits) : limits_(limits) {}

  Result<XmlElement> copy(xmlNode* root) {
    XmlElement top = shell(root);
    std::vector<Open> open{{root->children, &top}};
    while (!open.empty()) {
      xmlNode* node = open.back().next;
      if (node == nullptr) {
        trim(open.back().target->text);
        open.pop_back();
        continue;
      }
      open.back().next = node->next;
      XmlElement& parent = *open.back().target;
      if (node->type == XML_TEXT_NODE || node->type == XML_CDATA_SECTION_NODE) {
        parent.text += view_to_string(node->content);
      }
      if (node->type != XML_ELEMENT_NODE) continue;
      const int line = static_cast<int>(xmlGetLineNo(node));
      if (++elements_ > limits_.elements_max) {
        return fail(ErrorCode::kFull, "The file has too many elements to be a recipe.",
                    line_place(line));
      }
      if (static_cast<int>(open.size()) >= limits_.depth_max) {
        return fail(ErrorCode::kMalformed,
                    "The elements of the file are nested too deeply to be a recipe.",
                    line_place(line));
      }
      // A parent gets no further child while one of its children is open, so the address holds.
      parent.children.push_back(shell(node));
      open.push_back({node->children, &parent.children.back()});
    }
    return top;
  }

 private:
  struct Open {
    xmlNode* next;
    XmlElement* target;
  };

  static XmlElement shell(xmlNode* node) {
    XmlElement element;
    element.name = view_to_string(node->name);
    if (node->ns != nullptr) element.name_space = view_to_string(node->ns->href);
    element.line = static_cast<int>(xmlGetLineNo(node));
    return element;
  }

  const XmlLimits& limits_;
  std::size_t elements_ = 0;
};

}  // namespace

const XmlElement* XmlElement::child(std::string_view child_name) const {
  const auto found = std::ranges::find(children, child_name, &XmlElement::name);
  return found == children.end() ? nullptr : &*found;
}

std::string XmlElement::child_text(std::string_view child_name) const {
  const XmlElement* found = child(child_name);
  return found == nullptr ? std::string() : found->text;
}

Result<XmlElement> parse_xml(std::string_view text, const XmlLimits& limits) {
  if (text.size() > limits.bytes_max) {
    return fail(ErrorCode::kFull, "The file is larger than 32 MB, too large for a recipe.");
  }
  xmlInitParser();
  const std::unique_ptr<xmlParserCtxt, decltype(&xmlFreeParserCtxt)> parser(xmlNewParserCtxt(),
                                                                            &xmlFreeParserCtxt);
  if (parser == nullptr)
    return fail(ErrorCode::kFull, "There is not enough memory to read the file.");
  bool has_doctype = false;
  parser->_private = &has_doctype;
  parser->sax->internalSubset = &refuse_doctype;
  constexpr int kOptions =
      XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_BIG_LINES;
  const std::unique_ptr<xmlDoc, decltype(&xmlFreeDoc)> document(
      xmlCtxtReadMemory(parser.get(), text.data(), static_cast<int>(text.size()), nullptr, nullptr,
                        kOptions),
      &xmlFreeDoc);
  if (has_doctype) {
    return fail(ErrorCode::kMalformed,
                "The file has a DOCTYPE. Recipes don't need one and it can hide harmful entities, "
                "so it is refused. Remove it.");
  }
  xmlNode* root = document == nullptr ? nullptr : xmlDocGetRootElement(document.get());
  if (root == nullptr || parser->wellFormed == 0) {
    const xmlError& error = parser->lastError;
    std::string message = error.message == nullptr ? "the file is empty" : error.message;
    trim(message);
    return fail(ErrorCode::kMalformed, "The file is not well-formed XML: " + message + ".",
                line_place(error.line));
  }
  return TreeCopier(limits).copy(root);
}

}  // namespace batchwright::workflows
