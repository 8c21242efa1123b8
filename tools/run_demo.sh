#!/usr/bin/env bash
# A whole plant from nothing, on this machine: a site with its twin, one enrolled panel, the shipped recipe, one batch.
# With a display it opens the panel; without one, or with --headless, a simulated operator works by real taps through
# the demonstration. Then the record is exported and proved. Everything lands in out/demo/.
#
#   tools/run_demo.sh [--headless] [RECIPE...]     RECIPE: .mbr.json, or BatchML .xml
#
# Called by `./dev run`, which builds first. Exit code: 0 when the record was proved.
set -euo pipefail
here=${CALLED_FROM:-$PWD}
cd "$(dirname "${BASH_SOURCE[0]}")/.."

bin=build/bin
demo=out/demo
site=$demo/site
panel=$demo/panel
recipe=resources/recipes/tris-saline-100l.mbr.json
old_recipe=resources/recipes/tris-saline-100l-v2.mbr.json
people=resources/demo/people.json
facts=resources/demo/site.json
batch=B-2417

headless=0
given=()
for argument in "$@"; do
  case "$argument" in
    --headless) headless=1 ;;
    -*)
      echo "./dev run knows --headless and recipe files, not '$argument'." >&2
      exit 2
      ;;
    /*) given+=("$argument") ;;
    *) given+=("$here/$argument") ;;
  esac
done
[[ -n ${DISPLAY:-} ]] || headless=1

say() { printf '\n%s\n' "$*"; }
# value KEY TEXT: what follows `KEY: ` in the output of a program.
value() { sed -n "s/^$1: //p" <<<"$2"; }

twin_id=
stop_twin() {
  [[ -n $twin_id ]] || return 0
  kill "$twin_id" 2>/dev/null || true
  wait "$twin_id" 2>/dev/null || true
  twin_id=
}
trap stop_twin EXIT
trap 'exit 130' INT TERM

# The plant of the last time stays beside the new one, once.
if [[ -e $demo ]]; then
  rm -rf "$demo.before"
  mv "$demo" "$demo.before"
fi
mkdir -p "$demo/recipes"

say "1. A site: its keys, and the six people of the example."
$bin/batchwright-twin init "$site" --site "Demo plant" --people "$people" --facts "$facts" --demo-cost

say "2. Master batch records: version 2 and the one that superseded it."
# Prepared, checked and approved by three people of the example in one go; version 3 supersedes version 2.
approval=(--preparer ines.duarte --checker mary.okafor --quality petra.weiss)
$bin/batchwright-twin load "$site" "$old_recipe" "${approval[@]}"
$bin/batchwright-twin load "$site" "$recipe" "${approval[@]}"
$bin/batchwright-twin issue "$site" --mbr BUF-0117@3 --number "$batch"
number=2418
runnable=()
for file in "${given[@]}"; do
  name=$(basename "$file")
  name=${name%.mbr.json}
  name=${name%.xml}
  native=$demo/recipes/$name.mbr.json
  findings=$demo/recipes/$name.findings.txt
  say "   $name"
  if ! $bin/batchwright recipe import "$file" -o "$native" >"$findings" 2>&1; then
    { grep -v '^info:' "$findings" || true; } | head -n 5
    echo "   $name can't run yet: $(grep -c '^error:' "$findings" || true) errors, all in $findings."
    echo "   Its author answers them in $(dirname "$file")/$name.resolve.toml (docs/formats/resolve.md)."
    continue
  fi
  tail -n 1 "$findings"
  runnable+=("$native")
  loaded=$($bin/batchwright-twin load "$site" "$native" "${approval[@]}")
  printf '%s\n' "$loaded"
  $bin/batchwright-twin issue "$site" --mbr "$(value hash "$loaded")" --number "B-$number"
  number=$((number + 1))
done

say "3. A panel: one token, used once, and the site's fingerprint to compare."
token=$($bin/batchwright-twin token "$site" --prefix MIX2 --room "Room 114")
printf '%s\n' "$token"
$bin/batchwright-twin trust "$site" -o "$demo/trust.json"
: >"$demo/twin.log"  # there before the twin is, for whoever reads it first
$bin/batchwright-twin serve "$site" --port 0 >"$demo/twin.log" 2>&1 &
twin_id=$!
url=
for _ in $(seq 100); do
  url=$(sed -n 's/^listening //p' "$demo/twin.log")
  [[ -z $url ]] || break
  kill -0 "$twin_id" 2>/dev/null || break
  sleep 0.1
done
if [[ -z $url ]]; then
  cat "$demo/twin.log" >&2
  echo "The twin did not start; what it said stands above." >&2
  exit 1
fi
echo "The twin answers at $url"
$bin/batchwright enroll "$url" --token "$(value token "$token")" --store "$panel" --name MIX-2 \
  --site-fingerprint "$(value fingerprint "$token")"

say "   Cameras: what they see is rendered, with the known pictures that challenge them."
cameras=$demo/cameras
$bin/vision-campaign demo-assets --out "$cameras"
# The approved files, whatever this machine's libraries render them to.
cp resources/checks/*.check.json "$cameras/checks/"
mkdir -p "$cameras/cam-a" "$cameras/cam-b"
eyes=(--camera "CAM-A=folder:$PWD/$cameras/cam-a" --camera "CAM-B=folder:$PWD/$cameras/cam-b" --checks "$cameras/checks")

if [[ $headless -eq 1 ]]; then
  say "4. Batch $batch, worked by a simulated operator with real taps."
  $bin/batchwright panel --store "$panel" --headless --story demo --pictures "$demo/pictures" \
    "${eyes[@]}" --objects "$cameras/objects"
else
  say "4. The panel opens. Passwords of the demonstration people:"
  sed -n 's/.*"name": "\([^"]*\)".*"roles": \["\([^"]*\)"\].*"password": "\([^"]*\)".*/   \1, \2: \3/p' "$people"
  cp "$cameras/objects/label-good/"* "$cameras/cam-a/"
  cp "$cameras/objects/layout-good/"* "$cameras/cam-b/"
  echo "   What lies before a camera is the pictures in $cameras/cam-a and cam-b; others are in $cameras/objects."
  $bin/batchwright panel --store "$panel" --window --display 1600x900@15.6 "${eyes[@]}"
