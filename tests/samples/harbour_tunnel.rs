//! The harbour tunnel: a night's news story, checked by two people before it went to print.
//!
//! Ada Kern reads the first half and the sources, Jonas Weil the second; then each signs what the
//! other did. It is not finished: a query is out, a figure is being checked, two things are open.

use proofmark::domain::annotation::{
    AnnotationValue as V, Priority, QuoteForm, Resolution, SourceType as Is,
};
use proofmark::domain::project::AboutValue;
use proofmark::domain::{Id, Project, Status};

use crate::desk::{Desk, Piece, rating};

/// How many annotations there are, and how many of them are in the verified list.
pub const COUNTS: (usize, usize) = (28, 11);
/// What no export may print.
pub const PRIVATE: &[&str] = &["Sandvik", "mail.example", "annexes on paper"];

const ADA: &str = "Ada Kern";
const JONAS: &str = "Jonas Weil";
const TODAY: &str = "2026-11-04";

/// The project as it stands in `projects/`.
pub fn project() -> Project {
    let article = include_bytes!("../../assets/harbour-tunnel.txt");
    let mut desk = Desk::new("harbour tunnel", "harbour-tunnel.txt", article, ADA, "2026-11-04T05:40:00Z");
    desk.describe(vec![
        AboutValue::Byline("R. Alder".into()),
        AboutValue::Outlet("The Northport Courier".into()),
        AboutValue::Date("4 November 2026".into()),
        AboutValue::Address("https://northportcourier.example/2026/11/04/harbour-tunnel".into()),
        AboutValue::Scale(vec![
            rating("Holds", 4.0, "Shown by a primary source"),
            rating("Holds with a reservation", 3.0, "True, but something has to stand beside it"),
            rating("Misleading", 2.0, "The words are right and give a wrong picture"),
            rating("Wrong", 1.0, "Shown to be otherwise"),
        ]),
    ]);
    let stray = desk.claim(&["[maxTeasersPerRow: 4]"], "There are at most four teasers in a row.").id();
    desk.remove(stray);
    let people = sources(&mut desk);
    the_vote(&mut desk, &people);
    let counts = the_traffic(&mut desk, &people);
    desk.sits_down(JONAS, "2026-11-04T09:05:00Z");
    the_letters(&mut desk, &people);
    let borrowed = the_money(&mut desk, &people);
    desk.sign(counts, "second check");
    desk.sits_down(ADA, "2026-11-04T12:30:00Z");
    desk.sign(borrowed, "second check");
    desk.project
}

struct People {
    halvard: Id,
    authority: Id,
    roads: Id,
    beck: Id,
    auditor: Id,
}

fn sources(desk: &mut Desk) -> People {
    desk.source(&["[Maren Oduya]/NPA/"], "Maren Oduya")
        .set(V::SourceType(Some(Is::Person)))
        .set(V::Role("photographer".into()))
        .note("Which of the four credits belongs to the picture that runs?");
    desk.source(&["NORTHPORT ([NPA])", "the news agency [NPA] reported"], "NPA")
        .set(V::SourceType(Some(Is::Agency)))
        .set(V::Role("news agency".into()))
        .set(V::Address("https://npa.example".into()))
        .status(Status::Verified);
    let halvard = desk
        .source(&["brought [mayor Ines Halvard] close"], "Ines Halvard")
        .set(V::SourceType(Some(Is::Person)))
        .set(V::Role("mayor of Northport".into()))
        .status(Status::Verified)
        .found(
            Piece::supports("Who is who in the council")
                .at("https://council.northport.example/members")
                .primary(TODAY),
        )
        .id();
    let authority = desk
        .source(&["According to the [harbour authority], traffic"], "Northport Harbour Authority")
        .set(V::SourceType(Some(Is::Organisation)))
        .set(V::Address("https://harbour.northport.example".into()))
        .set(V::Contact("Statistics desk, counts@harbour.northport.example".into()))
        .reached(
            "2026-11-04 08:10",
            "mail",
            "Asked for the count of 2015 and for the days of the lane closure.",
        )
        .status(Status::Verified)
        .id();
    let roads = desk
        .source(&["The [state roads office] disputes"], "State Roads Office")
        .set(V::SourceType(Some(Is::Organisation)))
        .status(Status::Verified)
        .id();
    desk.source(
        &["In a [note to the council dated 12 October], it"],
        "Note of the State Roads Office to the council",
    )
    .set(V::SourceType(Some(Is::Document)))
    .set(V::Role("two pages, 12 October 2026".into()))
    .set(V::Address("https://council.northport.example/papers/2026-388".into()))
    .status(Status::Verified);
    let beck = desk
        .source(&["said [Tomas Beck] of the residents’"], "Tomas Beck")
        .set(V::SourceType(Some(Is::Person)))
        .set(V::Role("chair of the Saltmarsh residents’ association".into()))
        .set(V::Contact("Through the association’s office, weekdays until noon".into()))
        .reached(
            "2026-11-04 07:55",
            "telephone",
            "Name, office and spelling confirmed; the quotes were not read out.",
        )
        .status(Status::Verified)
        .id();
    let auditor = desk
        .source(&["The [city auditor], who answers"], "City Auditor of Northport")
        .set(V::SourceType(Some(Is::Organisation)))
        .set(V::Role("answers to the council".into()))
        .set(V::Address("https://auditor.northport.example".into()))
        .status(Status::Verified)
        .id();
    People { halvard, authority, roads, beck, auditor }
}

