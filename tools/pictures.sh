#!/usr/bin/env bash
# Collects the pictures of every screen in out/pictures/, as they are drawn now.
#
#   tools/pictures.sh [--accept]
#
# The picture tests compare them to the last bit with tests/snapshots/. Where one differs, out/pictures/ gets
# NAME.actual.png and NAME.difference.png, and the exit code is 1. --accept takes what is drawn now as the reference:
# look at it before it is committed. Called by `./dev pictures`, which builds first.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

accept=()
case "${1:-}" in
  '') ;;
  --accept) accept=(BATCHWRIGHT_ACCEPT=1) ;;
  *)
    echo "./dev pictures knows --accept, not '$1'." >&2
    exit 2
    ;;
esac

rm -rf out/pictures
mkdir -p out/pictures
code=0
env "${accept[@]}" build/bin/test_ui --gtest_brief=1 </dev/null >out/pictures/test.log 2>&1 || code=$?

same=0
for picture in tests/snapshots/*.png; do
  name=$(basename "$picture" .png)
  [[ ! -e out/pictures/$name.actual.png ]] || continue
  cp "$picture" out/pictures/
  same=$((same + 1))
done
changed=$(find out/pictures -name '*.actual.png' | wc -l)
echo "$same pictures in out/pictures/ are as in tests/snapshots/, $changed differ."
if [[ $code -ne 0 ]]; then
  cat out/pictures/test.log
  echo "If the new pictures are right: ./dev pictures --accept, look at them, commit them."
fi
if [[ ${#accept[@]} -gt 0 ]]; then git status --short -- tests/snapshots; fi
exit "$code"
