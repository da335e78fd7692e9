//! The products of a first layer whose images are largely black: most of what is multiplied by 0 is left out.
//!
//! Half of Fashion-MNIST's pixels are 0 and four fifths of MNIST's, and so are that many of the products. What is lit
//! is listed here, two neighbouring pixels at a time: for `x·W` the pairs of each image, for `xᵀ·d_z` the images of
//! each pair. A list is then gone through once for each panel of columns, in the order and in the blocks of the
//! other ways. What is left out would have added 0 to a sum that begins with 0, and changed no bit of it.
//!
//! Pairs, because black pixels are mostly beside others: 55 % of Fashion-MNIST's pairs are lit where 50 % of its pixels
//! are, the lists are half as long to make, and a gradient's tile can be the one of the other way, two pixels by
//! sixteen columns. No two images are black in the same places, so forward a tile is one row; for as many sums it is
//! twice as wide.

use super::Panel;
use super::plain::{IMAGES, INPUTS};
use crate::Real;

/// Most columns that are computed together: forward, for one image.
const WIDE: usize = 32;
/// Most columns of a gradient that are computed together, for a pair of pixels.
const NARROW: usize = super::PANEL;
/// Room of a list: a block's pairs of inputs, or a block's images, whichever are more. Reckoned modulo this power of
/// two, a place needs no check.
const PLACES: usize = 128;
const _: () = assert!(INPUTS / 2 <= PLACES && IMAGES <= PLACES);

/// The most of the images' numbers that may be other than 0 for lists to be quicker.
const MOST_LIT: f64 = 0.65;

/// Room for the lists of up to 128 images, made once and used for every batch; none for a layer that never uses it.
#[derive(Clone, Debug)]
pub struct Lists<R> {
    /// Of each number, whether it is something else than 0.
    lit: Vec<u8>,
    /// How long each list is.
    lengths: Vec<u8>,
    /// Where in its block each listed pair stands: [`PLACES`] of them a list, as many as there may be.
    places: Vec<u8>,
    pairs: Vec<[R; 2]>,
}

/// How much room lists take.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Room {
    numbers: usize,
    lists: usize,
}

impl Room {
    /// For the forward pass of up to `rows` images through a layer of `inputs` × `columns` weights.
    pub fn for_images(rows: usize, inputs: usize, columns: usize) -> Self {
        let rows = if fits(rows, inputs, columns) { rows.min(IMAGES) } else { 0 };
        Self { numbers: rows * inputs, lists: rows * inputs.div_ceil(INPUTS) }
    }

    /// For its gradient.
    pub fn for_gradient(rows: usize, inputs: usize, columns: usize) -> Self {
        let rows = if fits(rows, inputs, columns) { rows.min(IMAGES) } else { 0 };
        Self { numbers: rows * inputs, lists: if rows > 0 { inputs / 2 } else { 0 } }
    }

    /// Bytes of [`Lists`] with this room.
    pub fn bytes<R: Real>(self) -> usize {
        if !R::IS_TRAINED {
            return 0;
        }
        self.numbers + self.lists * (1 + PLACES * (1 + size_of::<[R; 2]>()))
    }
}

/// Whether a layer can be worked on by lists at all: one that is wide enough for a row of sums, whose inputs are
/// pairs, and more than a few images, which have a way of their own.
fn fits(rows: usize, inputs: usize, columns: usize) -> bool {
    rows > super::FEW_ROWS && columns > super::PANEL && inputs.is_multiple_of(2)
}

/// Whether lists are worth while: whether so many of the numbers are 0.
///
/// One image in eight is looked at. What is decided changes no bit of the result, only the time it takes.
pub fn pays_off<R: Real>(x: &[R], inputs: usize, columns: usize) -> bool {
    if !fits(x.len() / inputs, inputs, columns) {
        return false;
    }
    let (mut seen, mut lit) = (0, 0);
    for x in x.chunks_exact(inputs).step_by(8) {
        seen += x.len();
        lit += x.iter().map(|x| u32::from(!x.is_zero())).sum::<u32>() as usize;
    }
    (lit as f64) < MOST_LIT * seen as f64
}

/// Rows of a matrix, one after the other, none of their vectors across two lines of the cache.
#[repr(align(64))]
struct Rows<T, const ROWS: usize>([T; ROWS]);

