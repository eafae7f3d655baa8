"""Articles and annotations that name things on the net come in, and the program opens no socket at all."""

import json
import shutil
import socket
import sys
import threading
import zipfile

from .desk import Desk, hold

WORDS = "The mill cost 40 million and opened in 1990, the council said on Monday in the town hall."


def page(base):
    """Everything that a browser would fetch, and some that others would."""
    return f"""<!doctype html><html lang="en"><head><base href="{base}/"><title>The mill</title>
<link rel="stylesheet" href="{base}/a.css"><link rel="preload" as="image" href="{base}/b.png">
<link rel="canonical" href="{base}/mill"><link rel="icon" href="{base}/i.ico"><link rel="import" href="{base}/i.html">
<meta http-equiv="refresh" content="0;url={base}/moved"><meta property="og:image" content="{base}/og.png">
<style>@import url("{base}/c.css"); @font-face {{ font-family: f; src: url({base}/f.woff) }} p {{ background: url({base}/p.png) }}</style>
<script src="{base}/d.js"></script><script>fetch("{base}/e")</script></head><body onload="fetch('{base}/f')">
<article><h1>The mill</h1><p>{WORDS}</p><p>Nobody has turned its four wheels since, and the last miller left in 2004.</p>
<img src="{base}/g.png" srcset="{base}/g2.png 2x"><picture><source srcset="{base}/h.webp"></picture>
<iframe src="{base}/j.html"></iframe><object data="{base}/k"></object><embed src="{base}/l"><video src="{base}/m.mp4" poster="{base}/n.png"></video>
<svg><image href="{base}/o.svg"/><use href="{base}/s.svg#x"/></svg><a href="{base}/q" ping="{base}/r">more</a></article></body></html>"""


def word_document(path, base):
    external = 'TargetMode="External"'
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("[Content_Types].xml", '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>')
        archive.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            f'<Relationship Id="r1" Type="{kind}/officeDocument" Target="word/document.xml"/></Relationships>',
        )
        archive.writestr(
            "word/_rels/document.xml.rels",
            f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            f'<Relationship Id="r1" Type="{kind}/image" Target="{base}/a.png" {external}/>'
            f'<Relationship Id="r2" Type="{kind}/attachedTemplate" Target="{base}/t.dotx" {external}/>'
            f'<Relationship Id="r3" Type="{kind}/aFChunk" Target="{base}/c.html" {external}/></Relationships>',
        )
        archive.writestr(
            "word/document.xml",
            '<?xml version="1.0"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
            f'xmlns:r="{kind}"><w:body><w:altChunk r:id="r3"/><w:p><w:r><w:t>{WORDS}</w:t></w:r></w:p></w:body></w:document>',
        )


def annotations(base):
    start, end = WORDS.index("40 million"), WORDS.index("40 million") + len("40 million")
    quote = {"type": "TextQuoteSelector", "exact": "40 million"}
    note = {"id": f"{base}/1", "type": "Annotation", "target": {"source": f"{base}/mill", "selector": quote}}
    return {
        "webannotation": ("a.jsonld", json.dumps({"@context": f"{base}/anno.jsonld", "items": [note]})),
        "hypothesis": ("h.json", json.dumps([{"id": "h", "uri": f"{base}/mill", "target": [{"selector": [quote]}]}])),
        "brat": ("b.ann", f"T1\tClaim {start} {end}\t40 million\nN1\tReference T1 web:{base}\t{base}/w\n"),
        "doccano": ("d.jsonl", json.dumps({"text": WORDS, "label": [[start, end, "claim"]], "url": f"{base}/d"}) + "\n"),
        "labelstudio": (
            "l.json",
            json.dumps(
                [{"data": {"text": WORDS, "image": f"{base}/i.png"}, "annotations": [{"result": [
                    {"id": "l", "value": {"start": start, "end": end, "labels": ["quote"]}}]}]}]
            ),
        ),
    }


class Ear:
    """A server on this machine that counts who knocks: a request that strace missed would end here."""

    def __init__(self):
        self.server = socket.create_server(("127.0.0.1", 0))
        self.base = f"http://127.0.0.1:{self.server.getsockname()[1]}"
        self.heard = 0
        threading.Thread(target=self.listen, daemon=True).start()

    def listen(self):
        while True:
            connection, _ = self.server.accept()
            self.heard += 1
            connection.close()


def traced(desk, command):
    """Runs a command; what it did with sockets, a line a call."""
    log = desk.folder / "network.log"
    done = desk.run([shutil.which("strace"), "-f", "-qq", "-e", "trace=network", "-e", "signal=none", "-o", log, *command])
    calls = [line for line in log.read_text(errors="replace").splitlines() if "(" in line and "+++" not in line]
    return done, calls


def run(program, folder):
    desk, ear = Desk(program, folder), Ear()
    # What is watched can be seen at all.
    knock = f"import socket; socket.create_connection(('127.0.0.1', {ear.base.rsplit(':')[-1]}))"
    _, calls = traced(desk, [sys.executable, "-c", knock])
    hold(any("connect(" in call and "AF_INET" in call for call in calls), "strace sees no connection that is there")

    (desk.desk / "page.html").write_text(page(ear.base))
    (desk.desk / "page.xhtml").write_text(page(ear.base))
    (desk.desk / "story.md").write_text(f"# The mill\n\n![]({ear.base}/a.png)\n\n{WORDS}\n\n<img src={ear.base}/b.png>\n")
    (desk.desk / "story.txt").write_text(f"{WORDS}\n\nSee {ear.base}/a and file:///etc/passwd\n")
    word_document(desk.desk / "story.docx", ear.base)
    for name in ("page.html", "page.xhtml", "story.md", "story.txt", "story.docx"):
        project = desk.desk / f"{name}.ron"
        done, calls = traced(desk, desk.command("import", desk.desk / name, "-o", project))
        hold(done.code == 0, f"{name}: {done}")
        hold("40 million" in project.read_text(), f"{name}: the words are not in the project")
        hold(not calls, f"{name}: a socket was asked for: {calls[:3]}")
    project = desk.desk / "story.txt.ron"
    for form, (name, content) in annotations(ear.base).items():
        (desk.desk / name).write_text(content)
        done, calls = traced(desk, desk.command("import", desk.desk / name, "--into", project, "--from", form))
        hold(done.code == 0, f"{form}: {done}")
        hold("orphans 0" in done.out, f"{form}: {done.out}")
        hold(not calls, f"{form}: a socket was asked for: {calls[:3]}")
    hold(ear.heard == 1, f"{ear.heard - 1} requests were made")
    print("   5 articles and 5 files of annotations, full of addresses: no socket")
