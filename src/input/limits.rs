//! The most that the files may hold, so that absurd input fails clearly and fast. Each limit stands in the message
//! that enforces it.

/// Bytes of a roster, request, rating or seat file; of a workbook also unpacked, and of a sheet the text of its cells.
pub(super) const TABLE_BYTES: usize = 256 << 20;
/// Bytes of the event file.
pub(super) const EVENT_BYTES: usize = 1 << 20;
/// Rows of a table.
pub(super) const ROWS: usize = 2_000_000;
/// Columns of a table.
pub(super) const COLUMNS: usize = 4096;
/// Cells of a sheet, blank ones to the left of others among them.
pub(super) const CELLS: usize = 50_000_000;
/// Bytes of the styles of a workbook, each of which costs many times that in memory.
pub(super) const STYLE_BYTES: usize = 16 << 20;
/// Bytes of a row.
pub(super) const ROW_BYTES: usize = 1 << 20;
/// Quotes left open after which reading a table goes on no more.
pub(super) const OPEN_QUOTES: usize = 20;
/// Characters of a cell: what a cell of a spreadsheet holds.
pub(super) const CELL: usize = 32_767;
/// Characters of the name of a person, topic, organization, table or room.
pub(super) const NAME: usize = 200;
/// Names in one cell.
pub(super) const NAMES_IN_CELL: usize = 512;
/// Topics of an event.
pub(super) const TOPICS: usize = 5000;
/// People in a roster.
pub(super) const PEOPLE: usize = 500_000;
/// Seats at a table.
pub(super) const SEATS: i64 = 10_000;
/// A score, either side of 0.
pub(super) const SCORE: i64 = 1_000_000;
/// Entries of a list in the event file, where nothing else is said.
pub(super) const LIST: usize = 500;
/// Columns that `where` may name, and texts that it may name of each.
pub(super) const WHERE: usize = 50;
/// Entries of a table of scores.
pub(super) const RANKS: usize = 1000;
/// A `priority`, either side of 0.
pub(super) const PRIORITY: i64 = 1_000_000_000;
/// Minutes of a round, a break or a way: a week.
pub(super) const MINUTES: i64 = 7 * 24 * 60;
/// Alarms of an entry of a calendar.
pub(super) const ALARMS: usize = 5;
/// Categories of an entry of a calendar.
pub(super) const CATEGORIES: usize = 20;
/// Characters of a text in `[calendar]`.
pub(super) const CALENDAR_TEXT: usize = 2000;
/// Errors and warnings that are shown, each.
pub(super) const DIAGNOSTICS: usize = 1000;
/// Characters compared with characters while looking for what was meant, in all.
pub(super) const COMPARISONS: u64 = 100_000_000;
/// Organizations that others are compared with, letter by letter.
pub(super) const ORGANIZATIONS_COMPARED: usize = 2000;
/// Characters of a label or format of `[text]`.
pub(super) const LABEL: usize = 60;
/// Characters of a sentence of `[text]`, which stands in messages and calendars and never on paper.
pub(super) const SENTENCE: usize = 300;
/// Characters of `base_address`: with a name after it, it still makes a QR code that any telephone reads.
pub(super) const ADDRESS: usize = 200;
/// Bytes of the logo, which stands in every file that is printed.
pub(super) const LOGO_BYTES: usize = 2 << 20;
/// Bytes of a line that are kept around a fault.
pub(super) const EXCERPT: usize = 600;