impl<R: Real> Lists<R> {
    /// Lists of nothing yet.
    pub fn new(room: Room) -> Self {
        let Room { numbers, lists } = if R::IS_TRAINED { room } else { Room { numbers: 0, lists: 0 } };
        Self {
            lit: vec![0; numbers],
            lengths: vec![0; lists],
            places: vec![0; lists * PLACES],
            pairs: vec![[R::zero(); 2]; lists * PLACES],
        }
    }

    /// Lists the lit pairs of each image, a block of inputs after the other: the first of every image, the second of
    /// every image, and so on.
    fn list_images(&mut self, x: &[R], inputs: usize) {
        mark(x, &mut self.lit);
        let mut lengths = self.lengths.iter_mut();
        let mut places = self.places.as_chunks_mut().0.iter_mut();
        let mut pairs = self.pairs.as_chunks_mut().0.iter_mut();
        for start in (0..inputs).step_by(INPUTS) {
            let block = start..inputs.min(start + INPUTS);
            let images = x.chunks_exact(inputs).zip(self.lit.chunks_exact(inputs));
            for (((x, lit), length), (places, pairs)) in
                images.zip(lengths.by_ref()).zip(places.by_ref().zip(pairs.by_ref()))
            {
                let (x, lit) = (x[block.clone()].as_chunks().0, lit[block.clone()].as_chunks().0);
                *length = list(x.iter().zip(lit), places, pairs);
            }
        }
    }

    /// Lists the images of each pair in which it is lit.
    fn list_pairs(&mut self, x: &[R], inputs: usize) {
        mark(x, &mut self.lit);
        let places = self.places.as_chunks_mut().0;
        let lists = self.lengths.iter_mut().zip(places.iter_mut().zip(self.pairs.as_chunks_mut().0));
        for (pair, (length, (places, pairs))) in (0..inputs / 2).zip(lists) {
            let rows = x.chunks_exact(inputs).zip(self.lit.chunks_exact(inputs));
            let rows =
                rows.map_while(|(x, lit)| Some((x.as_chunks().0.get(pair)?, lit.as_chunks().0.get(pair)?)));
            *length = list(rows, places, pairs);
        }
    }

    /// The lists from `first` on.
    fn from(&self, first: usize) -> impl Iterator<Item = List<'_, R>> {
        let lists = self.places.chunks_exact(PLACES).zip(self.pairs.chunks_exact(PLACES)).skip(first);
        lists.zip(&self.lengths[first..]).map(|((places, pairs), &length)| {
            let length = usize::from(length);
            (&places[..length], &pairs[..length])
        })
    }
}

/// Places in a block, and the pairs that stand there.
type List<'a, R> = (&'a [u8], &'a [[R; 2]]);

/// Writes to `lit` which of `x` are something else than 0: bytes, of which many are looked at together.
fn mark<R: Real>(x: &[R], lit: &mut [u8]) {
    for (lit, x) in lit.iter_mut().zip(x) {
        *lit = u8::from(!x.is_zero());
    }
}

/// Lists those of the pairs that are lit; returns how many they are.
fn list<'a, R: Real>(
    pairs: impl Iterator<Item = (&'a [R; 2], &'a [u8; 2])>,
    places: &mut [u8; PLACES],
    listed: &mut [[R; 2]; PLACES],
) -> u8 {
    let mut length = 0u8;
    for (place, (pair, lit)) in pairs.enumerate() {
        // Written in any case and kept if it counts: cheaper than to guess whether the next one is black.
        let at = usize::from(length) % PLACES;
        places[at] = place as u8;
        listed[at] = *pair;
        length += u8::from(u16::from_ne_bytes(*lit) != 0);
    }
    length
}

/// `z += x·W`. Shapes as in [`super::add_product`].
pub fn add_product<R: Real>(x: &[R], inputs: usize, w: &[R], z: &mut [R], lists: &mut Lists<R>) {
    let columns = w.len() / inputs;
    for (x, z) in x.chunks(IMAGES * inputs).zip(z.chunks_mut(IMAGES * columns)) {
        lists.list_images(x, inputs);
        let images = x.len() / inputs;
        let mut panels = Panel::all(columns, WIDE);
        add_panels::<R, WIDE>(panels.by_ref().take(columns / WIDE), lists, images, w, z);
        match columns % WIDE {
            0 => {}
            1..=16 => add_panels::<R, 16>(panels, lists, images, w, z),
            17..=24 => add_panels::<R, 24>(panels, lists, images, w, z),
            _ => add_panels::<R, WIDE>(panels, lists, images, w, z),
        }
    }
}

