//! The article as assistive technology has it, read from the tree that goes out.

use std::collections::HashMap;

use egui::accesskit::{
    Action, ActionData, ActionRequest, Node, NodeId, TextPosition, TextSelection, TreeId, TreeUpdate,
};
use egui::{Event, RawInput, Rect, Role, pos2, vec2};

use super::marks::mark;
use super::tests::{State, megabyte};
use super::*;
use crate::domain::{Kind, Status};

/// One frame of a window that somebody listens to.
fn frame(ctx: &egui::Context, state: &mut State, events: Vec<Event>) -> TreeUpdate {
    let screen_rect = Some(Rect::from_min_size(pos2(0.0, 0.0), vec2(900.0, 600.0)));
    let input = RawInput { screen_rect, events, ..Default::default() };
    let mut output = ctx.run_ui(input, |ui| state.show(ui));
    output.textures_delta.clear();
    output.platform_output.accesskit_update.expect("a tree")
}

fn by_label<'a>(tree: &'a TreeUpdate, label: &str) -> &'a (NodeId, Node) {
    let found = tree.nodes.iter().find(|(_, node)| node.label() == Some(label));
    found.unwrap_or_else(|| panic!("no node is called {label:?}"))
}

/// The runs in the order in which they are read.
fn runs(tree: &TreeUpdate) -> Vec<&(NodeId, Node)> {
    let all: HashMap<NodeId, &(NodeId, Node)> = tree.nodes.iter().map(|node| (node.0, node)).collect();
    let mut stack = vec![by_label(tree, "Article")];
    let mut found = Vec::new();
    while let Some(node) = stack.pop() {
        if node.1.role() == Role::TextRun {
            found.push(node);
        }
        stack.extend(node.1.children().iter().rev().map(|child| all[child]));
    }
    found
}

#[test]
fn visible_paragraphs_are_text_with_caret_and_selection_and_marks_have_names() {
    let text = format!("First words here.\n\nשלום abc\n\n{}", megabyte());
    let mut state = State::new(&text);
    state.marks = vec![mark(7, 6, 11, Kind::Claim, Status::Verified)];
    (state.caret, state.selection) = (Some(6), Some(Span::new(6, 11)));
    let ctx = egui::Context::default();
    ctx.enable_accesskit();
    frame(&ctx, &mut state, vec![]);
    let tree = frame(&ctx, &mut state, vec![]);
    assert!(tree.nodes.len() < 300, "what is in view and no more: {} nodes", tree.nodes.len());
    let (named, _) = by_label(&tree, "Claim, Verified: words");
    let (article, document) = by_label(&tree, "Article");
    assert_eq!(document.role(), Role::Document);
    for (_, run) in runs(&tree) {
        let lengths = run.character_lengths();
        let bytes: usize = lengths.iter().map(|length| usize::from(*length)).sum();
        assert_eq!(run.value().map(str::len), Some(bytes));
        assert_eq!(run.character_positions().map(<[f32]>::len), Some(lengths.len()));
        assert_eq!(run.character_widths().map(<[f32]>::len), Some(lengths.len()));
        assert!(run.word_starts().iter().all(|start| usize::from(*start) < lengths.len()));
    }
    let read: String = runs(&tree).iter().filter_map(|(_, run)| run.value()).collect();
    assert!(read.starts_with("First words here.\nשלום abc\nParagraph 0:"), "{read:?}");
    let selection = document.text_selection().expect("a selection");
    let (_, run) = tree.nodes.iter().find(|(id, _)| *id == selection.focus.node).expect("its run");
    assert_eq!(run.value(), Some("First words here.\n"));
    assert_eq!((selection.focus.character_index, selection.anchor.character_index), (6, 11));
    assert_eq!(run.word_starts(), [0, 6, 12]);

    // What a screen reader asks for is done: text is selected, a mark is picked.
    let hebrew = runs(&tree).into_iter().find(|(_, run)| run.value().is_some_and(|v| v.starts_with('ש')));
    let node = hebrew.expect("a run").0;
    let position = |character_index| TextPosition { node, character_index };
    let wanted = TextSelection { anchor: position(0), focus: position(3) };
    let request = |action, target_node, data| {
        Event::AccessKitActionRequest(ActionRequest { action, target_tree: TreeId::ROOT, target_node, data })
    };
    let asked = request(Action::SetTextSelection, *article, Some(ActionData::SetTextSelection(wanted)));
    frame(&ctx, &mut state, vec![asked]);
    let start = text.find('ש').expect("it");
    assert_eq!((state.words(), state.caret), ("שלו", Some(start + 6)));
    frame(&ctx, &mut state, vec![request(Action::Click, *named, None)]);
    assert_eq!(state.events.last(), Some(&ArticleEvent::ClickSign(Id::from_bits(7))));
}

#[test]
fn the_caret_brings_what_was_out_of_view_into_the_tree() {
    let text = megabyte();
    let mut state = State::new(&text);
    state.caret = Some(0);
    let ctx = egui::Context::default();
    ctx.enable_accesskit();
    frame(&ctx, &mut state, vec![]);
    let id = state.output.as_ref().expect("a frame").id;
    ctx.memory_mut(|memory| memory.request_focus(id));
    let key = |pressed| Event::Key {
        key: egui::Key::End,
        physical_key: None,
        pressed,
        repeat: false,
        modifiers: egui::Modifiers::CTRL | egui::Modifiers::COMMAND,
    };
    frame(&ctx, &mut state, vec![key(true), key(false)]);
    let tree = frame(&ctx, &mut state, vec![]);
    assert_eq!(state.caret, Some(text.len()));
    let read: String = runs(&tree).iter().filter_map(|(_, run)| run.value()).collect();
    assert!(text.trim_end().ends_with(read.trim_end().rsplit('\n').next().expect("a line")));
    let document = &by_label(&tree, "Article").1;
    assert!(document.text_selection().is_some());
}

#[test]
fn a_letter_with_a_thousand_marks_is_told_in_parts_and_nothing_is_built_for_nobody() {
    let text = format!("x{} y", "\u{301}".repeat(1000));
    let mut state = State::new(&text);
    state.caret = Some(0);
    let ctx = egui::Context::default();
    ctx.enable_accesskit();
    frame(&ctx, &mut state, vec![]);
    let tree = frame(&ctx, &mut state, vec![]);
    let read: String = runs(&tree).iter().filter_map(|(_, run)| run.value()).collect();
    assert_eq!(read.trim_end_matches('\n'), text);
    ctx.disable_accesskit();
    let mut output = ctx.run_ui(RawInput::default(), |ui| state.show(ui));
    output.textures_delta.clear();
    assert!(output.platform_output.accesskit_update.is_none());
    assert!(state.view.told.is_empty());
}
