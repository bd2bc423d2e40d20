#!/bin/sh
# A whole house on a bare machine, from an empty database to a verified credential: the steps of compose.yaml, by hand.
# usage: PUENTE_DATABASE=postgresql+psycopg://… tools/house.sh FOLDER
# It makes two operators' halves, starts signer, app and worker, lets two keepers take an issuer into the registry, issues
# a small cohort by two hands, publishes, verifies, and stops what it started. FOLDER must not exist yet; the database is
# empty. Another app process with a folder of its own (FOLDER/second) shows that processes share nothing but the database.
set -eu
[ $# = 1 ] && [ -n "${PUENTE_DATABASE:-}" ] || { sed -n '2,3s/^# //p' "$0" >&2; exit 2; }
here=$(cd "$(dirname "$0")/.." && pwd)
PATH="$here/.venv/bin:$PATH"
mkdir "$1" "$1/second" && chmod 700 "$1" "$1/second"
PUENTE_DATA=$(cd "$1" && pwd)
PUENTE_PORT=${PUENTE_PORT:-8710}
PUENTE_ENV=production PUENTE_RUNG=K1 PUENTE_ORIGIN=https://house.example PUENTE_LANG=en
PUENTE_SIGNER=$PUENTE_DATA/sign.socket
# A first day without its fortnight: the real house leaves these two alone and has three keepers (TRUST section 5).
PUENTE_ANNOUNCED_DAYS=0 PUENTE_WAIVING=2
export PATH PUENTE_DATA PUENTE_PORT PUENTE_DATABASE PUENTE_ENV PUENTE_RUNG PUENTE_ORIGIN PUENTE_LANG PUENTE_SIGNER \
    PUENTE_ANNOUNCED_DAYS PUENTE_WAIVING
base=http://127.0.0.1:$PUENTE_PORT
running=""

say() { printf '[%s] %s\n' "$(date -u +%H:%M:%S)" "$*"; }
stop() { for pid in $running; do kill "$pid" 2>/dev/null || :; done; for pid in $running; do wait "$pid" || :; done; running=""; }
trap stop EXIT
ready() {  # ready TEST… : until it holds, for two minutes at the most
    n=0
    until "$@" >/dev/null 2>&1; do
        n=$((n + 1)); [ "$n" -lt 600 ] || { say "gave up waiting for: $*"; exit 1; }
        sleep 0.2
    done
}
field() { grep -oE "\"$1\": *\"?[^\",}]*" | head -n 1 | sed -E 's/^"[^"]*": *"?//'; }  # the first of that name
ask() {  # ask KEY METHOD PATH [curl's arguments] : as a person, once
    who=$1 method=$2 path=$3; shift 3
    curl -sS --fail-with-body -X "$method" -H "Authorization: Bearer $who" -H "Idempotency-Key: house-$$-$(date +%s%N)" "$base$path" "$@"
}
json() { ask "$1" POST "$2" -H 'Content-Type: application/json' --data "$3"; }
agree() {  # one proposes, the other approves: no key does that over the network, at the machine it does
    change=$(PUENTE_KEY=$ana puente registry propose "$1" --json | field id)
    PUENTE_KEY=$luis puente registry approve "$change" >/dev/null
}
is_done() { ask "$luis" GET "/v1/issuer/batches/$batch" | grep -q '"state":"done"'; }

say "migrate, and two operators' halves"
puente migrate
if [ -z "${PUENTE_KEY_HALF_ONE:-}" ]; then
    puente halves "$PUENTE_DATA/one" "$PUENTE_DATA/two" >/dev/null
    PUENTE_KEY_HALF_ONE=$(cat "$PUENTE_DATA/one") PUENTE_KEY_HALF_TWO=$(cat "$PUENTE_DATA/two")
    rm "$PUENTE_DATA/one" "$PUENTE_DATA/two"
fi
half_one=$PUENTE_KEY_HALF_ONE half_two=$PUENTE_KEY_HALF_TWO
unset PUENTE_KEY_HALF_ONE PUENTE_KEY_HALF_TWO  # the signer's alone

say "sign, serve, work"
PUENTE_KEY_HALF_ONE=$half_one PUENTE_KEY_HALF_TWO=$half_two \
puente sign >"$PUENTE_DATA/sign.log" 2>&1 & running="$!"
ready test -S "$PUENTE_SIGNER"
puente serve >"$PUENTE_DATA/app.log" 2>&1 & running="$! $running"
PUENTE_DATA=$PUENTE_DATA/second PUENTE_PORT=$((PUENTE_PORT + 1)) \
puente serve >"$PUENTE_DATA/second.log" 2>&1 & running="$! $running"
PUENTE_DATA=$PUENTE_DATA/second \
puente work --processes 1 >"$PUENTE_DATA/work.log" 2>&1 & running="$! $running"

say "an issuer, and two people: both keepers, one an officer, the other an approver"
issuer=$(puente establish formacion --number 0 --host formacion.demo.puente.example --list C06 \
    --name 'Servicio de Aprendizaje (DEMO)')
ana=$(puente keys make --person ana --role keeper --role officer --issuer formacion)
luis=$(puente keys make --person luis --role keeper --role approver --issuer formacion)
ready curl -fsS "$base/livez"
did=$(echo "$issuer" | field did) k1=$(echo "$issuer" | field key) public=$(echo "$issuer" | field publicKeyMultibase)
agree "{\"kind\":\"register_issuer\",\"id\":\"formacion\",\"did\":\"$did\",\"host\":\"formacion.demo.puente.example\",\"nameEs\":\"Servicio de Aprendizaje (DEMO)\",\"nameEn\":\"Training Service (DEMO)\",\"tier\":\"T1\",\"country\":\"CO\",\"scope\":[{\"type\":\"CompetencePass\",\"scheme\":\"SENA-NSCL\"}]}"
agree "{\"kind\":\"add_key\",\"issuer\":\"formacion\",\"id\":\"$k1\",\"publicKeyMultibase\":\"$public\"}"
agree "{\"kind\":\"set_key_state\",\"id\":\"$k1\",\"state\":\"active\"}"
agree '{"kind":"add_list","issuer":"formacion","number":1}'
agree '{"kind":"add_list","issuer":"formacion","number":2}'

say "publish the first bundle"
puente publish

say "a cohort, by two hands"
cat >"$PUENTE_DATA/cohort.csv" <<'CSV'
Radicado Proyecto,Código Norma,Grupo,Documento,Apellidos,Nombre,Juicio Emitido,Fecha de Juicio
000202541701,290801106,01,000000200001,Rojas Peña,Yuleisy,3,28/09/2025
000202541701,290801106,01,000000200002,Rincón Yépez,Julián,3,28/09/2025
CSV
told=$(ask "$ana" POST "/v1/issuer/batches?asOf=2025-11-20&normVersion=290801106:1" -H 'Content-Type: text/csv' --data-binary "@$PUENTE_DATA/cohort.csv")
batch=$(echo "$told" | field id) digest=$(echo "$told" | field digest)
json "$ana" "/v1/issuer/batches/$batch/proposal" '' >/dev/null
PUENTE_KEY=$luis puente batches release "$batch" --digest "$digest" --no-wait >/dev/null
ready is_done

say "verify, by the other process too"
name=$(ask "$ana" GET "/v1/issuer/batches/$batch/credentials" | field id)
ask "$ana" GET "/v1/issuer/credentials/$name/text" >"$PUENTE_DATA/pass.txt"
for at in $PUENTE_PORT $((PUENTE_PORT + 1)); do
    verdict=$(curl -fsS -H 'Content-Type: text/plain' --data-binary "@$PUENTE_DATA/pass.txt" "http://127.0.0.1:$at/v1/verifier/verify" | field verdict)
    say "process at $at: $verdict"
    [ "$verdict" = valid ] || exit 1
done
for name in bundle.puente root.json; do cmp "$PUENTE_DATA/$name" "$PUENTE_DATA/second/$name"; done

say "stop"
stop
say "a whole house stood and went"