/// Panels of one width of `z += x·W`: the matrix is laid out once for all images, a block at a time.
fn add_panels<R: Real, const N: usize>(
    panels: impl Iterator<Item = Panel>,
    lists: &Lists<R>,
    images: usize,
    w: &[R],
    z: &mut [R],
) {
    let mut laid_out = Rows([[[R::zero(); N]; 2]; INPUTS / 2]);
    for panel in panels {
        for (block, w) in w.chunks(INPUTS * panel.columns).enumerate() {
            panel.lay_out(w, laid_out.0.as_flattened_mut());
            for (list, z) in lists.from(block * images).zip(z.chunks_exact_mut(panel.columns)) {
                if let Some(z) = panel.whole_of(z) {
                    add_image(list, &laid_out.0, z);
                    continue;
                }
                let mut sums = panel.load(z);
                add_image(list, &laid_out.0, &mut sums);
                panel.store(&sums, z);
            }
        }
    }
}

/// Adds an image's share to its row of `x·W`, in registers; not inlined for the reason of the other way's.
#[inline(never)]
fn add_image<R: Real, const N: usize>(
    (places, pairs): List<R>,
    rows: &[[[R; N]; 2]; INPUTS / 2],
    z: &mut [R; N],
) {
    let mut sums = [R::zero(); N];
    for (&place, pair) in places.iter().zip(pairs) {
        let rows = &rows[usize::from(place)];
        for p in 0..2 {
            for k in 0..N {
                sums[k] += pair[p] * rows[p][k];
            }
        }
    }
    for k in 0..N {
        z[k] += sums[k];
    }
}

/// `d_W += xᵀ·d_z`, or `d_W = xᵀ·d_z` when `keep` is false. Shapes as in [`super::gradient`].
pub fn gradient<R: Real>(x: &[R], inputs: usize, d_z: &[R], keep: bool, d_w: &mut [R], lists: &mut Lists<R>) {
    let columns = d_w.len() / inputs;
    let blocks = x.chunks(IMAGES * inputs).zip(d_z.chunks(IMAGES * columns));
    for (turn, (x, d_z)) in blocks.enumerate() {
        lists.list_pairs(x, inputs);
        let keep = keep || turn > 0;
        for panel in Panel::all(columns, NARROW) {
            match panel.width {
                ..=8 => gradient_panel::<R, 8>(panel, lists, d_z, keep, d_w),
                9..=12 => gradient_panel::<R, 12>(panel, lists, d_z, keep, d_w),
                _ => gradient_panel::<R, NARROW>(panel, lists, d_z, keep, d_w),
            }
        }
    }
}

/// A panel of the gradient: `d_z` is laid out once for all pixels.
fn gradient_panel<R: Real, const N: usize>(
    panel: Panel,
    lists: &mut Lists<R>,
    d_z: &[R],
    keep: bool,
    d_w: &mut [R],
) {
    let mut laid_out = Rows([[R::zero(); N]; PLACES]);
    panel.lay_out(d_z, &mut laid_out.0);
    let rows = d_w.chunks_exact_mut(2 * panel.columns);
    for (list, d_w) in lists.from(0).zip(rows) {
        let (first, second) = d_w.split_at_mut(panel.columns);
        if let (false, Some(first), Some(second)) = (keep, panel.whole_of(first), panel.whole_of(second)) {
            sum_pair(list, &laid_out.0, first, second);
            continue;
        }
        let mut sums = [[R::zero(); N]; 2];
        let [one, two] = &mut sums;
        sum_pair(list, &laid_out.0, one, two);
        for (sums, d_w) in sums.iter_mut().zip(d_w.chunks_exact_mut(panel.columns)) {
            if keep {
                panel.add_to(sums, d_w);
            }
            panel.store(sums, d_w);
        }
    }
}

/// The gradients of a pair's weights, in registers; not inlined for the reason of the forward pass's.
#[inline(never)]
fn sum_pair<R: Real, const N: usize>(
    (places, pairs): List<R>,
    rows: &[[R; N]; PLACES],
    first: &mut [R; N],
    second: &mut [R; N],
) {
    let mut sums = [[R::zero(); N]; 2];
    for (&place, pair) in places.iter().zip(pairs) {
        let row = &rows[usize::from(place) % PLACES];
        for p in 0..2 {
            for k in 0..N {
                sums[p][k] += pair[p] * row[k];
            }
        }
    }
    [*first, *second] = sums;
}
