#!/usr/bin/env bash
# Proves that a new machine needs nothing but this checkout: makes an empty Debian 12 (debootstrap, minbase) in a
# temporary folder with this machine's apt settings, adds git and certificates, clones the committed state of this
# checkout into it and runs a command there. Removes everything at the end, also after a failure.
#
#   tools/fresh_root.sh [--out DIR] [--keep] COMMAND...
#   tools/fresh_root.sh ./dev test
#   tools/fresh_root.sh --out out/fresh ./dev run --headless
#
# --out DIR copies what the command left in out/ to DIR. --keep leaves the folder for a look, and says where it is.
# Needs root. The exit code is the command's.
set -euo pipefail

checkout=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
suite=bookworm
keep=0
out=

die() {
  echo "fresh_root: $*" >&2
  exit 1
}

while [[ ${1:-} == --* ]]; do
  case "$1" in
    --keep) keep=1 ;;
    --out)
      [[ $# -ge 2 ]] || die "--out needs a folder."
      mkdir -p "$2"
      out=$(cd "$2" && pwd)
      shift
      ;;
    *) die "unknown option $1. Options: --out DIR, --keep" ;;
  esac
  shift
done
[[ $# -gt 0 ]] || die "say what to run in it, for example: tools/fresh_root.sh ./dev test"
[[ $(id -u) -eq 0 ]] || die "run it as root: it mounts and changes root."
"$checkout/tools/install_packages.sh" root

running=  # process group of the command inside, while it runs
place=$(mktemp -d "${TMPDIR:-/tmp}/batchwright-fresh.XXXXXX")
fresh=$place/debian

# shellcheck disable=SC2317  # reached through the trap
unmount() {
  local point
  for point in mnt dev/shm sys proc; do
    if mountpoint -q "$fresh/$point"; then umount -l "$fresh/$point"; fi
  done
}

# shellcheck disable=SC2317  # reached through the trap
clean_up() {
  local code=$?
  trap - EXIT
  if [[ -n $running ]]; then kill -TERM -- "-$running" 2>/dev/null || true; fi
  unmount
  if [[ $keep -eq 1 ]]; then
    echo "Kept: $fresh (unmounted)"
  else
    rm -rf --one-file-system "$place"
  fi
  exit "$code"
}
trap clean_up EXIT
trap 'exit 130' INT TERM

# The first package mirror this machine uses, in either format of apt.
mirror() {
  # shellcheck disable=SC2016  # apt fills these in
  apt-get indextargets --format '$(SITE) $(RELEASE)' 'Created-By: Packages' 2>/dev/null |
    awk -v suite="$suite" '$2 == suite {print $1; exit}'
}

inside() {
  chroot "$fresh" /usr/bin/env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/tmp \
    LC_ALL=C.UTF-8 TERM=dumb CI=true DEBIAN_FRONTEND=noninteractive "$@" </dev/null
}

make_root() {
  local from
  from=$(mirror)
  [[ -n $from ]] || die "apt names no package source for $suite."
  debootstrap --variant=minbase "$suite" "$fresh" "$from" >"$place/debootstrap.log" 2>&1 ||
    { tail -n 20 "$place/debootstrap.log" >&2; die "debootstrap failed."; }
  rm -rf "$fresh/etc/apt/sources.list" "$fresh/etc/apt/sources.list.d"
  local part
  for part in sources.list sources.list.d apt.conf.d preferences.d keyrings trusted.gpg trusted.gpg.d auth.conf.d; do
    [[ ! -e /etc/apt/$part ]] || cp -a "/etc/apt/$part" "$fresh/etc/apt/"
  done
  mkdir -p "$fresh/usr/share/keyrings"
  cp -an /usr/share/keyrings/. "$fresh/usr/share/keyrings/"
  cp -L /etc/resolv.conf /etc/hosts "$fresh/etc/"
  mount -t proc proc "$fresh/proc"
  mount -t sysfs -o ro sys "$fresh/sys"
  mkdir -p "$fresh/dev/shm"
  mount -t tmpfs -o mode=1777 shm "$fresh/dev/shm"
}

clone() {
  inside apt-get update -qq
  inside apt-get install -y -qq -o Dpkg::Use-Pty=0 --no-install-recommends git ca-certificates >"$place/apt.log" 2>&1 ||
    { tail -n 20 "$place/apt.log" >&2; die "git could not be installed."; }
  mount --bind -o ro "$checkout" "$fresh/mnt"
  inside git -c safe.directory='*' clone -q --no-local /mnt /checkout
  umount "$fresh/mnt"
}

started=$SECONDS
make_root
clone
echo "An empty Debian $(cat "$fresh/etc/debian_version") with git, certificates and commit" \
  "$(git -C "$fresh/checkout" rev-parse --short HEAD), made in $((SECONDS - started)) s." \
  "$(nproc) cores. Running: $*"

started=$SECONDS
code=0
# In the background and in a group of its own, so that an interrupted proof ends at once and leaves nothing behind.
set -m
inside /bin/bash -c 'cd /checkout && exec "$@"' bash "$@" &
running=$!
set +m
wait "$running" || code=$?
running=
echo "'$*' ended with $code after $((SECONDS - started)) s on the fresh machine."
if [[ -n $out && -d $fresh/checkout/out ]]; then
  cp -a "$fresh/checkout/out/." "$out/"
  echo "What it left in out/ is in $out."
fi
exit $code
