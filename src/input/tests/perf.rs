use super::super::*;
#[test]
#[ignore]
fn big() {
    for dir in std::env::var("DIRS").unwrap().split(',') {
        let f = |n: &str| Source { name: n.into(), bytes: std::fs::read(format!("{dir}/{n}")).unwrap() };
        let files = ["experts.csv", "mentees.csv", "requests.csv"].map(f);
        let t = std::time::Instant::now();
        let r = read(&f("event.toml"), &files, &ReadOptions::default());
        println!("{dir} {:?}", t.elapsed());
        match r {
            Ok(i) => println!(
                "{:?} {} {} {} w{}",
                i.notes,
                i.event.experts.len(),
                i.event.mentees.len(),
                i.event.requests.len(),
                i.warnings.len()
            ),
            Err(e) => println!("{}", super::shown(&e[..e.len().min(5)]).join("\n")),
        }
    }
}
