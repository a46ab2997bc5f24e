//! Work on threads of its own, whose panics go on in the caller's.

use std::panic::resume_unwind;
use std::thread::{self, ScopedJoinHandle};

/// What comes of each of these, side by side.
pub fn side_by_side<T: Send, R: Send>(all: impl IntoIterator<Item = T>, work: impl Fn(T) -> R + Sync) -> Vec<R> {
    let work = &work;
    thread::scope(|scope| {
        let running: Vec<_> = all.into_iter().map(|one| scope.spawn(move || work(one))).collect();
        running.into_iter().map(joined).collect()
    })
}

/// What the thread came to; its panic goes on here.
pub fn joined<T>(thread: ScopedJoinHandle<T>) -> T {
    thread.join().unwrap_or_else(|panic| resume_unwind(panic))
}
