// batchwright-twin load, act, issue.
#include <fmt/format.h>

#include "base/finding.h"
#include "base/time.h"
#include "twin/commands.h"
#include "twin/internal/console.h"
#include "twin/internal/files.h"
#include "twin/recipe_acts.h"
#include "twin/recipes.h"

namespace batchwright::twin {
namespace {

using internal::done;
using internal::report;
using internal::system_clock;

constexpr std::size_t kFileBytesMax = 16u << 20;
constexpr std::size_t kPasswordBytesMax = 1024;

// Nobody named: the record stays a draft. One named: all three have to be.
Result<std::optional<Approval>> approval_of(const LoadOptions& options) {
  const bool named =
      !options.preparer.empty() || !options.checker.empty() || !options.quality.empty();
  if (!named && !options.demo_approval) return std::nullopt;
  if (!options.demo_approval &&
      (options.preparer.empty() || options.checker.empty() || options.quality.empty()))
    return fail(ErrorCode::kMalformed,
                "Name all three: --preparer, --checker and --quality. Nothing was loaded.");
  Approval approval{options.preparer, options.checker, options.quality, std::nullopt};
  if (!options.effective_from.empty()) {
    auto from = instant_from_text(options.effective_from);
    if (!from) return std::unexpected(from.error());
    approval.effective_from = *from;
  }
  return approval;
}

}  // namespace

int run_load(const LoadOptions& options) {
  auto approval = approval_of(options);
  if (!approval) return report(approval.error());
  auto text = internal::load_whole(options.file, kFileBytesMax);
  if (!text) return report(text.error());
  auto site = Site::open(options.directory, system_clock());
  if (!site) return report(site.error());
  Findings findings;
  auto loaded = load_mbr(**site, *text, findings, *approval);
  for (const auto& finding : findings)
    fmt::print(stderr, "{}: {}: {} ({})\n", to_string(finding.severity), finding.place,
               finding.message, finding.code);
  if (!loaded) return report(loaded.error());
  fmt::print("mbr: {} {}\ntitle: {}\nhash: {}\nstate: {}{}\n", loaded->mbr, loaded->version,
             loaded->title, loaded->hash, loaded->state,
             loaded->known ? "\nknown already, nothing changed" : "");
  return done();
}

int run_act(const ActOptions& options) {
  auto password = internal::load_whole(options.password_file, kPasswordBytesMax);
  if (!password) return report(password.error());
  while (!password->empty() && (password->back() == '\n' || password->back() == '\r'))
    password->pop_back();
  auto site = Site::open(options.directory, system_clock());
  if (!site) return report(site.error());
  RecipeAct act;
  act.hash = options.mbr;
  act.command = options.command;
  act.person = options.person;
  act.effective_from = options.effective_from;
  act.diff = options.diff;
  auto performed = perform_at_console(**site, act, *password);
  if (!performed) return report(performed.error());
  fmt::print("mbr: {} {}\nhash: {}\nstate: {}\n", (*performed)["mbr"].get<std::string>(),
             (*performed)["version"].get<std::string>(), (*performed)["hash"].get<std::string>(),
             (*performed)["state"].get<std::string>());
  return done();
}

int run_issue(const IssueOptions& options) {
  auto site = Site::open(options.directory, system_clock());
  if (!site) return report(site.error());
  auto issued = issue_batch(**site, options.mbr, options.number);
  if (!issued) return report(issued.error());
  fmt::print("batch: {}\nrun: {}\nmbr: {} {}\n", issued->number, issued->run, issued->mbr,
             issued->version);
  return done();
}

}  // namespace batchwright::twin
