#!/usr/bin/env bash
# minutes: 5
# A production install as docs/operations/production.md describes it: built once, only what runs installed and pruned, at most 90 MB, the
# program folder read-only; then that very tree serves, and vends an account.
set -eu
place=$(mktemp -d)
service=
finish() {
  [ -z "$service" ] || kill -KILL "$service" 2>/dev/null || true
  chmod -R u+w "$place"
  rm -rf "$place"
}
trap finish EXIT

[ -f dist/main.js ] || npm run --silent build
program=$place/program
mkdir -p "$program" "$place/var"
mkdir "$program/docs"
cp -r dist config package.json package-lock.json "$program"
cp -r docs/proofs "$program/docs"
# The Node that comes with the packages for development, as an operator would name an installed one.
cp "$(readlink -f node_modules/node/bin/node)" "$place/node"
(cd "$program" && NODE_ENV=production npm ci --omit=dev --silent)
"$place/node" scripts/prune-production.mjs "$program" --most 90
chmod -R a-w "$program"
chmod 755 "$place"

# Root writes where nobody may, so that somebody else runs it.
as=()
if [ "$(id -u)" -eq 0 ]; then
  chown 65534:65534 "$place/var"
  as=(setpriv --reuid=65534 --regid=65534 --clear-groups)
fi
run() {
  cd "$program" && exec env -i PATH="$PATH" NODE_ENV=production PORT="$port" PARTNER_CLOUD_DATA="$place/var/data" \
    PARTNER_CLOUD_KEYS="$place/var/keys" AWS_EC2_METADATA_DISABLED=true "$@" "${as[@]}" "$place/node" dist/main.js
}
port=$((20000 + RANDOM % 10000))

echo 'Every package that the program imports is still there:'
(cd "$program" && grep -rhoE --include='*.js' "^(import|export) .*from '[^.'][^']*'|^} from '[^.'][^']*'|import\('[^.'][^']*'\)" dist --exclude-dir=console |
  sed -E "s/.*(from |\()'([^']*)'.*/\2/" | sort -u >"$place/packages" && "$place/node" --input-type=module --eval "
    const { readFileSync } = await import('node:fs');
    const names = readFileSync(process.argv[1], 'utf8').trim().split('\n');
    for (const name of names) await import(name);
    console.log(names.length + ' are.');" "$place/packages")

echo 'Without an identity provider it refuses in one sentence:'
sed "s#^  endpoint: .*#  endpoint: ''#" config/partner-cloud.yaml >"$place/aws.yaml"
sed -i "s#^  folder: terms#  folder: $program/config/terms#" "$place/aws.yaml"
chmod 644 "$place/aws.yaml"
code=0
(run PARTNER_CLOUD_CONFIG="$place/aws.yaml") >"$place/out" 2>"$place/err" || code=$?
cat "$place/err"
[ "$code" -eq 78 ] && [ "$(wc -l <"$place/err")" -eq 1 ] && grep -q '^identity.jwks: ' "$place/err"

echo 'With one it serves:'
echo '{"keys":[]}' >"$place/jwks.json"
chmod 644 "$place/jwks.json"
sed "s#^  issuer: .*#  issuer: https://identity.example#; s#^  jwks: ''#  jwks: $place/jwks.json#" "$place/aws.yaml" >"$place/served.yaml"
chmod 644 "$place/served.yaml"
(run PARTNER_CLOUD_CONFIG="$place/served.yaml") >"$place/out" 2>"$place/err" &
service=$!
until curl -fsS "http://127.0.0.1:$port/health/ready" 2>/dev/null; do
  kill -0 "$service" 2>/dev/null || { cat "$place/out" "$place/err"; exit 1; }
  sleep 0.2
done
echo
if "${as[@]}" touch "$program/written" 2>/dev/null; then
  echo 'The program folder can be written, so that nothing was shown.'
  exit 1
fi
[ "$(curl -sS -o "$place/answer" -w '%{http_code}' "http://127.0.0.1:$port/v1/territories")" = 401 ]
grep -q '"traceId"' "$place/answer"
kill -TERM "$service"
wait "$service"
service=
echo 'and ends with 0.'

echo 'It vends an account with the real SDK clients:'
code=0
(cd "$program" && exec env -i PATH="$PATH" NODE_ENV=production HOME="$place/var" PARTNER_CLOUD_DATA="$place/var/demo" PARTNER_CLOUD_KEYS="$place/var/demo-keys" \
  "${as[@]}" "$place/node" dist/cli/demo.js --once --fast) >"$place/demo" 2>&1 || code=$?
[ "$code" -eq 0 ] || { cat "$place/demo"; exit 1; }
grep -q 'Login URL' "$place/demo" || { cat "$place/demo"; exit 1; }
echo 'it does.'
