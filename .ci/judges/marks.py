"""marks.py STEM: the marks for other tools, each by a judge that is not ours, and every offset by Python's own count.

W3C Web Annotation by a JSON-LD processor with the terms of anno.jsonld beside this file (CI fetches no context) and by the
rules of the recommendation; brat by bratly and by the rules of brat's own server; doccano and Label Studio by schemas of
their import, for their packages ship none."""

import json
import sys
from pathlib import Path

import jsonschema
from bratly.io import parse_ann_file
from pyld import jsonld

OA = "http://www.w3.org/ns/oa#"
HERE = Path(__file__).parent
COUNT = {"type": "integer", "minimum": 0}
TEXT = {"type": "string", "minLength": 1}


def strict(properties, *optional):
    required = [key for key in properties if key not in optional]
    return {"type": "object", "properties": properties, "required": required, "additionalProperties": False}


def a_list(items):
    return {"type": "array", "items": items}


DOCCANO = strict(
    {
        "id": {"type": "integer"},
        "text": {"type": "string"},
        "entities": a_list(strict({"id": COUNT, "label": TEXT, "start_offset": COUNT, "end_offset": COUNT})),
        "relations": a_list(strict({"id": COUNT, "from_id": COUNT, "to_id": COUNT, "type": TEXT})),
        "Comments": a_list(strict({"id": COUNT, "comment": TEXT})),
        # Any other key is kept as meta data there.
        "offset_unit": {"const": "utf-16"},
    }
)
VALUE = strict(
    {"start": COUNT, "end": COUNT, "text": {}, "labels": a_list(TEXT), "choices": a_list(TEXT)}, "text", "labels", "choices"
)
REGION = strict(
    {
        "id": TEXT,
        "from_name": TEXT,
        "to_name": {"const": "text"},
        "type": {"enum": ["labels", "choices", "textarea"]},
        "origin": {"const": "manual"},
        "value": VALUE,
    }
)
RELATION = strict(
    {
        "type": {"const": "relation"},
        "from_id": TEXT,
        "to_id": TEXT,
        "direction": {"enum": ["left", "right", "bi"]},
        "labels": a_list(TEXT),
    }
)
LABELSTUDIO = a_list(
    strict(
        {
            "data": strict({"text": {"type": "string"}}),
            "annotations": a_list(
                strict(
                    {
                        "result": a_list({"oneOf": [REGION, RELATION]}),
                        "was_cancelled": {"type": "boolean"},
                        "ground_truth": {"type": "boolean"},
                        "created_at": TEXT,
                    },
                    "created_at",
                )
            ),
        }
    )
)


def read(path):
    # As it is: Python's text mode would take a lone CR for a line end.
    return Path(path).read_bytes().decode()


def scalars(value, key=""):
    """Everything in a document that is no list and no object, with its key."""
    if isinstance(value, dict):
        return [one for k, v in value.items() if k != "@context" for one in scalars(v, k)]
    if isinstance(value, list):
        return [one for v in value for one in scalars(v, key)]
    return [(key, value)]


def several(value):
    return value if isinstance(value, list) else [value]


def webannotation(path, article, ids):
    context = json.loads(read(HERE / "anno.jsonld"))

    def loader(url, options):
        assert url == "http://www.w3.org/ns/anno.jsonld", f"{url} would be fetched"
        return {"contextUrl": None, "documentUrl": url, "document": context}

    document = json.loads(read(path))
    options = {"documentLoader": loader, "compactArrays": True}
    expanded = jsonld.expand(document, options)
    # A term that the vocabulary does not know is dropped by a processor, and so misses on the way back.
    back = jsonld.compact(expanded, context, options)
    assert sorted(map(str, scalars(back))) == sorted(map(str, scalars(document))), "something has no meaning in JSON-LD"
    quads = jsonld.to_rdf(document, options).get("@default", [])
    made = {q["subject"]["value"] for q in quads if q["predicate"]["value"].endswith("#type") and q["object"]["value"] == OA + "Annotation"}
    assert len(made) == len(document["items"]), "annotations that are one"
    assert {name.removeprefix("urn:proofmark:") for name in made} <= ids, "an annotation that there is not"
    spans = 0
    for item in document["items"]:
        assert item["type"] == "Annotation" and item["target"], item
        for body in several(item["body"]):
            assert body["type"] == "TextualBody" and body["purpose"] in context["@context"], body
        for target in several(item["target"]):
            assert ":" in target["source"], target
            quotes = [s for s in target["selector"] if s["type"] == "TextQuoteSelector"]
            places = [s for s in target["selector"] if s["type"] == "TextPositionSelector"]
            assert len(quotes) == 1 and quotes[0]["exact"] and len(places) <= 1, target
            for place in places:
                start, end = place["start"], place["end"]
                before, exact, after = (quotes[0][key] for key in ("prefix", "exact", "suffix"))
                assert article[start:end] == exact, (place, exact)
                assert article[:start].endswith(before) and article[end:].startswith(after), quotes[0]
                spans += 1
    return spans


