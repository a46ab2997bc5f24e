//! Tests of the whole solver.

use super::fixtures::{Size, alike};
use super::{Options, Outcome, solve};
use crate::pairs::Pairs;

#[test]
fn timing() {
    let size = std::env::var("SIZE").unwrap_or("M".into());
    let size = match &size[..] {
        "S" => Size { experts: 12, mentees: 60, rounds: 5, topics: 8, capacity: 6, keep_out: 0.02 },
        "M" => Size { experts: 40, mentees: 200, rounds: 6, topics: 15, capacity: 6, keep_out: 0.02 },
        "L" => Size { experts: 300, mentees: 2000, rounds: 8, topics: 30, capacity: 8, keep_out: 0.001 },
        "XL" => Size { experts: 2500, mentees: 20000, rounds: 8, topics: 60, capacity: 9, keep_out: 0.0004 },
        _ => Size { experts: 12000, mentees: 100000, rounds: 8, topics: 120, capacity: 9, keep_out: 0.0001 },
    };
    let event = alike(size, 1);
    let t = std::time::Instant::now();
    let pairs = Pairs::new(&event);
    let options = Options {
        steps: std::env::var("STEPS").ok().and_then(|s| s.parse().ok()).unwrap_or(10000),
        seed: 1,
        standing: None,
        stop: &|| false,
        progress: &|_| {},
    };
    let outcome = solve(&pairs, &options);
    println!("{:?}", t.elapsed());
    match outcome {
        Outcome::Solved(_, c) => {
            for l in &c.levels {
                println!("{l:?}");
            }
            println!("{} {:?}", c.steps, c.proven_through)
        }
        o => println!("{o:?}"),
    }
}
