//! What users write: campaigns, press profiles, sheets and printers. Knows YAML keys and where each stood.

pub mod campaign;
pub mod payload;
pub mod press;
pub mod printer;
pub mod read;
pub mod records;
pub mod sheet;
mod slips;
pub mod words;
pub mod yaml;
