//! From a payload to the smallest symbol that holds it.

use super::segments::shortest;
use super::{Ecc, Symbol, TooLong, mask};
use qrcode::Version;
use qrcode::bits::Bits;
use qrcode::canvas::Canvas;
use qrcode::ec::construct_codewords;
use qrcode::optimize::{Segment, total_encoded_len};
use qrcode::types::QrResult;
use std::ops::RangeInclusive;

/// The assignment number of UTF-8 (AIM ECI): without it readers guess, and read “Sông” as “S繫ng”.
const UTF_8: u32 = 26;
/// Bits that declare it: the mode, and the number.
const UTF_8_BITS: usize = 12;

/// Versions that count the characters of a segment in as many bits: the same segments are the shortest for all of them.
const ALIKE: [RangeInclusive<i16>; 3] = [1..=9, 10..=26, 27..=40];

/// Encodes a payload: the smallest version that holds it at the least error correction (L where none
/// is given), then the highest correction that keeps that version. Segments are chosen so that the
/// bits are fewest; an upper-case address is alphanumeric. What is not ASCII is declared to be UTF-8.
pub fn encode(payload: &str, least: Option<Ecc>) -> Result<Symbol, TooLong> {
    let plan = plan(payload, least.unwrap_or(Ecc::L)).ok_or(TooLong)?;
    draw(payload, &plan).map_err(|_| TooLong)
}

/// How a payload is written down.
struct Plan {
    version: i16,
    ecc: Ecc,
    segments: Vec<Segment>,
}

fn plan(payload: &str, least: Ecc) -> Option<Plan> {
    ALIKE.into_iter().find_map(|mut versions| {
        let largest = Version::Normal(*versions.end());
        let segments = shortest(payload.as_bytes(), largest);
        let length = total_encoded_len(&segments, largest) + if payload.is_ascii() { 0 } else { UTF_8_BITS };
        let holds = |version, ecc: Ecc| Bits::new(Version::Normal(version)).max_len(ecc.level()).is_ok_and(|most| length <= most);
        let version = versions.find(|version| holds(*version, least))?;
        let ecc = Ecc::ALL.into_iter().rev().find(|ecc| *ecc == least || holds(version, *ecc))?;
        Some(Plan { version, ecc, segments })
    })
}

fn bits(payload: &str, plan: &Plan) -> QrResult<Bits> {
    let mut bits = Bits::new(Version::Normal(plan.version));
    if !payload.is_ascii() {
        bits.push_eci_designator(UTF_8)?;
    }
    bits.push_segments(payload.as_bytes(), plan.segments.iter().copied())?;
    bits.push_terminator(plan.ecc.level())?;
    Ok(bits)
}

fn draw(payload: &str, plan: &Plan) -> QrResult<Symbol> {
    let (version, level) = (Version::Normal(plan.version), plan.ecc.level());
    let (data, correction) = construct_codewords(&bits(payload, plan)?.into_bytes(), version, level)?;
    let mut canvas = Canvas::new(version, level);
    canvas.draw_all_functional_patterns();
    canvas.draw_data(&data, &correction);
    let modules = version.width() as usize;
    let dark = mask::apply_best(&canvas, modules, plan.ecc);
    Ok(Symbol { payload: payload.into(), version: plan.version as u8, ecc: plan.ecc, modules, dark })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use proptest::test_runner::{Config, TestRunner};
    use qrcode::{Color, QrCode};
    use rayon::prelude::*;

    /// Seeds that run beside one another, and payloads of each.
    const SEEDS: u8 = 20;
    const PAYLOADS: u32 = 500;

    #[test]
    fn the_version_is_the_smallest_and_the_correction_the_highest_that_keeps_it() {
        let symbol = encode("HTTPS://MO.VN/7KX2", None).unwrap();
        assert_eq!((symbol.version, symbol.ecc, symbol.modules), (1, Ecc::M, 21));
        let symbol = encode("HTTPS://MO.VN/7KX2", Some(Ecc::Q)).unwrap();
        assert_eq!((symbol.version, symbol.ecc), (2, Ecc::H));
        let symbol = encode("https://mo.vn/q/7Kx2", None).unwrap();
        assert_eq!((symbol.version, symbol.ecc), (2, Ecc::Q));
    }

    #[test]
    fn what_fits_no_version_is_refused() {
        assert_eq!(encode(&"x".repeat(2954), None), Err(TooLong));
        assert!(encode(&"x".repeat(2953), None).is_ok());
    }

    #[test]
    fn every_module_of_ten_thousand_symbols_is_as_the_crate_would_have_it_and_all_read_back() {
        (0..SEEDS).into_par_iter().for_each(|seed| {
            let random = proptest::test_runner::TestRng::from_seed(Default::default(), &[seed; 32]);
            let config = Config { cases: PAYLOADS, failure_persistence: None, ..Config::default() };
            let run = TestRunner::new_with_rng(config, random).run(&payloads(), |(payload, least)| {
                let symbol = encode(&payload, Some(least)).unwrap();
                prop_assert_eq!(symbol.read(), Some(payload.clone().into_bytes()));
                prop_assert_eq!(symbol, by_the_crate(&payload, least));
                Ok(())
            });
            run.unwrap();
        });
    }

    #[test]
    fn large_symbols_are_as_the_crate_would_have_them() {
        for (letters, least) in [(321, Ecc::L), (500, Ecc::M), (1200, Ecc::L), (1270, Ecc::H), (2953, Ecc::L)] {
            let payload: String = (0..letters).map(|i: u32| char::from(b'a' + (i * i % 23) as u8)).collect();
            let symbol = encode(&payload, Some(least)).unwrap();
            assert_eq!(symbol.read().as_deref(), Some(payload.as_bytes()), "{letters}");
            assert_eq!(symbol, by_the_crate(&payload, least), "{letters}");
        }
    }

    /// Pieces of figures, capitals, bytes and Vietnamese: short ones more often than long ones.
    fn payloads() -> impl Strategy<Value = (String, Ecc)> {
        let piece = prop_oneof!["[0-9]{1,24}", "[A-Z0-9 $%*+./:-]{1,24}", "[ -~]{1,24}", "[a-zA-Zàảãáạăđêệôơưừữ繫 ]{1,12}"];
        let payload = prop_oneof![
            15 => proptest::collection::vec(piece.clone(), 1..=2).prop_map(|pieces| pieces.concat()),
            1 => proptest::collection::vec(piece, 4..=20).prop_map(|pieces| pieces.concat()),
        ];
        (payload, proptest::sample::select(Ecc::ALL.to_vec()))
    }

    /// Tries all versions and all levels, with the crate's own choice of a mask.
    fn by_the_crate(payload: &str, least: Ecc) -> Symbol {
        let bits = |version: i16, ecc: Ecc| {
            let segments = shortest(payload.as_bytes(), Version::Normal(version));
            super::bits(payload, &Plan { version, ecc, segments })
        };
        let version = (1..=40).find(|version| bits(*version, least).is_ok()).unwrap();
        let ecc = Ecc::ALL.into_iter().rev().find(|ecc| *ecc >= least && bits(version, *ecc).is_ok()).unwrap();
        let code = QrCode::with_bits(bits(version, ecc).unwrap(), ecc.level()).unwrap();
        let dark = code.to_colors().into_iter().map(|c| c == Color::Dark).collect();
        Symbol { payload: payload.into(), version: version as u8, ecc, modules: code.width(), dark }
    }
}
