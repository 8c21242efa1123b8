// Reading of theme files. Every token appears once in the tables below, so none can be forgotten in
// a file.
#define TOML_EXCEPTIONS 0
#define TOML_HEADER_ONLY 1
#include <fmt/format.h>
#include <toml++/toml.h>

#include <cctype>
#include <cmath>
#include <cstring>
#include <fstream>
#include <iterator>
#include <optional>
#include <set>
#include <string>

#include "ui/theme/tokens.h"

namespace batchwright::ui {
namespace {

constexpr std::size_t kFileBytesMax = 64u << 10;
constexpr double kMillimetresMax = 500.0;

struct ColourToken {
  const char* key;
  Rgb Colours::* member;
};
constexpr ColourToken kColours[] = {
    {"ground", &Colours::ground},
    {"card", &Colours::card},
    {"well", &Colours::well},
    {"ink", &Colours::ink},
    {"muted", &Colours::muted},
    {"edge", &Colours::edge},
    {"divider", &Colours::divider},
    {"action", &Colours::action},
    {"on_action", &Colours::on_action},
    {"pressed", &Colours::pressed},
    {"on_pressed", &Colours::on_pressed},
    {"focus", &Colours::focus},
    {"selected", &Colours::selected},
    {"on_selected", &Colours::on_selected},
    {"disabled", &Colours::disabled},
    {"on_disabled", &Colours::on_disabled},
    {"alarm", &Colours::alarm},
    {"on_alarm", &Colours::on_alarm},
    {"alarm_ink", &Colours::alarm_ink},
    {"alarm_well", &Colours::alarm_well},
    {"warning", &Colours::warning},
    {"on_warning", &Colours::on_warning},
    {"warning_ink", &Colours::warning_ink},
    {"warning_well", &Colours::warning_well},
    {"done", &Colours::done},
    {"on_done", &Colours::on_done},
    {"bar", &Colours::bar},
    {"on_bar", &Colours::on_bar},
    {"bar_muted", &Colours::bar_muted},
    {"bar_edge", &Colours::bar_edge},
    {"training", &Colours::training},
    {"on_training", &Colours::on_training},
    {"lens", &Colours::lens},
    {"on_lens", &Colours::on_lens},
    {"seen_ok", &Colours::seen_ok},
    {"seen_wrong", &Colours::seen_wrong},
    {"seen_unsure", &Colours::seen_unsure},
    {"scrim", &Colours::scrim},
};

template <typename Section>
struct LengthToken {
  const char* key;
  double Section::* member;
};
constexpr LengthToken<Sizes> kSizes[] = {
    {"target", &Sizes::target},
    {"target_frequent", &Sizes::target_frequent},
    {"confirm_width", &Sizes::confirm_width},
    {"confirm_height", &Sizes::confirm_height},
    {"key", &Sizes::key},
    {"key_gap", &Sizes::key_gap},
    {"text_key", &Sizes::text_key},
    {"text_key_gap", &Sizes::text_key_gap},
    {"gap", &Sizes::gap},
    {"gap_groups", &Sizes::gap_groups},
    {"gap_destructive", &Sizes::gap_destructive},
    {"margin", &Sizes::margin},
    {"bar_height", &Sizes::bar_height},
    {"way_on_width", &Sizes::way_on_width},
    {"way_on_height", &Sizes::way_on_height},
    {"corner", &Sizes::corner},
    {"corner_small", &Sizes::corner_small},
    {"edge", &Sizes::edge},
    {"edge_focus", &Sizes::edge_focus},
    {"padding", &Sizes::padding},
    {"padding_small", &Sizes::padding_small},
    {"rail_width", &Sizes::rail_width},
    {"pad_width", &Sizes::pad_width},
    {"training_frame", &Sizes::training_frame},
};
constexpr LengthToken<TypeSizes> kTypeSizes[] = {
    {"value", &TypeSizes::value}, {"title", &TypeSizes::title}, {"action", &TypeSizes::action},
    {"body", &TypeSizes::body},   {"small", &TypeSizes::small},
};

std::optional<Rgb> parse_colour(const std::string& text) {
  if (text.size() != 7 || text[0] != '#') return std::nullopt;
  std::uint32_t value = 0;
  for (const char c : text.substr(1)) {
    const char* digits = "0123456789abcdef";
    const char* at = std::strchr(digits, std::tolower(static_cast<unsigned char>(c)));
    if (at == nullptr || *at == '\0') return std::nullopt;
    value = value * 16 + static_cast<std::uint32_t>(at - digits);
  }
  return Rgb{static_cast<std::uint8_t>(value >> 16), static_cast<std::uint8_t>(value >> 8),
             static_cast<std::uint8_t>(value)};
}

class Reader {
 public:
  explicit Reader(const toml::table& root) : root_(root) {}

