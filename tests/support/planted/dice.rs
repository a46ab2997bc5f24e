//! Chance, from bytes.

use oorandom::Rand32;

/// Decisions in a row; 0, the plainest, when the bytes have run out, so that shrinking makes events plain.
pub struct Dice(Box<dyn Iterator<Item = u8>>);

impl Dice {
    /// Dice that these bytes decide.
    pub fn new(rolls: impl Iterator<Item = u8> + 'static) -> Self {
        Dice(Box::new(rolls))
    }

    /// Dice that never run out, the same for the same seed.
    pub fn seeded(seed: u64) -> Self {
        let mut rng = Rand32::new(seed);
        Dice::new(std::iter::repeat_with(move || rng.rand_range(0..256) as u8))
    }

    /// One of `0..sides`.
    pub fn below(&mut self, sides: usize) -> usize {
        let (mut roll, mut rolls) = (0, 1);
        while rolls < 16 * sides {
            roll = 256 * roll + usize::from(self.0.next().unwrap_or(0));
            rolls *= 256;
        }
        roll % sides
    }

    /// True once in so many times.
    pub fn one_in(&mut self, sides: usize) -> bool {
        self.below(sides) == sides - 1
    }

    /// Each of them with a chance of one in `sides`.
    pub fn some<T>(&mut self, of: impl IntoIterator<Item = T>, sides: usize) -> Vec<T> {
        of.into_iter().filter(|_| self.one_in(sides)).collect()
    }
}
