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
    /// The sentences.
    pub sentences: Sentences,
}

macro_rules! words {
    ($(#[$about:meta])* $set:ident { $($(#[$doc:meta])* $name:ident = $english:literal;)* }) => {
        $(#[$about])*
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub struct $set {
            $($(#[$doc])* pub $name: String,)*
        }

        impl Default for $set {
            fn default() -> Self {
                $set { $($name: $english.to_owned(),)* }
            }
        }

        impl $set {
            /// Each of them by its name.
            pub fn by_name(&mut self) -> Vec<(&'static str, &mut String)> {
                vec![$((stringify!($name), &mut self.$name),)*]
            }
        }
    };
}

words! {
    /// The words of what is printed and of calendars. `{}` stands for a number, a name or a time; where a label that
    /// needs it has none, it is put after the label.
    Labels {
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

        /// What a table talks about, in calendars.
        topic = "Topic: {}";
        /// Whom a mentee meets, in calendars.
        with = "With {}";
        /// What an expert's entry of a round is called, by how many come.
        group = "{} mentees";
    }
}

words! {
    /// The sentences of calendars and invitations. `{}` stands for a name, as in [`Labels`].
    Sentences {
        /// Whom to write to: the organizer and the address.
        contact = "Questions: {}";
        /// How a message begins, by the name of whom it is to.
        greeting = "{},";
        /// Before the entry of an invitation, by the event.
        invited = "this is your time at {}:";
        /// Before an entry that is another one than before.
        rescheduled = "your time at {} has changed. This is how it is now:";
        /// Before an entry that has fallen away.
        cancelled = "this does not take place any more at {}:";
        /// The subject of a message about an entry that is another one than before, by what it is about.
        subject_changed = "Changed: {}";
        /// The subject of a message about an entry that has fallen away.
        subject_cancelled = "Cancelled: {}";
    }
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
            sentences: Sentences::default(),
        }
    }
}
