//! Tests of decoding. May use: `formats::incoming::encoding`, encoding_rs to make the bytes.
//!
//! Invariant: all texts are invented here.

use super::*;

const FRENCH: &str = "Le conseil régional a voté hier une aide « exceptionnelle » de 12 millions d’euros, après un débat très animé où l’opposition a été entendue à plusieurs reprises sur la durée des travaux.";
const POLISH: &str = "Rada miasta przyjęła w środę uchwałę o budżecie; źródła mówią, że część pieniędzy trafi na łąki i ścieżki, których mieszkańcy żądali już zeszłej jesieni.";
const RUSSIAN: &str = "Городской совет вчера принял решение о строительстве нового моста через реку, сообщили журналистам в администрации области.";
const JAPANESE: &str = "市議会は水曜日、新しい橋の建設に四百万円を支出することを決めました。反対した議員もいましたが、住民の多くは賛成しています。カタカナも少しあります。";
const CHINESE: &str = "市议会星期三决定，为新桥的建设拨款四百万元。虽然有几位议员表示反对，但是大多数居民都支持这个计划，工程将在明年春天开始。";
const TAIWAN: &str = "市議會星期三決定，為新橋的建設撥款四百萬元。雖然有幾位議員表示反對，但是大多數居民都支持這個計畫，工程將在明年春天開始。";
const KOREAN: &str = "시의회는 수요일에 새로운 다리를 건설하기로 결정했다. 몇몇 의원은 반대했지만 대부분의 주민은 이 계획을 지지하고 있으며 공사는 내년 봄에 시작된다.";

fn encoded(text: &str, charset: &str) -> Vec<u8> {
    let units = |swap: bool| -> Vec<u8> {
        text.encode_utf16().flat_map(|u| if swap { u.to_be_bytes() } else { u.to_le_bytes() }).collect()
    };
    match charset {
        "UTF-16LE" => units(false),
        "UTF-16BE" => units(true),
        name => {
            let (bytes, _, lossy) = Encoding::for_label(name.as_bytes()).expect("known").encode(text);
            assert!(!lossy, "{name} cannot hold {text}");
            bytes.into_owned()
        }
    }
}

#[test]
fn every_encoding_of_the_catalogue_is_recognised() {
    for (text, charset) in [
        (FRENCH, "windows-1252"),
        (POLISH, "windows-1250"),
        (RUSSIAN, "windows-1251"),
        (RUSSIAN, "KOI8-R"),
        (JAPANESE, "Shift_JIS"),
        (JAPANESE, "EUC-JP"),
        (CHINESE, "gb18030"),
        (TAIWAN, "Big5"),
        (KOREAN, "EUC-KR"),
        (FRENCH, "UTF-16LE"),
        (FRENCH, "UTF-16BE"),
        (JAPANESE, "UTF-16LE"),
        (RUSSIAN, "UTF-16BE"),
        (KOREAN, "UTF-16LE"),
    ] {
        let bytes = encoded(text, charset);
        let found = decode(&bytes, None, None).expect("a text");
        assert_eq!(found.text, text, "{charset} was taken for {}", found.charset);
        assert_eq!((found.certainty, found.invalid), (Certainty::Guessed, None), "{charset}");
        let again = decode(&bytes, named(charset), None).expect("a text");
        assert_eq!((again.text.as_str(), again.certainty), (text, Certainty::Chosen));
    }
}

#[test]
fn byte_order_marks_decide_and_are_no_part_of_the_text() {
    let wide = |text: &str| -> Vec<u8> { text.chars().flat_map(|c| (c as u32).to_be_bytes()).collect() };
    for (bytes, charset) in [
        ([b"\xef\xbb\xbf", "a é".as_bytes()].concat(), "UTF-8"),
        ([b"\xff\xfe", &encoded("a é", "UTF-16LE")[..]].concat(), "UTF-16LE"),
        ([b"\xfe\xff", &encoded("a é", "UTF-16BE")[..]].concat(), "UTF-16BE"),
        ([b"\0\0\xfe\xff", &wide("a é")[..]].concat(), "UTF-32BE"),
    ] {
        let found = decode(&bytes, None, None).expect("a text");
        assert_eq!(
            (found.text.as_str(), found.charset, found.certainty),
            ("a é", charset, Certainty::Certain)
        );
    }
}