fn the_vote(desk: &mut Desk, people: &People) {
    desk.claim(
        &["residents call the [410 million] project a ‘done deal’\n", "We have spent [410 million] on a hole"],
        "The city had paid out 401 million crowns for the tunnel by the end of 2025.",
    )
    .set(V::Category("money".into()))
    .set(V::Priority(Some(Priority::High)))
    .correct("401 million", Resolution::Accepted)
    .verdict("Wrong", "The story itself has the auditor’s 401 million further down.")
    .found(
        Piece::contradicts("City auditor, report 14/2026")
            .at("https://auditor.northport.example/2026/14")
            .archived("https://archive.example/auditor-2026-14")
            .on("p. 9, table 2")
            .says("Paid out up to 31 December 2025: 401.2 million crowns.")
            .primary(TODAY),
    )
    .note("The mayor’s words stay as she said them: correct the headline, and put the right sum after her quote.")
    .tags(&["headline", "money"]);
    desk.quote(&["project a ‘[done deal]’\n"])
        .set(V::Form(Some(QuoteForm::Direct)))
        .status(Status::Query)
        .note("To the author: nobody says “done deal” in the story. Who said it, and when?")
        .tags(&["headline"]);
    desk.claim(
        &["tunnel [by 21 votes to 14], ending"],
        "The council approved the harbour tunnel by 21 votes to 14.",
    )
    .set(V::Category("vote".into()))
    .set(V::Priority(Some(Priority::High)))
    .status(Status::Verified)
    .verdict("Holds", "Roll call and recording agree.")
    .found(
        Piece::supports("Minutes of the council, 3 November 2026")
            .at("https://council.northport.example/minutes/2026-11-03")
            .archived("https://archive.example/minutes-2026-11-03")
            .on("item 4")
            .says("Ayes 21, noes 14, none abstained.")
            .primary(TODAY),
    )
    .found(
        Piece::supports("Recording of the sitting")
            .at("https://council.northport.example/live/2026-11-03")
            .on("7:09:30")
            .primary(TODAY),
    );
    desk.claim(
        &["[twice brought mayor Ines Halvard close to resigning]"],
        "Halvard was close to resigning twice since the spring.",
    )
    .status(Status::OnAuthor)
    .note("Two talks on background, the author’s notes of April and September. No document.");
    desk.claim(&["was read out at [1:10 a.m.], after"], "The result was read out at 1:10 a.m.")
        .set(V::Priority(Some(Priority::Low)))
        .correct("1:14 a.m.", Resolution::Rejected)
        .verdict("Holds with a reservation", "1:14 is when the sitting closed; the result came before that.")
        .found(
            Piece::context("Minutes of the council, 3 November 2026")
                .at("https://council.northport.example/minutes/2026-11-03")
                .on("last line")
                .says("Closed at 1:14 a.m.")
                .primary(TODAY),
        );
    desk.claim(
        &["[Four members of Halvard’s own Harbour List] voted"],
        "How many members of the Harbour List voted against the mayor",
    )
    .set(V::Category("vote".into()))
    .correct("Five members of Halvard’s own Harbour List", Resolution::Open)
    .found(
        Piece::contradicts("Minutes of the council, 3 November 2026")
            .at("https://council.northport.example/minutes/2026-11-03")
            .on("item 4, roll call")
            .primary(TODAY),
    )
    .note("The fifth, of the Old Quay ward, sits for the list without being a member of it. The editor decides.");
    desk.quote(&[
        "“[We have spent 410 million on a hole in the ground, and now we will finally drive through it],”",
    ])
    .by(people.halvard)
    .set(V::SaidWhen("4 November 2026".into()))
    .set(V::SaidWhere("steps of the town hall".into()))
    .set(V::Form(Some(QuoteForm::Direct)))
    .compared("the author’s recording", "0:42")
    .status(Status::Verified)
    .tags(&["recording"]);
}

