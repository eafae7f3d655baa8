"""Kills at random moments of changing a project of some megabytes."""

import random
import subprocess
import time

from .desk import Desk, hold, temporaries

ROUNDS = 300
# A project of some three megabytes.
WORDS = 330_000


def spend(desk, arguments, seconds):
    """Starts a call, kills it after that time; gives whether the kill came before its end."""
    process = subprocess.Popen(
        desk.command(*arguments), env=desk.environment, stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
    )
    try:
        _, err = process.communicate(timeout=seconds)
    except subprocess.TimeoutExpired:
        process.kill()
        process.communicate()
        return True
    hold(process.returncode == 0, f"a round that was not killed failed: {err.decode(errors='replace').strip()}")
    return False


def run(program, folder):
    desk = Desk(program, folder)
    path, annotation = desk.project(words=WORDS)
    chance = random.Random(4)
    status, count = "unchecked", 1
    killed = changed = stale = 0
    usual = []
    for n in range(ROUNDS):
        wanted = "verified" if status != "verified" else "query"
        marks = n % 2 == 0
        change = ("mark", path, "claim", f"word{n + 10} ") if marks else ("set", path, annotation, "--status", wanted)
        before = path.read_bytes()
        # Some rounds are let through, to know how long one takes; the rest ends anywhere in it, more often late.
        time_of_one = sorted(usual)[len(usual) // 2] if usual else 60
        let_through = n % 50 < 2
        part = chance.random() ** 0.5 * 1.05
        began = time.monotonic()
        was_killed = spend(desk, change, 60 if let_through else part * time_of_one)
        if not was_killed:
            usual.append(time.monotonic() - began)
        killed += was_killed
        if path.read_bytes() == before:
            hold(was_killed, f"round {n}: not killed, and nothing changed")
        else:
            listed = desk.annotations(path)
            hold(listed is not None, f"round {n}: the file is damaged: {desk('list', path)}")
            found = next((a["status"] for a in listed if a["id"] == annotation), None)
            expected = (status, count + 1) if marks else (wanted, count)
            hold((found, len(listed)) == expected, f"round {n}: {found}, {len(listed)} of {expected}")
            status, count = expected
            changed += 1
        stale = max(stale, len(temporaries(desk.desk)))
    desk.must("mark", path, "claim", "word5 ")
    hold(not temporaries(desk.desk), f"at the end there are {temporaries(desk.desk)}")
    hold(killed > ROUNDS // 2, f"only {killed} rounds were killed before their end")
    size = path.stat().st_size / 1e6
    print(
        f"{ROUNDS} rounds at {size:.1f} MB: {killed} killed, {changed} left the new file, the others the old one, "
        f"0 damaged; at most {stale} temporary files at a time, none at the end"
    )
