//! Where Chromium puts the clusters of a text, set in the same fonts.

use std::path::Path;
use std::process::Command;

use unicode_segmentation::UnicodeSegmentation;

/// Debian's file of the Arabic type that the view asks for first.
const ARABIC: &str = "/usr/share/fonts/truetype/noto/NotoNaskhArabic-Regular.ttf";

/// The bundled serif, upright and of ordinary weight.
fn serif() -> &'static [u8] {
    let faces = typst_assets::fonts();
    let mut regular = faces.filter(|face| {
        let Some(font) = swash::FontRef::from_index(face, 0) else { return false };
        let names: Vec<String> = font.localized_strings().map(|name| name.chars().collect()).collect();
        names.iter().any(|name| name == "LibertinusSerif-Regular")
    });
    regular.next().expect("the bundled serif")
}

/// For each text, for each grapheme cluster in the order of the text, its left and right edge.
pub fn places(texts: &[&str]) -> Vec<Vec<(f32, f32)>> {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |name: &str, bytes: &[u8]| std::fs::write(folder.path().join(name), bytes).expect("a file");
    assert!(Path::new(ARABIC).exists(), "{ARABIC} is missing: apt-get install fonts-noto-core");
    write("serif.otf", serif());
    write("sans.ttf", notosans::REGULAR_TTF);
    write("arabic.ttf", &std::fs::read(ARABIC).expect("the Arabic type"));
    let edges: Vec<Vec<usize>> = texts
        .iter()
        .map(|text| {
            let units = |at: usize| text[..at].encode_utf16().count();
            text.grapheme_indices(true).map(|(at, _)| units(at)).chain([units(text.len())]).collect()
        })
        .collect();
    let data = serde_json::json!({ "texts": texts, "edges": edges });
    let page = include_str!("browser.html").replace("DATA", &data.to_string());
    write("page.html", page.as_bytes());
    let page = format!("file://{}", folder.path().join("page.html").display());
    let output = Command::new("chromium")
        .args(["--headless", "--no-sandbox", "--disable-gpu", "--font-render-hinting=none"])
        .args(["--enable-font-subpixel-positioning", "--allow-file-access-from-files"])
        .arg(format!("--user-data-dir={}", folder.path().join("profile").display()))
        .args(["--virtual-time-budget=8000", "--dump-dom", &page])
        .output()
        .expect("chromium is installed");
    let dom = String::from_utf8_lossy(&output.stdout);
    let inside = dom.split_once("<pre id=\"out\">").and_then(|(_, rest)| rest.split_once("</pre>"));
    let (json, _) = inside.unwrap_or_else(|| panic!("{dom}\n{}", String::from_utf8_lossy(&output.stderr)));
    serde_json::from_str(json).unwrap_or_else(|error| panic!("{error}: {json}"))
}
