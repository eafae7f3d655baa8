"""Every system call of a save that touches the project's folder or its previous versions, made to fail or to be the last
one. The window saves by the same routine (`io::project::put`), on a thread of its own."""

import re
import shutil
from pathlib import Path

from .desk import Desk, hold, temporaries, told

CALL = re.compile(r"^(?:\d+ +)?([a-z0-9_]+)\(")
# One fault at one call. Of the last two only what a disk can say to these calls.
ONCE = ["EIO", "ENOSPC", "EINTR", "EACCES", "EDQUOT", "EROFS"]
WRITING = {"openat", "write", "fsync", "rename", "link", "fchmod", "flock"}
# The same from that call on, for ever.
ALWAYS = ["EIO", "ENOSPC", "EACCES"]


class Task:
    """A call of the program that writes one file, how to set the stage for it, and what it leaves."""

    def __init__(self, name, arguments, target, stage, is_new):
        self.name, self.arguments, self.target, self.stage, self.is_new = name, arguments, target, stage, is_new
        self.old = None

    def prepare(self, desk):
        # What is kept already is not kept again: every run must make the same calls.
        shutil.rmtree(desk.data / "versions", ignore_errors=True)
        for name in temporaries(self.target.parent):
            (self.target.parent / name).unlink()
        self.stage()
        self.old = self.target.read_bytes() if self.target.exists() else None

    def state(self):
        now = self.target.read_bytes() if self.target.exists() else None
        if now == self.old:
            return "old"
        return "new" if now is not None and self.is_new(now) else "damaged"


def tasks(desk):
    project, annotation = desk.project()
    first = project.read_bytes()
    table, imported = desk.desk / "list.csv", desk.desk / "first.ron"
    export = ("export", project, "--to", "csv", "--include", "all", "-o", table)
    desk.must(*export)
    exported = table.read_bytes()

    def is_verified(_):
        listed = desk.annotations(project)
        return listed is not None and [a["status"] for a in listed] == ["verified"]

    yield Task(
        "overwriting a project", ("set", project, annotation, "--status", "verified", "--by", "Ada Keller"), project,
        lambda: project.write_bytes(first), is_verified,
    )
    yield Task(
        "a first save", ("import", desk.desk / "article.txt", "-o", imported), imported,
        lambda: imported.unlink(missing_ok=True), lambda _: desk.annotations(imported) == [],
    )
    # The sweep over the first task has changed the project; the exports are of the one that was there first.
    project.write_bytes(first)
    yield Task(
        "overwriting an export", (*export, "--force"), table,
        lambda: table.write_bytes(b"an older list\n"), lambda now: now == exported,
    )
    yield Task("a first export", export, table, lambda: table.unlink(missing_ok=True), lambda now: now == exported)
    # Merging (M16): the other copy stays as it is, whatever happens to ours; as git's driver as well.
    theirs, base = desk.desk / "theirs.ron", desk.desk / "base.ron"
    base.write_bytes(b"")
    theirs.write_bytes(first)
    desk.must("set", theirs, annotation, "--note", "from Ben", "--by", "Ben Roth")
    other = theirs.read_bytes()
    desk.must("set", project, annotation, "--status", "verified", "--by", "Ada Keller")
    mine = project.read_bytes()

    def is_merged(_):
        hold(theirs.read_bytes() == other, "merging has touched the other copy")
        listed = desk.annotations(project)
        return listed is not None and [(a["status"], a["note"]) for a in listed] == [("verified", "from Ben")]

    for name, arguments in (
        ("merging", ("merge", project, theirs)),
        ("git's merge driver", ("merge", "--git-driver", base, project, theirs, "story.ron")),
    ):
        yield Task(name, arguments, project, lambda: project.write_bytes(mine), is_merged)


def calls(desk, task):
    """The calls that touch the folder: (name, the how manieth of its name, its line)."""
    trace = desk.folder / "trace"
    task.prepare(desk)
    done = desk.run(["strace", "-f", "-y", "-o", trace, *desk.command(*task.arguments)])
    hold(done.code == 0 and task.state() == "new", f"{task.name}: without a fault: {done}")
    counts, found = {}, []
    for line in trace.read_text(errors="replace").splitlines():
        call = CALL.match(line)
        if call is None:
            continue
        name = call[1]
        counts[name] = counts.get(name, 0) + 1
        # The command line itself names the folder, too.
        if (str(desk.desk) in line or is_of_versions(line)) and name != "execve":
            found.append((name, counts[name], line))
    hold(len(found) > 15, f"{task.name}: only {len(found)} system calls touch the folder or its previous versions")
    return found


