//! Finds the end of an object or array without checking what is inside.
//!
//! A second pass over an image only has to find its way: the first one checks the text.

const ONES: u64 = u64::MAX / 255;
const HIGH: u64 = ONES << 7;

/// The length of the rest of an object or array, whose opening bracket is not part of `bytes`, up to
/// and including its closing bracket. `None` if the text ends before.
///
/// Any closing bracket closes any opening one. Reads eight bytes at a time.
pub(super) fn container_length(bytes: &[u8]) -> Option<usize> {
    let mut scan = Scan { depth: 1, in_string: false, is_escaped: false };
    let mut rest = bytes;
    while let Some((word, behind)) = rest.split_first_chunk() {
        if !scan.take_word(u64::from_le_bytes(*word)) {
            if let Some(length) = scan.find_end(word) {
                return Some(bytes.len() - rest.len() + length);
            }
        }
        rest = behind;
    }
    scan.find_end(rest).map(|length| bytes.len() - rest.len() + length)
}

struct Scan {
    depth: u64,
    in_string: bool,
    is_escaped: bool,
}

impl Scan {
    /// Takes eight bytes at once. Returns `false` and takes nothing if there is an escape, or if the
    /// container may end.
    #[inline]
    fn take_word(&mut self, word: u64) -> bool {
        if self.is_escaped || equal_bytes(word, b'\\') != 0 {
            return false;
        }
        // After these shifts, the bit of a byte says whether an odd number of quotes has come so far.
        let mut strings = equal_bytes(word, b'"');
        strings ^= strings << 8;
        strings ^= strings << 16;
        strings ^= strings << 32;
        if self.in_string {
            strings ^= HIGH;
        }
        // The brackets differ from the braces in one bit.
        let folded = word | (ONES * 0x20);
        let opened = count_bytes(equal_bytes(folded, b'{') & !strings);
        let closed = count_bytes(equal_bytes(folded, b'}') & !strings);
        if closed >= self.depth {
            return false;
        }
        self.depth = self.depth + opened - closed;
        self.in_string = strings >> 63 == 1;
        true
    }

    /// Takes bytes one by one. Returns the number of bytes up to the end of the container.
    #[cold]
    fn find_end(&mut self, bytes: &[u8]) -> Option<usize> {
        for (index, byte) in bytes.iter().enumerate() {
            if self.is_escaped {
                self.is_escaped = false;
                continue;
            }
            match byte {
                b'\\' if self.in_string => self.is_escaped = true,
                b'"' => self.in_string = !self.in_string,
                b'{' | b'[' if !self.in_string => self.depth += 1,
                b'}' | b']' if !self.in_string => {
                    self.depth -= 1;
                    if self.depth == 0 {
                        return Some(index + 1);
                    }
                }
                _ => {}
            }
        }
        None
    }
}

/// The number of bytes whose highest bit is set, if no other bit is.
fn count_bytes(high_bits: u64) -> u64 {
    (high_bits >> 7).wrapping_mul(ONES) >> 56
}

/// Sets the highest bit of each byte that is equal to this one.
#[inline]
fn equal_bytes(word: u64, byte: u8) -> u64 {
    let difference = word ^ (ONES * u64::from(byte));
    !(((difference & !HIGH) + !HIGH) | difference) & HIGH
}
