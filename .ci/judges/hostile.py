#!/usr/bin/env python3
"""hostile.py PROOFMARK PROJECT.ron: makes a project in which every text is one that some reader could take for its own."""

import subprocess
import sys
import tempfile
from pathlib import Path

EVIL = [
    "=HYPERLINK(\"http://stranger.example/x\")",
    "<script>window.hit=1</script>",
    "\"><img src=http://stranger.example/x onerror=window.hit=1>",
    "</style><script>window.hit=1</script>",
    "]]>--><!-- &lt;b&gt; &amp;",
    "<r><t>rich</t></r> _x0041_",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "-2+3\u202eabc\u2066 שלום 😀",
    "{{7*7}} ${7*7} `id` $(id)",
]


def main(program, project):
    def run(*args):
        return subprocess.run([program, *args], check=True, capture_output=True, text=True).stdout.strip()

    with tempfile.TemporaryDirectory() as folder:
        article = Path(folder) / "article.txt"
        article.write_text("Hostile\n\n" + "\n\n".join(f"Line {n}: {text} end." for n, text in enumerate(EVIL)) + "\n")
        run("import", str(article), "-o", project)
    for n, text in enumerate(EVIL):
        kind = ["claim", "quote", "source"][n % 3]
        status = ["verified", "query", "not-checkable"][n % 3]
        told = [f"--status={status}", f"--note={text}", "--by=Ada Kern"]
        if kind != "source":
            told.append(f"--speaker={text}")
        run("mark", *told, "--", project, kind, text)
        run("mark", "--status=verified", "--by=Ada Kern", "--", project, "claim", f"Line {n}: {text[:4]}")


if __name__ == "__main__":
    main(*sys.argv[1:])
