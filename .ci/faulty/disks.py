"""Disks that are full, locked, or without power."""

import fcntl
import os
import resource
import shutil
import signal
import struct
import subprocess
from contextlib import contextmanager

from .desk import Desk, hold, temporaries, told

# ext4 and XFS have the same number for "stop at once": _IOR('X', 125, __u32), with 2 for "without writing the log".
SHUTDOWN, WITHOUT_LOG = 0x8004587D, 2
ENVIRONMENT = os.environ | {"PATH": "/usr/sbin:/sbin:/usr/bin:/bin"}


def system(*command):
    """An error in words, or None."""
    if shutil.which(command[0], path=ENVIRONMENT["PATH"]) is None:
        return f"{command[0]} is not there"
    done = subprocess.run(list(map(str, command)), capture_output=True, timeout=60, env=ENVIRONMENT)
    return None if done.returncode == 0 else (done.stderr or done.stdout).decode(errors="replace").strip()


@contextmanager
def mounted(place, *arguments):
    """Gives None while something is mounted, else why that is not permitted here."""
    place.mkdir(exist_ok=True)
    refused = "it takes root" if os.geteuid() != 0 else system("mount", *arguments, place)
    try:
        yield refused
    finally:
        if refused is None:
            hold(system("umount", place) is None or system("umount", "-l", place) is None, f"{place}: stays mounted")


def keeps(desk, path, what, *arguments, says="full", **options):
    """A call that must fail, tell why, keep the file and leave nothing."""
    before = path.read_bytes() if path.exists() else None
    done = desk(*arguments, **options)
    told(done, what, path)
    hold(says in done.err, f"{what}: “{says}” is not said: {done}")
    now = path.read_bytes() if path.exists() else None
    hold(now == before, f"{what}: the file is not what it was")
    hold(not temporaries(path.parent), f"{what}: {temporaries(path.parent)} is left")


def full(program, folder):
    desk = Desk(program, folder)
    path, annotation = desk.project(words=27_000)
    change = ("set", path, annotation, "--status", "verified")
    table = desk.desk / "list.csv"
    export = ("export", path, "--to", "csv", "--include", "all", "-o")
    limited(desk, path, change, table, export)
    small = folder / "small"
    with mounted(small, "-t", "tmpfs", "-o", "size=300k", "tmpfs") as refused:
        if refused is not None:
            print(f"full disk: not checked, mounting is not permitted here: {refused}")
            return
        there = small / "story.ron"
        there.write_bytes(path.read_bytes())
        hold(there.stat().st_size > 200_000, f"{there}: {there.stat().st_size} bytes are too few to fill the disk")
        keeps(desk, there, "full disk, a project", "set", there, annotation, "--status", "query")
        old = small / "list.csv"
        old.write_bytes(b"an older list\n")
        with open(small / "filler", "wb", buffering=0) as filler:
            try:
                while filler.write(bytes(4096)):
                    pass
            except OSError:
                pass
        keeps(desk, old, "full disk, an export", *export, old, "--force")
        keeps(desk, small / "first.csv", "full disk, a first export", *export, small / "first.csv")
        keeps(desk, small / "first.ron", "full disk, a first save", "import", desk.desk / "article.txt",
              "-o", small / "first.ron")
        (small / "filler").unlink()
        hold(system("mount", "-o", "remount,ro", small) is None, "the disk could not be made read-only")
        keeps(desk, there, "a read-only disk", "set", there, annotation, "--status", "query", says="Not saved")
    print("full disk, file size limit, read-only disk: the old file is kept, the reason is told, nothing is left")


def locked(program, folder):
    """A folder that takes no new file, and a write-protected file, for somebody who is not root."""
    is_root = os.geteuid() == 0
    if is_root:
        # Somebody else must be able to come here, and to start the program.
        for place in (folder.parent, folder):
            place.chmod(0o755)
        program = shutil.copy(program, folder / "proofmark")
    desk = Desk(program, folder)
    path, annotation = desk.project()
    if is_root:
        for place in (folder / "home", desk.data, *desk.data.rglob("*")):
            place.chmod(0o777 if place.is_dir() else 0o666)
    as_somebody = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"] if is_root else []

    def refused(what, says):
        before, mode = path.read_bytes(), path.stat().st_mode
        done = desk.run([*as_somebody, *desk.command("set", path, annotation, "--status", "verified")])
        told(done, what, path)
        hold(says in done.err, f"{what}: “{says}” is not said: {done}")
        hold((path.read_bytes(), path.stat().st_mode) == (before, mode), f"{what}: the file is not what it was")
        hold(not temporaries(desk.desk), f"{what}: {temporaries(desk.desk)} is left")

    path.chmod(0o666)
    desk.desk.chmod(0o555)
    refused("a folder for reading only", "its folder takes no new files")
    desk.desk.chmod(0o777)
    path.chmod(0o444)
    refused("a write-protected file", "write-protected")
    path.chmod(0o666)
    done = desk.run([*as_somebody, *desk.command("set", path, annotation, "--status", "verified")])
    hold(done.code == 0, f"nothing is in the way any more: {done}")
    print("a folder for reading only, a write-protected file: refused in words, nothing is written in place unasked")