#[test]
fn a_short_text_is_uncertain() {
    for text in ["Après l’été", "un café noir", "où ça, là-bas ?"] {
        let found = decode(&encoded(text, "windows-1252"), None, None).expect("a text");
        assert_eq!(found.certainty, Certainty::Uncertain, "{found:?}");
        assert!(!found.certainty.words().is_empty());
    }
    let declared = decode(b"caf\xe9", None, named("latin1")).expect("a text");
    assert_eq!((declared.text.as_str(), declared.certainty), ("café", Certainty::Declared));
}

#[test]
fn bytes_that_fit_nothing_are_told_with_their_place() {
    let text = "Das Präsidium tagte über fünf Stunden.\r\nEs wählte später Größe Zürich.";
    let mut bytes = text.as_bytes().to_vec();
    let at = 50;
    bytes[at] = 0xff;
    let found = decode(&bytes, None, None).expect("a text");
    assert_eq!(
        (found.charset, found.invalid),
        ("UTF-8", Some(Invalid { count: 1, at, line: 2, value: 0xff }))
    );
    assert_eq!(found.text.matches('\u{fffd}').count(), 1);
    // Cut in the middle of a letter; and surrogates one by one.
    let cut = "Gehört wird in Köln und in 東京".as_bytes();
    let found = decode(&cut[..cut.len() - 1], None, None).expect("a text");
    assert!(found.charset == "UTF-8" && found.invalid.is_some_and(|invalid| invalid.count == 1), "{found:?}");
    let found = decode(b"a \xed\xa0\xbd\xed\xb8\x80 b", None, None).expect("a text");
    assert!(found.charset == "UTF-8" && found.invalid.is_some_and(|invalid| invalid.at == 2), "{found:?}");
    // What a person chose is not second-guessed.
    let found = decode(b"a\xc0\xafb", named("utf-8"), None).expect("a text");
    assert!(found.invalid.is_some_and(|invalid| invalid.at == 1 && invalid.count == 2), "{found:?}");
    let marked = decode(b"\xef\xbb\xbfa\xff", None, None).expect("a text");
    assert_eq!(marked.invalid.map(|invalid| invalid.at), Some(4), "from the beginning of the file");
}

#[test]
fn letters_that_were_decoded_twice_are_seen() {
    for (text, first, count) in [
        ("Le cafÃ© de l’Ã©cole", "Ã©", 2),
        ("He said â€œnoâ€\u{9d}", "â€œ", 2),
        ("Ð¡Ð¾Ð²ÐµÑ‚", "Ð¡", 5),
        ("10Â°", "Â°", 1),
    ] {
        assert_eq!(decoded_twice(text), Some((first.to_owned(), count)), "{text}");
    }
    for text in
        [FRENCH, POLISH, RUSSIAN, JAPANESE, "« ALLÔ » «ALLÔ» «IRMÃ» “MAÇÃ”", "Ärger, Öl, Übel", "naïve"]
    {
        assert_eq!(decoded_twice(text), None, "{text}");
    }
}

#[test]
fn names_and_labels_are_known() {
    assert_eq!(named("latin1"), Some("windows-1252"));
    assert_eq!(named("SHIFT-JIS"), Some("Shift_JIS"));
    assert_eq!(named("utf-16le"), Some("UTF-16LE"));
    assert_eq!(named("klingon"), None);
    for charset in CHARSETS {
        assert_eq!(named(charset.name), Some(charset.name));
    }
}

proptest::proptest! {
    #[test]
    fn any_bytes_decode_in_every_encoding_without_a_panic(bytes: Vec<u8>, at in 0..CHARSETS.len()) {
        let asked = CHARSETS[at].name;
        let found = decode(&bytes, Some(asked), None).expect("asked for");
        let replaced = found.text.contains('\u{fffd}');
        if found.invalid.is_some() {
            proptest::prop_assert!(replaced);
        }
        let _ = decode(&bytes, None, None);
    }

    #[test]
    fn utf_8_is_never_taken_for_anything_else(text in "\\PC{0,60}") {
        let found = decode(text.as_bytes(), None, named("windows-1252")).expect("a text");
        proptest::prop_assert_eq!((found.text, found.charset, found.invalid), (text, "UTF-8", None));
    }
}
