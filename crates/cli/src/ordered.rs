//! Work done in parallel, results in order, a bounded number of both in flight.

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::sync::mpsc::{channel, sync_channel};
use std::thread;

/// Stack of a worker. Virtual memory that is only used when needed: sentences
/// of damaged text can be very long and trees very deep.
const STACK: usize = 16 << 20;

/// Takes `items` one by one, does `work` on `threads` of them at once, and
/// hands the results to `sink` in the order of the items.
///
/// At most four items a thread are between `items` and `sink`; a next one is
/// only asked for when one has left. The sink is called on this thread.
pub fn ordered<T: Send, R: Send>(
    threads: usize,
    items: impl Iterator<Item = T> + Send,
    work: impl Fn(T) -> R + Sync,
    mut sink: impl FnMut(R),
) {
    let in_flight = threads * 4;
    let (permit, permits) = sync_channel::<()>(in_flight);
    let (job, jobs) = sync_channel::<(usize, T)>(in_flight);
    let (done, results) = channel::<(usize, R)>();
    for _ in 0..in_flight {
        let _ = permit.send(());
    }
    let jobs = Mutex::new(jobs);
    let (jobs, work) = (&jobs, &work);
    thread::scope(|scope| {
        scope.spawn(move || {
            let mut items = items.enumerate();
            while permits.recv().is_ok() {
                let Some(item) = items.next() else { break };
                if job.send(item).is_err() {
                    break;
                }
            }
        });
        for _ in 0..threads {
            let done = done.clone();
            let worker = move || {
                let take = || jobs.lock().ok()?.recv().ok();
                while let Some((at, item)) = take() {
                    if done.send((at, work(item))).is_err() {
                        break;
                    }
                }
            };
            let builder = thread::Builder::new().stack_size(STACK);
            builder.spawn_scoped(scope, worker).expect("the system starts a thread");
        }
        drop(done);
        let mut waiting = BTreeMap::new();
        let mut next = 0;
        for (at, result) in results {
            waiting.insert(at, result);
            while let Some(result) = waiting.remove(&next) {
                next += 1;
                sink(result);
                let _ = permit.send(());
            }
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::time::Duration;

    #[test]
    fn keeps_the_order() {
        for threads in [1, 4] {
            let mut got = Vec::new();
            let work = |n: u64| {
                thread::sleep(Duration::from_micros((n * 7919) % 300));
                n * 2
            };
            ordered(threads, 0..200, work, |n| got.push(n));
            assert_eq!(got, (0..200).map(|n| n * 2).collect::<Vec<_>>());
        }
    }

    #[test]
    fn holds_few_items_though_the_first_is_slow() {
        let taken = AtomicUsize::new(0);
        let most = AtomicUsize::new(0);
        let items = (0..100).inspect(|_| {
            taken.fetch_add(1, Ordering::SeqCst);
        });
        let mut left = 0;
        let work = |n: usize| {
            if n == 0 {
                thread::sleep(Duration::from_millis(50));
                most.store(taken.load(Ordering::SeqCst), Ordering::SeqCst);
            }
        };
        ordered(2, items, work, |()| left += 1);
        assert_eq!(left, 100);
        assert!(most.load(Ordering::SeqCst) <= 9, "{most:?} taken while the first was read");
    }

    #[test]
    fn nothing_comes_of_nothing() {
        ordered(3, std::iter::empty::<u8>(), |n| n, |_| panic!("a result"));
    }
}
