//! Times, side by side.

use std::hint::black_box;
use std::time::{Duration, Instant};

/// One way to do a thing: a turn of it gives the time that it took, without what was made ready before.
pub struct Contender<'c> {
    pub name: &'static str,
    /// How many things a turn's time is that of.
    count: f64,
    turn: Box<dyn FnMut() -> Duration + 'c>,
}

impl<'c> Contender<'c> {
    /// Converts clones of these; the results are dropped when the time has been taken.
    pub fn converts<I: Clone, R>(name: &'static str, inputs: &'c [I], mut convert: impl FnMut(I) -> R + 'c) -> Self {
        let turn = move || {
            let inputs = inputs.to_vec();
            let mut results = Vec::with_capacity(inputs.len());
            let start = Instant::now();
            results.extend(inputs.into_iter().map(&mut convert));
            let time = start.elapsed();
            black_box(&results);
            time / u32::try_from(results.len()).unwrap_or(1)
        };
        Self { name, count: 1.0, turn: Box::new(turn) }
    }

    /// Reads these by reference.
    pub fn reads<I, R>(name: &'static str, inputs: &'c [I], mut read: impl FnMut(&'c I) -> R + 'c) -> Self {
        let turn = move || {
            let mut results = Vec::with_capacity(inputs.len());
            let start = Instant::now();
            results.extend(inputs.iter().map(&mut read));
            let time = start.elapsed();
            black_box(&results);
            time / u32::try_from(results.len()).unwrap_or(1)
        };
        Self { name, count: 1.0, turn: Box::new(turn) }
    }

    /// The time is that of one of so many, which each input holds.
    #[must_use]
    pub fn of(self, count: f64) -> Self {
        Self { count, ..self }
    }
}

/// The median time of each, in nanoseconds. They take turns, so that what slows the machine down for a while slows them all.
#[must_use]
pub fn race<const N: usize>(turns: usize, mut contenders: [Contender<'_>; N]) -> [Measured; N] {
    keep_heap();
    let mut times: [Vec<Duration>; N] = std::array::from_fn(|_| Vec::with_capacity(turns));
    for turn in 0..turns + 2 {
        for (contender, times) in contenders.iter_mut().zip(&mut times) {
            let time = (contender.turn)();
            // The first turns are for the caches.
            if turn >= 2 {
                times.push(time);
            }
        }
    }
    std::array::from_fn(|index| {
        let times = &mut times[index];
        times.sort_unstable();
        Measured {
            name: contenders[index].name,
            nanoseconds: times[times.len() / 2].as_secs_f64() * 1e9 / contenders[index].count,
        }
    })
}

/// Lets the allocator keep what is freed. Otherwise glibc gives the pages back whenever 128 KiB at the top of the heap are free, and who
/// is next to allocate waits for new ones: what a contender takes would depend on whose turn was before. Freeing a block of its own
/// mapping raises that [threshold](https://man7.org/linux/man-pages/man3/mallopt.3.html) to twice the block.
fn keep_heap() {
    drop(black_box(Vec::<u8>::with_capacity(16 << 20)));
}

/// A contender's median.
#[derive(Clone, Copy)]
pub struct Measured {
    pub name: &'static str,
    pub nanoseconds: f64,
}

impl Measured {
    /// In the unit that leaves the fewest digits.
    #[must_use]
    pub fn format_time(&self) -> String {
        let nanoseconds = self.nanoseconds;
        if nanoseconds < 10_000.0 {
            format!("{nanoseconds:9.0} ns")
        } else {
            format!("{:9.1} µs", nanoseconds / 1000.0)
        }
    }
}
