//! Markdown (CommonMark with tables and footnotes) as the text that its readers see.
//!
//! May use: pulldown-cmark, the rest of `formats::incoming`. Invariants: the article is the text without
//! marks of emphasis and without the addresses of links, and every offset counts bytes of that text;
//! the hash is that of the file as it came. A footnote becomes a note on the words before its mark.
//! Known limits: pictures are left out, HTML in it counts as far as it has words, numbers of footnotes
//! are not in the text.

use std::collections::BTreeMap;

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use super::encoding::decode;
use super::lines::Lines;
use super::{Details, Imported, Mark, NotRead, ReadOptions, counted, html, notes, sniff};

/// Reads it.
pub fn read(bytes: &[u8], options: ReadOptions) -> Result<Imported, NotRead> {
    sniff::refuse_foreign(bytes)?;
    let decoded = decode(bytes, options.encoding, None)
        .ok_or_else(|| NotRead::new("Not a text file (it holds NUL bytes)", sniff::ADVICE))?;
    let mut page = Page::default();
    let features = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS;
    let normal = crate::domain::Text::normalised(&decoded.text);
    for event in Parser::new_ext(normal.as_str(), features) {
        page.take(event);
    }
    let text = std::mem::take(&mut page.lines).finish();
    let mut imported = Imported::of("markdown", &text, bytes, &decoded, options)?;
    page.finish(&mut imported);
    Ok(imported)
}

/// A footnote's own text.
#[derive(Default)]
struct Note {
    lines: Lines,
    addresses: Vec<String>,
}

/// What was written so far.
#[derive(Default)]
struct Page {
    lines: Lines,
    notes: BTreeMap<String, Note>,
    /// Where each footnote's mark stands.
    places: Vec<(usize, String)>,
    /// The footnote whose text is being read.
    inside: Option<String>,
    /// The next number of each list that is open; nothing for bullets.
    lists: Vec<Option<u64>>,
    fresh_item: bool,
    code: bool,
    cells: usize,
    details: Details,
    metadata: Option<String>,
    html: Option<String>,
    picture: usize,
    first_heading: Option<(usize, usize)>,
    heading: Option<usize>,
    links: usize,
    pictures: usize,
}

impl Page {
    fn out(&mut self) -> &mut Lines {
        match &self.inside {
            Some(label) => &mut self.notes.entry(label.clone()).or_default().lines,
            None => &mut self.lines,
        }
    }

