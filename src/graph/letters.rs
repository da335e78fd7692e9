//! What a character is to a reader: what looks the same is the same, what shows nothing is not there.

/// One spelling for all texts that look alike: Unicode's NFKC.
///
/// It comes in as an argument: its tables weigh a seventh of the engine, and
/// every browser has them.
pub type Spelling = fn(&str) -> String;

/// Whether the character shows nothing where it stands: Unicode's `Default_Ignorable_Code_Point`.
pub(super) fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{3164}'
        | '\u{feff}' | '\u{ffa0}' | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}'
        | '\u{fff0}'..='\u{fff8}' | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}'
        | '\u{e0000}'..='\u{e0fff}')
}

/// The digit that the character is: of the keyboard, of full width, or of mathematical type.
pub(super) fn digit(c: char) -> Option<char> {
    let value = match c {
        '0'..='9' => return Some(c),
        '０'..='９' => c as u32 - '０' as u32,
        '\u{1d7ce}'..='\u{1d7ff}' => (c as u32 - 0x1d7ce) % 10,
        _ => return None,
    };
    char::from_digit(value, 10)
}

/// The digit or sign that stands raised: a power.
pub(super) fn raised(c: char) -> Option<char> {
    Some(match c {
        '⁰' => '0',
        '¹' => '1',
        '²' => '2',
        '³' => '3',
        '⁴'..='⁹' => char::from_digit(c as u32 - '⁰' as u32, 10)?,
        '⁺' => '+',
        '⁻' => '-',
        _ => return None,
    })
}

/// Plus, as keyboards of all widths write it.
pub(super) fn is_plus(c: char) -> bool {
    matches!(c, '+' | '＋')
}

/// Minus, and the hyphens and dashes that stand for it.
pub(super) fn is_minus(c: char) -> bool {
    matches!(c, '-' | '−' | '‐' | '‑' | '‒' | '–' | '—' | '－' | '﹣')
}

/// Letters of any script and `_`.
pub(super) fn begins_name(c: char) -> bool {
    (c.is_alphabetic() && !looks_numeric(c)) || matches!(c, '_' | '＿')
}

/// What a name may go on with: also digits, low ones too (p₁), and marks over and under its letters.
pub(super) fn continues_name(c: char) -> bool {
    begins_name(c) || digit(c).is_some() || matches!(c, '₀'..='₉') || is_mark(c)
}

/// Marks over, under and through letters that are not letters themselves.
fn is_mark(c: char) -> bool {
    // In the blocks of India's scripts the dot below and the sign of a silent vowel stand in the same places.
    let is_indian = matches!(c, '\u{900}'..='\u{d7f}') && matches!(c as u32 % 0x80, 0x3c | 0x4d);
    is_indian
        || matches!(c,
            '\u{300}'..='\u{36f}' | '\u{483}'..='\u{489}' | '\u{591}'..='\u{5c7}' | '\u{610}'..='\u{61a}'
            | '\u{64b}'..='\u{65f}' | '\u{e47}'..='\u{e4e}' | '\u{1ab0}'..='\u{1aff}'
            | '\u{1dc0}'..='\u{1dff}' | '\u{20d0}'..='\u{20f0}' | '\u{3099}' | '\u{309a}'
            | '\u{fe20}'..='\u{fe2f}')
}

/// What looks like a number or a power and is read as neither: ½, ④, Ⅳ, ٣, ⁿ.
pub(super) fn looks_numeric(c: char) -> bool {
    c.is_numeric() || matches!(c, 'ⁿ' | 'ⁱ')
}

/// A name as all its spellings: composed letters, one width, one style of type.
///
/// Raised and low signs and Korean letters that stand alone keep their own
/// look, of which NFKC would make another: p₁ is not p1, ㄱㅏ not 가.
pub(super) fn normalized(name: &str, spelling: Spelling) -> String {
    let visible: String = name.chars().filter(|&c| !is_invisible(c)).collect();
    if visible.is_ascii() {
        return visible;
    }
    let keeps = |c: char| is_low_or_raised(c) || matches!(c, '\u{3131}'..='\u{318e}');
    let parts = visible.split_inclusive(keeps).map(|part| match part.chars().next_back() {
        Some(last) if keeps(last) => {
            let (before, last) = part.split_at(part.len() - last.len_utf8());
            spelling(before) + last
        }
        _ => spelling(part),
    });
    parts.collect()
}

/// Letters and digits that stand above or below the line.
fn is_low_or_raised(c: char) -> bool {
    matches!(c,
        'ª' | 'º' | '\u{2b0}'..='\u{2b8}' | '\u{2e0}'..='\u{2e4}' | '\u{1d2c}'..='\u{1d6a}' | '\u{1d78}'
        | '\u{1d9b}'..='\u{1dbf}' | '\u{2080}'..='\u{209c}' | '\u{2c7c}' | '\u{2c7d}')
}

#[cfg(test)]
mod tests {
    use unicode_normalization::UnicodeNormalization;

    use super::*;

    fn spelled(name: &str) -> String {
        normalized(name, |text| text.nfkc().collect())
    }

    #[test]
    fn one_look_is_one_name() {
        for (one, other) in [
            ("사과", "\u{1109}\u{1161}\u{1100}\u{116a}"),
            ("é", "e\u{301}"),
            ("µ", "μ"),
            ("ｘ", "x"),
            ("ａ２", "a2"),
            ("𝑥", "x"),
            ("Å", "\u{212b}"),
            ("p₁é", "p₁e\u{301}"),
            ("x", "x\u{200b}"),
            ("ab", "\u{feff}a\u{ad}b"),
        ] {
            assert_eq!(spelled(one), spelled(other), "{one} {other}");
        }
    }

    #[test]
    fn another_look_is_another_name() {
        for (one, other) in [("p₁", "p1"), ("xᵀ", "xT"), ("ㄱㅏ", "가"), ("x", "X"), ("x", "х")] {
            assert_ne!(spelled(one), spelled(other), "{one} {other}");
        }
    }

    #[test]
    fn marks_belong_to_names() {
        // e with an acute, ka with a virama, a Hebrew letter with a point, a Japanese ka with a voicing mark.
        for name in ["e\u{301}", "\u{915}\u{94d}", "\u{5d0}\u{5b8}", "か\u{3099}"] {
            assert!(name.chars().all(continues_name), "{name}");
        }
    }
}
