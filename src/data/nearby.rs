//! Images that lie far away in memory, asked for before they are needed.
//!
//! A shuffled epoch jumps about in 47 MB, which no cache near a core holds, and
//! WebAssembly has no instruction to fetch ahead. Loads that nobody waits for do
//! the same: a byte of each cache line, all of them under way at once, while
//! another image is worked on. Converting an image to floats costs half as much so.

use std::hint::black_box;

/// Bytes that memory hands over together, on every processor that a browser runs on.
const CACHE_LINE: usize = 64;

/// Lets `bytes` come nearer; changes nothing else.
pub(crate) fn fetch(bytes: &[u8]) {
    black_box(bytes.iter().step_by(CACHE_LINE).fold(0, |all, &byte| all ^ byte));
}
