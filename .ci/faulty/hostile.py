"""Files that want memory, time, or other files: refused in one line, within bounds, and nothing else is opened."""

import hashlib
import re
import resource

from .desk import Desk, hold, told

MEGABYTES = 1 << 20
# What a path in a project may lead to. None of these may ever be looked at.
BAIT = "bait-for-proofmark"


def limited(megabytes):
    def apply():
        resource.setrlimit(resource.RLIMIT_AS, (megabytes * MEGABYTES, megabytes * MEGABYTES))
        # Should a limit of ours fail, the machine's other users must not suffer.
        resource.setrlimit(resource.RLIMIT_CPU, (60, 60))
    return {"preexec_fn": apply}


def refused(desk, path, megabytes, says):
    """Every subcommand that reads a project refuses it, within so much memory."""
    size = path.stat().st_size
    for arguments in (("list", path), ("check", path), ("export", path, "--to", "csv"),
                      ("set", path, "a", "--status", "query")):
        done = desk(*arguments, **limited(megabytes))
        # A damaged file is shown with its line below the one that says so.
        first = done.err.strip().split("\n")[0]
        what = f"{path.name}, {arguments[0]}, {megabytes} MB of memory"
        hold(done.code == 2, f"{what}: exit status 2 expected: {str(done)[:400]}")
        hold(first.startswith("proofmark: ") and path.name in first, f"{what}: {first[:400]!r}")
        hold(any(word in done.err for word in says), f"{what}: none of {says} is said: {done.err[:400]!r}")
        hold(len(done.err) < 2000, f"{what}: {len(done.err)} characters are said")
    hold(path.stat().st_size == size, f"{path.name}: it was written to")


def large(desk, valid):
    head = valid[: valid.index("    annotations: [")]
    for name, record, says in (
        ("empty-records.ron", "(),", ["annotations[", "damaged"]),
        ("empty-lists.ron", "[],", ["damaged"]),
    ):
        path = desk.desk / name
        path.write_text(head + "    annotations: [" + record * (10 * MEGABYTES // len(record)) + "],\n)\n")
        refused(desk, path, 160, says)
    # Records that are complete, as many as fit into a limit of their number and some more.
    record = valid[valid.index("    annotations: [") + len("    annotations: [\n") :]
    record = re.sub(r"\s+", " ", record[: record.index("\n    ],")])
    path = desk.desk / "many-records.ron"
    path.write_text(head + "    annotations: [\n" + (record + "\n") * 210_000 + "],\n)\n")
    refused(desk, path, 2500, ["more than 200000 annotations"])
    path.unlink()
    for name, opening in (("lists", "["), ("tuples", "("), ("maps", "{"), ("options", "Some("), ("variants", "A(")):
        for place in ("at the top", "in a field nobody knows"):
            path = desk.desk / f"nested-{name}.ron"
            text = opening * 5_000_000
            path.write_text(text if place == "at the top" else valid[: valid.index("    id:")] + "    odd: " + text)
            refused(desk, path, 250, ["damaged", "nested"])
            path.unlink()
    for name, size, call in (
        ("huge.ron", 300, ("list", desk.desk / "huge.ron")),
        ("huge.txt", 100, ("import", desk.desk / "huge.txt", "-o", desk.desk / "never.ron")),
    ):
        path = desk.desk / name
        with open(path, "wb") as file:
            file.truncate(size * MEGABYTES)
        done = desk(*call, **limited(64))
        told(done, name, path)
        hold("larger than the" in done.err, f"{name}: its size is not told: {done}")
        path.unlink()


def signed(body):
    """A project file with the right last line."""
    body = body[: body.rindex("    checksum: ")]
    return body + f'    checksum: "sha256:{hashlib.sha256(body.encode()).hexdigest()}")\n'


def baited(desk, path):
    """Puts paths and addresses into a project, wherever a text may stand."""
    outside = desk.folder / BAIT
    outside.mkdir()
    (outside / "secret.txt").write_text("secret\n")
    baits = [
        f"file://{outside}/secret.txt", f"{outside}/secret.txt", f"../{BAIT}/secret.txt", f"../../{BAIT}", "../../x",
        f"\\\\\\\\{BAIT}\\\\share", f"javascript:open('{BAIT}')", f"http://{BAIT}.invalid/x", "file:///etc/passwd",
        f"file://{BAIT}.invalid/share", f"smb://{BAIT}/x",
    ]
    text = path.read_text()
    made = []
    for n, bait in enumerate(baits):
        bad = text.replace('title: "Title"', f'title: "Title", address: "{bait}"')
        bad = bad.replace('file: "article.txt"', f'file: "{bait}"')
        bad = bad.replace("status: Unchecked,", "").replace("kind: Claim,", f'kind: Claim, address: "{bait}",')
        hold(bad.count(bait) == 3, f"the bait {bait} was not laid")
        made.append(desk.desk / f"baited-{n}.ron")
        made[-1].write_text(signed(bad))
    return made


def nothing_followed(desk, path, annotation):
    trace = desk.folder / "trace"
    opened = 0
    for bad in baited(desk, path):
        for n, arguments in enumerate((
            ("list", bad, "--json"), ("check", bad), ("export", bad, "--to", "csv", "--include", "all"),
            ("export", bad, "--to", "markdown", "--include", "all"), ("set", bad, annotation, "--status", "verified"),
        )):
            done = desk.run(["strace", "-f", "-s", "4096", "-e", "trace=%file,%network", "-o", trace,
                             *desk.command(*arguments)])
            hold(done.code == (1 if n == 1 else 0), f"{bad.name}, {arguments[0]}: {done}")
            calls = trace.read_text(errors="replace").splitlines()
            # Its own command line and its end are no calls for a file.
            calls = [call for call in calls if " execve(" not in call and "(" in call]
            hold(any(bad.name in call for call in calls), f"{bad.name}: strace did not see it opened")
            for call in calls:
                follows = BAIT in call.replace(str(desk.desk), "") or "/etc/passwd" in call or "../x" in call
                hold(not follows, f"{bad.name}, {arguments[0]}: {call}")
                hold(not re.search(r"\b(connect|sendto|socket)\(", call), f"{bad.name}, {arguments[0]}: {call}")
            opened += 1
    print(f"{opened} calls with paths and addresses in the project: none was looked at, no connection was made")


def bare(desk, path, annotation):
    """No home that is a folder, no language, no place for settings: what a person asks for is done all the same."""
    for environment in ({"HOME": "/proc/nobody"}, {"HOME": "/proc/nobody", "LC_ALL": "C"},
                        {"HOME": str(path), "LANG": "xx_YY.UTF-16"}, {"HOME": "/dev/null", "PROOFMARK_DATA": str(path)}):
        there = Desk(desk.program, desk.folder)
        there.environment = environment
        for status in ("query", "verified"):
            there.must("set", path, annotation, "--status", status)
            listed = there.annotations(path)
            hold(listed is not None and listed[0]["status"] == status, f"{environment}: {listed}")


def run(program, folder):
    desk = Desk(program, folder)
    path, annotation = desk.project()
    large(desk, path.read_text())
    print("10 MB of empty records, 210000 annotations, five million brackets, 300 MB: refused within bounds, in words")
    nothing_followed(desk, path, annotation)
    bare(desk, path, annotation)
