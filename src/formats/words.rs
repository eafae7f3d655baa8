//! What fields and their values are called in front of a person.
//!
//! May use: `domain`. The history, the choice between two values and what the command line tells of
//! differences say the same words. Invariant: a value that is nothing is no words. A name that ends
//! with a full stop stands alone, without its value; the stop is not shown.

use crate::domain::Project;
use crate::domain::annotation::{
    AnnotationField, AnnotationValue, ContactField, ContactValue, EvidenceField, EvidenceValue, Level, Place,
    Priority, Prose, QuoteForm, Resolution, SignOffField, SignOffValue, SourceType, SpanField, SpanValue,
    Stance,
};
use crate::domain::clash::{ClashField, ClashSort, ClashValue};
use crate::domain::project::{AboutField, AboutValue};

/// The words of a removal, which the names below read.
fn removed(is_removed: bool) -> String {
    if is_removed { "removed".into() } else { String::new() }
}

/// A name that stands alone ends with a full stop, which is not shown.
fn gone(what: &str, after: &str) -> String {
    if after == "removed" { format!("{what} removed.") } else { format!("{what} brought back.") }
}

/// What a field of an annotation is called; `after` is its value in words.
pub fn annotation_name(field: AnnotationField, after: &str) -> String {
    use AnnotationField as F;
    match field {
        F::Created => "Marked",
        F::Removed if after == "removed" => "Removed",
        F::Removed => "Brought back",
        F::CheckAgain if after.is_empty() => "Confirmed.",
        F::CheckAgain => "To be checked again",
        F::Kind => "Kind",
        F::Status => "Status",
        F::Reason => "Why it cannot be verified",
        F::Fact => "The fact",
        F::Speaker => "Said by",
        F::SaidWhen => "Said when",
        F::SaidWhere => "Said where",
        F::Category => "Category",
        F::Priority => "Priority",
        F::ProposedWording => "Proposed wording",
        F::Resolution => "The editor",
        F::CorrectedFrom => "Corrected from",
        F::Verdict => "Rating",
        F::Rationale => "Why this rating",
        F::Form => "Form",
        F::ComparedWith => "Compared with",
        F::ComparedAt => "Compared at",
        F::Name => "Name",
        F::Role => "Role",
        F::SourceType => "Type",
        F::Address => "Address",
        F::Contact => "How to reach it",
        F::Confidential => "Confidential",
        F::Note => "Note",
        F::PrivateNote => "Private note",
        F::Tags => "Tags",
        F::Rank => "Moved in the list.",
        F::Origin => "Imported from",
    }
    .into()
}

/// Its value.
pub fn annotation_words(project: &Project, value: &AnnotationValue) -> String {
    use AnnotationValue as V;
    match value {
        V::Removed(value) => removed(*value),
        V::Kind(kind) => kind.name().into(),
        V::Status(status) => status.name().into(),
        V::CheckAgain(reason) => reason.clone().unwrap_or_default(),
        V::Speaker(speaker) => speaker.as_ref().map(|s| project.speaker_name(s)).unwrap_or_default(),
        V::Priority(None) | V::Rank(_) => String::new(),
        V::Priority(priority) => priority_word(*priority).into(),
        V::Resolution(resolution) => resolution_word(*resolution).into(),
        V::Verdict(verdict) => verdict.as_ref().map(|verdict| verdict.words()).unwrap_or_default(),
        V::Form(form) => form.map_or("", form_word).into(),
        V::SourceType(sort) => sort.map_or("", source_word).into(),
        V::Confidential(value) => if *value { "yes" } else { "no" }.into(),
        V::Tags(tags) => tags.join(", "),
        V::Origin(origin) => origin.as_ref().map(|o| format!("{} {}", o.format, o.id)).unwrap_or_default(),
        V::SaidWhen(text) | V::SaidWhere(text) | V::Category(text) => text.clone(),
        V::ComparedWith(text) | V::ComparedAt(text) => text.clone(),
        V::Name(text) | V::Role(text) | V::Address(text) => text.clone(),
        V::Reason(text) | V::Fact(text) | V::ProposedWording(text) | V::CorrectedFrom(text) => flat(text),
        V::Rationale(text) | V::Contact(text) | V::Note(text) | V::PrivateNote(text) => flat(text),
    }
}

