"""A folder with a project, the program at it, and what may be true of a file after a fault."""

import json
import os
import re
import subprocess
from pathlib import Path

TEMPORARY = re.compile(r"^\.proofmark-\d+-\d+\.tmp$")
PATIENCE = 120


class Broken(Exception):
    """Something that must hold does not."""


def hold(condition, what):
    if not condition:
        raise Broken(what)


class Done:
    """How a call of the program ended."""

    def __init__(self, code, out, err):
        self.code, self.out, self.err = code, out.decode(errors="replace"), err.decode(errors="replace")

    def __str__(self):
        return f"exit {self.code}, standard error {self.err.strip()!r}"


class Desk:
    """The program with a home and data of its own; `desk` holds the files that it works on."""

    def __init__(self, program, folder):
        self.program, self.folder, self.desk = program, folder, folder / "desk"
        self.data = folder / "data"
        for path in (folder / "home", self.data, self.desk):
            path.mkdir(parents=True, exist_ok=True)
        keep = {name: value for name, value in os.environ.items() if name in ("PATH", "LANG", "TMPDIR")}
        self.environment = keep | {"HOME": str(folder / "home"), "PROOFMARK_DATA": str(self.data)}

    def command(self, *arguments):
        return [str(self.program), *map(str, arguments)]

    def run(self, command, **options):
        done = subprocess.run(
            [str(word) for word in command],
            env=self.environment, stdin=subprocess.DEVNULL, capture_output=True, timeout=PATIENCE, **options,
        )
        return Done(done.returncode, done.stdout, done.stderr)

    def __call__(self, *arguments, **options):
        return self.run(self.command(*arguments), **options)

    def must(self, *arguments):
        """A call that nothing stands in the way of."""
        done = self(*arguments)
        hold(done.code == 0, f"{' '.join(map(str, arguments))}: {done}")
        return done.out.strip()

    def project(self, name="story.ron", words=40):
        """A new project with one annotation: its path and that annotation's id."""
        article = self.desk / "article.txt"
        article.write_text("Title\n\n" + " ".join(f"word{n}" for n in range(words)) + "\n")
        path = self.desk / name
        self.must("import", article, "-o", path, "--force", "--by", "Ada Keller")
        return path, self.must("mark", path, "claim", "word1 ", "--by", "Ada Keller")

    def annotations(self, path):
        """What is listed; `None` where the file does not open, or opens with something to tell."""
        listed = self("list", path, "--json")
        return json.loads(listed.out) if listed.code == 0 and not listed.err.strip() else None


def temporaries(folder):
    return sorted(name for name in os.listdir(folder) if TEMPORARY.match(name))


def told(done, what, *paths):
    """A refusal as the README promises it: exit status 2 and one line that names the file, one of these."""
    lines = done.err.strip().split("\n")
    hold(done.code == 2, f"{what}: exit status 2 expected: {done}")
    hold(len(lines) == 1 and lines[0].startswith("proofmark: "), f"{what}: one line expected: {done}")
    hold(any(Path(path).name in lines[0] for path in paths), f"{what}: the line does not name the file: {done}")
