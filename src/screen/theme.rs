//! The theme: text styles and the symbol set. It uses the terminal's sixteen colours only, so that the user's palette
//! decides how they look on a dark or a light background. No colour carries a meaning alone: a symbol or text repeats it.

use ratatui::style::{Color, Modifier, Style};

use crate::symbols::{Symbols, ascii_fallback};

/// The state of a text field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FieldState {
    /// Another row has the focus.
    Idle,
    /// The field has the focus, and keys are commands.
    Selected,
    /// Keys are typed into the field, which shows a cursor.
    Edited,
}

/// The styles and symbols for this terminal.
#[derive(Debug, Clone)]
pub struct Theme {
    color: bool,
    unicode: bool,
    pub symbols: Symbols,
}

impl Theme {
    /// Makes a theme. `color`: colours may be used. `unicode`: the terminal can show the Unicode symbols.
    pub fn new(color: bool, unicode: bool) -> Theme {
        Theme {
            color,
            unicode,
            symbols: Symbols::new(unicode),
        }
    }

    /// Returns the character as this terminal can show it.
    pub fn shown(&self, c: char) -> char {
        if self.unicode { c } else { ascii_fallback(c) }
    }

    fn colored(&self, color: Color) -> Style {
        if self.color {
            Style::new().fg(color)
        } else {
            Style::new()
        }
    }

    /// Returns the style for ordinary text.
    pub fn plain(&self) -> Style {
        Style::new()
    }

    /// Returns the style for emphasised text.
    pub fn strong(&self) -> Style {
        Style::new().add_modifier(Modifier::BOLD)
    }

    /// Returns the style for headings and titles.
    pub fn title(&self) -> Style {
        self.colored(Color::Cyan).add_modifier(Modifier::BOLD)
    }

    /// Returns the style for secondary text, readable on dark and light backgrounds.
    pub fn quiet(&self) -> Style {
        Style::new().add_modifier(Modifier::DIM)
    }

    /// Returns the style for success.
    pub fn good(&self) -> Style {
        self.colored(Color::Green)
    }

    /// Returns the style for failure.
    pub fn bad(&self) -> Style {
        self.colored(Color::Red).add_modifier(Modifier::BOLD)
    }

    /// Returns the style for warnings.
    pub fn warning(&self) -> Style {
        self.colored(Color::Yellow)
    }

    /// Returns the style for the item with the focus.
    pub fn focus(&self) -> Style {
        self.colored(Color::Cyan).add_modifier(Modifier::BOLD)
    }

    /// Returns the style for a key in the footer.
    pub fn key(&self) -> Style {
        self.strong()
    }

    /// Returns the style for a text field.
    pub fn field(&self, state: FieldState) -> Style {
        match state {
            FieldState::Idle => Style::new(),
            FieldState::Selected => Style::new().add_modifier(Modifier::REVERSED),
            FieldState::Edited => Style::new().add_modifier(Modifier::UNDERLINED),
        }
    }

    /// Returns the style for links.
    pub fn link(&self) -> Style {
        self.colored(Color::Blue).add_modifier(Modifier::UNDERLINED)
    }

    /// Returns the style for a label that must not be missed, such as the sandbox's.
    pub fn label(&self) -> Style {
        self.colored(Color::Yellow)
            .add_modifier(Modifier::REVERSED | Modifier::BOLD)
    }
}