fi
python3 - "$url" "$demo/twin.html" <<'PY'
import sys, urllib.request
opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
page = opener.open(sys.argv[1], timeout=20).read()
open(sys.argv[2], "wb").write(page)
PY
stop_twin

say "5. The record, exported and proved against the site's key alone."
$bin/batchwright export "$panel" -o "$demo/$batch.journal"
$bin/batchwright show "$demo/$batch.journal" >"$demo/$batch.txt"
code=0
$bin/batchwright verify "$demo/$batch.journal" --trust "$demo/trust.json" || code=$?

for native in "${runnable[@]}"; do
  [[ $headless -eq 1 ]] || break
  name=$(basename "$native" .mbr.json)
  say "   $name, worked by the simulated operator without a panel, in a record of its own."
  $bin/batchwright run --recipe "$native" --store "$demo/$name" --auto --seed 1 | tail -n 2 | head -n 1
  $bin/batchwright verify "$demo/$name" | tail -n 2 || code=$?
done

cat <<TEXT

In $demo/: $batch.txt the record in words · $batch.journal the record · pictures/ the screens (without a display) · twin.html the twin's page

Try next:
  ./dev run                                          the same with you at the panel (needs a display)
  ./dev run --headless path/to/recipe.xml            with a BatchML recipe of your own
  sed 's/25\.3/25.4/' $demo/$batch.journal > $demo/changed.journal
  $bin/batchwright verify $demo/changed.journal --trust $demo/trust.json   names the changed line
  $bin/batchwright run --recipe $recipe --store out/auto --auto --seed 7
  $bin/batchwright recipe check $recipe
  $bin/batchwright recipe diff $old_recipe $recipe
TEXT
exit $code
