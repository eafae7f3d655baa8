//! The river figures: a story in six scripts, with letters that are built of several characters.
//!
//! Its spaces and its accents are part of what is tested: `\u{202f}` is a narrow space that does not
//! break, `\u{301}` an accent that stands after its letter.

use proofmark::domain::annotation::{AnnotationValue as V, Priority, QuoteForm, SourceType as Is};
use proofmark::domain::project::AboutValue;
use proofmark::domain::{Id, Project, Status};

use crate::desk::{Desk, Piece};

/// How many annotations there are, and how many of them are in the verified list.
pub const COUNTS: (usize, usize) = (17, 7);
/// What no export may print.
pub const PRIVATE: &[&str] = &["velna-letters"];

const ADA: &str = "Ada Kern";
const TODAY: &str = "2026-11-20";

/// The project as it stands in `projects/`.
pub fn project() -> Project {
    let article = include_bytes!("../../assets/river-figures.txt");
    let mut desk = Desk::new("river figures", "river-figures.txt", article, ADA, "2026-11-20T09:15:00Z");
    desk.describe(vec![
        AboutValue::Byline("Rene\u{301}e Vasko and Nikos Anagnostou".into()),
        AboutValue::Outlet("The Northport Courier".into()),
        AboutValue::Date("20 November 2026".into()),
    ]);
    let series = the_commission(&mut desk);
    desk.sits_down("Jonas Weil", "2026-11-20T11:30:00Z");
    the_banks(&mut desk);
    the_rest(&mut desk);
    desk.sits_down(ADA, "2026-11-23T08:20:00Z");
    desk.sign(series, "second check");
    desk.project
}

fn the_commission(desk: &mut Desk) -> Id {
    let commission = desk
        .source(&["a report of the [Velna Commission], whose"], "Velna Commission")
        .set(V::SourceType(Some(Is::Organisation)))
        .set(V::Address("https://velna.example".into()))
        .status(Status::Verified)
        .id();
    desk.claim(
        &["[less water than at any time since 1961], according"],
        "The Velna carries less water than at any time since 1961.",
    )
    .by(commission)
    .set(V::Priority(Some(Priority::High)))
    .status(Status::InProgress)
    .note("The series has a gap from 1974 to 1977. Asked whether the report filled it.");
    desk.quote(&["“[careful guesswork].”"])
        .by_name("Ljuba Horn, chair of the Velna Commission")
        .set(V::SaidWhen("19 November 2026".into()))
        .set(V::Form(Some(QuoteForm::Direct)))
        .compared("recording of the press conference", "23:05")
        .status(Status::Verified);
    let flow = desk
        .claim(
            &["was [1\u{202f}240 cubic metres a second in 2025, down from 1\u{202f}655 in 1990: a fall of 25\u{a0}%], or"],
            "The mean flow at Kaldera fell from 1655 to 1240 cubic metres a second between 1990 and 2025, by a quarter.",
        )
        .by(commission)
        .set(V::Category("figure".into()))
        .status(Status::Verified)
        .found(
            Piece::supports("Gauge series of the Velna Commission, version 3.1")
                .at("https://velna.example/series/3.1/kaldera.csv")
                .archived("https://archive.example/velna-series-3-1")
                .on("columns mean_1990 and mean_2025")
                .primary(TODAY),
        )
        .id();
    desk.source(
        &["commission’s [gauge series, version 3.1], which"],
        "Gauge series of the Velna Commission, version 3.1",
    )
    .set(V::SourceType(Some(Is::Data)))
    .set(V::Address("https://velna.example/series/3.1".into()))
    .status(Status::Verified);
    let iles = desk
        .source(&["said [Andre\u{301} Ile\u{301}s], the hydrologist"], "Andre\u{301} Ile\u{301}s")
        .set(V::SourceType(Some(Is::Person)))
        .set(V::Role("hydrologist, author of the report".into()))
        .status(Status::Verified)
        .id();
    desk.quote(&[
        "“[We have 14 gauges where there used to be 52],”",
        "“[Between them we draw a line, and then we believe the line].”",
    ])
    .by(iles)
    .set(V::Form(Some(QuoteForm::Direct)))
    .compared("recording of the press conference", "31:40")
    .status(Status::Verified);
    desk.claim(
        &["We have [14 gauges where there used to be 52],"],
        "The commission has 14 gauges today and once had 52.",
    )
    .by(iles)
    .status(Status::Verified)
    .found(
        Piece::supports("List of gauges").at("https://velna.example/gauges").on("whole list").primary(TODAY),
    )
    .set(V::CheckAgain(Some(
        "The commission put a new list of gauges on its site on 22 November, with 15 of them.".into(),
    )));
    desk.source(
        &["The [treaty that set up the commission], signed"],
        "Treaty on the River Velna, 14 May 1992",
    )
    .set(V::SourceType(Some(Is::Document)))
    .set(V::Address("https://treaties.example/velna-1992".into()))
    .status(Status::Verified);
    desk.quote(&["“[not fewer than 40]”"])
        .by_name("Treaty on the River Velna")
        .set(V::Form(Some(QuoteForm::Direct)))
        .compared("the treaty’s text", "article 7, paragraph 2")
        .status(Status::Verified);
    flow
}

fn the_banks(desk: &mut Desk) {
    desk.quote(&["“[Ο ποταμός δεν ξεχνά],”"])
        .by_name("Ελένη Παπαδάκη")
        .set(V::Form(Some(QuoteForm::Direct)))
        .compared("the author’s recording", "4:18")
        .status(Status::Verified)
        .note("The translation in the text is right.");
    desk.quote(&["that [the word «паводок», flood, had been struck from an earlier draft]."])
        .by_name("Вечерний берег")
        .set(V::SaidWhen("3 September 2026".into()))
        .set(V::Form(Some(QuoteForm::Indirect)))
        .status(Status::Query)
        .note("To the source: which draft? The paper’s page says only that the word “was there”.");
    desk.quote(&["“[הנהר לא משקר],”"])
        .by_name("Yosef Amram")
        .set(V::Form(Some(QuoteForm::Direct)))
        .compared("the author’s recording", "9:02")
        .status(Status::Verified);
    desk.quote(&["“[الماء حق للجميع]”"])
        .by_name("Layla Haddad")
        .set(V::Form(Some(QuoteForm::Direct)))
        .compared("her letter to the commission", "last line")
        .set(V::PrivateNote("Copy of the letter: folder velna-letters, given by the author.".into()))
        .status(Status::Verified);
}

fn the_rest(desk: &mut Desk) {
    desk.claim(
        &["fall at [18\u{a0}% and the error at “plus or minus six].”"],
        "Satellite pictures give a fall of 18 %, plus or minus six.",
    )
    .by_name("田中美咲 (Misaki Tanaka)")
    .status(Status::OnAuthor)
    .note("The paper is not reviewed and not public; the author has read it.");
    desk.quote(&[
        "“[Swam across it yesterday and the children walked 👩🏽\u{200d}👩\u{200d}👧\u{200d}👦🏊\u{200d}♀\u{fe0f} best summer ever],”",
    ])
    .by_name("Zoe\u{308} Mu\u{308}ller")
    .set(V::Form(Some(QuoteForm::Direct)))
    .set(V::Reason("The post was deleted, and the picture of it that is shared has no date.".into()))
    .status(Status::Unverifiable);
    desk.claim(
        &["The valley is [the most beautiful in the three countries], and"],
        "No valley is more beautiful.",
    )
    .status(Status::NotCheckable);
}
