#!/usr/bin/env bash
# Installs the Debian packages of the given groups (tools/packages.txt) that are missing, after saying so.
#
#   tools/install_packages.sh build check
#
# As root or with sudo it installs. Without either it prints the exact line and stops with 1.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

wanted() {
  local name groups group
  while read -r name groups _; do
    case "$name" in '' | '#'*) continue ;; esac
    for group in "$@"; do
      [[ ",$groups," == *",$group,"* ]] && echo "$name"
    done
  done < packages.txt
  return 0
}

missing() {
  local names=("$@") installed
  installed=$(dpkg-query -W -f='${db:Status-Status} ${Package}\n' "${names[@]}" 2>/dev/null |
    sed -n 's/^installed //p' | sort -u || true)
  comm -23 <(printf '%s\n' "${names[@]}" | sort -u) <(printf '%s\n' "$installed")
}

main() {
  if ! command -v dpkg-query >/dev/null; then
    echo "This is no Debian machine, so nothing was installed. What is needed: tools/packages.txt" >&2
    return 0
  fi
  local names packages as_root=() started=$SECONDS
  mapfile -t names < <(wanted "$@")
  mapfile -t packages < <(missing "${names[@]}")
  [[ ${#packages[@]} -gt 0 ]] || return 0

  local install=(apt-get install -y --no-install-recommends "${packages[@]}")
  if [[ $(id -u) -ne 0 ]]; then
    if command -v sudo >/dev/null && { sudo -n true 2>/dev/null || [[ -t 0 ]]; }; then
      as_root=(sudo)
    else
      echo "Missing on this machine: ${packages[*]}" >&2
      echo "Install them as root, then run the command again:" >&2
      echo "  apt-get update && ${install[*]}" >&2
      return 1
    fi
  fi
  echo "Installing with apt, because missing on this machine: ${packages[*]}"
  # env carries the setting through sudo, which clears the environment.
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get update -qq
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
    "${install[@]}" -qq -o Dpkg::Use-Pty=0 </dev/null >"${TMPDIR:-/tmp}/batchwright-apt.$$.log" 2>&1 || {
    cat "${TMPDIR:-/tmp}/batchwright-apt.$$.log" >&2
    echo "apt could not install them. What it said stands above; nothing was built." >&2
    return 1
  }
  rm -f "${TMPDIR:-/tmp}/batchwright-apt.$$.log"
  echo "Installed ${#packages[@]} packages and what they need in $((SECONDS - started)) s."
}

main "$@"
