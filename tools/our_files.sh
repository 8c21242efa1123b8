#!/usr/bin/env bash
# Lists our own sources of a kind, as git knows them (tracked, or new and not ignored), one a line.
#
#   tools/our_files.sh cpp|py|sh|all
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

existing() {
  local file
  while IFS= read -r file; do [[ ! -f $file ]] || printf '%s\n' "$file"; done
}
list() { git ls-files --cached --others --exclude-standard -- "$@" | sort -u | existing; }

case "${1:-all}" in
  cpp) list '*.cpp' '*.h' ;;
  py) list '*.py' ;;
  sh) list '*.sh' dev .ci/run ;;
  all) list . ;;
  *)
    echo "Usage: tools/our_files.sh cpp|py|sh|all" >&2
    exit 2
    ;;
esac
