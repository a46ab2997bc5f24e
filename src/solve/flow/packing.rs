//! Packs the parts of lexicographic costs into 64-bit integers, as many as fit without touching.

/// Largest packed cost of a cycle; leaves room for sums of a few.
const PACKED_LIMIT: i128 = 1 << 60;

/// Consecutive parts that share a phase, and what each weighs in it.
pub struct Packing {
    /// The first of them.
    pub first: usize,
    /// The weights, one a part.
    pub weights: Vec<i64>,
}

/// Packs parts whose cycle costs stay within ± `ranges` into as few phases as fit.
pub fn pack(ranges: &[i64]) -> Vec<Packing> {
    let mut phases = Vec::new();
    let mut first = 0;
    while first < ranges.len() {
        let mut end = first;
        let mut product: i128 = 1;
        while end < ranges.len() {
            let base = 2 * i128::from(ranges[end]) + 1;
            if end > first && product * base > PACKED_LIMIT {
                break;
            }
            product *= base;
            end += 1;
        }
        let mut weights = vec![1_i64; end - first];
        for i in (0..end - first - 1).rev() {
            weights[i] = weights[i + 1] * (2 * ranges[first + i + 1] + 1);
        }
        phases.push(Packing { first, weights });
        first = end;
    }
    phases
}

/// A packed cost.
pub fn dot(cost: &[i64], weights: &[i64]) -> i64 {
    cost.iter().zip(weights).map(|(c, w)| c * w).sum()
}
