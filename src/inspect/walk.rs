//! What a page paints: its operators, and those of the forms and patterns that it uses.

use super::boxes::View;
use super::dashes::{self, Outline};
use super::fonts::{self, Font};
use super::packed::{self, MOST_BYTES};
use super::spaces::{self, PROCESS, Space};
use super::unpack;
use crate::geom::{Rect, Transform};
use hayro::hayro_syntax::content::TypedIter;
use hayro::hayro_syntax::content::ops::TypedInstruction as Op;
use hayro::hayro_syntax::object::{Array, Dict, Name, Number, Object, ObjectIdentifier, Stream};
use hayro::hayro_syntax::page::{Page, Resources};
use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::Arc;

/// Operators of a page that are read, those of its forms each time that they are used.
const MOST_OPERATORS: usize = 5_000_000;
/// Forms within forms.
const DEEPEST: usize = 16;
/// Patterns within patterns: each is drawn as often as it fits into the one around it.
const DEEPEST_PATTERN: usize = 2;
/// States that wait to be restored.
const MOST_STATES: usize = 4_096;
/// Pictures of a page that are told.
const MOST_PICTURES: usize = 2_000;
/// Pixels of a picture that is drawn.
const MOST_PIXELS: u64 = 400_000_000;
/// Pixels that take as long as an operator: all pictures of a page may have a thousand million.
const PIXELS_OF_OPERATOR: u64 = 200;
/// Bytes that take as long to unpack.
const BYTES_OF_OPERATOR: u64 = 1_000;

/// A picture, where it is placed.
#[derive(Clone, Debug, PartialEq)]
pub struct Picture {
    /// Pixels across and down.
    pub pixels: [u32; 2],
    /// Pixels per inch as it is placed, across and down.
    pub ppi: [f64; 2],
    /// Its colour space; none for a stencil, which is painted in the current colour, and where the picture says it itself.
    pub space: Option<Space>,
    /// Bits of a channel.
    pub bits: u8,
    /// Whether it is a stencil.
    pub stencil: bool,
    /// Where it lies, pt from the top left corner of the page's media box as shown.
    pub at: Rect,
}

impl Picture {
    /// The lower of its resolutions, ppi.
    pub fn least_ppi(&self) -> f64 {
        self.ppi[0].min(self.ppi[1])
    }
}

/// What a walk over a page found.
#[derive(Default)]
pub struct Walked {
    pub fonts: Vec<Font>,
    pub spaces: BTreeSet<Space>,
    plates: BTreeSet<String>,
    pub pictures: Vec<Picture>,
    pub transparent: bool,
    /// Whether all of it was walked.
    pub whole: bool,
    /// Whether it is not to be drawn: a picture is too large, too much is painted, or it is nested too deep.
    pub vast: bool,
}

impl Walked {
    /// Of a page on which the walk fell: nothing is known, and it is not to be drawn.
    pub fn stopped() -> Self {
        Self { vast: true, ..Self::default() }
    }
}

impl Walked {
    /// Process inks as they are printed, then the others by name.
    pub fn plates(&self) -> Vec<String> {
        let process = PROCESS.iter().filter(|name| self.plates.contains(**name)).map(|name| name.to_string());
        process.chain(self.plates.iter().filter(|name| !PROCESS.contains(&name.as_str())).cloned()).collect()
    }
}

/// Walks over a page.
pub fn walk(page: &Page<'_>, view: &View) -> Walked {
    let mut walk = Walk {
        found: Walked { whole: true, ..Walked::default() },
        known: HashSet::new(),
        open: Vec::new(),
        tiles: 0,
        costs: HashMap::new(),
        held: 0,
        left: MOST_OPERATORS,
    };
    let contents = match page.raw().get::<Object<'_>>("Contents") {
        Some(Object::Stream(content)) => vec![content],
        Some(Object::Array(parts)) => parts.iter::<Stream<'_>>().collect(),
        _ => Vec::new(),
    };
    let size = |part: &Stream<'_>| {
        let raw = part.raw_data();
        unpack::count(MOST_BYTES, &raw, &part.filters()).unwrap_or(raw.len() as u64)
    };
    walk.held = contents.iter().map(size).fold(0, u64::saturating_add);
    if walk.held > MOST_BYTES {
        return Walked::stopped();
    }
    if let Some(bytes) = page.page_stream() {
        walk.content(bytes, page.resources(), State::new(view.to_view));
    }
    walk.aside(|walk| {
        let annotations = page.raw().get::<Array<'_>>("Annots").into_iter().flat_map(|a| a.iter::<Dict<'_>>());
        for shown in annotations.filter_map(|annotation| annotation.get::<Dict<'_>>("AP")?.get::<Object<'_>>("N")) {
            let forms: Vec<Stream<'_>> = match shown {
                Object::Stream(form) => vec![form],
                Object::Dict(states) => states.keys().filter_map(|state| states.get::<Stream<'_>>(&*state)).collect(),
                _ => Vec::new(),
            };
            forms.into_iter().for_each(|form| walk.form(form, State::new(view.to_view), page.resources()));
        }
    });
    walk.found.fonts.sort();
    walk.found.fonts.dedup();
    walk.found
}

