//! How the venue kit looks (`[print]` of the event file): paper, stock, accent, logo.

/// What the organizer said about printing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Print {
    /// The paper in the printer; pieces on Avery stock have the stock's own.
    pub paper: Paper,
    /// The one colour beside black, as `#rrggbb`; it never carries text.
    pub accent: String,
    /// The picture of the organizer.
    pub logo: Option<Logo>,
    /// Where the calendar files are hosted, with a `/` at its end; QR codes are printed only when there is one.
    pub base_address: Option<String>,
    /// What table signs are printed on.
    pub table_signs: SignStock,
    /// What badges are printed on.
    pub badges: BadgeStock,
    /// The timekeeper warns so many minutes before a round ends; 0 is no warning.
    pub warning_minutes: u32,
}

/// A size of paper.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Paper {
    /// 210 × 297 mm.
    A4,
    /// 8.5 × 11 inches.
    Letter,
}

/// What table signs are printed on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SignStock {
    /// A tent card from a whole sheet of the paper.
    Page,
    /// Avery 5305: Letter, two tent cards a sheet.
    Avery5305,
}

/// What badges are printed on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BadgeStock {
    /// The paper, to be cut.
    Cut,
    /// Avery 5395: Letter, eight labels a sheet.
    Avery5395,
}

/// A picture as its file holds it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Logo {
    /// What it is, such as `image/png`.
    pub media_type: &'static str,
    /// The file.
    pub bytes: Vec<u8>,
}

impl Default for Print {
    fn default() -> Self {
        Print {
            paper: Paper::A4,
            accent: "#0f6b74".to_owned(),
            logo: None,
            base_address: None,
            table_signs: SignStock::Page,
            badges: BadgeStock::Cut,
            warning_minutes: 2,
        }
    }
}
