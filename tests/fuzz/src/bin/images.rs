//! Reads generated images from every source. The results agree, whichever source it is, and however
//! its JSON is written; and with `serde_dynamo`, where that loses nothing.
#![no_main]

use std::fmt::Debug;

use ddb_core::event::ChangeImage;
use ddb_core::image::FromImageLossy;
use ddb_core::key::KeysOf;
use ddb_core::{FromStreamImage, Item};
use ddb_fuzz::models::{
    Branch, ByKey, Containers, Defaulted, Entity, Everything, Flattened, FlattenedVersions, Model,
    Nested, Newest, Node, OldBranch, Open, Overlapping, Picky, QKey, Sample, Scalars, StrictBranch,
    Tagged, Wide, WithKey,
};
use ddb_fuzz::{Unstructured, arbitrary, item, json, sources};
use ddb_tests::is_lossless_for_serde;
use libfuzzer_sys::fuzz_target;

/// Checks one type with an image that the bytes describe.
type Check = fn(&mut Unstructured<'_>) -> arbitrary::Result<()>;

const CHECKS: [Check; 24] = [
    |u| check::<Everything>(item::item(u)?, u),
    |u| check::<Node>(near::<Node>(u)?, u),
    |u| check::<Wide>(near::<Wide>(u)?, u),
    |u| check::<Scalars>(near::<Scalars>(u)?, u),
    |u| check::<Containers>(near::<Containers>(u)?, u),
    |u| check::<Everything>(near::<Everything>(u)?, u),
    |u| check::<WithKey>(near::<WithKey>(u)?, u),
    |u| check::<Entity>(near::<Entity>(u)?, u),
    |u| check::<ByKey>(near::<ByKey>(u)?, u),
    |u| check::<Overlapping>(near::<Overlapping>(u)?, u),
    |u| check::<QKey>(near::<QKey>(u)?, u),
    |u| check::<Open>(near::<QKey>(u)?, u),
    |u| check::<Tagged>(near::<Overlapping>(u)?, u),
    |u| check::<Flattened>(near::<QKey>(u)?, u),
    |u| check::<Newest>(near::<Node>(u)?, u),
    |u| check::<FlattenedVersions>(near::<Node>(u)?, u),
    |u| check::<StrictBranch>(near::<OldBranch>(u)?, u),
    |u| check_lossy::<Sample>(near::<Sample>(u)?, u),
    |u| check_lossy::<Picky>(near::<Picky>(u)?, u),
    |u| check_lossy::<Nested>(near::<Nested>(u)?, u),
    |u| check_lossy::<Defaulted>(near::<Defaulted>(u)?, u),
    |u| check::<Branch>(near::<Branch>(u)?, u),
    check_serde,
    check_keys,
];

fuzz_target!(|bytes: &[u8]| {
    let mut u = Unstructured::new(bytes);
    // The bytes may end anywhere. What they have described so far is not checked then.
    let _ = u.choose(&CHECKS).and_then(|check| check(&mut u));
});

/// An image that a model has written, with a few attributes changed.
fn near<T: Model>(u: &mut Unstructured<'_>) -> arbitrary::Result<Item> {
    let written = if u.ratio(3, 4)? { T::arbitrary(u)?.into_item().ok() } else { None };
    let mut attributes = written.map(Item::into_inner).unwrap_or_default();
    item::spoil(u, &mut attributes, 3)?;
    Ok(attributes.into())
}

fn check<T>(item: Item, u: &mut Unstructured<'_>) -> arbitrary::Result<()>
where
    T: FromStreamImage + ChangeImage + Debug + PartialEq,
{
    let text = json::write(&item, u)?;
    if !text.is_odd {
        let _ = sources::agree::<T>(&item, &text.json);
    }
    sources::agree_in_texts::<T>(&text.json);
    Ok(())
}

fn check_lossy<T>(item: Item, u: &mut Unstructured<'_>) -> arbitrary::Result<()>
where
    T: FromImageLossy + ChangeImage + Debug + PartialEq,
{
    sources::agree_lossily::<T>(&item);
    check::<T>(item, u)
}

fn check_serde(u: &mut Unstructured<'_>) -> arbitrary::Result<()> {
    let item = near::<Wide>(u)?;
    if is_lossless_for_serde(&item)
        && let Ok(expected) = serde_dynamo::from_item::<_, Wide>(item.clone())
    {
        assert_eq!(sources::outcome(Wide::from_image(item)), Ok(expected));
    }
    Ok(())
}

/// Keys, which in an event are not read from an image.
fn check_keys(u: &mut Unstructured<'_>) -> arbitrary::Result<()> {
    let item = if u.arbitrary()? { near::<Overlapping>(u)? } else { near::<WithKey>(u)? };
    let text = json::write(&item, u)?;
    if !text.is_odd {
        let _ = sources::agree::<KeysOf<Overlapping>>(&item, &text.json);
        let _ = sources::agree::<KeysOf<ByKey>>(&item, &text.json);
        let _ = sources::agree::<KeysOf<WithKey>>(&item, &text.json);
    }
    Ok(())
}
