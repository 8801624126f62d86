# Programs that the steps need and the machine may not have. Sourced, not run. Downloads are kept outside the checkout.
CACHE=${XDG_CACHE_HOME:-$HOME/.cache}/postern-ci

as_root() { if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo -n "$@"; fi; }

# debian PACKAGE...: installs those that are missing.
debian() {
  local missing=() package
  for package in "$@"; do
    dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'install ok installed' || missing+=("$package")
  done
  [ ${#missing[@]} -gt 0 ] || return 0
  echo "ci: installing ${missing[*]}"
  as_root apt-get update -qq &&
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}"
}

# The second PostgreSQL that the store's tests run on; its packages must not start a server of their own.
debian_postgres() {
  [ -x /usr/lib/postgresql/15/bin/postgres ] && return 0
  as_root mkdir -p /etc/postgresql-common &&
    echo 'create_main_cluster = false' | as_root tee /etc/postgresql-common/createcluster.conf >/dev/null &&
    debian postgresql-15
}

# newest_az: the newest azure-cli of PyPI in a virtual environment, whose folder is then in NEWEST_AZ. What is there is used
# again while it is the newest and works; the marker is written last, so half an installation is made anew. pip is run as
# bin/python, so that its az names no python3 and is not taken for Debian's.
newest_az() {
  NEWEST_AZ=$CACHE/az-newest
  local version
  debian python3-venv && mkdir -p "$CACHE" || return 1
  [ -x "$NEWEST_AZ/bin/python" ] || /usr/bin/python3 -m venv "$NEWEST_AZ" || return 1
  version=$("$NEWEST_AZ/bin/python" -m pip index versions azure-cli 2>/dev/null | sed -nE '1s/^azure-cli \((.+)\)$/\1/p')
  [ -n "$version" ] || { echo "ci: PyPI did not say which azure-cli is the newest"; return 1; }
  if [ "$(cat "$NEWEST_AZ/complete" 2>/dev/null)" = "$version" ] && "$NEWEST_AZ/bin/az" version >/dev/null 2>&1; then return 0; fi
  echo "ci: installing azure-cli $version from PyPI into $NEWEST_AZ"
  /usr/bin/python3 -m venv --clear "$NEWEST_AZ" &&
    "$NEWEST_AZ/bin/python" -m pip install --quiet --disable-pip-version-check "azure-cli==$version" &&
    "$NEWEST_AZ/bin/az" version >/dev/null && echo "$version" >"$NEWEST_AZ/complete"
}