def brat(path, article):
    # Read as text there: with universal line ends.
    text = Path(path).with_suffix(".txt").read_text(encoding="utf-8")
    assert text == article.replace("\r\n", "\n").replace("\r", "\n"), "another text beside it"
    lines = read(path).split("\n")
    assert lines.pop() == "", "no line end at the end"
    kinds = Path(path).with_name("annotation.conf").read_text(encoding="utf-8").split("[entities]")[1].split("[")[0].split()
    known, spans = {}, 0
    for line in lines:
        name, what, *rest = line.split("\t")
        assert name not in known and len(rest) <= 1, line
        parts = what.split(" ")
        known[name] = parts
        if name[0] == "T":
            assert parts[0] in kinds, line
            fragments = [tuple(map(int, f.split(" "))) for f in what.split(" ", 1)[1].split(";")]
            assert all(0 <= s < e <= len(text) for s, e in fragments), line
            assert all(a[1] <= b[0] for a, b in zip(fragments, fragments[1:])), f"not ascending: {line}"
            assert " ".join(text[s:e] for s, e in fragments) == rest[0], f"other words: {line}"
            assert not any("\n" in text[s:e] for s, e in fragments), line
            spans += len(fragments)
    for name, parts in known.items():
        about = [] if name[0] == "T" else parts[1:] if name[0] == "R" else parts[1:2]
        about = [part.split(":")[-1] for part in about]
        assert len(about) == {"T": 0, "R": 2}.get(name[0], 1) and all(target in known for target in about), (name, parts)
    # What is no mark, relation, attribute or note is none of ours.
    assert {name[0] for name in known} <= set("TRA#"), known.keys()
    # bratly takes a line separator inside a note for one, which is not brat's rule.
    plain = [line for line in lines if not set("\u2028\u2029\x85\x0b\x0c") & set(line)]
    parsed = parse_ann_file("\n".join(plain), "judge").annotations
    assert len(parsed) == len(plain), f"bratly reads {len(parsed)} of {len(plain)} lines"
    return spans


def doccano(path, article):
    (line,) = read(path).rstrip("\n").split("\n")
    document = json.loads(line)
    jsonschema.validate(document, DOCCANO)
    assert document["text"] == article
    wide = article.encode("utf-16-le")
    for e in document["entities"]:
        words = wide[2 * e["start_offset"] : 2 * e["end_offset"]].decode("utf-16-le")
        assert words.strip() and e["end_offset"] <= len(wide) // 2, e
    ids = [e["id"] for e in document["entities"]]
    assert len(set(ids)) == len(ids)
    assert all(r[end] in ids for r in document["relations"] for end in ("from_id", "to_id"))
    return len(ids)


def labelstudio(path, article):
    tasks = json.loads(read(path))
    jsonschema.validate(tasks, LABELSTUDIO)
    (task,) = tasks
    assert task["data"]["text"] == article
    spans = 0
    for annotation in task["annotations"]:
        regions = [r for r in annotation["result"] if r["type"] != "relation"]
        ids = {r["id"] for r in regions if r["type"] == "labels"}
        for r in regions:
            words = article[r["value"]["start"] : r["value"]["end"]]
            assert r["id"] in ids and words, r
            if r["type"] == "labels":
                assert r["value"]["text"] == words, r
                spans += 1
        for r in annotation["result"]:
            assert r["type"] != "relation" or {r["from_id"], r["to_id"]} <= ids, r
    return spans


def main(stem):
    exported = json.loads(read(f"{stem}.json.json"))
    article = exported["article"]["text"]
    spans = sum(1 for a in exported["annotations"] for s in a["spans"] if s["bytes"])
    ids = {a["id"] for a in exported["annotations"]}
    found = {
        "webannotation": webannotation(f"{stem}.webannotation.jsonld", article, ids),
        "doccano": doccano(f"{stem}.doccano.jsonl", article),
        "labelstudio": labelstudio(f"{stem}.labelstudio.json", article),
    }
    assert set(found.values()) == {spans}, (found, spans)
    # A stretch of several lines is a fragment a line.
    fragments = brat(f"{stem}.brat.ann", article)
    assert fragments >= spans, (fragments, spans)
    print(f"{Path(stem).name}: {spans} stretches in four formats, where Python counts them")


main(*sys.argv[1:])
