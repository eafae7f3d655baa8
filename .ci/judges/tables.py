"""tables.py STEM WORK: the CSV by Python's csv and LibreOffice, the XLSX by openpyxl and LibreOffice.

Cell for cell the two tables say the same; neither has a formula anywhere, in nobody's eyes."""

import csv
import sys
import xml.etree.ElementTree as tree
from pathlib import Path

import openpyxl

NUMBERS = {"order", "paragraph", "verdict_number"}
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"


def office_cells(path):
    """Formulas, links and the number of filled rows of a sheet as LibreOffice understood it."""
    root = tree.parse(path).getroot()
    cells = list(root.iter(TABLE + "table-cell"))
    formulas = [c.get(TABLE + "formula") for c in cells if c.get(TABLE + "formula")]
    links = [a.attrib for a in root.iter(TEXT + "a")]
    rows = [r for r in root.iter(TABLE + "table-row") if any("".join(c.itertext()).strip() for c in r)]
    return formulas, links, len(rows)


def main(stem, work):
    name = Path(stem).name
    with open(f"{stem}.csv.csv", encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file, strict=True)
    book = openpyxl.load_workbook(f"{stem}.xlsx.xlsx", rich_text=False)
    (sheet,) = book.worksheets
    assert sheet.freeze_panes == "A2", f"{sheet.freeze_panes} is frozen"
    assert sheet.auto_filter.ref, "no filter"
    lines = list(sheet.iter_rows())
    assert [c.value for c in lines[0]] == header, "other columns"
    assert len(lines) - 1 == len(rows), f"{len(lines) - 1} rows in Excel, {len(rows)} in CSV"
    compared = 0
    for line, row in zip(lines[1:], rows):
        for column, cell, plain in zip(header, line, row):
            assert cell.data_type != "f" and cell.hyperlink is None, f"{cell.coordinate} is a formula or a link"
            value = "" if cell.value is None else cell.value
            if column in NUMBERS and plain:
                assert float(plain) == value, f"{cell.coordinate}: {value!r}, in CSV {plain!r}"
            else:
                assert isinstance(value, str), f"{cell.coordinate} is no text: {value!r}"
                value = value.replace("\r\n", "\n")
                assert plain in (value, "'" + value), f"{cell.coordinate}: {value!r}, in CSV {plain!r}"
            compared += 1
    for folder, file in (("sheets", f"{name}.csv.fods"), ("books", f"{name}.xlsx.fods")):
        formulas, links, count = office_cells(Path(work) / folder / file)
        assert not formulas, f"LibreOffice sees formulas in {file}: {formulas}"
        assert not links, f"LibreOffice sees links in {file}: {links}"
        assert count == len(rows) + 1, f"LibreOffice sees {count} rows in {file}, not {len(rows) + 1}"
    print(f"{name}: {len(rows)} rows, {compared} cells, no formula")


main(*sys.argv[1:])
