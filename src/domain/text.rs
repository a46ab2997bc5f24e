//! The words and formats of what participants read on paper (`[text]` of the event file), so that an event can be in
//! any language.

/// The language of an event, its formats and its labels.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text {
    /// The language, as in HTML: `en`, `pt-BR`.
    pub language: String,
    /// Whether the language is written from right to left.
    pub right_to_left: bool,
    /// How a clock time is written, in the manner of strftime.
    pub clock: String,
    /// How a date is written, in the manner of strftime.
    pub date: String,
    /// The names of the days that `%A` writes, from Monday; empty for the English ones.
    pub weekdays: Vec<String>,
    /// The names of the months that `%B` writes, from January; empty for the English ones.
    pub months: Vec<String>,
    /// The words.
    pub labels: Labels,
}

macro_rules! labels {
    ($($(#[$doc:meta])* $name:ident = $english:literal;)*) => {
        /// Every word that is printed. `{}` stands for a number, a name or a time; where a label that needs it has
        /// none, it is put after the label.
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub struct Labels {
            $($(#[$doc])* pub $name: String,)*
        }

        impl Default for Labels {
            fn default() -> Self {
                Labels { $($name: $english.to_owned(),)* }
            }
        }

        impl Labels {
            /// Each label by its name.
            pub fn by_name(&mut self) -> Vec<(&'static str, &mut String)> {
                vec![$((stringify!($name), &mut self.$name),)*]
            }
        }
    };
}

labels! {
    /// A round, by its number.
    round = "Round {}";
    /// Before the name of a table.
    table = "Table";
    /// Who hosts a table.
    expert = "Expert";
    /// Who comes to the tables.
    mentee = "Mentee";
    /// A break that has no label of its own.
    pause = "Break";
    /// A length of time in minutes.
    minutes = "{} min";
    /// The revision of the plan, at the foot of cards.
    plan = "Plan {}";

    /// The title of the run of show.
    run_of_show = "Run of show";
    /// The cue at the start of a round.
    start = "Start";
    /// The cue some minutes before its end.
    warning = "{} minutes left";
    /// The cue at its end.
    stop = "Stop";
    /// The cue to change tables.
    move_on = "Move";
    /// What comes after a cue to move.
    next = "Next: {}";
    /// The cue at the end of a day.
    close = "Close";

    /// The title of the door list.
    door_list = "Door list";
    /// The column of names.
    name = "Name";
    /// The column of organizations.
    organization = "Organization";
    /// The column that says where somebody goes first.
    first_table = "First table";

    /// The title of the sheet of sit-outs.
    sit_outs = "Who sits out when";
    /// When there are none in a round.
    nobody_sits_out = "Nobody sits out";
    /// The tables that have no group in a round.
    free_tables = "Free tables";

    /// A round in which nobody comes.
    no_group = "No group in this round";
    /// The column of what mentees want to know.
    question = "Question";
    /// The column of notes.
    notes = "Notes";

    /// What a mentee's rounds are called for those who hear the page.
    route = "Your route";
    /// A round that the mentee sits out.
    sits_out = "You sit out this round";
    /// Room to write what the mentee wants of the day.
    goal = "What I want from today";
    /// Room to write what comes of it.
    next_step = "My next step";
    /// Beside a QR code.
    scan = "Scan for your calendar";
}

impl Default for Text {
    fn default() -> Self {
        Text {
            language: "en".to_owned(),
            right_to_left: false,
            clock: "%H:%M".to_owned(),
            date: "%A, %-d %B %Y".to_owned(),
            weekdays: Vec::new(),
            months: Vec::new(),
            labels: Labels::default(),
        }
    }
}