fn the_traffic(desk: &mut Desk, people: &People) -> Id {
    desk.claim(
        &[
            "bridge rose [by a third in ten years], the",
            "had grown [by a third in ten years], he",
            "that grows [by a third in ten years] does",
        ],
        "Traffic on the old bridge rose by a third in ten years.",
    )
    .by(people.authority)
    .set(V::Category("figure".into()))
    .set(V::Priority(Some(Priority::High)))
    .status(Status::InProgress)
    .note("31,200 and 41,600 make a third, but 2016 to 2025 are nine years.\nThe count of 2015 is asked for.")
    .tags(&["repeated", "sum"]);
    desk.claim(
        &["[the sharpest increase of any crossing in the region]"],
        "No other crossing in the region had a sharper increase.",
    )
    .by(people.authority)
    .set(V::Reason("The other five crossings have been counted only since 2021.".into()))
    .status(Status::Unverifiable);
    let counts = desk
        .claim(
            &["recorded [31,200 vehicles a day in 2016 and 41,600 in 2025]."],
            "The counting station recorded 31,200 vehicles a day in 2016 and 41,600 in 2025.",
        )
        .by(people.authority)
        .set(V::Category("figure".into()))
        .set(V::Priority(Some(Priority::Medium)))
        .status(Status::Verified)
        .verdict(
            "Holds with a reservation",
            "The numbers are those of the table; the lane closure has to be named.",
        )
        .found(
            Piece::supports("Daily counts at the old bridge, 2016–2025")
                .at("https://harbour.northport.example/counts/old-bridge.csv")
                .archived("https://archive.example/old-bridge-counts")
                .on("rows 2016 and 2025")
                .primary(TODAY),
        )
        .found(
            Piece::context("Northern lane closed until autumn, The Northport Courier")
                .at("https://northportcourier.example/2016/04/18/northern-lane")
                .secondary(TODAY),
        )
        .id();
    desk.quote(&["“[during the closure of the northern lane]”", "“[nearer 18 percent].”"])
        .by(people.roads)
        .set(V::SaidWhen("12 October 2026".into()))
        .set(V::Form(Some(QuoteForm::Mixed)))
        .compared("the note itself", "p. 2")
        .status(Status::Verified)
        .found(
            Piece::supports("Note of the State Roads Office to the council")
                .at("https://council.northport.example/papers/2026-388")
                .on("p. 2")
                .says("The count of 2016 was taken during the closure of the northern lane.\nThe increase is nearer 18 percent.")
                .primary(TODAY),
        );
    desk.claim(&["The first trains are [due in 2031]."], "The first trains are to run in 2031.")
        .status(Status::Verified)
        .found(
            Piece::supports("Approved plan of the harbour tunnel")
                .at("https://plans.northport.example/harbour-tunnel")
                .on("sheet 3")
                .primary(TODAY),
        );
    counts
}