fn flat(text: &Prose) -> String {
    text.as_str().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What the editor decided, after "The editor".
pub const fn resolution_word(resolution: Resolution) -> &'static str {
    match resolution {
        Resolution::Open => "has not decided",
        Resolution::Accepted => "accepts",
        Resolution::Rejected => "rejects",
    }
}

/// A quote's form in words.
pub const fn form_word(form: QuoteForm) -> &'static str {
    match form {
        QuoteForm::Direct => "Direct",
        QuoteForm::Indirect => "Indirect",
        QuoteForm::Mixed => "Mixed",
    }
}

/// The sort of a source in words.
pub const fn source_word(sort: SourceType) -> &'static str {
    match sort {
        SourceType::Person => "Person",
        SourceType::Organisation => "Organisation",
        SourceType::Document => "Document",
        SourceType::Data => "Data",
        SourceType::Agency => "News agency",
        SourceType::OwnObservation => "Own observation",
    }
}

/// How near a piece of evidence is, in words.
pub const fn level_word(level: Level) -> &'static str {
    match level {
        Level::Primary => "primary",
        Level::Secondary => "secondary",
    }
}

/// The same of a span.
pub fn span_name(field: SpanField, after: &str) -> String {
    match field {
        SpanField::Created => "Words marked".into(),
        SpanField::Removed => gone("Words", after),
        SpanField::Place => "Words".into(),
    }
}

/// Its value.
pub fn span_words(value: &SpanValue) -> String {
    match value {
        SpanValue::Removed(value) => removed(*value),
        SpanValue::Place(place) => place_words(place),
    }
}

fn place_words(place: &Place) -> String {
    let gone = if place.at.is_some() { "" } else { " (not in the text any more)" };
    format!("“{}”{gone}", flat(&place.quote))
}

/// The same of a piece of evidence.
pub fn evidence_name(field: EvidenceField, after: &str) -> String {
    use EvidenceField as F;
    match field {
        F::Created => "Evidence added".into(),
        F::Removed => gone("Evidence", after),
        F::Rank => "Evidence moved in the list.".into(),
        field => format!("Evidence, {}", evidence_field(field)),
    }
}

const fn evidence_field(field: EvidenceField) -> &'static str {
    use EvidenceField as F;
    match field {
        F::Created | F::Removed | F::Rank => "",
        F::Stance => "what it does",
        F::Title => "title",
        F::Address => "address",
        F::Archived => "archived address",
        F::Location => "page or time",
        F::Excerpt => "excerpt",
        F::Seen => "date seen",
        F::Level => "level",
    }
}

/// Its value.
pub fn evidence_words(value: &EvidenceValue) -> String {
    use EvidenceValue as V;
    match value {
        V::Removed(value) => removed(*value),
        V::Stance(stance) => stance_word(*stance).into(),
        V::Level(level) => level.map_or("", level_word).into(),
        V::Excerpt(text) => flat(text),
        V::Title(text) | V::Address(text) | V::Archived(text) | V::Location(text) | V::Seen(text) => {
            text.clone()
        }
        V::Rank(_) => String::new(),
    }
}

/// The same of an attempt to reach a source.
pub fn contact_name(field: ContactField, after: &str) -> String {
    match field {
        ContactField::Created => "Contact noted".into(),
        ContactField::Removed => gone("Contact", after),
        ContactField::At => "Contact, when".into(),
        ContactField::How => "Contact, how".into(),
        ContactField::Outcome => "Contact, outcome".into(),
    }
}

/// Its value.
pub fn contact_words(value: &ContactValue) -> String {
    match value {
        ContactValue::Removed(value) => removed(*value),
        ContactValue::At(text) | ContactValue::How(text) => text.clone(),
        ContactValue::Outcome(text) => flat(text),
    }
}

