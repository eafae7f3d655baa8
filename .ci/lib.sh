# shellcheck shell=bash
# What the scripts of this folder share. Sourced, never run.

say() { printf '%s\n' "$*"; }

fail() {
    printf 'error: %s\n' "$*" >&2
    exit 1
}

# minutes SECONDS: 754 → 12 min 34 s
minutes() {
    if [ "$1" -ge 60 ]; then
        printf '%d min %d s' $(($1 / 60)) $(($1 % 60))
    else
        printf '%d s' "$1"
    fi
}

steps_passed=0
step_name=''

# step HEADING COMMAND ARG…: a heading, the command, the time it took. The first failing step ends the run.
# The command must not stand in a condition, or bash would switch off -e inside it.
step() {
    local began=$SECONDS
    step_name=$1
    shift
    printf '\n== %s\n' "$step_name"
    "$@"
    printf -- '-- %s: %s\n' "$step_name" "$(minutes $((SECONDS - began)))"
    steps_passed=$((steps_passed + 1))
    step_name=''
}

# until_true SECONDS COMMAND ARG…: tries five times a second until the command succeeds; fails when the time is up.
until_true() {
    local end=$((SECONDS + $1))
    shift
    until "$@"; do
        [ "$SECONDS" -lt "$end" ] || return 1
        sleep 0.2
    done
}

# stop PID…: ends processes that this script started, the hard way after two seconds.
stop() {
    local pid
    for pid in "$@"; do
        [ -n "$pid" ] || continue
        kill "$pid" 2>/dev/null || continue
        for _ in 1 2 3 4 5 6 7 8 9 10; do
            kill -0 "$pid" 2>/dev/null || break
            sleep 0.2
        done
        kill -KILL "$pid" 2>/dev/null || true
        wait "$pid" 2>/dev/null || true
    done
}
