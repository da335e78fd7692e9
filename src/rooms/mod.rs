//! The arithmetic of single rooms, a folder a room as on the page.

pub mod home;
