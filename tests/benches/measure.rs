//! Measures the times of several contenders, side by side.

use std::hint::black_box;
use std::time::Instant;

/// One way to do the work. A turn returns the nanoseconds per input, without the preparation.
pub struct Contender<'c> {
    pub name: &'static str,
    turn: Box<dyn FnMut() -> f64 + 'c>,
}

impl<'c> Contender<'c> {
    /// Converts clones of these inputs. Dropping the results is not measured.
    pub fn converts<I: Clone, R>(
        name: &'static str,
        inputs: &'c [I],
        mut convert: impl FnMut(I) -> R + 'c,
    ) -> Self {
        let turn = move || {
            let inputs = inputs.to_vec();
            measure(inputs.into_iter().map(&mut convert))
        };
        Self { name, turn: Box::new(turn) }
    }

    /// [`converts`](Self::converts) with cold caches, from which the clones are evicted before the
    /// measurement.
    pub fn converts_cold<I: Clone, R>(
        name: &'static str,
        inputs: &'c [I],
        mut convert: impl FnMut(I) -> R + 'c,
    ) -> Self {
        let larger_than_caches = vec![1_u8; 128 << 20];
        let turn = move || {
            let inputs = inputs.to_vec();
            let lines = larger_than_caches.iter().step_by(64);
            black_box(lines.fold(0_u64, |sum, byte| sum + u64::from(*byte)));
            measure(inputs.into_iter().map(&mut convert))
        };
        Self { name, turn: Box::new(turn) }
    }

    /// Reads these inputs by reference. Dropping the results is not measured.
    pub fn reads<I, R>(
        name: &'static str,
        inputs: &'c [I],
        mut read: impl FnMut(&'c I) -> R + 'c,
    ) -> Self {
        Self { name, turn: Box::new(move || measure(inputs.iter().map(&mut read))) }
    }

    /// Reads these inputs by reference. Dropping each result is measured too.
    pub fn completes<I, R>(
        name: &'static str,
        inputs: &'c [I],
        mut read: impl FnMut(&'c I) -> R + 'c,
    ) -> Self {
        Self::reads(name, inputs, move |input| drop(black_box(read(input))))
    }

    /// Divides the time by the number of records that each input holds.
    #[must_use]
    pub fn of(self, count: f64) -> Self {
        let mut turn = self.turn;
        Self { turn: Box::new(move || turn() / count), ..self }
    }
}

/// Returns the nanoseconds per result.
fn measure<R>(work: impl ExactSizeIterator<Item = R>) -> f64 {
    let mut results = Vec::with_capacity(work.len());
    let start = Instant::now();
    results.extend(work);
    let time = start.elapsed();
    black_box(&results);
    #[allow(clippy::cast_precision_loss, reason = "there are some hundreds")]
    let count = results.len() as f64;
    time.as_secs_f64() * 1e9 / count
}

/// Returns the median time of each contender.
///
/// The contenders take turns, so that a slow phase of the machine affects all of them. Each turn
/// that counts follows one that does not, because otherwise a large input of the contender before
/// would fill the caches.
#[must_use]
pub fn race<const N: usize>(turns: usize, mut contenders: [Contender<'_>; N]) -> [Measured; N] {
    let mut times: [Vec<f64>; N] = std::array::from_fn(|_| Vec::with_capacity(turns));
    for _ in 0..turns {
        for (contender, times) in contenders.iter_mut().zip(&mut times) {
            (contender.turn)();
            times.push((contender.turn)());
        }
    }
    std::array::from_fn(|index| Measured {
        name: contenders[index].name,
        nanoseconds: median(&mut times[index]),
    })
}

/// Sorts the values and returns their median.
///
/// # Panics
///
/// If there are no values.
#[must_use]
pub fn median(values: &mut [f64]) -> f64 {
    values.sort_unstable_by(f64::total_cmp);
    values[values.len() / 2]
}

/// The median time of a contender.
#[derive(Clone, Copy)]
pub struct Measured {
    pub name: &'static str,
    pub nanoseconds: f64,
}

impl From<Measured> for f64 {
    fn from(measured: Measured) -> Self {
        measured.nanoseconds
    }
}

impl Measured {
    /// Writes the time in nanoseconds or, if it is long, in microseconds.
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
