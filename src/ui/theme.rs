//! How egui's own widgets look: type, colours, spacing, in both themes.
//!
//! May use: egui, the palette. Invariant: what is drawn by egui and what is drawn by us come from
//! the same palette, so that neither theme has a colour of its own.

use std::sync::Arc;

use egui::{
    Context, CornerRadius, FontData, FontDefinitions, FontFamily, FontId, Stroke, TextStyle, Theme, Visuals,
};

use super::controls::BOLD;
use super::palette::Palette;

/// Sets up type and colours; once, at the start.
pub fn install(ctx: &Context) {
    let mut fonts = FontDefinitions::default();
    for (name, bytes) in [("Noto Sans", notosans::REGULAR_TTF), ("Noto Sans Bold", notosans::BOLD_TTF)] {
        fonts.font_data.insert(name.into(), Arc::new(FontData::from_static(bytes)));
    }
    let proportional = fonts.families.entry(FontFamily::Proportional).or_default();
    proportional.insert(0, "Noto Sans".into());
    let mut bold = proportional.clone();
    bold.insert(0, "Noto Sans Bold".into());
    fonts.families.insert(FontFamily::Name(BOLD.into()), bold);
    ctx.set_fonts(fonts);
    // Where the system does not say, paper is white.
    ctx.options_mut(|options| options.fallback_theme = Theme::Light);
    colour(ctx, false);
    for theme in [Theme::Light, Theme::Dark] {
        ctx.style_mut_of(theme, |style| {
            style.text_styles = [
                (TextStyle::Heading, FontId::new(19.0, FontFamily::Name(BOLD.into()))),
                (TextStyle::Body, FontId::proportional(13.5)),
                (TextStyle::Button, FontId::proportional(13.0)),
                (TextStyle::Small, FontId::proportional(11.5)),
                (TextStyle::Monospace, FontId::monospace(12.5)),
            ]
            .into();
            style.spacing.item_spacing = egui::vec2(8.0, 6.0);
            style.spacing.button_padding = egui::vec2(10.0, 4.0);
            style.spacing.interact_size.y = 26.0;
            style.spacing.menu_margin = egui::Margin::same(6);
            style.spacing.scroll =
                egui::style::ScrollStyle { bar_width: 8.0, ..egui::style::ScrollStyle::thin() };
            style.interaction.tooltip_delay = 0.45;
        });
    }
}

/// Sets the colours of both themes, those of high contrast or the ordinary ones.
pub fn colour(ctx: &Context, contrast: bool) {
    for theme in [Theme::Light, Theme::Dark] {
        let palette = Palette::of(theme == Theme::Dark, contrast);
        ctx.style_mut_of(theme, |style| style.visuals = visuals(theme, palette));
    }
}

fn visuals(theme: Theme, palette: &Palette) -> Visuals {
    let mut visuals = if theme == Theme::Dark { Visuals::dark() } else { Visuals::light() };
    let rounded = CornerRadius::same(7);
    visuals.panel_fill = palette.panel;
    visuals.window_fill = palette.panel;
    visuals.window_stroke = Stroke::new(1.0, palette.line);
    visuals.window_corner_radius = CornerRadius::same(12);
    visuals.menu_corner_radius = CornerRadius::same(10);
    visuals.extreme_bg_color = palette.paper;
    visuals.text_edit_bg_color = Some(palette.paper);
    visuals.faint_bg_color = palette.chip;
    visuals.hyperlink_color = palette.accent;
    visuals.selection.bg_fill = palette.selection;
    visuals.selection.stroke = Stroke::new(1.5, palette.accent);
    visuals.error_fg_color = palette.bad;
    visuals.warn_fg_color = palette.wip;
    visuals.weak_text_color = Some(palette.dim);
    let widgets = &mut visuals.widgets;
    for state in [
        &mut widgets.noninteractive,
        &mut widgets.inactive,
        &mut widgets.hovered,
        &mut widgets.active,
        &mut widgets.open,
    ] {
        state.corner_radius = rounded;
        state.fg_stroke = Stroke::new(1.0, palette.ink);
        state.bg_stroke = Stroke::new(1.0, palette.outline);
        state.bg_fill = palette.paper;
        state.weak_bg_fill = palette.paper;
        state.expansion = 0.0;
    }
    widgets.noninteractive.bg_stroke = Stroke::new(1.0, palette.line);
    widgets.hovered.weak_bg_fill = palette.chip;
    widgets.hovered.bg_fill = palette.chip;
    widgets.open.weak_bg_fill = palette.chip;
    widgets.active.weak_bg_fill = palette.chip;
    widgets.active.bg_stroke = Stroke::new(1.0, palette.accent);
    visuals
}