def limited(desk, path, change, table, export):
    """A limit of the file size, for which nobody needs to be root."""
    def limit(size, action):
        def apply():
            signal.signal(signal.SIGXFSZ, action)
            resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
        return {"preexec_fn": apply, "restore_signals": False}

    for size in (0, 4096, 100_000):
        refuse = limit(size, signal.SIG_IGN)
        keeps(desk, path, f"a limit of {size} bytes", *change, **refuse)
        keeps(desk, table, f"a limit of {size} bytes, a first export", *export, table, **limit(0, signal.SIG_IGN))
    # The system's own answer to that limit is to end the program.
    before = path.read_bytes()
    done = desk(*change, **limit(100_000, signal.SIG_DFL))
    hold(done.code == -signal.SIGXFSZ, f"ended by the limit: {done}")
    hold(path.read_bytes() == before, "ended by the limit: the file is not what it was")
    desk.must(*change)
    hold(not temporaries(desk.desk), f"ended by the limit: {temporaries(desk.desk)} is left")


def cut(place):
    """The power goes: what the disk did not get is lost."""
    handle = os.open(place, os.O_RDONLY)
    try:
        fcntl.ioctl(handle, SHUTDOWN, struct.pack("I", WITHOUT_LOG))
    finally:
        os.close(handle)


def after_cut(image, place, options, work):
    """Mounts the disk, works, cuts the power, and gives what is there afterwards: {name: bytes}."""
    with mounted(place, "-o", f"loop{options}", image) as refused:
        if refused is not None:
            return refused
        work(place)
        cut(place)
    with mounted(place, "-o", f"loop{options}", image) as refused:
        hold(refused is None, f"the disk does not come back: {refused}")
        return {entry.name: entry.read_bytes() for entry in place.iterdir() if entry.is_file()}


def power(program, folder):
    desk = Desk(program, folder)
    path, annotation = desk.project()
    first, place = path.read_bytes(), folder / "disk"
    kinds = [("ext4", "", "32M", ["mkfs.ext4", "-q", "-F"]), ("ext4", ",noauto_da_alloc", "32M", ["mkfs.ext4", "-q", "-F"]),
             ("xfs", "", "400M", ["mkfs.xfs", "-q", "-f"])]
    checked = 0
    for kind, options, size, make in kinds:
        name = kind + options.replace(",", " ")
        if kind not in open("/proc/filesystems").read() and system("modprobe", kind) is not None:
            print(f"power cut on {name}: not checked, this system does not know it")
            continue
        image = folder / "image"
        image.unlink(missing_ok=True)
        hold(system("truncate", "-s", size, image) is None, "no image of a disk could be made")
        made = system(*make, image)
        hold(made is None, f"{name}: {made}")
        if one_disk(desk, name, image, place, options, first, annotation):
            checked += 1
    print(f"power cut: {checked} of {len(kinds)} kinds of disk checked")


def one_disk(desk, name, image, place, options, first, annotation):
    def prepare(disk):
        (disk / "story.ron").write_bytes(first)
        (disk / "careless.ron").write_bytes(first)
        os.sync()

    started = after_cut(image, place, options, prepare)
    if isinstance(started, str):
        print(f"power cut on {name}: not checked, mounting is not permitted here: {started}")
        return False
    hold(started.get("story.ron") == first, f"{name}: what was synced is not there")
    said = {}

    def work(disk):
        # Nothing in this disk may be synced by anybody but the program, and the program's way to each file is its own.
        (disk / "careless.ron").write_bytes(b"careless\n" + first)
        (disk / "careless-first.ron").write_bytes(first)
        desk.must("set", disk / "story.ron", annotation, "--status", "verified")
        desk.must("import", desk.desk / "article.txt", "-o", disk / "first.ron")
        desk.must("export", disk / "story.ron", "--to", "markdown", "-o", disk / "list.md")
        said.update({e.name: e.read_bytes() for e in disk.iterdir() if e.is_file()})

    found = after_cut(image, place, options, work)
    for file in ("story.ron", "first.ron", "list.md"):
        now = found.get(file)
        state = "missing" if now is None else "empty" if not now else "the old one" if now == first else "damaged"
        hold(now == said[file], f"{name}: “saved” was said, and after the power cut {file} is {state}")
    hold(temporaries_of(found) == [], f"{name}: {temporaries_of(found)} is left")
    lost = [file for file in ("careless.ron", "careless-first.ron") if found.get(file) != said[file]]
    hold(lost, f"{name}: what was never synced survived, too: this cut proves nothing")
    print(f"power cut on {name}: overwritten, first save and export are there; lost of what was not synced: {', '.join(lost)}")
    return True


def temporaries_of(found):
    return [name for name in found if name.endswith(".tmp")]
