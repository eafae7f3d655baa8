"""reviews.py STEM: the JSON by an independent count of offsets, the ClaimReview by a JSON-LD processor.

The processor gets a context of ours in the place of schema.org's, for CI fetches nothing; it knows every term as
schema.org's own."""

import json
import sys
from pathlib import Path

from pyld import jsonld

SCHEMA = "http://schema.org/"


def offsets(exported):
    text = exported["article"]["text"]
    raw, wide = text.encode(), text.encode("utf-16-le")
    count = 0
    for a in exported["annotations"]:
        for span in a["spans"]:
            if span["bytes"] is None:
                continue
            (a1, a2), (b1, b2), (c1, c2) = span["bytes"], span["code_points"], span["utf16"]
            assert raw[a1:a2].decode() == span["quote"], span
            assert text[b1:b2] == span["quote"], span
            assert wide[c1 * 2 : c2 * 2].decode("utf-16-le") == span["quote"], span
            count += 1
    return count


def main(stem):
    exported = json.loads(Path(f"{stem}.json.json").read_text(encoding="utf-8"))
    listed = json.loads(Path(f"{stem}.list").read_text(encoding="utf-8"))
    assert exported["format"] == "proofmark-export" and exported["version"] == 1
    ids = {a["id"] for a in exported["annotations"]}
    assert ids <= {a["id"] for a in listed}, "an annotation that there is not"
    spans = offsets(exported)

    def loader(url, options):
        assert url.startswith("https://schema.org"), f"{url} would be fetched"
        terms = {"@vocab": SCHEMA, "url": {"@type": "@id"}, "archivedAt": {"@type": "@id"}}
        return {"contextUrl": None, "documentUrl": url, "document": {"@context": terms}}

    text = Path(f"{stem}.claimreview.jsonld").read_text(encoding="utf-8")
    assert not set("<>&\u2028\u2029") & set(text), "it must not stand in a script element"
    expanded = jsonld.expand(json.loads(text), {"documentLoader": loader})
    quads = jsonld.to_rdf(json.loads(text), {"documentLoader": loader}).get("@default", [])
    for review in expanded:
        assert review["@type"] == [SCHEMA + "ClaimReview"], review
        for term in ("claimReviewed", "reviewRating", "itemReviewed"):
            assert review.get(SCHEMA + term), f"{term} is missing"
        (rating,) = review[SCHEMA + "reviewRating"]
        assert rating[SCHEMA + "alternateName"][0]["@value"].strip(), "a rating without a label"
        if SCHEMA + "ratingValue" in rating:
            low, at, high = (rating[SCHEMA + t][0]["@value"] for t in ("worstRating", "ratingValue", "bestRating"))
            assert low <= at <= high, (low, at, high)
        for url in review.get(SCHEMA + "url", []):
            assert url["@id"].startswith(("http://", "https://")), url
    print(f"{Path(stem).name}: {spans} spans in three units, {len(expanded)} reviews, {len(quads)} statements")


main(*sys.argv[1:])
