//! How deep functions and colour spaces hold each other, before the renderer calls itself for each of them: no panic that
//! could be caught ends that, and functions that name others twice take time without end.

use hayro::hayro_syntax::object::{Array, Dict, Object, Stream};

/// Levels that are followed. Stitching functions hold plain ones, a separation a space of the device.
const DEEPEST: usize = 16;
/// Functions, spaces and their parts that one may hold.
const MOST: usize = 10_000;
/// Procedures within each other; a program of so many choices has no author.
const MOST_BRACES: usize = 100;

/// Whether an object holds more than a renderer may follow.
pub(super) fn is_too_deep(object: &Object<'_>) -> bool {
    goes_on(object, DEEPEST, &mut { MOST })
}

fn goes_on(object: &Object<'_>, levels: usize, left: &mut usize) -> bool {
    if levels == 0 || *left == 0 {
        return true;
    }
    *left -= 1;
    match object {
        Object::Array(space) => is_space(space) && any_goes_on(space, levels - 1, left),
        Object::Dict(dict) => dict_goes_on(dict, levels - 1, left),
        Object::Stream(stream) => is_braced(stream) || dict_goes_on(stream.dict(), levels - 1, left),
        _ => false,
    }
}

fn dict_goes_on(dict: &Dict<'_>, levels: usize, left: &mut usize) -> bool {
    ["Functions", "Function", "Alternate"].into_iter().filter_map(|key| dict.get::<Object<'_>>(key)).any(|held| match &held {
        Object::Array(functions) if !is_space(functions) => any_goes_on(functions, levels, left),
        held => goes_on(held, levels, left),
    })
}

fn any_goes_on(items: &Array<'_>, levels: usize, left: &mut usize) -> bool {
    items.iter::<Object<'_>>().any(|item| goes_on(&item, levels, left))
}

fn is_space(array: &Array<'_>) -> bool {
    let first = array.iter::<Object<'_>>().next();
    let of_others: [&[u8]; 6] = [b"Separation", b"DeviceN", b"Indexed", b"I", b"ICCBased", b"Pattern"];
    matches!(first, Some(Object::Name(name)) if of_others.contains(&&*name))
}

/// Whether a program of PostScript nests its procedures too deep.
fn is_braced(stream: &Stream<'_>) -> bool {
    if stream.dict().get::<i32>("FunctionType") != Some(4) {
        return false;
    }
    let mut depth = 0_usize;
    stream.decoded().is_ok_and(|program| {
        program.iter().any(|byte| {
            depth = (depth + usize::from(*byte == b'{')).saturating_sub(usize::from(*byte == b'}'));
            depth > MOST_BRACES
        })
    })
}
