# shellcheck shell=bash
# Sourced by ajbus and verify: finds the JDK to build and run with.

jdk_needed=25

# The home of the first java on PATH, which may be a link or a stand-in that knows the real one.
jdk_of_path() {
  command -v java >/dev/null || return 0
  java -XshowSettings:properties -version 2>&1 | sed -n 's/^ *java\.home = //p'
}

# Exports JAVA_HOME where the directory $1 holds a JDK that is new enough, else fails.
use_jdk() {
  local major
  [[ -n $1 && -x $1/bin/javac && -r $1/release ]] || return 1
  major=$(sed -n 's/^JAVA_VERSION="\([0-9][0-9]*\).*/\1/p' "$1/release")
  [[ -n $major && $major -ge $jdk_needed ]] || return 1
  export JAVA_HOME=$1
}

# Exports JAVA_HOME; where no JDK is new enough, says what to install and exits with 2.
find_jdk() {
  local home
  for home in "${JAVA_HOME:-}" /usr/lib/jvm/* /opt/* "${HOME:-}"/.sdkman/candidates/java/* "${HOME:-}"/.jdks/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home; do
    use_jdk "$home" && return
  done
  use_jdk "$(jdk_of_path)" && return
  cat >&2 <<EOF
${0##*/}: expected a JDK $jdk_needed or newer, found none. Install one, for example Eclipse Temurin $jdk_needed
  Debian, Ubuntu   apt install temurin-$jdk_needed-jdk   (from Adoptium's package source)
  macOS            brew install --cask temurin@$jdk_needed
  any              sdk install java $jdk_needed-tem
or set JAVA_HOME to one. Looked at JAVA_HOME, /usr/lib/jvm, /opt, ~/.sdkman, ~/.jdks,
/Library/Java/JavaVirtualMachines and java on PATH.
EOF
  exit 2
}
