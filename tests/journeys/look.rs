//! What is to be seen in the window: the state behind it, and what is called by which name.

use egui::accesskit::Role;
use egui::{Rect, Vec2};
use egui_kittest::Node;
use egui_kittest::kittest::{NodeT, Queryable};
use proofmark::app::Model;
use proofmark::domain::Annotation;

use crate::desk::Desk;

impl Desk {
    /// The state of the program.
    pub fn model(&self) -> &Model {
        &self.harness.state().shell.as_ref().expect("a window").model
    }

    /// The open project.
    pub fn desk(&self) -> &proofmark::app::Desk {
        self.model().desk.as_ref().expect("an open project")
    }

    /// The article's text as it is on the screen.
    pub fn text(&self) -> String {
        self.desk().text().as_str().to_owned()
    }

    /// The picked annotation.
    pub fn picked(&self) -> &Annotation {
        self.desk().picked().expect("a picked annotation")
    }

    /// The selected words; none is empty.
    pub fn selected(&self) -> String {
        let desk = self.desk();
        desk.selection.map(|span| desk.text().slice(span).to_owned()).unwrap_or_default()
    }

    /// The words of every annotation in text order.
    pub fn marked(&self) -> Vec<String> {
        self.desk().project.in_order().iter().map(|annotation| annotation.words()).collect()
    }

    /// What was told and is not closed yet.
    pub fn told(&self) -> String {
        let lines: Vec<_> =
            self.model().notices.iter().map(|notice| format!("{}\n{}", notice.text, notice.hint)).collect();
        lines.join("\n")
    }

    /// The article's pane.
    pub fn pane(&self) -> Rect {
        let shell = self.harness.state().shell.as_ref().expect("a window");
        shell.article_output().expect("an article").rect
    }

    /// Whether the article has the keys.
    pub fn article_has_focus(&self) -> bool {
        let shell = self.harness.state().shell.as_ref().expect("a window");
        shell.article_output().is_some_and(|output| output.has_focus)
    }

    /// The whole tree of names.
    pub fn root(&self) -> Node<'_> {
        self.harness.root()
    }

    /// Whether something is called so.
    pub fn shows(&self, name: &str) -> bool {
        self.harness.query_all_by_label(name).next().is_some()
    }

    /// Whether something has these words in its name.
    pub fn shows_words(&self, words: &str) -> bool {
        self.harness.query_all_by_label_contains(words).next().is_some()
    }

    /// A button; of several, the one that lies uppermost.
    pub fn find_button<'a>(&'a self, name: &'a str) -> Option<Node<'a>> {
        self.harness.query_all_by_role_and_label(Role::Button, name).last()
    }

    /// Whether a button can be pressed.
    pub fn can_press(&self, name: &str) -> bool {
        let node = self.find_button(name).unwrap_or_else(|| panic!("no button “{name}”"));
        !node.accesskit_node().is_disabled()
    }

    /// A field by its label.
    pub fn field<'a>(&'a self, name: &'a str) -> Node<'a> {
        let one = self.harness.query_all_by_role_and_label(Role::TextInput, name).next();
        let found = one.or(self.harness.query_all_by_role_and_label(Role::MultilineTextInput, name).next());
        found.unwrap_or_else(|| panic!("no field “{name}”"))
    }

    /// What stands in a field.
    pub fn value(&self, name: &str) -> String {
        self.field(name).value().unwrap_or_default()
    }

    /// The rows of the list, as they are called.
    pub fn list(&self) -> Vec<String> {
        let is_row =
            |name: &String| ["Claim, ", "Quote, ", "Source, "].iter().any(|kind| name.starts_with(kind));
        let nodes = self.harness.root().children_recursive();
        let buttons = nodes.filter(|node| node.accesskit_node().role() == Role::Button);
        let names = buttons.filter_map(|node| node.accesskit_node().label());
        names.filter(is_row).collect()
    }

    /// The rows to choose from that are in view, as they are called.
    pub fn choices(&self) -> Vec<String> {
        self.harness
            .query_all_by_role(Role::ListBoxOption)
            .filter_map(|node| node.accesskit_node().label())
            .collect()
    }

    /// The chosen row.
    pub fn chosen(&self) -> String {
        let mut rows = self.harness.query_all_by_role(Role::ListBoxOption);
        let chosen = rows.find(|node| node.accesskit_node().is_selected() == Some(true));
        chosen.and_then(|node| node.accesskit_node().label()).expect("a chosen row")
    }

    /// Where a row to choose is that begins with some words.
    pub fn choice_place(&self, name: &str) -> egui::Pos2 {
        let mut rows = self.harness.query_all_by_role(Role::ListBoxOption);
        let row =
            rows.find(|node| node.accesskit_node().label().is_some_and(|label| label.starts_with(name)));
        row.unwrap_or_else(|| panic!("no row “{name}”")).rect().center()
    }

    /// The signs in the margin, with the status that each shows.
    pub fn signs(&self) -> Vec<(egui::Pos2, proofmark::domain::Status)> {
        self.harness.state().shell.as_ref().expect("a window").signs()
    }

    /// The name of what has the focus.
    pub fn focused(&self) -> Option<String> {
        let mut nodes = self.harness.root().children_recursive();
        let focused = nodes.find(|node| node.accesskit_node().is_focused())?;
        focused.accesskit_node().label()
    }

    /// What the last frame put on the clipboard.
    pub fn copied(&self) -> Option<String> {
        self.harness.output().platform_output.commands.iter().find_map(|command| match command {
            egui::OutputCommand::CopyText(text) => Some(text.clone()),
            _ => None,
        })
    }

    /// How many corners the last frame's own meshes have: what the article is drawn with.
    pub fn corners(&self) -> usize {
        let shapes = self.harness.output().shapes.iter();
        shapes
            .map(|shape| match &shape.shape {
                egui::Shape::Mesh(mesh) => mesh.vertices.len(),
                _ => 0,
            })
            .sum()
    }

    /// Whether a mark of a colour is drawn in this frame.
    pub fn draws(&self, color: egui::Color32) -> bool {
        self.harness.output().shapes.iter().any(|shape| match &shape.shape {
            egui::Shape::Mesh(mesh) => mesh.vertices.iter().any(|vertex| vertex.color == color),
            egui::Shape::Rect(rect) => rect.fill == color,
            _ => false,
        })
    }

    /// The names of all buttons.
    pub fn buttons(&self) -> Vec<String> {
        self.buttons_with_places().into_iter().map(|(name, _)| name).collect()
    }

    /// The names of all buttons, with their places.
    pub fn buttons_with_places(&self) -> Vec<(String, Rect)> {
        let buttons = self.harness.query_all_by_role(Role::Button);
        buttons.map(|node| (node.accesskit_node().label().unwrap_or_default(), node.rect())).collect()
    }

    /// Whether a button is within the window.
    pub fn in_sight(&self, name: &str) -> bool {
        let window = self.harness.ctx.content_rect().expand2(Vec2::splat(0.5));
        self.find_button(name).is_some_and(|node| window.contains_rect(node.rect()))
    }
}
