# shellcheck shell=bash
# Sourced by ajbus and verify: builds the launcher where its sources are newer than the last build.
# Needs $root, the checkout, and JAVA_HOME.

say() { printf '%s: %s\n' "${0##*/}" "$*" >&2; }

launcher_target=$root/launcher/target
build_stamp=$launcher_target/ajbus.built

# What the program is made of: sources and resources without the tests, and the poms.
is_built() {
  [[ -f $build_stamp && -f $launcher_target/ajbus.jar ]] || return 1
  [[ -z $(find "$root/pom.xml" "$root"/*/pom.xml "$root"/*/src/main -newer "$build_stamp" | head -n 1) ]]
}

# Runs the command $4... with its output in the file $2, showing the label $1 and the seconds on standard error, and
# ends it after $3 seconds.
with_progress() {
  local label=$1 log=$2 limit=$3 begin=$SECONDS status=0 child
  shift 3
  "$@" >"$log" 2>&1 </dev/null &
  child=$!
  # The shell lets its children ignore Ctrl-C; they end with it all the same.
  trap 'kill "$child" 2>/dev/null; exit 130' INT TERM
  [[ -t 2 ]] || say "$label ..."
  while kill -0 "$child" 2>/dev/null; do
    [[ -t 2 ]] && printf '\r%s: %s ... %d s ' "${0##*/}" "$label" $((SECONDS - begin)) >&2
    [[ $((SECONDS - begin)) -lt $limit ]] || kill "$child" 2>/dev/null || true
    sleep 0.2
  done
  wait "$child" || status=$?
  trap - INT TERM
  [[ -t 2 ]] && printf '\r\033[K' >&2
  if [[ $status == 0 ]]; then
    say "$label: done in $((SECONDS - begin)) s"
  fi
  return "$status"
}

# The stamp carries the time before the build, so that what is edited meanwhile is built next time.
begin_stamp() {
  mkdir -p "$launcher_target"
  touch "$build_stamp.begun"
}

end_stamp() {
  mv "$build_stamp.begun" "$build_stamp"
}

build() {
  local log=$launcher_target/build.log
  if ! command -v mvn >/dev/null; then
    say "expected Maven (mvn) on PATH to build with, found none: install the package maven"
    exit 2
  fi
  begin_stamp
  if ! with_progress "building" "$log" 3600 \
    mvn -q -B -Dstyle.color=never -f "$root/pom.xml" -pl launcher -am -DskipTests package; then
    tail -n 40 "$log" >&2
    say "the build failed, its whole output is in $log"
    exit 1
  fi
  end_stamp
}

# Waits until no other process builds this checkout; the lock lasts as long as file descriptor 9, which is opened on
# the pom: a file in target would vanish with it. Where there is no flock, as on macOS, builds are not kept apart.
lock_checkout() {
  exec 9<"$root/pom.xml"
  if command -v flock >/dev/null && ! flock -n 9; then
    say "waiting for another build of this checkout"
    flock 9
  fi
}

unlock_checkout() {
  exec 9<&-
}
