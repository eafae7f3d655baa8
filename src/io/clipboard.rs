//! The clipboard: words in, annotations out.
//!
//! May use: arboard, `formats`. Invariant: it is asked for only when somebody pastes or copies.
//! Known limit: on Linux the program that copied hands its content out itself, so that it goes with
//! the window unless a clipboard manager takes it over; that is told.

use arboard::Clipboard;

use super::perform;
use crate::app::effect::{Form, Outcome, Problem, Reading};
use crate::domain::{Id, Project};
use crate::formats::clip::clip;
use crate::formats::incoming::ReadOptions;

fn opened(clipboard: &mut Option<Clipboard>) -> Result<&mut Clipboard, arboard::Error> {
    match clipboard {
        Some(clipboard) => Ok(clipboard),
        None => Ok(clipboard.insert(Clipboard::new()?)),
    }
}

/// The words on it: as a page gives them, where it does, else as plain text.
pub fn read(clipboard: &mut Option<Clipboard>) -> Outcome {
    let html = opened(clipboard).ok().and_then(|clipboard| clipboard.get().html().ok());
    taken(html, || opened(clipboard).and_then(Clipboard::get_text))
}

/// The article of a page, where there are words in one, else the plain text.
fn taken(html: Option<String>, text: impl FnOnce() -> Result<String, arboard::Error>) -> Outcome {
    if let Some(html) = html.filter(|html| !html.trim().is_empty()) {
        let bytes = Some(html.into_bytes().into());
        let order = Reading { path: None, bytes, format: Some("html"), options: ReadOptions::default() };
        let outcome = perform::import(order);
        if matches!(outcome, Outcome::Incoming(Ok(_))) {
            return outcome;
        }
    }
    Outcome::Clipboard(text().map_err(|error| Problem {
        what: format!("There is no text to paste ({error})"),
        hint: "Copy the article's text first".into(),
        exists: false,
    }))
}

/// Puts annotations on it; says how many there are, and whether they stay when the program ends.
pub fn copy(
    clipboard: &mut Option<Clipboard>,
    project: &Project,
    ids: &[Id],
    form: Form,
) -> Result<(usize, bool), Problem> {
    let clip = clip(project, ids);
    if clip.count > 0 {
        let set = |clipboard: &mut Clipboard| match form {
            Form::Rich => clipboard.set_html(clip.html, Some(clip.markdown)),
            Form::Markdown => clipboard.set_text(clip.markdown),
        };
        opened(clipboard).and_then(set).map_err(|error| Problem {
            what: format!("Nothing was copied ({error})"),
            hint: "Export to a file instead".into(),
            exists: false,
        })?;
    }
    Ok((clip.count, !cfg!(target_os = "linux")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copied_page_is_read_as_one_and_anything_else_as_text() {
        let text = || Ok("plain words".to_owned());
        let page = "<meta charset='utf-8'><p>The mill cost <b>40 million</b>.</p><p>It opened in 1990.</p>\
            <script>alert(1)</script><img src='https://a.example/x.png'>";
        let Outcome::Incoming(Ok(incoming)) = taken(Some(page.into()), text) else { panic!("no article") };
        assert_eq!(incoming.imported.text.as_str().trim(), "The mill cost 40 million.\n\nIt opened in 1990.");
        assert_eq!((incoming.path.is_none(), incoming.imported.format), (true, "html"));
        for nothing in [None, Some(""), Some("  \n"), Some("<p> </p>"), Some("<img src=a>")] {
            let outcome = taken(nothing.map(str::to_owned), text);
            assert_eq!(outcome, Outcome::Clipboard(Ok("plain words".into())), "{nothing:?}");
        }
        let none = taken(None, || Err(arboard::Error::ContentNotAvailable));
        let Outcome::Clipboard(Err(problem)) = none else { panic!("{none:?}") };
        assert!(problem.what.starts_with("There is no text to paste"), "{}", problem.what);
    }
}
