#!/usr/bin/env bash
# Runs the conformance kit inside the image: the image's own JVM and modules, and nothing of a JDK
# that the image lacks. The kit and what it needs lie on the class path beside it; the providers'
# tests are patched into their modules, as in their builds.
#
#   jlink/conformance.sh [IMAGE]      needs the JDK that built the image, for javac
set -euo pipefail

here=$(cd -P "$(dirname "${BASH_SOURCE[0]}")" && pwd)
image=${1:-$here/target/image}
kit=$here/target/conformance
tools=${JAVA_HOME:+$JAVA_HOME/bin/}

fail() {
  echo "conformance: FAILED: $*" >&2
  exit 1
}

[ -x "$image/bin/java" ] || fail "no image at $image: run mvn -DskipTests package first"
[ -d "$kit" ] || fail "no kit at $kit: run mvn -DskipTests package first"

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"${tools}javac" --system "$image" -Xlint:all,-classfile -Werror -cp "$kit/*" -d "$work" \
  "$here/src/conformance/Conformance.java"

patches=()
for provider in java lws; do
  tests=$here/../qwormhole.$provider/target/test-classes
  [ -d "$tests" ] || fail "no tests at $tests: run mvn -DskipTests package first"
  patches+=(--patch-module "qwormhole.$provider=$tests"
    --add-reads "qwormhole.$provider=ALL-UNNAMED"
    --add-opens "qwormhole.$provider/qwormhole.$provider=ALL-UNNAMED")
done

# The core reads CBOR where an application brings it: here on the class path.
timeout 600 "$image/bin/java" "${patches[@]}" --add-reads qwormhole.api=ALL-UNNAMED \
  -cp "$work:$kit/*" Conformance \
  qwormhole.java.JavaProviderConformanceTest \
  qwormhole.java.JavaEndpointConformanceTest \
  qwormhole.lws.LwsProviderConformanceTest \
  qwormhole.lws.LwsEndpointConformanceTest \
  qwormhole.lws.JavaServerPairingTest \
  qwormhole.lws.JavaClientPairingTest \
  2>"$work/log" </dev/null || {
  sed 's/^/  | /' "$work/log" >&2
  fail "see above"
}
# The JVM's own complaints, about native access or Unsafe for instance.
if grep -E '^(WARNING|OpenJDK .* warning):' "$work/log" >&2; then
  fail "the JVM warns"
fi
echo "conformance: ok, in the image of $(sed -n 's/^JAVA_VERSION=//p' "$image/release")"
