# shellcheck shell=bash disable=SC2154
# A display of one's own with the program in it. Sourced after lib.sh by scripts that set $program and $pictures;
# it makes $work, cleans up at the end, and leaves the machine as little as a person's machine can have.

width=1440 height=900

work=$(mktemp -d)
server=''
app=''
window=''

cleanup() {
    local code=$?
    trap - EXIT
    if [ "$code" -ne 0 ]; then
        if [ -n "${DISPLAY:-}" ]; then
            picture failure || true
        fi
        say "the program's own words:"
        cat "$work"/*.log 2>/dev/null || true
    fi
    stop "$app" "$server"
    rm -rf "$work"
    exit "$code"
}
trap cleanup EXIT
trap 'exit 130' INT TERM

# One display, one home, no session bus, no desktop: as little as a person's machine can have.
unset DISPLAY WAYLAND_DISPLAY WAYLAND_SOCKET DBUS_SESSION_BUS_ADDRESS XAUTHORITY
export LIBGL_ALWAYS_SOFTWARE=1 LANG=C.UTF-8 WINIT_X11_SCALE_FACTOR=1
export HOME=$work/home XDG_RUNTIME_DIR=$work/runtime PROOFMARK_DATA=$work/data
mkdir -p "$work/home" "$work/runtime" "$work/data" "$work/desk" "$work/bin"
chmod 700 "$work/runtime"

picture() { timeout 20 import -display "$DISPLAY" -window root "$pictures/$1.png"; }

start_display() {
    local number=$work/display
    Xvfb -displayfd 3 -screen 0 "${width}x${height}x24" -nolisten tcp -noreset +extension GLX \
        3>"$number" >"$work/xvfb-messages" 2>&1 &
    server=$!
    until_true 20 test -s "$number" || fail "Xvfb did not start: $(cat "$work/xvfb-messages")"
    DISPLAY=:$(cat "$number")
    export DISPLAY
    until_true 20 xdpyinfo >/dev/null 2>&1 || fail "the display $DISPLAY does not answer"
}

app_ended() { ! kill -0 "$app" 2>/dev/null; }

window_shown() {
    app_ended && fail "the program ended before it showed a window"
    window=$(xdotool search --onlyvisible --name . 2>/dev/null | head -n 1)
    [ -n "$window" ]
}

# More than a blank sheet: text and panels make hundreds of colours.
drawn() {
    app_ended && fail "the program ended while its window was open"
    import -window root "$work/now.png" 2>/dev/null
    [ "$(identify -format %k "$work/now.png" 2>/dev/null || echo 0)" -gt 40 ]
}

# Two pictures in a row that are the same: nothing moves any more.
still() {
    import -window root "$work/one.png" 2>/dev/null
    sleep 0.3
    import -window root "$work/two.png" 2>/dev/null
    compare -metric AE "$work/one.png" "$work/two.png" null: >/dev/null 2>&1
}

# A caret may blink for ever, so after five seconds the journey goes on.
settle() {
    sleep 0.3
    until_true 5 still || true
}

# open_window NAME FILE
open_window() {
    local began=$SECONDS
    "$program" "$2" >"$work/$1.log" 2>&1 &
    app=$!
    until_true 40 window_shown || fail "no window after 40 seconds"
    xdotool windowsize "$window" "$width" "$height" windowmove "$window" 0 0 windowfocus "$window"
    until_true 40 drawn || fail "the window stayed blank for 40 seconds"
    settle
    say "$1: a window with something in it after about $((SECONDS - began)) s"
}

# quit NAME: asks by key, as a person does, and wants exit status 0.
quit() {
    local code=0
    key ctrl+q
    if ! until_true 20 app_ended; then
        fail "$1: still running 20 seconds after ctrl+q"
    fi
    wait "$app" || code=$?
    app=''
    [ "$code" -eq 0 ] || fail "$1: exit status $code"
}

key() {
    xdotool key --clearmodifiers "$1"
    sleep 0.2
}

# drag X1 Y1 X2 Y2. A hand is slower than a machine: the press, the way and the release are seen in different frames.
drag() {
    local step x y
    xdotool mousemove "$1" "$2"
    sleep 0.2
    xdotool mousedown 1
    for step in 1 2 3 4 5 6; do
        sleep 0.1
        x=$(($1 + ($3 - $1) * step / 6))
        y=$(($2 + ($4 - $2) * step / 6))
        xdotool mousemove "$x" "$y"
    done
    sleep 0.2
    xdotool mouseup 1
    settle
}
