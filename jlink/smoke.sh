#!/usr/bin/env bash
# Runs the image as a user would: moved elsewhere, started through a link, with a provider jar
# dropped beside it. Fails at the first thing that is not as it should be.
#
#   jlink/smoke.sh [IMAGE]      needs the JDK that built the image, for javac and jar
set -euo pipefail

here=$(cd -P "$(dirname "${BASH_SOURCE[0]}")" && pwd)
built=${1:-$here/target/image}
tools=${JAVA_HOME:+$JAVA_HOME/bin/}

fail() {
  echo "smoke: FAILED: $*" >&2
  exit 1
}

[ -x "$built/bin/qwormhole-bench" ] || fail "no image at $built: run mvn -DskipTests package first"

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# An image that works only where it was built is of no use, nor one that needs its real path.
mkdir "$work/a folder"
cp -R "$built/." "$work/a folder/image"
image="$work/a folder/image"
mkdir "$work/path"
ln -s "$image/bin/qwormhole-bench" "$work/path/qwormhole-bench"
bench="$work/path/qwormhole-bench"

unset QWORMHOLE_PLUGINS QWORMHOLE_OPTS

# run NAME COMMAND...: its output in $work/NAME.out and .err; says all of it when it goes wrong.
run() {
  local name=$1
  shift
  if ! timeout 180 "$@" >"$work/$name.out" 2>"$work/$name.err" </dev/null; then
    sed 's/^/  | /' "$work/$name.out" "$work/$name.err" >&2
    fail "$name: $*"
  fi
  # The JVM's own complaints, about native access or Unsafe for instance. A user would see them.
  if grep -E '^(WARNING|OpenJDK .* warning):' "$work/$name.err" >&2; then
    fail "$name warns"
  fi
}

ids() { awk '{ print $1 }' "$work/$1.out"; }

has() { grep -qx "$2" <<<"$(ids "$1")" || fail "$1 does not list $2, but: $(ids "$1" | tr '\n' ' ')"; }

lacks() { ! grep -qx "$2" <<<"$(ids "$1")" || fail "$1 lists $2"; }

run doctor "$bench" doctor
for id in java lws libsocket; do
  has doctor "$id"
done
lacks doctor dropin
grep -q '^a server would use ' "$work/doctor.out" || fail "doctor does not tell what a server would use"
run doctor-json "$bench" doctor --json
head -c 1 "$work/doctor-json.out" | grep -q '{' || fail "doctor --json printed no JSON"
sed -n 's/ \{2,\}/ /gp' "$work/doctor.out" | sed 's/^/smoke: /'

run selftest "$bench" selftest
grep -q 'echo ok' "$work/selftest.out" || fail "selftest did not print: echo ok"
echo "smoke: $(grep 'echo ok' "$work/selftest.out")"

# Each transport, each workload and each kill once, as briefly as they can: numbers are not the aim.
short=(--messages 200 --repeats 1 --warmup 0)
run bench "$bench" run --workload stream --mode java,lws,libsocket "${short[@]}" --json "$work/bench.json"
sed 's/^/  /' "$work/bench.out"
grep -q '^java:java ' "$work/bench.out" || fail "the bench did not measure java:java"
head -c 1 "$work/bench.json" | grep -q '{' || fail "the bench wrote no JSON"
run report "$bench" report "$work/bench.json"
head -n 1 "$work/bench.html" | grep -q '^<!DOCTYPE html>' || fail "the report is no page"
run workloads "$bench" run --workload pingpong,pipeline,broadcast,connect,bulk --mode core --clients 4 "${short[@]}"
sed 's/^/  /' "$work/workloads.out"
for workload in pingpong pipeline broadcast connect bulk; do
  grep -q "^$workload " "$work/workloads.out" || fail "the bench did not measure $workload"
done
run fallback "$bench" fallback --clients 4 --seconds 0.2 --json "$work/fallback.json"
sed 's/^/  /' "$work/fallback.out"
head -c 1 "$work/fallback.json" | grep -q '{' || fail "the fallback wrote no JSON"