/// As what an object is painted: one object may be more than one thing.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Use {
    Content,
    Picture,
}

/// A current colour.
#[derive(Clone)]
struct Paint {
    space: Arc<Space>,
    values: Vec<f64>,
    /// Name of its pattern.
    pattern: Option<Vec<u8>>,
}

impl Paint {
    fn of(space: Space, values: &[&Number]) -> Paint {
        Paint { space: Arc::new(space), values: values.iter().map(|n| n.as_f64()).collect(), pattern: None }
    }

    fn in_space(space: Space) -> Paint {
        Paint { values: space.first(), space: Arc::new(space), pattern: None }
    }
}

#[derive(Clone)]
struct State<'a> {
    ctm: Transform,
    fill: Paint,
    stroke: Paint,
    font: Option<Dict<'a>>,
    mode: i64,
    /// The mean of dashes and gaps of lines that have them.
    dash: Option<f64>,
}

impl State<'_> {
    fn new(ctm: Transform) -> Self {
        let black = Paint::in_space(Space::Gray);
        State { ctm, fill: black.clone(), stroke: black, font: None, mode: 0, dash: None }
    }
}

struct Walk {
    found: Walked,
    /// Fonts that have been described.
    known: HashSet<ObjectIdentifier>,
    /// Forms that are being walked.
    open: Vec<ObjectIdentifier>,
    /// Patterns that are being walked.
    tiles: usize,
    /// Operators of patterns, masks, letters and pictures that have been walked: they are drawn each time, and walked once.
    costs: HashMap<(ObjectIdentifier, Use), usize>,
    /// Bytes of the content that is open.
    held: u64,
    /// Operators that may still be read.
    left: usize,
}