  Result<Theme> read() {
    Theme theme{};
    for (const ColourToken& token : kColours) read_colour(theme.colours, token);
    const double alpha = number("colours", "scrim_alpha", 0, 1);
    theme.colours.scrim_alpha = static_cast<std::uint8_t>(std::lround(alpha * 255));
    for (const auto& t : kSizes) theme.sizes_mm.*t.member = length("sizes_mm", t.key);
    for (const auto& t : kTypeSizes) theme.type_mm.*t.member = length("type_mm", t.key);
    refuse_unknown();
    if (problems_.empty()) return theme;
    return fail(ErrorCode::kMalformed, "The theme can't be used: " + problems_);
  }

 private:
  void problem(const std::string& text) {
    if (!problems_.empty()) problems_ += "; ";
    problems_ += text;
  }

  void read_colour(Colours& colours, const ColourToken& token) {
    known_.insert(std::string("colours.") + token.key);
    const auto text = root_["colours"][token.key].value<std::string>();
    const auto colour = text ? parse_colour(*text) : std::nullopt;
    if (colour) {
      colours.*token.member = *colour;
    } else {
      problem(fmt::format("colours.{} must be a colour like \"#173B57\"", token.key));
    }
  }

  double length(const char* section, const char* key) {
    return number(section, key, 0.1, kMillimetresMax);
  }

  double number(const char* section, const char* key, double min, double max) {
    known_.insert(fmt::format("{}.{}", section, key));
    const auto value = root_[section][key].value<double>();
    if (value && *value >= min && *value <= max) return *value;
    problem(fmt::format("{}.{} must be a number from {:g} to {:g}", section, key, min, max));
    return min;
  }

  void refuse_unknown() {
    for (const auto& [section, node] : root_) {
      const toml::table* table = node.as_table();
      if (table == nullptr) {
        problem(fmt::format("{} is not a token", std::string_view(section)));
        continue;
      }
      for (const auto& [key, value] : *table) {
        const auto name = fmt::format("{}.{}", std::string_view(section), std::string_view(key));
        if (!known_.contains(name)) problem(name + " is not a token");
      }
    }
  }

  const toml::table& root_;
  std::set<std::string> known_;
  std::string problems_;
};

}  // namespace

Result<Theme> theme_from_text(std::string_view text) {
  if (text.size() > kFileBytesMax) return fail(ErrorCode::kRefused, "The theme is too large.");
  const toml::parse_result parsed = toml::parse(text);
  if (!parsed) {
    return fail(ErrorCode::kMalformed,
                "The theme is not TOML: " + std::string(parsed.error().description()) + ".",
                fmt::format("line {}", parsed.error().source().begin.line));
  }
  return Reader(parsed.table()).read();
}

Result<Theme> load_theme(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return fail(ErrorCode::kNotFound, "The theme can't be opened.", path.string());
  std::string text(kFileBytesMax + 1, '\0');
  file.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<std::size_t>(file.gcount()));
  Result<Theme> theme = theme_from_text(text);
  if (theme) return theme;
  Error error = theme.error();
  error.place = error.place.empty() ? path.string() : path.string() + ", " + error.place;
  return std::unexpected(std::move(error));
}

}  // namespace batchwright::ui
