// batchwright-twin: the embedded operations twin. See docs/cli.md for what each command prints.
#include <CLI/CLI.hpp>
#include <cstdio>
#include <exception>

#include "twin/commands.h"

namespace twin = batchwright::twin;

namespace {

void add_set_up(CLI::App& app, int& exit_code, twin::InitOptions& init, twin::FactsOptions& facts,
                twin::TokenOptions& token, twin::TrustOptions& trust) {
  auto* make = app.add_subcommand("init", "Make a site: its keys, its directory of people");
  make->add_option("dir", init.directory, "Folder of the twin")->required();
  make->add_option("--site", init.site, "Name of the site")->required();
  make->add_option("--people", init.people_file, "JSON list: id, name, roles, password");
  make->add_option("--facts", init.facts_file, "Facts of the site: equipment, lots, trainings");
  make->add_flag("--demo-cost", init.demo_cost, "Light key derivation, for demonstrations only");
  make->callback([&] { exit_code = twin::run_init(init); });

  auto* tell = app.add_subcommand("facts", "Publish newer facts of the site to its panels");
  tell->add_option("dir", facts.directory, "Folder of the twin")->required();
  tell->add_option("file", facts.file, "FILE.json, docs/formats/site-facts.md")->required();
  tell->callback([&] { exit_code = twin::run_facts(facts); });

  auto* invite = app.add_subcommand("token", "Print a single-use token that enrols one panel");
  invite->add_option("dir", token.directory, "Folder of the twin")->required();
  invite->add_option("--prefix", token.prefix, "Begins the panel's short numbers, e.g. MIX2")
      ->required();
  invite->add_option("--room", token.room, "Where the panel is")->required();
  invite->callback([&] { exit_code = twin::run_token(token); });

  auto* anchor = app.add_subcommand("trust", "Write the trust anchor for batchwright verify");
  anchor->add_option("dir", trust.directory, "Folder of the twin")->required();
  anchor->add_option("-o", trust.output, "File; standard output when absent");
  anchor->callback([&] { exit_code = twin::run_trust(trust); });
}

void add_recipes(CLI::App& app, int& exit_code, twin::LoadOptions& load, twin::ActOptions& act,
                 twin::IssueOptions& issue) {
  auto* take = app.add_subcommand(
      "load", "Register a master batch record: a draft, or with three people named, effective");
  take->add_option("dir", load.directory, "Folder of the twin")->required();
  take->add_option("file", load.file, "FILE.mbr.json")->required();
  take->add_option("--preparer", load.preparer, "Person who submits it");
  take->add_option("--checker", load.checker, "Another person, who checks it");
  take->add_option("--quality", load.quality, "A third person, of quality, who approves it");
  take->add_option("--effective-from", load.effective_from, "Instant; absent: now");
  take->add_flag("--demo-approval", load.demo_approval,
                 "By the first fitting people of the directory, for demonstrations only");
  take->callback([&] { exit_code = twin::run_load(load); });

  auto* does =
      app.add_subcommand("act", "One act of one person on a record, signed with that person's key");
  does->add_option("dir", act.directory, "Folder of the twin")->required();
  does->add_option("command", act.command,
                   "submit, check, approve, make_effective, recall or retire")
      ->required();
  does->add_option("--mbr", act.mbr, "Hash, ID, or ID@VERSION")->required();
  does->add_option("--person", act.person, "Who acts")->required();
  does->add_option("--password-file", act.password_file, "File with the person's password")
      ->required();
  does->add_option("--effective-from", act.effective_from, "make_effective: instant; absent: now");
  does->add_option("--diff", act.diff, "approve: hash of the difference that was read");
  does->callback([&] { exit_code = twin::run_act(act); });

  auto* start = app.add_subcommand("issue", "Issue one batch, once");
  start->add_option("dir", issue.directory, "Folder of the twin")->required();
  start->add_option("--mbr", issue.mbr, "Hash, ID, or ID@VERSION")->required();
  start->add_option("--number", issue.number, "Batch number, e.g. B-2417")->required();
  start->callback([&] { exit_code = twin::run_issue(issue); });
}

void add_serve(CLI::App& app, int& exit_code, twin::ServeOptions& serve) {
  auto* listen = app.add_subcommand("serve", "Answer panels and browsers on this machine");
  listen->add_option("dir", serve.directory, "Folder of the twin")->required();
  listen->add_option("--port", serve.port, "Port; 0 lets the system choose")->required();
  listen->add_option("--address", serve.address, "127.0.0.1 or ::1");
  listen->callback([&] { exit_code = twin::run_serve(serve); });
}

}  // namespace

int main(int argc, char** argv) {
  try {
    CLI::App app("The embedded operations twin of Batchwright", "batchwright-twin");
    app.require_subcommand(1);
    int exit_code = 0;
    twin::InitOptions init;
    twin::FactsOptions facts;
    twin::TokenOptions token;
    twin::TrustOptions trust;
    twin::LoadOptions load;
    twin::ActOptions act;
    twin::IssueOptions issue;
    twin::ServeOptions serve;
    add_set_up(app, exit_code, init, facts, token, trust);
    add_recipes(app, exit_code, load, act, issue);
    add_serve(app, exit_code, serve);
    CLI11_PARSE(app, argc, argv);
    return exit_code;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "The program could not go on: %s\n", error.what());
    return 2;
  }
}
