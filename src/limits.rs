//! What input may cost: campaigns arrive by e-mail and on sticks, and the library runs inside servers. Every bound is
//! data, with a default that no honest campaign meets, and a finding `over-limit` where it is met; a PDF that is looked at
//! is refused, or what was left out of it is said.
//!
//! ```
//! use toroi::limits::{Limit, Limits};
//!
//! let limits = Limits::default().with(Limit::Records, 500);
//! assert_eq!((limits.of(Limit::Records), limits.of(Limit::Pieces)), (500, 2_000));
//! assert_eq!(Limit::named("svg-nodes"), Some(Limit::SvgNodes));
//! ```

use crate::diag::{Lang, Problem};

/// A bound on what input may cost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the table gives each its sentence")]
pub enum Limit {
    YamlBytes,
    YamlDepth,
    YamlNodes,
    Pieces,
    Boxes,
    SideLetters,
    SidePoints,
    TemplateSteps,
    TextLetters,
    TableBytes,
    TableUnpacked,
    Cells,
    Records,
    ImageBytes,
    ImagePixels,
    ImagesUnpacked,
    SvgBytes,
    SvgNodes,
    FontBytes,
    Fonts,
    IccBytes,
    Pages,
    OutputBytes,
    PdfBytes,
    PdfPages,
    PdfDrawn,
}

/// What is to be known of a bound.
struct Row {
    limit: Limit,
    name: &'static str,
    most: u64,
    vi: &'static str,
    en: &'static str,
}

const fn row(limit: Limit, name: &'static str, most: u64, vi: &'static str, en: &'static str) -> Row {
    Row { limit, name, most, vi, en }
}

const KB: u64 = 1_000;
const MB: u64 = 1_000 * KB;
const GB: u64 = 1_000 * MB;

/// In the order of [`Limit`].
const TABLE: [Row; 26] = [
    row(Limit::YamlBytes, "yaml-bytes", MB, "byte của một tệp YAML", "bytes of a file of YAML"),
    row(Limit::YamlDepth, "yaml-depth", 64, "bậc lồng nhau trong YAML", "levels of YAML within each other"),
    row(
        Limit::YamlNodes,
        "yaml-nodes",
        100 * KB,
        "mục của một tệp YAML, kể cả bản sao bằng *",
        "entries of a file of YAML, those copied by * too",
    ),
    row(Limit::Pieces, "pieces", 2 * KB, "ấn phẩm của một chiến dịch", "pieces of a campaign"),
    row(Limit::Boxes, "boxes", 20 * KB, "khung trên một mặt", "boxes on a side"),
    row(Limit::SideLetters, "side-letters", 200 * KB, "chữ trên một mặt", "letters on a side"),
    row(Limit::SidePoints, "side-points", 500 * KB, "điểm của các hình vẽ trên một mặt", "points of the drawings on a side"),
    row(Limit::TemplateSteps, "template-steps", 50 * KB, "bước để điền một đoạn chữ", "steps to fill one text"),
    row(Limit::TextLetters, "text-letters", 50 * KB, "chữ của một đoạn, sau khi điền", "letters of one text, once filled"),
    row(Limit::TableBytes, "table-bytes", 64 * MB, "byte của một bảng", "bytes of a table"),
    row(Limit::TableUnpacked, "table-unpacked", 512 * MB, "byte của một sổ tính sau khi giải nén", "bytes of a workbook once unpacked"),
    row(Limit::Cells, "cells", 4 * MB, "ô của một bảng", "cells of a table"),
    row(Limit::Records, "records", MB, "bản ghi của một bảng", "records of a table"),
    row(Limit::ImageBytes, "image-bytes", 32 * MB, "byte của một tệp ảnh", "bytes of a picture's file"),
    // A poster of 841×1189 mm at 230 ppi, or 594×841 mm at 330 ppi.
    row(Limit::ImagePixels, "image-pixels", 84 * MB, "điểm ảnh của một ảnh", "pixels of a picture"),
    row(
        Limit::ImagesUnpacked,
        "images-unpacked",
        2 * GB,
        "byte của mọi ảnh trong một tệp, sau khi giải nén",
        "bytes of all pictures of a file, unpacked",
    ),
    row(Limit::SvgBytes, "svg-bytes", 4 * MB, "byte của một hình vẽ SVG", "bytes of an SVG drawing"),
    row(Limit::SvgNodes, "svg-nodes", 50 * KB, "phần tử của một hình vẽ SVG, kể cả bản sao", "elements of an SVG drawing, copies too"),
    row(Limit::FontBytes, "font-bytes", 32 * MB, "byte của một tệp phông", "bytes of a font's file"),
    row(Limit::Fonts, "fonts", 100, "tệp phông của một chiến dịch", "font files of a campaign"),
    row(Limit::IccBytes, "icc-bytes", 16 * MB, "byte của một hồ sơ màu", "bytes of a colour profile"),
    row(Limit::Pages, "pages", 500 * KB, "trang của một tệp", "pages of a file"),
    // The table of a PDF's objects counts bytes in ten digits (ISO 32000-1 §7.5.4): one file has no more.
    row(Limit::OutputBytes, "output-bytes", 9 * GB, "byte của mọi tệp PDF trong một lần", "bytes of all PDFs of a run"),
    row(Limit::PdfBytes, "pdf-bytes", 256 * MB, "byte của một tệp PDF được xem xét", "bytes of a PDF that is inspected"),
    row(Limit::PdfPages, "pdf-pages", 2 * KB, "trang được xem xét của một PDF", "pages of a PDF that are inspected"),
    row(Limit::PdfDrawn, "pdf-drawn", 200, "trang được vẽ ra để tìm mã của một PDF", "pages of a PDF that are drawn to look for codes"),
];

