//! A zip file of a few entries, stored as they are.
//!
//! ```text
//! for each entry: local header, name, bytes │ for each entry: central header, name │ end
//! ```
//!
//! # References
//! PKWARE: .ZIP File Format Specification, 4.3, <https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT>.

/// What stands for a moment in every entry: midnight of 1 January 1980, so that the same contents are the same bytes.
const DATE: u16 = 1 << 5 | 1;
/// Version 2.0 of the format is all that is needed.
const VERSION: u16 = 20;

/// The file of `entries`, each a name and its bytes. Names are ASCII, sizes below 4 GB.
pub fn stored(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let (mut file, mut central) = (Vec::new(), Vec::new());
    for (name, bytes) in entries {
        let offset = file.len() as u32;
        let mut common = Vec::new();
        // Version, flags, method (stored), time, date.
        [VERSION, 0, 0, 0, DATE].iter().for_each(|word| common.extend(word.to_le_bytes()));
        let size = bytes.len() as u32;
        [crc32(bytes), size, size, name.len() as u32]
            .iter()
            .for_each(|word| common.extend(word.to_le_bytes()));
        // The name's length takes two bytes, and so does that of an extra field, which is 0: together the last word.
        file.extend(b"PK\x03\x04");
        file.extend(&common);
        file.extend(name.as_bytes());
        file.extend(*bytes);
        central.extend(b"PK\x01\x02");
        central.extend(VERSION.to_le_bytes());
        central.extend(&common);
        // Comment, disk, attributes within; attributes without.
        central.extend([0; 6 + 4]);
        central.extend(offset.to_le_bytes());
        central.extend(name.as_bytes());
    }
    let (count, start, size) = (entries.len() as u16, file.len() as u32, central.len() as u32);
    file.extend(central);
    file.extend(b"PK\x05\x06\0\0\0\0");
    [count, count].iter().for_each(|word| file.extend(word.to_le_bytes()));
    [size, start].iter().for_each(|word| file.extend(word.to_le_bytes()));
    file.extend([0; 2]);
    file
}

/// CRC-32 as zip has it: the reflected polynomial 0xEDB88320.
///
/// # Examples
/// ```
/// // The published check value.
/// assert_eq!(atelier::exchange::archive::crc32(b"123456789"), 0xCBF4_3926);
/// ```
pub fn crc32(bytes: &[u8]) -> u32 {
    let mut crc = u32::MAX;
    for &byte in bytes {
        crc ^= u32::from(byte);
        for _ in 0..8 {
            crc = if crc & 1 == 1 { crc >> 1 ^ 0xEDB8_8320 } else { crc >> 1 };
        }
    }
    !crc
}
