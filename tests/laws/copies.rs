//! Copies of a project that people work on, to be merged.

use proofmark::domain::annotation::{AnnotationValue as V, Evidence, EvidenceValue};
use proofmark::domain::article::Edit;
use proofmark::domain::{Id, Kind, Project, Stamp, Transaction, log};

use crate::merge::{assert_laws, project, stamp};

pub const TEXT: &str = "The mayor said 1200 people came. She said it twice.";

/// A copy at work: a project, whose copy it is, and how many things were done in it.
#[derive(Clone)]
pub struct Copy {
    pub project: Project,
    pub who: usize,
    pub done: usize,
}

impl Copy {
    pub fn of(project: &Project, who: usize) -> Self {
        Self { project: project.clone(), who, done: 0 }
    }

    /// The stamp of the next thing; the clocks of the copies differ by years, the wrong way round.
    pub fn stamp(&mut self) -> Stamp {
        self.done += 1;
        stamp(100 + self.done, self.who, 10 - 10 * self.who as i64)
    }

    pub fn act(&mut self, act: impl FnOnce(&Project, &mut Stamp) -> Transaction) {
        let mut stamp = self.stamp();
        let step = act(&self.project, &mut stamp);
        assert!(!step.is_empty(), "nothing was done");
        self.project.apply(&step).expect("it fits");
    }

    pub fn set(&mut self, id: Id, value: V) {
        self.act(|project, stamp| project.set(id, "set", vec![value], stamp));
    }

    pub fn edit(&mut self, from: &str, to: &str) {
        // As typing makes it: the least that leads there.
        let old = self.project.article.text.as_str();
        let edit = Edit::between(old, &old.replacen(from, to, 1));
        self.act(|project, stamp| project.edit(vec![edit], stamp).expect("it fits"));
    }

    pub fn mark(&mut self, words: &str) -> Id {
        let span = self.project.article.text.occurrences(words)[0];
        let mut stamp = self.stamp();
        let (id, step) = self.project.mark(Kind::Claim, &[span], &mut stamp);
        self.project.apply(&step).expect("it fits");
        id
    }

    pub fn reshape(&mut self, id: Id, words: &str) {
        let span = self.project.article.text.occurrences(words)[0];
        let of = self.project.annotations[&id].spans[0].id;
        self.act(|project, stamp| project.reshape(id, of, span, stamp));
    }

    pub fn evidence(&mut self, id: Id, title: &str) {
        self.act(|project, stamp| {
            project.alter(id, "evidence", |annotation| {
                let mut found = Evidence::create(stamp);
                log::set(&mut found, EvidenceValue::Title(title.into()), stamp);
                annotation.evidence.push(found);
            })
        });
    }
}

/// Two copies of a project with one mark.
pub fn two(words: &str) -> (Id, Copy, Copy) {
    let mut first = Copy::of(&project(TEXT), 2);
    let id = first.mark(words);
    (id, Copy::of(&first.project, 0), Copy::of(&first.project, 1))
}

/// The two merged, the same in both orders and obeying the laws.
#[track_caller]
pub fn merged(a: &Copy, b: &Copy) -> Project {
    assert_laws(&[a.project.clone(), b.project.clone(), a.project.merge(&b.project).expect("copies")]);
    a.project.merge(&b.project).expect("copies")
}

pub fn words(project: &Project, id: Id) -> String {
    project.record(id).expect("it is there").words()
}