impl Limit {
    /// All that there are.
    pub fn all() -> impl Iterator<Item = Limit> {
        TABLE.iter().map(|row| row.limit)
    }

    /// The one of a name, such as `yaml-bytes`.
    pub fn named(name: &str) -> Option<Limit> {
        TABLE.iter().find(|row| row.name == name).map(|row| row.limit)
    }

    /// Its name.
    pub fn name(self) -> &'static str {
        TABLE[self as usize].name
    }

    /// What it counts: “pieces of a campaign”.
    pub fn counts(self, lang: Lang) -> &'static str {
        lang.pick(TABLE[self as usize].vi, TABLE[self as usize].en)
    }

    /// Whether it counts bytes.
    pub fn is_of_bytes(self) -> bool {
        self.name().ends_with("-bytes") || self.name().ends_with("-unpacked")
    }
}

/// The bounds of one run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits([u64; TABLE.len()]);

impl Default for Limits {
    fn default() -> Limits {
        let mut most = [0; TABLE.len()];
        TABLE.iter().zip(&mut most).for_each(|(row, most)| *most = row.most);
        Limits(most)
    }
}

impl Limits {
    /// How much there may be at most.
    pub fn of(&self, limit: Limit) -> u64 {
        self.0[limit as usize]
    }

    /// The same bounds but for one.
    pub fn with(mut self, limit: Limit, most: u64) -> Limits {
        self.0[limit as usize] = most;
        self
    }

    /// Says so where there is more of something than there may be.
    pub(crate) fn hold(&self, limit: Limit, found: u64, of: &str) -> Result<(), Problem> {
        let most = self.of(limit);
        if found <= most { Ok(()) } else { Err(Problem::OverLimit { limit, of: of.into(), most }) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_has_every_limit_in_its_place_under_a_name_of_its_own() {
        assert!(TABLE.iter().enumerate().all(|(at, row)| row.limit as usize == at));
        assert!(Limit::all().all(|limit| Limit::named(limit.name()) == Some(limit)));
    }
}
