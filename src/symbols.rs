//! Symbol sets for output: the marks that the wizard and the commands print, in Unicode and in ASCII. Pure; a caller says
//! which set the terminal can show.

/// One set of symbols.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Symbols {
    pub done: &'static str,
    pub failed: &'static str,
    pub warned: &'static str,
    /// The current step, or the row with the focus.
    pub here: &'static str,
    /// Neither done nor failed.
    pub open: &'static str,
    pub arrow: &'static str,
    pub link: &'static str,
    pub chosen: &'static str,
    pub not_chosen: &'static str,
    pub rule: &'static str,
    pub more_above: &'static str,
    pub more_below: &'static str,
    /// One typed character of a password.
    pub hidden: &'static str,
    pub up_down: &'static str,
    pub left_right: &'static str,
    /// The frames of a progress animation, in order.
    pub spinner: &'static [&'static str],
}

const UNICODE: Symbols = Symbols {
    done: "✓",
    failed: "✗",
    warned: "!",
    here: "▸",
    open: "·",
    arrow: "→",
    link: "↗",
    chosen: "(•)",
    not_chosen: "( )",
    rule: "─",
    more_above: "▲",
    more_below: "▼",
    hidden: "•",
    up_down: "↑↓",
    left_right: "←→",
    spinner: &["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"],
};

const ASCII: Symbols = Symbols {
    done: "+",
    failed: "x",
    warned: "!",
    here: ">",
    open: ".",
    arrow: "->",
    link: "^",
    chosen: "(*)",
    not_chosen: "( )",
    rule: "-",
    more_above: "^",
    more_below: "v",
    hidden: "*",
    up_down: "up/down",
    left_right: "left/right",
    spinner: &["|", "/", "-", "\\"],
};

impl Symbols {
    /// Returns the Unicode set, or the ASCII set for terminals that cannot show it.
    pub fn new(unicode: bool) -> Symbols {
        if unicode { UNICODE } else { ASCII }
    }
}

/// Returns a checkbox, the same in both sets.
pub fn checkbox(ticked: bool) -> &'static str {
    if ticked { "[x]" } else { "[ ]" }
}

/// Returns the ASCII character that stands in for a character of our texts; any other character is returned as it is.
pub fn ascii_fallback(c: char) -> char {
    match c {
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
