//! Opening an address in the person's browser. May use: `app`, `formats::address`.
//!
//! Invariant: nothing is opened but what passed [`check`] and was agreed to in a question that names the
//! host; the question gives way to the one that was open before.

use super::command::Answer;
use super::dialog::Dialog;
use super::effect::Effect;
use super::{Model, Problem};
use crate::formats::address::{Checked, check};

/// Asks whether to open an address, or says why it is not opened.
pub fn ask(model: &mut Model, address: &str) {
    match check(address) {
        Ok(checked) => {
            let under = match model.dialog.take() {
                Some(Dialog::Address { under, .. }) => under,
                other => other.map(Box::new),
            };
            model.dialog = Some(Dialog::Address { checked, under });
        }
        Err(why) => model.fail(Problem {
            what: format!("The address was not opened: {why}"),
            hint: "Only addresses that begin with http:// or https:// are opened. The text stays as it is"
                .into(),
            exists: false,
        }),
    }
}

/// The question was answered.
pub fn answer(
    model: &mut Model,
    checked: Checked,
    under: Option<Box<Dialog>>,
    answer: Answer,
) -> Vec<Effect> {
    model.dialog = under.map(|under| *under);
    if answer == Answer::Open { vec![Effect::OpenAddress(checked)] } else { Vec::new() }
}
