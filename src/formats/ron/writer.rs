//! The serializer that lays out a project file.
//!
//! May use: std, serde. ron's own writer escapes combining marks as `\u{…}`, which makes Hindi,
//! Thai or pointed Hebrew unreadable in a diff, and its unescaped mode writes NUL, CR and direction
//! controls as they are; so this one escapes what is invisible or dangerous and nothing else.
//! Invariant: what it writes is read by ron 0.12.3 as the same value, and depends on the value only.
//! Known limit: it writes what the domain's types need; characters, bytes, maps and 128-bit numbers
//! are not among that.

use std::fmt::{self, Display, Write as _};

use serde::ser::{self, Serialize};

/// Structs that stand on one line: small, or one per line by intent (entries of a log).
const ONE_LINE: [&str; 14] = [
    "Entry",
    "TextEntry",
    "Touching",
    "Loaded",
    "Head",
    "Edit",
    "Span",
    "Marked",
    "Letters",
    "Checker",
    "Rating",
    "Dismissed",
    "Verdict",
    "Origin",
];

/// Whether a character is written as `\u{…}`: what cannot be seen, or turns other text around.
fn is_escaped(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{200e}' | '\u{200f}' | '\u{61c}')
        || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Appends `text` as a RON string.
fn quote(out: &mut String, text: &str) {
    out.push('"');
    // Whole stretches are copied: nearly all text needs no escape.
    let mut done = 0;
    for (at, c) in text.char_indices() {
        if c != '"' && c != '\\' && !is_escaped(c) {
            continue;
        }
        out.push_str(&text[done..at]);
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            _ => {
                // Writing to a String cannot fail.
                let _ = write!(out, "\\u{{{:x}}}", c as u32);
            }
        }
        done = at + c.len_utf8();
    }
    out.push_str(&text[done..]);
    out.push('"');
}

/// Why a value could not be written: only a type's own `Serialize` can cause it.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub(super) struct Error(String);

impl ser::Error for Error {
    fn custom<T: Display>(message: T) -> Self {
        Self(message.to_string())
    }
}

/// Writes one value as RON, 4 spaces per level, line feeds.
pub(super) fn to_string<T: Serialize + ?Sized>(value: &T) -> Result<String, Error> {
    let mut writer = Writer { out: String::new(), depth: 0, compact: 0 };
    value.serialize(&mut writer)?;
    Ok(writer.out)
}

struct Writer {
    out: String,
    /// How many open brackets have their content on lines of its own.
    depth: usize,
    /// How many open brackets are on one line; what stands in one is on that line too.
    compact: usize,
}

impl Writer {
    fn show(&mut self, value: impl Display) -> Result<(), Error> {
        write!(self.out, "{value}").map_err(ser::Error::custom)
    }

    fn new_line(&mut self) {
        self.out.push('\n');
        for _ in 0..self.depth {
            self.out.push_str("    ");
        }
    }

    fn open(&mut self, bracket: char, close: &'static str, one_line: bool) -> Items<'_> {
        let start = self.out.len();
        self.out.push(bracket);
        let compact = one_line || self.compact > 0;
        if compact {
            self.compact += 1;
        } else {
            self.depth += 1;
        }
        Items { writer: self, close, compact, count: 0, start }
    }

    fn wrapped<T: Serialize + ?Sized>(&mut self, name: &str, value: &T) -> Result<(), Error> {
        self.out.push_str(name);
        self.out.push('(');
        value.serialize(&mut *self)?;
        self.out.push(')');
        Ok(())
    }
}

/// What stands between two brackets.
struct Items<'a> {
    writer: &'a mut Writer,
    close: &'static str,
    compact: bool,
    count: usize,
    start: usize,
}

impl Items<'_> {
    fn item<T: Serialize + ?Sized>(&mut self, name: &str, value: &T) -> Result<(), Error> {
        if !self.compact {
            self.writer.new_line();
        } else if self.count > 0 {
            self.writer.out.push_str(", ");
        }
        self.count += 1;
        if !name.is_empty() {
            self.writer.out.push_str(name);
            self.writer.out.push_str(": ");
        }
        value.serialize(&mut *self.writer)?;
        if !self.compact {
            self.writer.out.push(',');
        }
        Ok(())
    }

    fn close(self) -> Result<(), Error> {
        if self.compact {
            self.writer.compact -= 1;
        } else {
            self.writer.depth -= 1;
            if self.count > 0 {
                self.writer.new_line();
            }
        }
        self.writer.out.push_str(self.close);
        Ok(())
    }

    /// Puts a list of a single string on one line: most notes are one line.
    fn close_list(self) -> Result<(), Error> {
        if !self.compact && self.count == 1 {
            let inside = &self.writer.out[self.start + 1..];
            let only = inside.trim_ascii().trim_end_matches(',');
            if only.starts_with('"') {
                let only = only.to_owned();
                self.writer.out.truncate(self.start + 1);
                self.writer.out.push_str(&only);
                self.writer.depth -= 1;
                self.writer.out.push_str(self.close);
                return Ok(());
            }
        }
        self.close()
    }
}

