use super::super::*;
#[test]
#[ignore]
fn big() {
    for dir in std::env::var("DIRS").unwrap().split(',') {
        let f = |n: &&str| std::fs::read(format!("{dir}/{n}")).ok().map(|bytes| Source { name: n.to_string(), bytes });
        let files: Vec<_> =
            ["experts.csv", "mentees.csv", "requests.csv", "ratings.csv"].iter().filter_map(f).collect();
        let t = std::time::Instant::now();
        let r = read(&f(&"event.toml").unwrap(), &files, &ReadOptions::default());
        println!("{dir} {:?}", t.elapsed());
        match r {
            Ok(i) => {
                let e = &i.event;
                println!(
                    "{:?} {} {} {} w{}",
                    i.notes,
                    e.experts.len(),
                    e.mentees.len(),
                    e.requests.len(),
                    i.warnings.len()
                );
                println!("{:?} {:?}\n{:?}\n{:?}", e.topics, e.rooms, e.experts[0], e.mentees[0]);
            }
            Err(e) => println!("{}", super::shown(&e[..e.len().min(5)]).join("\n")),
        }
    }
}
