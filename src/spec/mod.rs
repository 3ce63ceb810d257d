//! What users write: campaigns, press profiles, sheets and printers. Knows YAML keys and where each stood.
//!
//! ```
//! use toroi::diag::{Lang, Severity};
//! use toroi::limits::Limits;
//! use toroi::spec::campaign;
//!
//! let bytes = b"campaign: mot-cua\npieces:\n  to-roi: {format: leaflet, sise: a5}\n";
//! let (campaign, findings) = campaign::read("campaign.yaml", bytes, &Limits::default());
//! let piece = &campaign.unwrap().pieces[0];
//! assert_eq!((piece.name.value.as_str(), piece.format.value.as_str()), ("to-roi", "leaflet"));
//!
//! let slip = &findings[0];
//! assert_eq!((slip.code(), slip.severity(), slip.place.spot.at.line), ("unknown-key", Severity::Error, 3));
//! assert!(slip.hint(Lang::En).contains("size"));
//! ```

pub mod campaign;
pub mod payload;
pub mod press;
pub mod printer;
pub(crate) mod read;
pub mod records;
pub mod sheet;
mod slips;
pub mod words;
pub(crate) mod yaml;
