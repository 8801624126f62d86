# Real clients against real servers: each run of a client program has a fresh demo server of its own. Sourced, not run.
SERVER_SECONDS=180

# start_server NAME: npm start on free ports and an empty folder; what clients need is then in $DATA/demo.env.
start_server() {
  DATA=$WORK/data-$1
  mkdir "$DATA"
  apart "$DATA.log" npm_start
  SERVER=$APART
  local deadline=$((SECONDS + SERVER_SECONDS))
  until answers_ready; do
    if ! kill -0 "$SERVER" 2>/dev/null || [ $SECONDS -ge $deadline ]; then
      echo "ci: the server for $1 was not ready; it said:"
      tail -n 40 "$DATA.log"
      return 1
    fi
    sleep 0.5
  done
}

npm_start() {
  unset "${!POSTERN_@}"
  export POSTERN_DATA=$DATA POSTERN_PORT=0 POSTERN_PROXY_PORT=0 POSTERN_ACTIVATION_FLOOR=PT0S
  exec npm start
}

answers_ready() {
  [ -r "$DATA/demo.env" ] && (
    . "$DATA/demo.env"
    curl --silent --fail --noproxy '*' --max-time 5 --cacert "$POSTERN_CA" "$POSTERN_URL/readyz" >/dev/null 2>&1
  )
}

stop_server() {
  end "$SERVER" || failed 'the server did not stop by itself'
  SERVER=''
}

# kit NAME PARTS COMMAND...: runs one client program against a server of its own and adds what it counts.
kit() {
  local name=$1 parts=$2 code
  shift 2
  heading "$name"
  if start_server "${name//[^A-Za-z0-9.]/-}"; then
    logged "$WORK/kit.log" 900 in_demo "$parts" "$@"
    code=$?
    count_kit "$WORK/kit.log" "$code" "$name"
  else
    failed "$name: no server"
  fi
  stop_server
}

# The variables of demo.env, and no proxy between a client program and the loopback.
in_demo() {
  . "$DATA/demo.env"
  export POSTERN_PARTS=$1 POSTERN_MODULES_FROM=$ROOT
  shift
  unset HTTP_PROXY http_proxy HTTPS_PROXY https_proxy ALL_PROXY all_proxy
  "$@"
}

node_24() { node "$ROOT/scripts/run.mjs" exec node "$@"; }

# az_kits NAME FOLDER: the programs that drive az, with the az of that folder.
az_kits() {
  local name=$1 folder=$2
  kit "seed-commands.sh with $name" arm,policy,names env "PATH=$folder:$PATH" bash "$KITS/seed-commands.sh"
  kit "cloud-register.sh with $name" arm,policy,approval,names,groups,entra env "PATH=$folder:$PATH" bash "$KITS/cloud-register.sh"
}

client_kits() {
  if [ ! -d "$KITS" ]; then
    heading 'client programs'
    echo "ci: SKIPPED: there are no client programs at $KITS"
    return 0
  fi
  if debian azure-cli jq uuid-runtime curl; then az_kits "Debian's az" /usr/bin; else failed "Debian's az could not be installed"; fi
  if newest_az; then az_kits "PyPI's newest az" "$NEWEST_AZ/bin"; else failed "PyPI's newest az could not be installed"; fi
  kit sdk-conformance.mjs arm,policy,approval,names node_24 "$KITS/sdk-conformance.mjs"
  kit terraform-replay.mjs arm,policy node_24 "$KITS/terraform-replay.mjs"
}