impl Walk {
    fn content<'a>(&mut self, bytes: &[u8], resources: &Resources<'a>, mut state: State<'a>) {
        let base = state.ctm;
        let mut saved: Vec<State<'a>> = Vec::new();
        let mut outline = Outline::default();
        let mut operators = TypedIter::new(bytes);
        while let Some(op) = operators.next() {
            if !self.pay(1) {
                return;
            }
            match op {
                Op::SaveState(_) if saved.len() < MOST_STATES => saved.push(state.clone()),
                Op::SaveState(_) => self.found.whole = false,
                Op::RestoreState(_) => state = saved.pop().unwrap_or(state),
                Op::Transform(m) => state.ctm = Transform([m.0, m.1, m.2, m.3, m.4, m.5].map(|n| n.as_f64())).within(state.ctm),
                Op::SetGraphicsState(gs) => {
                    if let Some(set) = resources.get_ext_g_state(gs.0) {
                        self.graphics_state(&set, &mut state);
                    }
                }
                Op::NonStrokeColorDeviceGray(g) => state.fill = Paint::of(Space::Gray, &[&g.0]),
                Op::StrokeColorDeviceGray(g) => state.stroke = Paint::of(Space::Gray, &[&g.0]),
                Op::NonStrokeColorDeviceRgb(c) => state.fill = Paint::of(Space::Rgb, &[&c.0, &c.1, &c.2]),
                Op::StrokeColorDeviceRgb(c) => state.stroke = Paint::of(Space::Rgb, &[&c.0, &c.1, &c.2]),
                Op::NonStrokeColorCmyk(c) => state.fill = Paint::of(Space::Cmyk, &[&c.0, &c.1, &c.2, &c.3]),
                Op::StrokeColorCmyk(c) => state.stroke = Paint::of(Space::Cmyk, &[&c.0, &c.1, &c.2, &c.3]),
                Op::ColorSpaceNonStroke(name) => state.fill = Paint::in_space(spaces::named(name.0, resources)),
                Op::ColorSpaceStroke(name) => state.stroke = Paint::in_space(spaces::named(name.0, resources)),
                Op::NonStrokeColor(c) => state.fill.values = numbers(&c.0),
                Op::StrokeColor(c) => state.stroke.values = numbers(&c.0),
                Op::NonStrokeColorNamed(c) => set(&mut state.fill, &c.0, c.1),
                Op::StrokeColorNamed(c) => set(&mut state.stroke, &c.0, c.1),
                Op::FillPathNonZero(_) | Op::FillPathNonZeroCompatibility(_) | Op::FillPathEvenOdd(_) => {
                    self.paint(&state.fill, resources, base);
                    outline = Outline::default();
                }
                Op::StrokePath(_) | Op::CloseAndStrokePath(_) => {
                    self.paint(&state.stroke, resources, base);
                    self.pay_for(outline.cut(state.dash));
                }
                Op::FillAndStrokeNonZero(_)
                | Op::FillAndStrokeEvenOdd(_)
                | Op::CloseFillAndStrokeNonZero(_)
                | Op::CloseFillAndStrokeEvenOdd(_) => {
                    self.paint(&state.fill, resources, base);
                    self.paint(&state.stroke, resources, base);
                    self.pay_for(outline.cut(state.dash));
                }
                Op::MoveTo(to) => outline.move_to(point(&to.0, &to.1)),
                Op::LineTo(to) => outline.go(&[point(&to.0, &to.1)]),
                Op::CubicTo(c) => outline.go(&[point(&c.0, &c.1), point(&c.2, &c.3), point(&c.4, &c.5)]),
                Op::CubicStartTo(c) => outline.go(&[point(&c.0, &c.1), point(&c.2, &c.3)]),
                Op::CubicEndTo(c) => outline.go(&[point(&c.0, &c.1), point(&c.2, &c.3)]),
                Op::RectPath(r) => outline.rectangle(point(&r.0, &r.1), r.2.as_f64(), r.3.as_f64()),
                Op::ClosePath(_) => outline.close(),
                Op::EndPath(_) => outline = Outline::default(),
                Op::DashPattern(set) => state.dash = dashes::mean(set.0),
                Op::Shading(name) => self.shading(resources.shadings.get::<Object<'_>>(&**name.0), resources),
                Op::TextFont(font) => state.font = resources.get_font(font.0),
                Op::TextRenderingMode(mode) => state.mode = mode.0.as_i64(),
                Op::ShowText(text) => self.text(&state, text.0.len(), resources, base),
                Op::NextLineAndShowText(text) => self.text(&state, text.0.len(), resources, base),
                Op::ShowTextWithParameters(text) => self.text(&state, text.2.len(), resources, base),
                Op::ShowTexts(texts) => self.text(&state, texts.0.data().len(), resources, base),
                Op::InlineImage(image) => {
                    self.unpack(image.0);
                    self.picture(image.0, &state, resources, base);
                }
                Op::XObject(name) => {
                    if let Some(object) = resources.x_objects.get::<Stream<'a>>(&**name.0) {
                        self.object(object, &state, resources, base);
                    }
                }
                _ => {}
            }
        }
    }

    /// Whether so many operators may still be read.
    fn pay(&mut self, operators: usize) -> bool {
        let enough = self.left >= operators;
        self.left = self.left.saturating_sub(operators);
        if !enough {
            self.found.whole = false;
            self.found.vast = true;
        }
        enough
    }

    /// The same, for what takes as long as so many operators.
    fn pay_for(&mut self, operators: u64) -> bool {
        self.pay(usize::try_from(operators).unwrap_or(usize::MAX))
    }

    /// Walks over what is drawn but is no paint of the page, for its cost alone.
    fn aside(&mut self, walk: impl FnOnce(&mut Walk)) {
        let found = std::mem::take(&mut self.found);
        walk(self);
        let vast = self.found.vast;
        self.found = found;
        self.found.vast |= vast;
    }

    /// Walks over something once, and pays for it each time.
    fn once(&mut self, id: ObjectIdentifier, as_what: Use, walk: impl FnOnce(&mut Walk)) {
        let id = (id, as_what);
        if let Some(cost) = self.costs.get(&id) {
            self.pay(*cost);
            return;
        }
        let before = self.left;
        walk(self);
        self.costs.insert(id, before - self.left);
    }

    fn graphics_state<'a>(&mut self, set: &Dict<'a>, state: &mut State<'a>) {
        let seen_through = |key: &str| set.get::<f64>(key).is_some_and(|alpha| alpha < 1.0);
        let plain = |mode: &Name<'_>| matches!(&**mode, b"Normal" | b"Compatible");
        let mode = set.get::<Name<'_>>("BM").or_else(|| set.get::<Array<'_>>("BM").and_then(|a| a.iter::<Name<'_>>().next()));
        let blended = mode.is_some_and(|mode| !plain(&mode));
        self.found.transparent |= seen_through("ca") || seen_through("CA") || blended || set.get::<Dict<'_>>("SMask").is_some();
        if let Some(mask) = set.get::<Dict<'_>>("SMask").and_then(|mask| mask.get::<Stream<'_>>("G")) {
            let ctm = state.ctm;
            let none = Resources::new(Dict::empty());
            self.once(mask.obj_id(), Use::Content, |walk| walk.aside(|walk| walk.form(mask, State::new(ctm), &none)));
        }
        state.dash = dashes::of_state(set).unwrap_or(state.dash);
        if let Some(font) = set.get::<Array<'a>>("Font").and_then(|a| a.iter::<Dict<'a>>().next()) {
            state.font = Some(font);
        }
    }

    fn paint(&mut self, paint: &Paint, resources: &Resources<'_>, base: Transform) {
        self.space(&paint.space, Some(&paint.values));
        let Some(name) = paint.pattern.as_ref().filter(|_| *paint.space == Space::Pattern) else { return };
        let Some(pattern) = resources.patterns.get::<Object<'_>>(&**name) else { return };
        match pattern {
            Object::Dict(pattern) => self.shading(pattern.get::<Object<'_>>("Shading"), resources),
            Object::Stream(_) if self.tiles == DEEPEST_PATTERN => {
                self.found.whole = false;
                self.found.vast = true;
            }
            Object::Stream(tile) => {
                self.tiles += 1;
                self.once(tile.obj_id(), Use::Content, |walk| walk.form(tile, State::new(base), resources));
                self.tiles -= 1;
            }
            _ => {}
        }
    }

    fn shading(&mut self, shading: Option<Object<'_>>, resources: &Resources<'_>) {
        let dict = match shading {
            Some(Object::Dict(dict)) => dict,
            Some(Object::Stream(stream)) => stream.dict().clone(),
            _ => return,
        };
        if let Some(space) = dict.get::<Object<'_>>("ColorSpace") {
            self.space(&spaces::resolve(space, resources, 0), None);
        }
    }

    fn space(&mut self, space: &Space, values: Option<&[f64]>) {
        if !self.found.spaces.contains(space) {
            self.found.spaces.insert(space.clone());
        }
        self.found.plates.extend(values.map_or_else(|| space.plates(), |values| space.plates_of(values)));
    }

    fn text(&mut self, state: &State<'_>, shown: usize, resources: &Resources<'_>, base: Transform) {
        if let Some(letters) = state.font.as_ref().and_then(|font| font.get::<Dict<'_>>("CharProcs")) {
            self.letters(&letters, state, shown, resources);
        }
        if let Some(font) = &state.font {
            let is_new = font.obj_id().is_none_or(|id| self.known.insert(id));
            let described = is_new.then(|| fonts::describe(font));
            self.found.fonts.extend(described.filter(|font| !self.found.fonts.contains(font)));
        }
        if matches!(state.mode, 0 | 2 | 4 | 6) {
            self.paint(&state.fill, resources, base);
        }
        if matches!(state.mode, 1 | 2 | 5 | 6) {
            self.paint(&state.stroke, resources, base);
            // How long the outlines of letters are is not asked.
            self.found.vast |= state.dash.is_some();
        }
    }

    /// Pays for letters that are painted by operators of their own, each as if it were the costliest.
    fn letters(&mut self, letters: &Dict<'_>, state: &State<'_>, shown: usize, resources: &Resources<'_>) {
        let own = state.font.as_ref().and_then(|font| font.get::<Dict<'_>>("Resources")).map(Resources::new);
        let mut most = 0;
        for letter in letters.keys().filter_map(|name| letters.get::<Stream<'_>>(&*name)) {
            let id = letter.obj_id();
            if !self.costs.contains_key(&(id, Use::Content)) && self.left > 0 {
                let ctm = state.ctm;
                let resources = own.as_ref().unwrap_or(resources);
                self.once(id, Use::Content, |walk| walk.aside(|walk| walk.form(letter, State::new(ctm), resources)));
            }
            most = most.max(self.costs.get(&(id, Use::Content)).copied().unwrap_or(0));
        }
        self.pay(most * shown);
    }

    fn object<'a>(&mut self, object: Stream<'a>, state: &State<'a>, resources: &Resources<'a>, base: Transform) {
        match object.dict().get::<Name<'_>>("Subtype").as_deref() {
            Some(b"Form") => self.form(object, state.clone(), resources),
            Some(b"Image") => {
                self.once(object.obj_id(), Use::Picture, |walk| walk.unpack(&object));
                self.picture(&object, state, resources, base);
            }
            _ => {}
        }
    }

    /// A form, or the cell of a pattern.
    fn form<'a>(&mut self, form: Stream<'a>, mut state: State<'a>, resources: &Resources<'a>) {
        let id = form.obj_id();
        // One that paints itself twice is painted without end.
        if self.open.len() >= DEEPEST || self.open.contains(&id) {
            self.found.whole = false;
            self.found.vast = true;
            return;
        }
        let size = packed::bytes(&form);
        if self.held.saturating_add(size) > MOST_BYTES {
            self.found.whole = false;
            self.found.vast = true;
            return;
        }
        let Ok(bytes) = form.decoded_data() else {
            self.found.whole = false;
            return;
        };
        if !self.pay_for(bytes.len() as u64 / BYTES_OF_OPERATOR) {
            return;
        }
        self.held += size;
        if let Some(matrix) = form.dict().get::<[f64; 6]>("Matrix") {
            state.ctm = Transform(matrix).within(state.ctm);
        }
        self.open.push(id);
        match form.dict().get::<Dict<'a>>("Resources") {
            Some(own) => self.content(&bytes, &Resources::new(own), state),
            None => self.content(&bytes, resources, state),
        }
        self.held -= size;
        self.open.pop();
    }

    /// Pays for unpacking a picture with its masks.
    fn unpack(&mut self, image: &Stream<'_>) {
        let masks = ["SMask", "Mask"].into_iter().filter_map(|key| image.dict().get::<Stream<'_>>(key));
        for part in masks.chain([image.clone()]) {
            let (pixels, bytes) = (packed::pixels(&part), packed::bytes(&part));
            self.found.vast |= pixels > MOST_PIXELS || bytes > MOST_BYTES;
            self.pay_for(pixels.min(MOST_PIXELS) / PIXELS_OF_OPERATOR + bytes.min(MOST_BYTES) / BYTES_OF_OPERATOR);
        }
    }

    fn picture(&mut self, image: &Stream<'_>, state: &State<'_>, resources: &Resources<'_>, base: Transform) {
        let dict = image.dict();
        let pixels = packed::sides(dict);
        let stencil = dict.get::<bool>("ImageMask").or_else(|| dict.get::<bool>("IM")).unwrap_or(false);
        let space = dict.get::<Object<'_>>("ColorSpace").or_else(|| dict.get::<Object<'_>>("CS"));
        let space = space.filter(|_| !stencil).map(|space| spaces::resolve(space, resources, 0));
        match &space {
            Some(space) => self.space(space, None),
            None if stencil => self.paint(&state.fill, resources, base),
            None => {}
        }
        self.found.transparent |= dict.contains_key("SMask") && dict.get::<Stream<'_>>("SMask").is_some();
        if self.found.pictures.len() >= MOST_PICTURES {
            self.found.whole = false;
            return;
        }
        let [a, b, c, d, ..] = state.ctm.0;
        let per_inch = |pixels: u32, x: f64, y: f64| f64::from(pixels) * 72.0 / x.hypot(y).max(1e-6);
        self.found.pictures.push(Picture {
            pixels,
            ppi: [per_inch(pixels[0], a, b), per_inch(pixels[1], c, d)],
            space,
            bits: if stencil { 1 } else { packed::number(dict, "BitsPerComponent", "BPC") as u8 },
            stencil,
            at: state.ctm.rect(Rect { x: 0.0, y: 0.0, w: 1.0, h: 1.0 }),
        });
    }
}

fn set(paint: &mut Paint, values: &[Number], pattern: Option<&Name<'_>>) {
    paint.values = numbers(values);
    paint.pattern = pattern.map(|name| name.to_vec());
}

fn point(x: &Number, y: &Number) -> (f64, f64) {
    (x.as_f64(), y.as_f64())
}

fn numbers(values: &[Number]) -> Vec<f64> {
    values.iter().map(|n| n.as_f64()).collect()
}