"${tools}javac" --system "$image" -Xlint:all -Werror -d "$work/examples" "$here"/../examples/*.java
echo "smoke: examples compile against the image"

# Compiled against the image itself: what a third party's jar needs is in there, or it is not.
make_jar() {
  "${tools}javac" --system "$image" -Xlint:all -Werror -d "$work/classes/$1" \
    "$here/src/$1/module-info.java" "$here/src/$1/$1"/*.java
  mkdir -p "$work/jars"
  "${tools}jar" --create --file "$work/jars/$1.jar" -C "$work/classes/$1" .
}
make_jar dropin

run given-to-launcher "$bench" --module-path "$work/jars" doctor
has given-to-launcher dropin
run given-by-variable env QWORMHOLE_PLUGINS="$work/jars" "$bench" doctor
has given-by-variable dropin
run given-to-java "$image/bin/java" --module-path "$work/jars" -m qwormhole.bench doctor
has given-to-java dropin
mkdir "$image/plugins"
cp "$work/jars/dropin.jar" "$image/plugins/"
run dropped-beside "$bench" doctor
for id in java lws libsocket dropin; do
  has dropped-beside "$id"
done
echo "smoke: drop-in jar found by --module-path, variable and folder"

# Bad ones beside it are passed over: one that throws, one of the same module, one that is no jar, one
# whose dependency is missing, one that has the name of a module of the image.
make_jar broken
cp "$work/jars/broken.jar" "$image/plugins/"
cp "$work/jars/dropin.jar" "$image/plugins/dropin-again.jar"
echo "this is no jar" >"$image/plugins/text.jar"
bad_module() {
  mkdir -p "$work/bad/$1" "$work/bad/needed"
  echo "module $1 { $2 provides qwormhole.api.spi.TransportProvider with dropin.DropinProvider; }" \
    >"$work/bad/$1/module-info.java"
  mkdir -p "$work/bad/$1/dropin"
  cp "$here/src/dropin/dropin/DropinProvider.java" "$work/bad/$1/dropin/"
}
echo "module needed { }" >"$work/needed-info"
bad_module lonely "requires qwormhole.api; requires needed; uses qwormhole.api.spi.TransportProvider;"
bad_module qwormhole.lws "requires qwormhole.api; uses qwormhole.api.spi.TransportProvider;"
cp "$work/needed-info" "$work/bad/needed/module-info.java"
"${tools}javac" --system "$image" -nowarn -d "$work/classes/bad" --module-source-path "$work/bad" --module lonely,needed
"${tools}javac" --system "$image" -nowarn -d "$work/classes/bad/qwormhole.lws" \
  "$work"/bad/qwormhole.lws/module-info.java "$work"/bad/qwormhole.lws/dropin/*.java
for module in lonely qwormhole.lws; do
  "${tools}jar" --create --file "$image/plugins/$module.jar" -C "$work/classes/bad/$module" .
done
run dropped-in-echo "$bench" selftest dropin
grep -q 'dropin, dropin' "$work/dropped-in-echo.out" \
  || fail "the drop-in did not carry the echo: $(cat "$work/dropped-in-echo.out")"
run bad-beside "$bench" doctor
for id in java lws libsocket dropin broken text.jar lonely.jar qwormhole.lws.jar; do
  has bad-beside "$id"
done
grep -q 'Module needed not found' "$work/bad-beside.out" || fail "doctor does not say what lonely.jar lacks"
grep -q 'has a module qwormhole.lws already' "$work/bad-beside.out" || fail "doctor does not say that qwormhole.lws is there"
sed -n '/\.jar/s/^/smoke: /p' "$work/bad-beside.out"
echo "smoke: drop-in jar carries an echo, five bad ones beside it notwithstanding"

rm -r "$image/plugins"
echo "smoke: image of $(sed -n 's/^JAVA_VERSION=//p' "$image/release"): $(du -sm "$image" | cut -f1) MB"
echo "smoke: ok"
