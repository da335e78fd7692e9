//! HDF5, as much of it as weights need: groups within groups, and arrays of 32-bit floats at their ends.
//!
//! ```text
//! superblock │ each group's and array's header │ the arrays' numbers
//! ```
//!
//! A header is a list of messages. A group's are links, a name and an address each; an array's are its shape, its
//! type and where its numbers stand. (Links stand in the header itself, as HDF5 1.8 began to have it; the older way
//! needs a tree and a heap for each group.)
//!
//! # References
//! The HDF Group: HDF5 File Format Specification 3.0, <https://support.hdfgroup.org/documentation/hdf5/latest/_f_m_t3.html>.

/// A group, or an array.
#[derive(Clone, Debug)]
pub enum Node<'a> {
    /// Named children, in the order in which they are listed. Names are ASCII of at most 255 letters.
    Group(Vec<(String, Node<'a>)>),
    /// Numbers, row by row, and their shape.
    Array(Vec<u64>, &'a [f32]),
}

/// No address.
const UNDEFINED: u64 = u64::MAX;
const SUPERBLOCK: usize = 96;

/// The file with `root` as its root group.
pub fn file(root: &Node) -> Vec<u8> {
    let mut bytes = vec![0; SUPERBLOCK];
    let address = write(root, &mut bytes);
    let mut head = b"\x89HDF\r\n\x1a\n".to_vec();
    // Versions, then the sizes of offsets and lengths.
    head.extend([0, 0, 0, 0, 0, 8, 8, 0]);
    // Sizes of tree nodes, of which there are none, and flags.
    head.extend([4, 0, 16, 0, 0, 0, 0, 0]);
    // Base, free space, end of file, driver; then the root's entry: name, header.
    for word in [0, UNDEFINED, bytes.len() as u64, UNDEFINED, 0, address] {
        head.extend(u64::to_le_bytes(word));
    }
    bytes[..head.len()].copy_from_slice(&head);
    bytes
}

/// Writes a node and all below it; the address of its header.
fn write(node: &Node, bytes: &mut Vec<u8>) -> u64 {
    let messages = match node {
        Node::Group(children) => group(children, bytes),
        Node::Array(shape, values) => array(shape, values, bytes),
    };
    let address = bytes.len() as u64;
    let size: usize = messages.iter().map(|(_, data)| 8 + data.len()).sum();
    bytes.extend([1, 0]);
    bytes.extend((messages.len() as u16).to_le_bytes());
    // One link leads here.
    bytes.extend(1_u32.to_le_bytes());
    bytes.extend((size as u32).to_le_bytes());
    bytes.extend([0; 4]);
    for (kind, data) in messages {
        bytes.extend(u16::to_le_bytes(kind));
        bytes.extend((data.len() as u16).to_le_bytes());
        bytes.extend([0; 4]);
        bytes.extend(data);
    }
    address
}

/// A message's kind and its data, filled up to a multiple of eight bytes.
type Header = Vec<(u16, Vec<u8>)>;

fn group(children: &[(String, Node)], bytes: &mut Vec<u8>) -> Header {
    // Link info: no heap and no tree, the links follow.
    let mut info = vec![0, 0];
    info.extend([0xff; 16]);
    let mut messages = vec![(0x02, padded(info)), (0x0a, padded(vec![0, 0]))];
    for (name, child) in children {
        let address = write(child, bytes);
        // Version 1, a hard link with an ASCII name whose length takes one byte.
        let mut link = vec![1, 0, name.len() as u8];
        link.extend(name.as_bytes());
        link.extend(address.to_le_bytes());
        messages.push((0x06, padded(link)));
    }
    messages
}

fn array(shape: &[u64], values: &[f32], bytes: &mut Vec<u8>) -> Header {
    let address = if values.is_empty() { UNDEFINED } else { bytes.len() as u64 };
    bytes.extend(values.iter().flat_map(|value| value.to_le_bytes()));
    let mut space = vec![1, shape.len() as u8, 0, 0, 0, 0, 0, 0];
    shape.iter().for_each(|size| space.extend(size.to_le_bytes()));
    // A float, little-endian, its sign at bit 31; of four bytes: 32 bits from 0 on, exponent 8 from 23 on, mantissa 23
    // from 0 on, bias 127.
    let float = vec![0x11, 0x20, 31, 0, 4, 0, 0, 0, 0, 0, 32, 0, 23, 8, 0, 23, 127, 0, 0, 0];
    // Room is made late, a fill value is written if there is one, and there is none.
    let fill = vec![2, 2, 2, 0];
    let mut layout = vec![3, 1];
    layout.extend(address.to_le_bytes());
    layout.extend((4 * values.len() as u64).to_le_bytes());
    [(0x01, space), (0x03, float), (0x05, fill), (0x08, layout)]
        .map(|(kind, data)| (kind, padded(data)))
        .into()
}

fn padded(mut data: Vec<u8>) -> Vec<u8> {
    data.resize(data.len().next_multiple_of(8), 0);
    data
}
