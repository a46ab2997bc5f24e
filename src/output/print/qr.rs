//! QR codes as paths that the page draws itself.

use std::fmt::Write;

use fast_qr::{ECL, QRBuilder};

/// The quiet zone around a code, in modules.
const QUIET: usize = 4;

/// A QR code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Qr {
    /// Modules on a side, with the quiet zone.
    pub side: usize,
    /// The dark modules, as the path of an SVG.
    pub path: String,
}

impl Qr {
    /// The code of an address; `None` where it is too long for one.
    pub fn new(address: &str) -> Option<Qr> {
        let code = QRBuilder::new(address).ecl(ECL::M).build().ok()?;
        let mut path = String::new();
        for (y, row) in (QUIET..).zip((0..code.size).map(|y| &code[y])) {
            let mut x = QUIET;
            for run in row.chunk_by(|a, b| a.value() == b.value()) {
                if run.first().is_some_and(|module| module.value()) {
                    // A string takes all that is written to it.
                    let _ = write!(path, "M{x} {y}h{n}v1h-{n}z", n = run.len());
                }
                x += run.len();
            }
        }
        Some(Qr { side: code.size + 2 * QUIET, path })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The modules that a path draws, row by row.
    fn drawn(qr: &Qr) -> Vec<Vec<bool>> {
        let mut modules = vec![vec![false; qr.side]; qr.side];
        for run in qr.path.split('M').skip(1) {
            let (at, rest) = run.split_once('h').expect("a run has a length");
            let (x, y) = at.split_once(' ').expect("a run has a place");
            let (x, y): (usize, usize) = (x.parse().expect("a number"), y.parse().expect("a number"));
            let length: usize = rest.split('v').next().and_then(|n| n.parse().ok()).expect("a number");
            modules[y][x..x + length].fill(true);
        }
        modules
    }

    #[test]
    fn a_code_has_its_finders_and_a_quiet_zone() {
        let qr = Qr::new("https://example.org/spring/ana.ics").expect("a short address");
        let modules = drawn(&qr);
        assert!(modules.iter().take(QUIET).flatten().all(|dark| !dark));
        let finder = "1111111 1000001 1011101 1011101 1011101 1000001 1111111";
        let row = |y: usize, x: usize| -> String {
            modules[y][x..x + 7].iter().map(|&dark| if dark { '1' } else { '0' }).collect()
        };
        let corner = |y: usize, x: usize| (y..y + 7).map(|y| row(y, x)).collect::<Vec<_>>().join(" ");
        let far = qr.side - QUIET - 7;
        for (y, x) in [(QUIET, QUIET), (QUIET, far), (far, QUIET)] {
            assert_eq!(corner(y, x), finder);
        }
    }

    #[test]
    fn a_code_is_read_as_what_was_written() {
        let scale = 3;
        let addresses =
            ["https://example.org/spring/ana.ics".to_owned(), format!("https://example.org/{}", "x".repeat(260))];
        for address in addresses {
            let qr = Qr::new(&address).expect("an address that fits");
            let modules = drawn(&qr);
            let grey = |x: usize, y: usize| if modules[y / scale][x / scale] { 0 } else { 255 };
            let mut image = rqrr::PreparedImage::prepare_from_greyscale(qr.side * scale, qr.side * scale, grey);
            let read: Vec<_> =
                image.detect_grids().iter().map(|grid| grid.decode().expect("it can be read").1).collect();
            assert_eq!(read, [address]);
        }
    }

    #[test]
    fn what_is_too_long_has_no_code() {
        assert_eq!(Qr::new(&"x".repeat(5000)), None);
    }
}
