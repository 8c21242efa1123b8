#!/usr/bin/env python3
"""Do the tests notice when a rule is wrong? Makes small mistakes in the sources named in tools/mutants.txt, all of them in
one program, and runs the tests of the engine once for each.

  tools/mutate.py --count 300 --seed 1     samples, builds, runs, writes docs/proofs/mutants-DATE.md
  tools/mutate.py --list                   every mutant there could be
  tools/mutate.py --only ID[,ID...]        these, with the output of the tests

A mutant is killed when a test fails, the program crashes, or it doesn't end in time. Exit code 1 when fewer than 90 %
are killed.
"""

import argparse
import concurrent.futures
import datetime
import fnmatch
import json
import os
import pathlib
import random
import re
import subprocess
import sys
import time

import mutant_injector as injector
from source_tree import ROOT

FOLDER = ROOT / "build" / "mutants"
SOURCES = FOLDER / "sources"
PROGRAM = FOLDER / "bin" / "test_workflows"
CLANG_ARGUMENTS = [f"-I{ROOT}", "-resource-dir", "/usr/lib/llvm-19/lib/clang/19"]
KILLED_SHARE_MIN = 0.9

# Fastest first. Random tests do less for each mutant than in ./dev test; the scale tests prove no rule.
RANDOM = "Random*:TwoPeople.*:SameStep.InAny*:RecordedLinesOf*"
SLOW = ("EngineScale.*:Random*:TwoPeople.*:SameStep.InAny*:Replay.InASecond*:Check.TenThousand*:*Fuzz*:*Oracle*:MbrDiff*:"
        "MbrLife*:*Library*:DryRun*:RecipeMutants.*:Scenario*")
RULES = ("Engine*:Entry*:*Correction*:*Signing*:*Computed*:Expression*:RunMatrix*:SameStep.*:RecordedLines*:Gates*:"
         "ExceptionClasses*:LateResults*:DependentLimits*:Units*:Overrides*:Repetition*:NotApplicable*:CapturedValues*:"
         "Choices*:Handover*:Relations*:Recall*:Redlines*:Times*:ProceduralStates*:*Boundar*:NoWayRound*:Reviews*:GateWords*:"
         "WaitingGates*:LateTimes*:TokenRules*:LinesOfWork*:ImpossibleLines*:RecordedStates*:OpenedExceptions*:"
         "*Camera*:Challenges*:StandIn*")
PHASES = (
    ("rules", f"{RULES}-{SLOW}"),
    ("others", f"-{SLOW}"),
    ("played", "DryRun*:Scenario*-*OfAThousand*"),
    ("random", "RandomCharts.*:RandomGraphs.*:RandomCameraOrders.*:TwoPeople.*:SameStep.InAny*"),
)
RANDOM_AMOUNTS = {"BATCHWRIGHT_CHARTS": "300", "BATCHWRIGHT_GRAPHS": "300", "BATCHWRIGHT_SCHEDULES": "60",
                  "BATCHWRIGHT_CAMERAS": "20"}


def source_names():
    lines = (ROOT / "tools" / "mutants.txt").read_text(encoding="utf-8").splitlines()
    patterns = [line for line in lines if line and not line.startswith("#")]
    return sorted({str(p.relative_to(ROOT)) for pattern in patterns for p in ROOT.glob(pattern)})


def all_mutants():
    found = []
    for name in source_names():
        found += injector.find_mutants(name, ROOT / name, CLANG_ARGUMENTS)
    return found


def sample(mutants, count, seed):
    """The same seed gives the same mutants of the same sources, in the order of the sources."""
    ordered = sorted(mutants, key=lambda m: m.id)
    chosen = ordered if count >= len(ordered) else random.Random(seed).sample(ordered, count)
    chosen.sort(key=lambda m: (m.path, m.start, m.end, m.id))
    for number, mutant in enumerate(chosen, 1):
        mutant.number = number
    return chosen


