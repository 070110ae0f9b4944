# shellcheck shell=bash
# Sourced by ajbus: the JVM's ahead-of-time cache, which halves the start.
# Needs build.sh, $root, JAVA_HOME and java_flags.

aot_dir=$launcher_target/aot
jars_id_file=$launcher_target/ajbus.id

sha256() {
  if command -v sha256sum >/dev/null; then sha256sum "$@"; else shasum -a 256 "$@"; fi
}

# Name, size, inode and time of last change of every jar. That time, unlike the one of modification, also moves when an
# older file is copied back; GNU and BSD spell it differently.
jars_state() {
  (cd "$launcher_target" &&
    { stat -c '%n %s %i %z' ajbus.jar lib/*.jar 2>/dev/null || stat -f '%N %z %i %Fc' ajbus.jar lib/*.jar; })
}

# Prints a hash of the content of all jars, computed once after a build and kept beside them for as long as no jar was
# touched.
jars_id() {
  local state
  state=$(jars_state)
  if [[ ! -f $jars_id_file || $(tail -n +2 "$jars_id_file") != "$state" ]]; then
    printf '%s\n%s\n' "$(cd "$launcher_target" && sha256 ajbus.jar lib/*.jar | sha256 | cut -c1-16)" "$state" \
      >"$jars_id_file"
  fi
  head -n 1 "$jars_id_file"
}

# Sets aot_cache to the file for exactly these jars, this JDK, these flags and this place: a cache of others would be
# refused by the JVM at best, and run the code of older jars at worst.
name_aot_cache() {
  local runtime
  runtime=$({ cat "$JAVA_HOME/release" && printf '%s\n' "$root" "${java_flags[@]}"; } | sha256 | cut -c1-16)
  aot_cache=$aot_dir/$(jars_id)-$runtime.aot
}

# There is a cache, or making it failed before.
has_aot_cache() {
  name_aot_cache
  [[ -f $aot_cache || -f $aot_cache.failed ]]
}

# Makes the cache by a training run of the program, and removes those of older builds.
make_aot_cache() {
  rm -rf "$aot_dir"
  mkdir -p "$aot_dir"
  if with_progress "preparing a fast start" "$aot_dir/training.log" 120 \
    "$JAVA_HOME/bin/java" "${java_flags[@]}" "-XX:AOTCacheOutput=$aot_cache.new" -jar "$launcher_target/ajbus.jar" \
    dev --train && [[ -f $aot_cache.new ]]; then
    mv "$aot_cache.new" "$aot_cache"
  else
    touch "$aot_cache.failed"
    say "preparing a fast start did not work, going on without (see $aot_dir/training.log)"
  fi
}
