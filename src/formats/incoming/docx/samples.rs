//! Word documents made for tests, part by part. May use: zip.

use std::io::{Cursor, Write};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// An archive of these parts.
pub fn archive(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        writer.start_file(*name, SimpleFileOptions::default()).expect("entry");
        writer.write_all(content.as_bytes()).expect("written");
    }
    writer.finish().expect("finished").into_inner()
}

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
const W: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\" xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\"";
const TYPE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// A document with this body and these parts beside it.
pub fn document(body: &str, footnotes: &str, comments: &str) -> Vec<u8> {
    let document = format!("{HEAD}<w:document {W}><w:body>{body}<w:sectPr/></w:body></w:document>");
    let footnotes = format!(
        "{HEAD}<w:footnotes {W}><w:footnote w:type=\"separator\" w:id=\"-1\"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>{footnotes}</w:footnotes>"
    );
    let comments = format!("{HEAD}<w:comments {W}>{comments}</w:comments>");
    let root = format!(
        "{HEAD}<Relationships><Relationship Id=\"rId1\" Type=\"{TYPE}/officeDocument\" Target=\"word/document.xml\"/>\
         <Relationship Id=\"rId2\" Type=\"http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties\" Target=\"docProps/core.xml\"/></Relationships>"
    );
    let links = format!(
        "{HEAD}<Relationships><Relationship Id=\"rId1\" Type=\"{TYPE}/footnotes\" Target=\"footnotes.xml\"/>\
         <Relationship Id=\"rId2\" Type=\"{TYPE}/comments\" Target=\"/word/comments.xml\"/>\
         <Relationship Id=\"rId3\" Type=\"{TYPE}/numbering\" Target=\"numbering.xml\"/>\
         <Relationship Id=\"rId9\" Type=\"{TYPE}/hyperlink\" Target=\"https://wheels.example/four\" TargetMode=\"External\"/></Relationships>"
    );
    let notes = format!(
        "{HEAD}<Relationships><Relationship Id=\"rId1\" Type=\"{TYPE}/hyperlink\" Target=\"https://city.example/budget.pdf\" TargetMode=\"External\"/></Relationships>"
    );
    let numbering = format!(
        "{HEAD}<w:numbering {W}><w:abstractNum w:abstractNumId=\"0\"><w:lvl w:ilvl=\"0\"><w:numFmt w:val=\"decimal\"/></w:lvl></w:abstractNum>\
         <w:abstractNum w:abstractNumId=\"1\"><w:lvl w:ilvl=\"0\"><w:numFmt w:val=\"bullet\"/></w:lvl></w:abstractNum>\
         <w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num><w:num w:numId=\"2\"><w:abstractNumId w:val=\"1\"/></w:num></w:numbering>"
    );
    let core = format!(
        "{HEAD}<cp:coreProperties xmlns:cp=\"c\" xmlns:dc=\"d\"><dc:title>Draft 3</dc:title><dc:creator>Ada Keller</dc:creator></cp:coreProperties>"
    );
    archive(&[
        ("[Content_Types].xml", "<Types/>"),
        ("_rels/.rels", &root),
        ("word/document.xml", &document),
        ("word/_rels/document.xml.rels", &links),
        ("word/footnotes.xml", &footnotes),
        ("word/_rels/footnotes.xml.rels", &notes),
        ("word/comments.xml", &comments),
        ("word/numbering.xml", &numbering),
        ("docProps/core.xml", &core),
    ])
}

/// A paragraph of these words.
pub fn paragraph(words: &str) -> String {
    format!("<w:p><w:r><w:t xml:space=\"preserve\">{words}</w:t></w:r></w:p>")
}
