//! Colours and signs. Sixteen colours at most, so that the user's own palette decides how they look on a dark or a
//! light ground; and no colour carries a meaning alone: a sign or a word always says it too.

use ratatui::style::{Color, Modifier, Style};

/// How the wizard looks in this terminal.
#[derive(Debug, Clone)]
pub struct Theme {
    color: bool,
    unicode: bool,
    pub signs: Signs,
}

/// The signs, for terminals that have them and for those that do not.
#[derive(Debug, Clone)]
pub struct Signs {
    pub done: &'static str,
    pub failed: &'static str,
    pub warned: &'static str,
    pub here: &'static str,
    pub open: &'static str,
    pub arrow: &'static str,
    pub link: &'static str,
    pub chosen: &'static str,
    pub not_chosen: &'static str,
    pub ticked: &'static str,
    pub not_ticked: &'static str,
    pub rule: &'static str,
    pub more_above: &'static str,
    pub more_below: &'static str,
    pub hidden: &'static str,
    pub up_down: &'static str,
    pub left_right: &'static str,
    /// One after the other, they show that work goes on.
    pub spinner: &'static [&'static str],
}

const UNICODE: Signs = Signs {
    done: "✓",
    failed: "✗",
    warned: "!",
    here: "▸",
    open: "·",
    arrow: "→",
    link: "↗",
    chosen: "(•)",
    not_chosen: "( )",
    ticked: "[x]",
    not_ticked: "[ ]",
    rule: "─",
    more_above: "▲",
    more_below: "▼",
    hidden: "•",
    up_down: "↑↓",
    left_right: "←→",
    spinner: &["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"],
};

const ASCII: Signs = Signs {
    done: "+",
    failed: "x",
    warned: "!",
    here: ">",
    open: ".",
    arrow: "->",
    link: "^",
    chosen: "(*)",
    not_chosen: "( )",
    ticked: "[x]",
    not_ticked: "[ ]",
    rule: "-",
    more_above: "^",
    more_below: "v",
    hidden: "*",
    up_down: "up/down",
    left_right: "left/right",
    spinner: &["|", "/", "-", "\\"],
};

impl Theme {
    /// `color`: colours may be used. `unicode`: the terminal's font is taken to have the signs.
    pub fn new(color: bool, unicode: bool) -> Theme {
        Theme {
            color,
            unicode,
            signs: if unicode { UNICODE } else { ASCII },
        }
    }

    /// A sign that stands in a sentence, as the terminal can show it.
    pub fn shown(&self, sign: char) -> char {
        if self.unicode {
            return sign;
        }
        match sign {
            '…' | '·' | '•' => '.',
            '–' | '—' => '-',
            '“' | '”' | '«' | '»' => '"',
            '’' => '\'',
            '×' => 'x',
            '↑' => '^',
            '↓' => 'v',
            '←' => '<',
            '→' => '>',
            other => other,
        }
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
