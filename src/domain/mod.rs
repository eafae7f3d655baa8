//! What a project is: the pure core. Knows no window, no disk and no clock; time and ids come in
//! as arguments. May use: std, serde, unicode-segmentation, jiff's timestamp type.

pub mod id;
pub mod status;
pub mod text;

pub use id::Id;
pub use status::{Kind, Status};
pub use text::{Span, Text};
