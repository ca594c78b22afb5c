//! Colours and signs. Sixteen colours at most, so that the user's own palette decides how they look on a dark or a
//! light ground; and no colour carries a meaning alone: a sign or a word always says it too.

use ratatui::style::{Color, Modifier, Style};

use crate::symbols::{Symbols, ascii_fallback};

/// How the wizard looks in this terminal.
#[derive(Debug, Clone)]
pub struct Theme {
    color: bool,
    unicode: bool,
    pub symbols: Symbols,
}

impl Theme {
    /// `color`: colours may be used. `unicode`: the terminal's font is taken to have the signs.
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

    pub fn plain(&self) -> Style {
        Style::new()
    }

    pub fn strong(&self) -> Style {
        Style::new().add_modifier(Modifier::BOLD)
    }

    pub fn title(&self) -> Style {
        self.colored(Color::Cyan).add_modifier(Modifier::BOLD)
    }

    /// Less important; still readable on both grounds.
    pub fn quiet(&self) -> Style {
        Style::new().add_modifier(Modifier::DIM)
    }

    pub fn good(&self) -> Style {
        self.colored(Color::Green)
    }

    pub fn bad(&self) -> Style {
        self.colored(Color::Red).add_modifier(Modifier::BOLD)
    }

    pub fn warning(&self) -> Style {
        self.colored(Color::Yellow)
    }

    /// What has the focus.
    pub fn focus(&self) -> Style {
        self.colored(Color::Cyan).add_modifier(Modifier::BOLD)
    }

    /// A key in the footer.
    pub fn key(&self) -> Style {
        self.strong()
    }

    /// A text field.
    pub fn field(&self, focused: bool) -> Style {
        if focused {
            Style::new().add_modifier(Modifier::UNDERLINED)
        } else {
            Style::new()
        }
    }

    pub fn link(&self) -> Style {
        self.colored(Color::Blue).add_modifier(Modifier::UNDERLINED)
    }

    /// A word that must not be overlooked, such as that this is the sandbox.
    pub fn label(&self) -> Style {
        self.colored(Color::Yellow)
            .add_modifier(Modifier::REVERSED | Modifier::BOLD)
    }
}