    fn take(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.open(tag),
            Event::End(end) => self.close(end),
            Event::Text(words) => self.words(&words),
            Event::Code(words) | Event::InlineMath(words) | Event::DisplayMath(words) => self.words(&words),
            Event::SoftBreak => self.words(" "),
            Event::HardBreak => self.out().line(),
            Event::Html(part) => {
                if let Some(html) = &mut self.html {
                    html.push_str(&part);
                }
            }
            Event::InlineHtml(part) => {
                if part.to_ascii_lowercase().starts_with("<br") {
                    self.out().line();
                }
            }
            Event::FootnoteReference(label) => {
                if self.inside.is_none() {
                    self.places.push((self.lines.at(), label.to_string()));
                }
            }
            Event::TaskListMarker(done) => self.words(if done { "[x] " } else { "[ ] " }),
            Event::Rule => self.out().block(),
        }
    }

    fn words(&mut self, words: &str) {
        if let Some(metadata) = &mut self.metadata {
            metadata.push_str(words);
        } else if self.picture == 0 {
            self.fresh_item = false;
            if self.code { self.out().exactly(words) } else { self.out().flow(words) }
        }
    }

    fn open(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Paragraph | Tag::BlockQuote(_) | Tag::Table(_) => self.block(),
            Tag::Heading { .. } => {
                self.block();
                self.heading = Some(self.out().next());
            }
            Tag::CodeBlock(_) => {
                self.block();
                self.code = true;
            }
            Tag::HtmlBlock => self.html = Some(String::new()),
            Tag::List(first) => {
                if self.lists.is_empty() {
                    self.block();
                }
                self.lists.push(first);
            }
            Tag::Item => {
                let lead = match self.lists.last_mut() {
                    Some(Some(number)) => {
                        *number += 1;
                        format!("{}. ", *number - 1)
                    }
                    _ => "• ".to_owned(),
                };
                self.out().line();
                self.out().lead(&lead);
                self.fresh_item = true;
            }
            Tag::TableHead | Tag::TableRow => {
                self.out().line();
                self.cells = 0;
            }
            Tag::TableCell => {
                if self.cells > 0 {
                    self.out().exactly("\t");
                }
                self.cells += 1;
            }
            Tag::FootnoteDefinition(label) => {
                self.notes.entry(label.to_string()).or_default();
                self.inside = Some(label.to_string());
            }
            Tag::Link { dest_url, .. } => {
                self.links += usize::from(self.inside.is_none());
                if let Some(note) = self.inside.as_ref().and_then(|label| self.notes.get_mut(label)) {
                    note.addresses.push(dest_url.to_string());
                }
            }
            Tag::Image { .. } => {
                self.picture += 1;
                self.pictures += 1;
            }
            Tag::MetadataBlock(_) => self.metadata = Some(String::new()),
            _ => {}
        }
    }

    /// A new paragraph; the first one of a list's item stands behind its bullet.
    fn block(&mut self) {
        if !self.fresh_item {
            self.out().block();
        }
    }

    fn close(&mut self, end: TagEnd) {
        match end {
            TagEnd::CodeBlock => {
                self.code = false;
                self.out().block();
            }
            TagEnd::Paragraph | TagEnd::Table | TagEnd::BlockQuote(_) => {
                if self.lists.is_empty() {
                    self.out().block();
                } else {
                    self.out().line();
                }
            }
            TagEnd::Heading(_) => {
                let end = self.lines.at();
                if let Some(start) = self.heading.take().filter(|_| self.inside.is_none()) {
                    self.first_heading.get_or_insert((start, end));
                }
                self.out().block();
            }
            TagEnd::List(_) => {
                self.lists.pop();
                self.fresh_item = false;
                if self.lists.is_empty() {
                    self.out().block();
                }
            }
            TagEnd::Item => self.fresh_item = false,
            TagEnd::HtmlBlock => {
                if let Some(html) = self.html.take() {
                    let words = html::words_of_part(&html);
                    self.block();
                    self.out().exactly(&words);
                    self.out().block();
                }
            }
            TagEnd::FootnoteDefinition => self.inside = None,
            TagEnd::Image => self.picture = self.picture.saturating_sub(1),
            TagEnd::MetadataBlock(_) => {
                if let Some(metadata) = self.metadata.take() {
                    self.details = details_of(&metadata);
                }
            }
            _ => {}
        }
    }

    fn finish(self, imported: &mut Imported) {
        imported.details = self.details;
        if imported.details.title.is_empty()
            && let Some((start, end)) = self.first_heading
            && let Some(span) = notes::words_of(&imported.text, start, end)
        {
            imported.text.slice(span).clone_into(&mut imported.details.title);
        }
        let mut previous = None;
        let mut unplaced = self.notes.keys().filter(|l| self.places.iter().all(|(_, at)| at != *l)).count();
        let mut texts: BTreeMap<String, (String, Vec<String>)> = BTreeMap::new();
        for (label, note) in self.notes {
            texts.insert(label, notes::with_links(&note.lines.finish(), note.addresses));
        }
        for (at, label) in self.places {
            let Some((text, addresses)) = texts.get(&label).cloned() else { continue };
            let Some(span) = notes::words_before(&imported.text, at, previous) else {
                unplaced += 1;
                continue;
            };
            previous = Some(at);
            let id = format!("footnote {label}");
            imported.marks.push(Mark { span, id, is_source: true, by: String::new(), text, addresses });
        }
        if unplaced > 0 {
            imported.remarks.push(format!(
                "{} no words in the text and left out",
                counted(unplaced, "footnote has", "footnotes have")
            ));
        }
        if self.links > 0 {
            let links = counted(self.links, "link is", "links are");
            imported.remarks.push(format!("The addresses of {links} not in the text"));
        }
        if self.pictures > 0 {
            imported
                .remarks
                .push(format!("{} left out", counted(self.pictures, "picture was", "pictures were")));
        }
    }
}

/// Title and details from the lines `key: value` at the head of a file.
fn details_of(metadata: &str) -> Details {
    let mut details = Details::default();
    for line in metadata.lines() {
        let Some((key, value)) = line.split_once(':') else { continue };
        let value = value.trim().trim_matches(['"', '\'']).trim();
        let field = match key.trim().to_ascii_lowercase().as_str() {
            "title" | "headline" => &mut details.title,
            "author" | "byline" | "authors" => &mut details.byline,
            "outlet" | "publication" | "site" => &mut details.outlet,
            "date" | "published" => &mut details.date,
            "url" | "address" | "canonical" | "link" => &mut details.address,
            _ => continue,
        };
        value.clone_into(field);
    }
    details
}