def write_sources(mutants):
    """Rewrites only what changed, so that a second build is short."""
    wanted = {"workflows/mutant_switch.cpp": injector.SWITCH.encode()}
    for path in {m.path for m in mutants}:
        source = (ROOT / path).read_bytes()
        wanted[path] = injector.render(source, [m for m in mutants if m.path == path])
    for old in SOURCES.rglob("*.cpp"):
        if str(old.relative_to(SOURCES)) not in wanted:
            old.unlink()
    for path, content in wanted.items():
        target = SOURCES / path
        target.parent.mkdir(parents=True, exist_ok=True)
        if not target.exists() or target.read_bytes() != content:
            target.write_bytes(content)


def build(jobs):
    """True, or the compiler's complaints."""
    subprocess.run(["cmake", "--preset", "mutants"], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    command = ["ninja", "-C", str(FOLDER), "-j", str(jobs), "-k", "0", "test_workflows"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    return (done.returncode == 0, done.stdout + done.stderr)


def build_without_what_does_not_compile(mutants, jobs):
    """A mistake the compiler sees needs no test: those mutants leave the sample, and are listed."""
    left, refused = list(mutants), []
    for _ in range(8):
        write_sources(left)
        built, output = build(jobs)
        if built:
            return left, refused
        places = {(path, int(line)) for path, line in re.findall(
            rf"{re.escape(str(SOURCES))}/(\S+?):(\d+):\d+: (?:fatal )?error", output)}
        bad = [m for m in left if any(m.path == path and m.line <= line <= m.line + source_lines(m)
                                      for path, line in places)]
        if not bad:
            raise SystemExit(output[-4000:])
        refused += bad
        left = [m for m in left if m not in bad]
    raise SystemExit("The mutants don't compile after eight rounds.")


def source_lines(mutant):
    return (ROOT / mutant.path).read_bytes().count(b"\n", mutant.start, mutant.end)


def run_tests(number, gtest_filter, timeout_s, shown=False):
    """(what happened, first failing test, seconds)."""
    environment = {**os.environ, **RANDOM_AMOUNTS, "BATCHWRIGHT_MUTANT": str(number)}
    command = [str(PROGRAM), f"--gtest_filter={gtest_filter}", "--gtest_fail_fast", "--gtest_brief=1"]
    start = time.monotonic()
    try:
        done = subprocess.run(command, cwd=FOLDER, env=environment, capture_output=True, timeout=timeout_s)
    except subprocess.TimeoutExpired:
        return "timeout", "", timeout_s
    output = done.stdout.decode(errors="replace")
    if shown:
        print(output)
    failed = re.search(r"\[  FAILED  \] (\S+)", output)
    took = time.monotonic() - start
    if done.returncode == 0:
        return "passed", "", took
    if done.returncode < 0 or failed is None:
        return "crash", failed.group(1) if failed else "", took
    return "failed", failed.group(1), took


def baseline():
    """Seconds of each phase without a mutant; it has to be green."""
    took = {}
    for phase, gtest_filter in PHASES:
        outcome, test, took[phase] = run_tests(0, gtest_filter, 600)
        if outcome != "passed":
            raise SystemExit(f"Without any mutant the tests of phase {phase} are not green: {outcome} {test}")
    return took


def judge(mutant, times, shown=False):
    for phase, gtest_filter in PHASES:
        outcome, test, took = run_tests(mutant.number, gtest_filter, 10 + 5 * times[phase], shown)
        if outcome != "passed":
            return {"outcome": outcome, "phase": phase, "test": test, "seconds": round(took, 2)}
    return {"outcome": "survived", "phase": "", "test": "", "seconds": 0}


def judge_all(mutants, times, parallel):
    verdicts = {}
    with concurrent.futures.ThreadPoolExecutor(parallel) as pool:
        tasks = {pool.submit(judge, mutant, times): mutant for mutant in mutants}
        for task in concurrent.futures.as_completed(tasks):
            mutant = tasks[task]
            verdicts[mutant.id] = task.result()
            if verdicts[mutant.id]["outcome"] == "survived":
                print(f"survived: {mutant.id} {mutant.path}:{mutant.line} {mutant.kind}: {mutant.what}", flush=True)
    return verdicts


def table_of_files(mutants, verdicts):
    rows = []
    for path in sorted({m.path for m in mutants}):
        own = [verdicts[m.id]["outcome"] for m in mutants if m.path == path]
        counts = [own.count(k) for k in ("failed", "crash", "timeout", "survived")]
        killed = sum(counts[:3])
        rows.append(f"| {path} | {len(own)} | {' | '.join(map(str, counts))} | {100 * killed / len(own):.0f} % |")
    return rows


def report(mutants, refused, verdicts, arguments, total):
    """The result as a page of docs/proofs; what survived is explained there by hand."""
    git = ["git", "-C", str(ROOT)]
    commit = subprocess.run([*git, "rev-parse", "--short=12", "HEAD"], capture_output=True, text=True).stdout.strip()
    changed = subprocess.run([*git, "status", "--porcelain", "--", "workflows", "tests/workflows"],
                             capture_output=True, text=True).stdout.strip()
    killed = [m for m in mutants if verdicts[m.id]["outcome"] != "survived"]
    survivors = [m for m in mutants if verdicts[m.id]["outcome"] == "survived"]
    share = len(killed) / len(mutants)
    lines = [
        "# Mutants of the engine", "",
        "Small mistakes made one at a time in the sources of `tools/mutants.txt`, each run against the tests of `workflows/` "
        "(`./dev mutants`). A mutant is killed when a test fails, the program crashes, or it doesn't end in five times the usual "
        "time and ten seconds.", "",
        f"- date: {datetime.date.today().isoformat()}",
        f"- commit: {commit}{' with uncommitted changes' if changed else ''}",
        f"- seed: {arguments.seed}, {len(mutants)} mutants of {total} possible",
        f"- left out because the compiler refuses them: {len(refused)}",
        f"- killed: {len(killed)} of {len(mutants)}, {100 * share:.1f} %", "",
        "| source | mutants | test failed | crash | hang | survived | killed |", "|---|---|---|---|---|---|---|",
        *table_of_files(mutants, verdicts), "", "## Survivors", "",
        "| id | place | mistake | why no test sees it |", "|---|---|---|---|",
        *[f"| {m.id} | {m.path}:{m.line} {m.function} | {m.kind}: `{cell(m.what)}` | |" for m in survivors], "",
    ]
    return share, "\n".join(lines)


def cell(text):
    return text.replace("|", "\\|").replace("`", "'")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=2, help="compilers, and tests, at once")
    parser.add_argument("--list", action="store_true")
    parser.add_argument("--only", default="", help="ids, with commas between")
    parser.add_argument("--sources", default="*", help="only of these sources, e.g. 'workflows/internal/apply_*'")
    parser.add_argument("--report", default="", help="file to write; docs/proofs/mutants-DATE.md")
    arguments = parser.parse_args()

    possible = [m for m in all_mutants() if fnmatch.fnmatch(m.path, arguments.sources)]
    if arguments.list:
        for m in possible:
            print(f"{m.id} {m.path}:{m.line} {m.kind}: {m.what}")
        return 0
    only = [part for part in arguments.only.split(",") if part]
    chosen = sample([m for m in possible if not only or m.id in only], arguments.count, arguments.seed)
    if not chosen:
        raise SystemExit("There is no such mutant.")
    print(f"{len(chosen)} mutants of {len(possible)} possible, seed {arguments.seed}. Building.", flush=True)
    mutants, refused = build_without_what_does_not_compile(chosen, arguments.jobs)
    times = baseline()
    print("Green without a mutant: " + ", ".join(f"{k} {v:.1f} s" for k, v in times.items()), flush=True)
    if only:
        for mutant in mutants:
            print(f"== {mutant.id} {mutant.path}:{mutant.line} {mutant.what}")
            print(judge(mutant, times, shown=True))
        return 0
    verdicts = judge_all(mutants, times, min(arguments.jobs, 2))
    share, page = report(mutants, refused, verdicts, arguments, len(possible))
    target = pathlib.Path(arguments.report or ROOT / "docs" / "proofs" / f"mutants-{datetime.date.today().isoformat()}.md")
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(page, encoding="utf-8")
    details = [{"id": m.id, "place": f"{m.path}:{m.line}", "kind": m.kind, "what": m.what, **verdicts[m.id]} for m in mutants]
    (FOLDER / "verdicts.json").write_text(json.dumps(details, indent=1), encoding="utf-8")
    print(f"{100 * share:.1f} % of {len(mutants)} killed. Written: {target}")
    return 0 if share >= KILLED_SHARE_MIN else 1


if __name__ == "__main__":
    sys.exit(main())
