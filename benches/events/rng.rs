//! Chance from a seed, the same on every machine and in every version of every library.

/// SplitMix64 (Steele, Lea and Flood 2014): small, and good enough to make events.
pub struct Rng(u64);

impl Rng {
    /// The sequence of a seed.
    pub fn new(seed: u64) -> Self {
        Rng(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// From 0 up to, but without, 1.
    pub fn share(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1u64 << 53) as f64
    }

    /// One of `0..count`.
    pub fn below(&mut self, count: usize) -> usize {
        (self.share() * count as f64) as usize
    }

    /// `take` different ones of those that `draw` gives, in the order drawn.
    pub fn distinct(&mut self, take: usize, mut draw: impl FnMut(&mut Rng) -> usize) -> Vec<usize> {
        let mut drawn = Vec::with_capacity(take);
        while drawn.len() < take {
            let one = draw(self);
            if !drawn.contains(&one) {
                drawn.push(one);
            }
        }
        drawn
    }
}
