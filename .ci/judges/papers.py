"""papers.py STEM WORK: the two papers for Word by python-docx and LibreOffice.

The checking copy has the article and a comment for each span; the checked copy is the article where its changes are
rejected, and its changes are seen as changes."""

import json
import subprocess
import sys
import xml.etree.ElementTree as tree
import zipfile
from pathlib import Path

import docx

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def odt(path):
    with zipfile.ZipFile(path) as file:
        return tree.fromstring(file.read("content.xml"))


def count(root, name):
    return sum(1 for element in root.iter() if element.tag.endswith("}" + name))


def main(stem, work):
    name = Path(stem).name
    papers = Path(work) / "papers"
    exported = json.loads(Path(f"{stem}.json.json").read_text(encoding="utf-8"))
    article = [line for line in exported["article"]["text"].split("\n") if line.strip()]
    spans = sum(len(a["spans"]) for a in exported["annotations"])

    copy = docx.Document(f"{stem}.docx.docx")
    comments = list(copy.comments)
    assert len(comments) == spans, f"{len(comments)} comments, {spans} spans"
    assert all(c.author and c.initials and c.timestamp for c in comments), "a comment of nobody"
    body = [p.text for p in copy.paragraphs if p.style.name != "About this copy"]
    assert body[: len(article)] == article, "the checking copy is not the article"
    seen = count(odt(papers / f"{name}.docx.odt"), "annotation")
    assert seen == spans, f"LibreOffice sees {seen} comments, not {spans}"

    checked = docx.Document(f"{stem}.docx-checked.docx").element.body
    struck, put = len(list(checked.iter(W + "del"))), len(list(checked.iter(W + "ins")))
    before = []
    for paragraph in list(checked.iter(W + "p"))[1:]:
        runs = [r for r in paragraph.iter(W + "r") if not any(a.tag == W + "ins" for a in r.iterancestors())]
        words = {W + "t": None, W + "delText": None, W + "tab": "\t", W + "br": "\n"}
        before.append("".join(words[e.tag] or e.text or "" for r in runs for e in r if e.tag in words))
    assert before == article, "the checked copy without its changes is not the article"
    told = odt(papers / f"{name}.docx-checked.odt")
    regions = count(told, "changed-region")
    assert (regions > 0) == (struck + put > 0), f"LibreOffice sees {regions} changes, there are {struck + put}"
    pdf = subprocess.run(["pdftotext", papers / f"{name}.docx.pdf", "-"], capture_output=True, text=True, check=True)
    first = article[0].split()[0]
    assert first in pdf.stdout, f"{first} is not in the PDF"
    print(f"{name}: {len(article)} paragraphs, {spans} comments, {struck} struck and {put} inserted")


main(*sys.argv[1:])