/// The same of a clash.
pub fn clash_name(field: ClashField, after: &str) -> String {
    match field {
        ClashField::Created => "Came together with something else when copies were merged".into(),
        ClashField::Removed if after == "removed" => "Clash settled.".into(),
        ClashField::Removed => "Clash open again.".into(),
        ClashField::Sort | ClashField::Between => "Clash.".into(),
    }
}

/// Its value.
pub fn clash_words(value: &ClashValue) -> String {
    match value {
        ClashValue::Removed(value) => removed(*value),
        ClashValue::Sort(ClashSort::Removed) => {
            "the whole was removed by one side and changed by the other".into()
        }
        ClashValue::Sort(ClashSort::PartRemoved) => {
            "a part was removed by one side and changed by the other".into()
        }
        ClashValue::Sort(ClashSort::Moved) => "one side changed the mark, the other the result".into(),
        ClashValue::Sort(ClashSort::Evidence) => "one side changed the result, the other the evidence".into(),
        ClashValue::Between(_) => String::new(),
    }
}

/// The same of a sign-off.
pub fn sign_off_name(field: SignOffField, after: &str) -> String {
    match field {
        SignOffField::Created => "Signed off".into(),
        SignOffField::Removed => gone("Sign-off", after),
        SignOffField::Role => "Sign-off, role".into(),
        SignOffField::Name => "Sign-off, name".into(),
        SignOffField::At | SignOffField::Covers => "Sign-off.".into(),
    }
}

/// Its value.
pub fn sign_off_words(value: &SignOffValue) -> String {
    match value {
        SignOffValue::Removed(value) => removed(*value),
        SignOffValue::Name(text) | SignOffValue::Role(text) => text.clone(),
        SignOffValue::At(_) | SignOffValue::Covers(_) => String::new(),
    }
}

/// What a field of title and details is called.
pub const fn about_name(field: AboutField) -> &'static str {
    use AboutField as F;
    match field {
        F::Created | F::Removed => "Removed",
        F::Title => "Title",
        F::Byline => "Byline",
        F::Outlet => "Outlet",
        F::Date => "Date",
        F::Address => "Address",
        F::Scale => "Rating scale",
    }
}

/// Its value.
pub fn about_words(value: &AboutValue) -> String {
    use AboutValue as V;
    match value {
        V::Removed(removed) => if *removed { "removed" } else { "kept" }.into(),
        V::Title(text) | V::Byline(text) | V::Outlet(text) | V::Date(text) | V::Address(text) => text.clone(),
        V::Scale(scale) => scale.iter().map(|rating| rating.label.as_str()).collect::<Vec<_>>().join(", "),
    }
}

/// What a piece of evidence does, in words.
pub const fn stance_word(stance: Stance) -> &'static str {
    match stance {
        Stance::Supports => "supports",
        Stance::Contradicts => "contradicts",
        Stance::Context => "context",
    }
}

/// A value of an annotation where even "nothing special" has to be said, as beside another value.
pub fn annotation_in_full(project: &Project, value: &AnnotationValue) -> String {
    match value {
        AnnotationValue::Removed(false) => "kept".into(),
        AnnotationValue::Rank(Some(rank)) => format!("place {rank}"),
        value => annotation_words(project, value),
    }
}

/// The same of a piece of evidence.
pub fn evidence_in_full(value: &EvidenceValue) -> String {
    match value {
        EvidenceValue::Rank(rank) => format!("place {rank}"),
        value => evidence_words(value),
    }
}

/// The same of a span: its words and their paragraph.
pub fn span_in_full(project: &Project, value: &SpanValue) -> String {
    let article = &project.article;
    match value {
        SpanValue::Place(Place { text, at: Some(at), .. }) if *text == article.head() => {
            format!("{} ¶ {}", span_words(value), article.text.paragraph_of(at.start as usize))
        }
        value => span_words(value),
    }
}

/// A priority in words.
pub const fn priority_word(priority: Option<Priority>) -> &'static str {
    match priority {
        Some(Priority::High) => "High",
        Some(Priority::Medium) => "Medium",
        Some(Priority::Low) => "Low",
        None => "None",
    }
}