macro_rules! plain {
    ($($method:ident $type:ty,)*) => {
        $(fn $method(self, value: $type) -> Result<(), Error> {
            self.show(value)
        })*
    };
}

impl<'a> ser::Serializer for &'a mut Writer {
    type Ok = ();
    type Error = Error;
    type SerializeSeq = Items<'a>;
    type SerializeTuple = Items<'a>;
    type SerializeTupleStruct = Items<'a>;
    type SerializeTupleVariant = Items<'a>;
    type SerializeMap = ser::Impossible<(), Error>;
    type SerializeStruct = Items<'a>;
    type SerializeStructVariant = Items<'a>;

    plain! {
        serialize_bool bool,
        serialize_i8 i8, serialize_i16 i16, serialize_i32 i32, serialize_i64 i64,
        serialize_u8 u8, serialize_u16 u16, serialize_u32 u32, serialize_u64 u64,
    }
    fn serialize_f32(self, value: f32) -> Result<(), Error> {
        self.serialize_f64(value.into())
    }
    fn serialize_f64(self, value: f64) -> Result<(), Error> {
        // `{:?}` gives the shortest text that reads back as the same number, with a point or an
        // exponent. The sign of a NaN has no text in RON.
        if value.is_nan() { self.show("NaN") } else { self.show(format_args!("{value:?}")) }
    }
    fn serialize_char(self, _: char) -> Result<(), Error> {
        Err(Error("a project file holds texts, no single characters".into()))
    }
    fn serialize_str(self, value: &str) -> Result<(), Error> {
        quote(&mut self.out, value);
        Ok(())
    }
    fn serialize_bytes(self, _: &[u8]) -> Result<(), Error> {
        Err(Error("a project file holds no bytes".into()))
    }
    fn serialize_none(self) -> Result<(), Error> {
        self.show("None")
    }
    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), Error> {
        self.wrapped("Some", value)
    }
    fn serialize_unit(self) -> Result<(), Error> {
        self.show("()")
    }
    fn serialize_unit_struct(self, _: &'static str) -> Result<(), Error> {
        self.show("()")
    }
    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Result<(), Error> {
        self.show(variant)
    }
    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &'static str, v: &T) -> Result<(), Error> {
        self.wrapped("", v)
    }
    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<(), Error> {
        self.wrapped(variant, value)
    }
    fn serialize_seq(self, _: Option<usize>) -> Result<Items<'a>, Error> {
        Ok(self.open('[', "]", false))
    }
    fn serialize_tuple(self, _: usize) -> Result<Items<'a>, Error> {
        Ok(self.open('(', ")", true))
    }
    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Items<'a>, Error> {
        Ok(self.open('(', ")", true))
    }
    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Items<'a>, Error> {
        self.out.push_str(variant);
        Ok(self.open('(', ")", true))
    }
    fn serialize_map(self, _: Option<usize>) -> Result<ser::Impossible<(), Error>, Error> {
        Err(Error("a project file holds no maps: their order and their duplicates are nobody's".into()))
    }
    fn serialize_struct(self, name: &'static str, _: usize) -> Result<Items<'a>, Error> {
        Ok(self.open('(', ")", ONE_LINE.contains(&name)))
    }
    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Items<'a>, Error> {
        self.out.push_str(variant);
        Ok(self.open('(', ")", true))
    }
    fn collect_str<T: Display + ?Sized>(self, value: &T) -> Result<(), Error> {
        let text = fmt::format(format_args!("{value}"));
        self.serialize_str(&text)
    }
}

macro_rules! unnamed {
    ($($trait:ident $method:ident $close:ident,)*) => {
        $(impl ser::$trait for Items<'_> {
            type Ok = ();
            type Error = Error;
            fn $method<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Error> {
                self.item("", value)
            }
            fn end(self) -> Result<(), Error> {
                self.$close()
            }
        })*
    };
}
unnamed! {
    SerializeSeq serialize_element close_list,
    SerializeTuple serialize_element close,
    SerializeTupleStruct serialize_field close,
    SerializeTupleVariant serialize_field close,
}

macro_rules! named {
    ($($trait:ident,)*) => {
        $(impl ser::$trait for Items<'_> {
            type Ok = ();
            type Error = Error;
            fn serialize_field<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) -> Result<(), Error> {
                self.item(name, value)
            }
            fn end(self) -> Result<(), Error> {
                self.close()
            }
        })*
    };
}
named! {
    SerializeStruct,
    SerializeStructVariant,
}
