//! Exponential and complementary error function of our own, the same bits on every machine.

/// e to the x, within 2 units in the last place for |x| ≤ 700.
pub(crate) fn exp(x: f64) -> f64 {
    if x < -700.0 {
        return 0.0;
    }
    if x > 700.0 {
        return f64::INFINITY;
    }
    // x = k ln 2 + r with |r| ≤ ln 2 / 2; ln 2 in two parts so that r keeps its digits.
    const LN2_HIGH: f64 = 6.931_471_803_691_238e-1;
    const LN2_LOW: f64 = 1.908_214_929_270_587_7e-10;
    let k = (x * std::f64::consts::LOG2_E).round();
    let r = (x - k * LN2_HIGH) - k * LN2_LOW;
    let mut sum = 1.0;
    for n in (1..=14).rev() {
        sum = 1.0 + r * sum / f64::from(n);
    }
    let exponent = (k as i64 + 1_023) as u64;
    sum * f64::from_bits(exponent << 52)
}

/// erfc(x) = 1 − erf(x), relative error below 1e-12 for 0 ≤ x ≤ 10 (checked against known values).
pub(crate) fn erfc(x: f64) -> f64 {
    if x < 0.0 {
        return 2.0 - erfc(-x);
    }
    if x < 2.0 {
        // erf(x) = 2/√π · e^(−x²) · Σ 2ⁿ x^(2n+1) / (1·3·…·(2n+1))
        let mut term = x;
        let mut sum = x;
        let mut n = 0;
        while term > sum * 1e-18 && n < 200 {
            n += 1;
            term *= 2.0 * x * x / f64::from(2 * n + 1);
            sum += term;
        }
        return 1.0 - std::f64::consts::FRAC_2_SQRT_PI * exp(-x * x) * sum;
    }
    // Continued fraction of Laplace, from its end: erfc(x) = e^(−x²)/√π · 1/(x + (1/2)/(x + 1/(x + (3/2)/(x + …
    let mut tail = x;
    for n in (1..=80).rev() {
        tail = x + f64::from(n) / 2.0 / tail;
    }
    exp(-x * x) * std::f64::consts::FRAC_2_SQRT_PI / 2.0 / tail
}

/// Probability of a standard normal at least as far from 0 as `z`.
pub(crate) fn two_sided(z: f64) -> f64 {
    erfc(z.abs() * std::f64::consts::FRAC_1_SQRT_2)
}
