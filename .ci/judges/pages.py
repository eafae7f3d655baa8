"""pages.py STEM: the report and the sources box in headless Chromium.

No script runs, nothing is asked of the network, every link within the page leads somewhere, no text can be cut off on a
phone, and the article in the page is the article."""

import json
import re
import socket
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

# Runs in the page around the exported one, which itself may run nothing: it is fetched as text and parsed.
PROBE = """
const page = new DOMParser().parseFromString(SOURCE, "text/html");
const all = [...page.querySelectorAll("*")];
const places = new Set(all.map(e => e.id).filter(Boolean));
const links = [...page.querySelectorAll("a[href]")].map(a => a.getAttribute("href"));
const marks = page.querySelectorAll("a.n[id]").length;
const paragraphs = [...page.querySelectorAll(".text p")].map(p => {
  p.querySelectorAll("a.n").forEach(n => n.remove());
  return p.textContent;
});
document.title = "done";
document.body.textContent = JSON.stringify({
  tags: [...new Set(all.map(e => e.localName))].sort(),
  handlers: all.flatMap(e => e.getAttributeNames()).filter(n => n.startsWith("on") || n === "src" || n === "style"),
  lost: links.filter(l => l.startsWith("#") && !places.has(l.slice(1))),
  odd: links.filter(l => !/^(#|https?:)/.test(l)),
  twice: all.map(e => e.id).filter(Boolean).length - places.size,
  marks,
  cards: page.querySelectorAll(".list > li").length,
  paragraphs,
});
"""
KNOWN = set(
    "html head meta title style body header main footer section aside h1 h2 h3 p ul ol li a mark bdi span blockquote "
    "dl dt dd q".split()
)


def chromium(*arguments):
    with tempfile.TemporaryDirectory() as profile:
        command = ["chromium", "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={profile}"]
        command += ["--disable-background-networking", "--no-first-run", "--disable-sync"]
        return subprocess.run([*command, *arguments], capture_output=True, text=True, timeout=90, check=True).stdout


class Watch:
    """A proxy for everything that a page could ask for: it answers nothing and counts."""

    def __init__(self):
        self.server = socket.create_server(("127.0.0.1", 0))
        self.asked = []
        threading.Thread(target=self.serve, daemon=True).start()

    def serve(self):
        while True:
            connection, _ = self.server.accept()
            with connection:
                connection.settimeout(2)
                try:
                    self.asked.append(connection.recv(400).split(b"\r\n")[0].decode(errors="replace"))
                except OSError:
                    pass

    @property
    def port(self):
        return self.server.getsockname()[1]


def probe(path):
    source = json.dumps(Path(path).read_text(encoding="utf-8")).replace("<", "\\u003c")
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "probe.html"
        page.write_text(f"<meta charset=utf-8><body><script>const SOURCE = {source};{PROBE}</script>", encoding="utf-8")
        dom = chromium("--dump-dom", page.as_uri())
    body = re.search(r"<body>(.*)</body>", dom, re.S).group(1)
    text = body.replace("&lt;", "<").replace("&gt;", ">").replace("&nbsp;", "\u00a0").replace("&amp;", "&")
    return json.loads(text)


def main(stem):
    name = Path(stem).name
    exported = json.loads(Path(f"{stem}.json.json").read_text(encoding="utf-8"))
    report = f"{stem}.html.html"
    found = probe(report)
    for what in ("handlers", "lost", "odd"):
        assert not found[what], f"{what}: {found[what]}"
    assert set(found["tags"]) <= KNOWN, set(found["tags"]) - KNOWN
    assert found["twice"] == 0, "a place twice"
    article = [line for line in exported["article"]["text"].split("\n") if line.strip()]
    assert found["paragraphs"] == article, "the article in the page is another"
    spans = sum(1 for a in exported["annotations"] for s in a["spans"] if s["bytes"])
    assert (found["marks"], found["cards"]) == (spans, len(exported["annotations"])), found["marks"]
    box = probe(f"{stem}.sources.html")
    assert not box["handlers"] and not box["odd"] and set(box["tags"]) <= KNOWN, box

    # As it is opened by a person, with every request led to a proxy that counts. The sources box has no policy of its
    # own, as it goes into somebody's page; what is in it must be harmless there too.
    watch = Watch()
    with tempfile.TemporaryDirectory() as folder:
        canary = Path(folder) / "canary.html"
        canary.write_text("<img src=http://stranger.example/canary>", encoding="utf-8")
        chromium(f"--proxy-server=http://127.0.0.1:{watch.port}", "--proxy-bypass-list=<-loopback>", "--dump-dom", canary.as_uri())
    assert any("stranger.example/canary" in line for line in watch.asked), "the watch is blind"
    watch.asked.clear()
    proxy = [f"--proxy-server=http://127.0.0.1:{watch.port}", "--proxy-bypass-list=<-loopback>"]
    for file in (report, f"{stem}.sources.html"):
        dom = chromium(*proxy, "--virtual-time-budget=2000", "--dump-dom", Path(file).resolve().as_uri())
        assert "<script" not in dom, f"a script element in {file}"
    picture = f"{stem}.png"
    chromium(*proxy, "--window-size=1440,1100", "--hide-scrollbars", f"--screenshot={picture}", Path(report).resolve().as_uri())
    strangers = [line for line in watch.asked if ".example" in line]
    assert not strangers, f"asked of the network: {strangers}"
    print(f"{name}: {spans} marks, {len(found['paragraphs'])} paragraphs, no script, no request")


main(*sys.argv[1:])