fn the_letters(desk: &mut Desk, people: &People) {
    desk.quote(&["“[There is no plan for the people who live above it],”", "that ‘[not one engineer]’ had"])
        .by(people.beck)
        .set(V::Form(Some(QuoteForm::Mixed)))
        .compared("the author’s recording", "11:20")
        .status(Status::Verified)
        .tags(&["recording"]);
    desk.quote(&["said, ‘[Nobody will be moved, not for a week, not for a day],’"])
        .by(people.halvard)
        .set(V::Form(Some(QuoteForm::Direct)))
        .set(V::Priority(Some(Priority::High)))
        .set(V::Reason(
            "No recording. Two neighbours remember the meeting, and each remembers other words.".into(),
        ))
        .status(Status::Unverifiable)
        .set(V::PrivateNote("One of the neighbours is Beck’s sister-in-law.".into()));
    desk.claim(
        &["letters, [sent to 214 households on 9 June], were"],
        "The city sent the letters to 214 households on 9 June 2026.",
    )
    .set(V::Category("figure".into()))
    .status(Status::Verified)
    .verdict("Holds", "List and postmark agree.")
    .found(
        Piece::supports("Answer of the town hall to question 61")
            .at("https://council.northport.example/questions/61")
            .archived("https://archive.example/question-61")
            .on("p. 1")
            .primary(TODAY),
    );
    desk.quote(&["were “[information about possible temporary measures]” and"])
        .by_name("Press office of the city of Northport")
        .set(V::Form(Some(QuoteForm::Direct)))
        .compared("the press office’s mail", "second paragraph")
        .status(Status::Verified);
}

fn the_money(desk: &mut Desk, people: &People) -> Id {
    let borrowed = desk
        .claim(
            &["that [96 percent of the money paid out by the end of 2025 had been borrowed]."],
            "Of the money paid out by the end of 2025, 96 percent had been borrowed.",
        )
        .by(people.auditor)
        .set(V::SaidWhen("September 2026".into()))
        .set(V::Category("money".into()))
        .set(V::Priority(Some(Priority::High)))
        .status(Status::Verified)
        .verdict("Holds", "384.9 of 401.2 million are 95.9 percent.")
        .found(
            Piece::supports("City auditor, report 14/2026")
                .at("https://auditor.northport.example/2026/14")
                .archived("https://archive.example/auditor-2026-14")
                .on("p. 11")
                .says("Financed by loans: 384.9 million crowns.")
                .primary(TODAY),
        )
        .id();
    desk.source(&["[The report put the sum at] 401"], "Liv Sandvik")
        .set(V::SourceType(Some(Is::Person)))
        .set(V::Role("knows the payments from her work".into()))
        .set(V::Confidential(true))
        .set(V::Contact("liv.sandvik@mail.example, never at the office".into()))
        .set(V::PrivateNote(
            "She gave us both annexes on paper. Copies are in the safe, not on the server.".into(),
        ))
        .reached(
            "2026-10-29 18:30",
            "in person",
            "Handed over the two annexes; wants to see no copy of the story.",
        )
        .reached("2026-11-04 09:40", "telephone", "The sum in the story is the one in annex 3.")
        .status(Status::Verified);
    desk.quote(&[
        "[If we do nothing, the next council will sit here and have this debate again, at twice the price].”",
    ])
    .by_name("Samuel Okafor-Lind")
    .set(V::Form(Some(QuoteForm::Direct)))
    .status(Status::NotCheckable)
    .note("A prediction. The words are those of the recording, 6:58:10.");
    desk.claim(
        &["found [52 percent in favour and 39 percent against, with a margin of error of three points]."],
        "In a poll of 1,004 people 52 percent were for the tunnel and 39 percent against it.",
    )
    .set(V::Category("figure".into()))
    .status(Status::Verified)
    .verdict("Holds", "With 1,004 people the margin is 3.1 points.")
    .found(
        Piece::supports("Harbour FM, poll of 30 October 2026")
            .at("https://harbourfm.example/poll")
            .on("tables, p. 2")
            .primary(TODAY),
    )
    .found(
        Piece::context("How the poll was taken, by the institute")
            .at("https://polls.example/method")
            .secondary(TODAY),
    );
    borrowed
}
