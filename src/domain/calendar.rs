//! What the organizer wants calendars to hold beside the schedule.

/// `[calendar]`: alarms, categories and texts of calendars and invitations.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Calendar {
    /// Minutes before the start of each entry at which participants are reminded.
    pub alarms: Vec<u32>,
    /// What calendar programs file the entries under.
    pub categories: Vec<String>,
    /// How experts prepare.
    pub prepare_experts: Option<String>,
    /// How mentees prepare.
    pub prepare_mentees: Option<String>,
    /// What everybody reads at the end.
    pub note: Option<String>,
}
