# setup.sh: what ./visit, ./check and .ci/run share. Sourced, with the project as working folder.

# Prints the packages of .ci/packages.txt that are not installed.
missing_packages() {
    sed 's/#.*//' .ci/packages.txt | awk 'NF {print $1}' | while read -r package; do
        state=$(dpkg-query -W -f '${db:Status-Abbrev}' "$package" 2>/dev/null || true)
        case $state in
            i*) ;;
            *) printf '%s ' "$package" ;;
        esac
    done
}

# Installs what is missing. Says the apt line first; asks for sudo only when it needs it.
install_missing() {
    if ! command -v dpkg-query >/dev/null 2>&1; then
        echo "This is not a Debian system; please install what .ci/packages.txt lists." >&2
        return 0
    fi
    missing=$(missing_packages)
    [ -n "$missing" ] || return 0
    echo "apt-get install --no-install-recommends $missing"
    root=
    if [ "$(id -u)" != 0 ]; then
        if ! command -v sudo >/dev/null 2>&1; then
            echo "These packages are missing. Please run the line above as root, then try again." >&2
            return 1
        fi
        root=sudo
    fi
    # shellcheck disable=SC2086 # the list is meant to be split
    $root env DEBIAN_FRONTEND=noninteractive apt-get update -qq &&
        $root env DEBIAN_FRONTEND=noninteractive \
            apt-get install -y -qq --no-install-recommends $missing
}

# build PRESET TARGET...: configures once, then builds what changed.
build() {
    preset=$1
    shift
    if [ ! -f "build/$preset/build.ninja" ]; then
        cmake --preset "$preset" >"/tmp/vitrine-configure.$$" 2>&1 || {
            cat "/tmp/vitrine-configure.$$" >&2
            rm -f "/tmp/vitrine-configure.$$" "build/$preset/CMakeCache.txt"
            return 1
        }
        rm -f "/tmp/vitrine-configure.$$"
    fi
    cmake --build --preset "$preset" --target "$@"
}
