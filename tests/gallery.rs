//! The pictures in the documents are of what is made now. `UPDATE=1 cargo test --test gallery` makes them
//! anew.

use image::RgbImage;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use toroi::diag::any_error;
use toroi::files::Disk;
use toroi::limits::Limits;
use toroi::preview::Preview;
use toroi::render::{Options, Proof, render};
use toroi::spec::campaign;

const EXAMPLES: [&str; 4] = ["bluezone", "sot-xuat-huyet", "nha-nghi", "xe-khach"];

/// Longer side of a picture, pixels.
const LONGER: f64 = 640.0;

/// Every page of the first record of each piece, as the screen shows it, by path.
fn pictures(example: &str) -> BTreeMap<PathBuf, Vec<u8>> {
    let options = Options { presses: vec!["screen".into()], records: Some((1, 1)), proof: Proof::Off, items: true, ..Options::default() };
    let outcome = render(&Disk, &format!("examples/{example}/campaign.yaml"), &options);
    assert!(!any_error(&outcome.findings), "{:?}", outcome.findings);
    let mut pictures = BTreeMap::new();
    for artwork in outcome.artworks {
        let preview = Preview::open(artwork.bytes).unwrap();
        let ppi = LONGER * 25.4 / artwork.trim_mm[0].max(artwork.trim_mm[1]);
        let stem = artwork.file.trim_end_matches(".pdf");
        for page in 0..preview.pages() {
            let path = Path::new("examples").join(example).join("pictures").join(format!("{stem}-{}.png", page + 1));
            pictures.insert(path, preview.page(page, ppi).unwrap().png());
        }
    }
    pictures
}

/// The examples are what people begin with: whoever runs one is told nothing, but that its day is past.
#[test]
fn nothing_is_told_of_an_example() {
    for example in EXAMPLES {
        let options = Options { proof: Proof::Off, ..Options::default() };
        let outcome = render(&Disk, &format!("examples/{example}/campaign.yaml"), &options);
        let told: Vec<_> = outcome.findings.iter().filter(|f| f.code() != "expired").collect();
        assert!(told.is_empty(), "{example}: {told:?}");
    }
}

fn decoded(bytes: &[u8]) -> RgbImage {
    image::load_from_memory(bytes).unwrap().to_rgb8()
}

/// Whether two pictures show the same; processors round in their own ways, so not to the last bit.
fn same(a: &RgbImage, b: &RgbImage) -> bool {
    if a.dimensions() != b.dimensions() {
        return false;
    }
    let far = a.pixels().zip(b.pixels()).filter(|(a, b)| a.0.iter().zip(b.0).any(|(a, b)| a.abs_diff(b) > 24)).count();
    far * 2000 < a.pixels().len()
}

fn stored(example: &str) -> Vec<PathBuf> {
    let folder = fs::read_dir(format!("examples/{example}/pictures")).into_iter().flatten();
    folder.map(|entry| entry.unwrap().path()).collect()
}

#[test]
fn the_gallery_shows_what_is_made_now() {
    let update = std::env::var_os("UPDATE").is_some_and(|v| v == "1");
    let mut stale = Vec::new();
    for example in EXAMPLES {
        let now = pictures(example);
        for path in stored(example).into_iter().filter(|path| !now.contains_key(path)) {
            if update {
                fs::remove_file(&path).unwrap();
            } else {
                stale.push(format!("{} is of nothing that is made", path.display()));
            }
        }
        for (path, bytes) in now {
            let fresh = fs::read(&path).is_ok_and(|old| same(&decoded(&old), &decoded(&bytes)));
            if fresh {
                continue;
            }
            if update {
                fs::create_dir_all(path.parent().unwrap()).unwrap();
                fs::write(&path, bytes).unwrap();
            } else {
                stale.push(format!("{} is stale", path.display()));
            }
        }
    }
    assert!(stale.is_empty(), "{}\nmake them anew: UPDATE=1 cargo test --test gallery", stale.join("\n"));
}

#[test]
fn every_picture_is_shown_and_every_one_shown_is_there() {
    let shown = |document: &str| -> Vec<PathBuf> {
        let text = fs::read_to_string(document).unwrap();
        let folder = Path::new(document).parent().unwrap();
        // Markdown's `](path.png)` and HTML's `src="path.png"`.
        let pieces = text.split(['(', ')', '"']).filter(|piece| piece.ends_with(".png"));
        pieces.map(|piece| folder.join(piece)).collect()
    };
    let in_gallery = shown("examples/README.md");
    let own = EXAMPLES.map(|example| format!("examples/{example}/README.md"));
    for document in ["README.md", "examples/README.md"].into_iter().chain(own.iter().map(String::as_str)) {
        let shown = shown(document);
        assert!(!shown.is_empty(), "{document}");
        for path in shown {
            assert!(path.exists(), "{document}: {}", path.display());
        }
    }
    for path in EXAMPLES.iter().flat_map(|example| stored(example)) {
        assert!(in_gallery.contains(&path), "examples/README.md does not show {}", path.display());
    }
}

#[test]
fn each_example_tells_all_of_its_pieces() {
    for example in EXAMPLES {
        let told = fs::read_to_string(format!("examples/{example}/README.md")).unwrap();
        let path = format!("examples/{example}/campaign.yaml");
        for piece in campaign::read(&path, &fs::read(&path).unwrap(), &Limits::default()).0.unwrap().pieces {
            // Once in each language.
            assert!(told.matches(&format!("| `{}`:", piece.name.value)).count() >= 2, "{example}: {}", piece.name.value);
        }
    }
}

#[test]
fn a_changed_picture_is_found() {
    let white = RgbImage::from_pixel(64, 64, image::Rgb([255; 3]));
    let mut other = white.clone();
    assert!(same(&white, &other));
    (20..30).for_each(|x| other.put_pixel(x, 20, image::Rgb([0; 3])));
    assert!(!same(&white, &other));
    assert!(!same(&white, &RgbImage::new(64, 65)));
}
