//! Many pictures of one size on one sheet.

/// Lays RGBA pictures of `width` × `height` out in rows of `columns`, with `gap` transparent pixels between.
///
/// Returns the sheet's width, height and RGBA bytes; an empty sheet for no pictures.
///
/// # Panics
/// When a picture has not `4 · width · height` bytes, or `columns` is 0.
pub fn tiles<'a>(
    pictures: impl ExactSizeIterator<Item = &'a [u8]>,
    width: usize,
    height: usize,
    columns: usize,
    gap: usize,
) -> (usize, usize, Vec<u8>) {
    let count = pictures.len();
    if count == 0 {
        return (0, 0, Vec::new());
    }
    let (across, down) = (columns.min(count), count.div_ceil(columns));
    let sheet_width = across * width + (across - 1) * gap;
    let sheet_height = down * height + (down - 1) * gap;
    let mut sheet = vec![0; 4 * sheet_width * sheet_height];
    for (position, picture) in pictures.enumerate() {
        assert_eq!(picture.len(), 4 * width * height, "a picture of another size");
        let left = position % columns * (width + gap);
        let top = position / columns * (height + gap);
        for (row, line) in picture.chunks_exact(4 * width).enumerate() {
            let start = 4 * ((top + row) * sheet_width + left);
            sheet[start..start + 4 * width].copy_from_slice(line);
        }
    }
    (sheet_width, sheet_height, sheet)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_single_pixels_in_two_columns_with_a_gap() {
        let pictures = [[1u8; 4], [2; 4], [3; 4]];
        let (width, height, sheet) = tiles(pictures.iter().map(|p| &p[..]), 1, 1, 2, 1);
        assert_eq!((width, height), (3, 3));
        let first: Vec<u8> = sheet.chunks_exact(4).map(|pixel| pixel[0]).collect();
        assert_eq!(first, [1, 0, 2, 0, 0, 0, 3, 0, 0]);
    }

    #[test]
    fn no_pictures_make_an_empty_sheet() {
        assert_eq!(tiles([].iter().map(|p: &[u8; 4]| &p[..]), 1, 1, 2, 1), (0, 0, Vec::new()));
    }
}