def is_of_versions(line):
    """Whether a call concerns a previous version: its failing is told, and keeps nobody from saving."""
    return "/data/versions" in line


def inject(desk, task, name, fault):
    """Runs the task with a fault; gives how it ended and the trace of the calls of that name."""
    trace = desk.folder / "trace"
    task.prepare(desk)
    done = desk.run([
        "strace", "-f", "-y", "-o", trace, "-e", f"trace={name}", "-e", f"inject={name}:{fault}",
        *desk.command(*task.arguments),
    ])
    return done, trace.read_text(errors="replace")


def after_kill(desk, task, what):
    state = task.state()
    hold(state != "damaged", f"{what}: the file is neither the old nor the new one")
    left = len(temporaries(desk.desk))
    # The next command finds its way and clears away what was left. A file that is there is not made again.
    done = desk(*task.arguments)
    again = done.code == 2 and "exists already" in done.err
    hold(done.code == 0 or state == "new" and again, f"{what}: the next command: {done}")
    hold(not temporaries(desk.desk), f"{what}: the next command leaves {temporaries(desk.desk)}")
    return left


def after_error(desk, task, what, done, is_heard=True):
    """What holds after any error: success and new, or told and old; nothing is left lying about."""
    hold(not temporaries(desk.desk), f"{what}: {temporaries(desk.desk)} is left: {done}")
    state = task.state()
    if done.code == 0:
        hold(state == "new", f"{what}: success is claimed, the file is {state}: {done}")
    else:
        hold(state == "old", f"{what}: the file is {state}: {done}")
        hold(done.code == 2, f"{what}: exit status 2 expected: {done}")
        if is_heard:
            told(done, what, *(word for word in task.arguments if isinstance(word, Path)))


def run(program, folder):
    desk = Desk(program, folder)
    total = swept = 0
    for task in tasks(desk):
        found = calls(desk, task)
        for name, number, line in found:
            short = " ".join(line.split()[1:])[:100]
            what = f"{task.name}: killed at {short}"
            done, _ = inject(desk, task, name, f"signal=KILL:when={number}")
            hold(done.code in (-9, 137), f"{what}: not killed: {done}")
            swept += after_kill(desk, task, what)
            total += 1
            # Rust's own reading of a folder takes it for a fault of the program when closing it fails.
            if name == "close" and (f"<{desk.desk}>" in line or is_of_versions(line)):
                continue
            for error in ONCE:
                if error in ("EDQUOT", "EROFS") and name not in WRITING:
                    continue
                what = f"{task.name}: {error} at {short}"
                done, trace = inject(desk, task, name, f"error={error}:when={number}")
                hold("(INJECTED)" in trace, f"{what}: was not injected")
                after_error(desk, task, what, done)
                if not is_of_versions(line):
                    look(task, name, error, line, trace, what, done)
                total += 1
            for error in ALWAYS if name != "close" else ():
                what = f"{task.name}: {error} from {short} on"
                done, _ = inject(desk, task, name, f"error={error}:when={number}+")
                # Where removing fails for ever, what is left is swept by the next command.
                if name not in ("unlink", "unlinkat"):
                    # Where no write succeeds any more, nothing can be told either.
                    after_error(desk, task, what, done, is_heard=name != "write")
                hold(task.state() != "damaged", f"{what}: the file is damaged")
                total += 1
        print(f"{task.name}: {len(found)} system calls touch the folder", flush=True)
    print(f"{total} faults: 0 damaged files, 0 false successes; {swept} temporary files after kills, all swept")
    hold(swept > 0, "no kill left a temporary file: the sweep does not reach the middle of a save")


def look(task, name, error, line, trace, what, done):
    """What only some calls must do."""
    of_temporary = ".tmp>" in line
    if name == "fsync" and of_temporary and error != "EINTR":
        # The system may have dropped the data and would report success the second time.
        tries = sum(".tmp>" in call for call in trace.splitlines() if "fsync(" in call)
        hold(tries == 1 and done.code == 2, f"{what}: {tries} syncs of one file: {done}")
    if name == "fsync" and not of_temporary and error in ("EIO", "ENOSPC"):
        hold(done.code == 0 and "did not confirm" in done.err, f"{what}: it is not told: {done}")
    if error == "EINTR" and name in ("openat", "write", "fsync", "rename", "link", "fchmod", "read"):
        hold(done.code == 0, f"{what}: an interruption is no reason to fail: {done}")
    if error in ("ENOSPC", "EDQUOT") and name == "write":
        hold("full" in done.err, f"{what}: it is not said that the disk is full: {done}")


