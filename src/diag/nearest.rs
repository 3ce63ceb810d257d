//! What a mistyped name was meant to be.

/// Letters of the longest name that is compared: nobody mistypes what is longer.
const LONGEST: usize = 100;
/// Names that it is compared with, of those that are known.
const MOST: usize = 1_000;

/// The known name nearest to a mistyped one, if any is near enough to be meant.
pub fn nearest<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Option<String> {
    let letters = |name: &str| name.chars().take(LONGEST + 1).count();
    let length = letters(name);
    let reach = (length / 3).clamp(1, 3);
    known
        .into_iter()
        .take(MOST)
        .filter(|k| length <= LONGEST && letters(k).abs_diff(length) <= reach)
        .map(|k| (distance(name, k), k))
        .filter(|(d, _)| *d <= reach)
        .min_by_key(|(d, k)| (*d, k.len()))
        .map(|(_, k)| k.to_string())
}

/// Edits (insert, delete, replace, swap neighbours) that turn one word into another.
pub fn distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.to_lowercase().chars().collect(), b.to_lowercase().chars().collect());
    let mut rows = vec![vec![0; b.len() + 1]; a.len() + 1];
    for i in 0..=a.len() {
        for j in 0..=b.len() {
            rows[i][j] = if i == 0 || j == 0 {
                i + j
            } else {
                let mut best = (rows[i - 1][j] + 1).min(rows[i][j - 1] + 1).min(rows[i - 1][j - 1] + usize::from(a[i - 1] != b[j - 1]));
                if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                    best = best.min(rows[i - 2][j - 2] + 1);
                }
                best
            };
        }
    }
    rows[a.len()][b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_name_is_offered_only_when_near() {
        assert_eq!(nearest("formt", ["format", "size"]).as_deref(), Some("format"));
        assert_eq!(nearest("sizzle", ["format", "size"]).as_deref(), Some("size"));
        assert_eq!(nearest("colour", ["format", "size"]), None);
        assert_eq!(nearest("bein_so", ["bien_so", "tuyen"]).as_deref(), Some("bien_so"));
    }

    #[test]
    fn names_too_long_to_be_mistyped_are_not_compared() {
        let [a, b] = ["x", "y"].map(|letter| letter.repeat(1_000_000));
        assert_eq!(nearest(&a, [b.as_str(), &a]), None);
        let name = "x".repeat(100);
        assert_eq!(nearest(&name, [b.as_str(), &name[1..]]).as_deref(), Some(&name[1..]));
    }
}
