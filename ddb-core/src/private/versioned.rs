//! Types with older versions: `upgrade_from`.

use crate::attribute::FromAttribute;
use crate::message::Message;
use crate::private::image::ReadImage;
use crate::private::names::ImageNames;
use crate::read::{Image, Version};
use crate::schema::Schema;

/// A type with `upgrade_from`.
pub trait Versioned: Sized {
    /// The attributes that the newest version maps.
    const NAMES: &'static ImageNames;

    /// Reads the image as the newest version. `None` means that the value cannot be built; the
    /// problem is in the report.
    fn read_newest(image: &mut Image<'_>) -> Option<Self>;
}

/// A [`Versioned`] type with a lossy conversion.
pub trait VersionedLossy: Versioned {
    /// Reads the image as the newest version. Every value that does not fit is replaced and reported.
    fn read_newest_lossy(image: &mut Image<'_>) -> Self;
}

/// The `Type` of `upgrade_from = Type`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be an older version",
    label = "not a type that is read from a whole image",
    note = "`upgrade_from` takes a struct or an enum that derives `FromStreamImage` or \
            `FromAttribute`"
)]
pub trait OlderVersion: Sized {
    /// The attributes that the type maps.
    const NAMES: &'static ImageNames;

    /// The schema of the type.
    const SCHEMA: &'static Schema;

    /// Reads the image, and converts it. `None` means that it does not fit; the problem is in the
    /// report.
    fn __read_as<T: UpgradeFrom<Self>>(image: &mut Image<'_>) -> Option<T>;
}

#[diagnostic::do_not_recommend]
impl<T: ReadImage> OlderVersion for T {
    const NAMES: &'static ImageNames = T::NAMES;

    const SCHEMA: &'static Schema = <T as FromAttribute>::SCHEMA;

    fn __read_as<U: UpgradeFrom<Self>>(image: &mut Image<'_>) -> Option<U> {
        let checkpoint = image.report.checkpoint();
        let version = T::read_image(image)?;
        // A version with problems contains defaults, which the user's conversion must not see.
        (image.report.count_since(checkpoint) == 0).then(|| U::__upgrade(version))
    }
}

/// A type that is converted from an older version.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be upgraded from `{V}`",
    label = "no `From<{V}>`",
    note = "write `impl From<{V}> for {Self}`"
)]
pub trait UpgradeFrom<V>: Sized {
    /// Converts the older version.
    fn __upgrade(version: V) -> Self;
}

#[diagnostic::do_not_recommend]
impl<T: From<V>, V> UpgradeFrom<V> for T {
    fn __upgrade(version: V) -> Self {
        version.into()
    }
}

/// Reads the image as the first version that it fits. `None` means that it fits none; the problems
/// of each are in the report.
pub fn read_versions<T>(image: &mut Image<'_>, versions: &[Version<T>]) -> Option<T> {
    image.read_versions(versions)
}

/// Reads the image as the first version that it fits or, if there is none, lossily as the newest. The
/// problems of all versions are then in the report.
pub fn read_versions_or_newest<T: VersionedLossy>(
    image: &mut Image<'_>,
    versions: &[Version<T>],
) -> T {
    image.read_versions_or_newest(versions, T::read_newest_lossy)
}

/// Reads the image as the first version that it fits or, if there is none, lossily as the newest. Only
/// the problems of the newest version are then in the report.
pub fn read_versions_lossy<T: VersionedLossy>(image: &mut Image<'_>, versions: &[Version<T>]) -> T {
    image.read_fitting_version(versions).unwrap_or_else(|| T::read_newest_lossy(image))
}

/// Fails to compile if every image fits the version.
///
/// # Panics
///
/// Panics at compile time, and names the version.
#[track_caller]
pub const fn check_version(schema: &Schema, name: &str) {
    if !schema.can_refuse() {
        let message = Message::EMPTY
            .with("`")
            .with(name)
            .with("` has no required attribute, so that the items of every version fit it: add a field without a default whose type is not an `Option` or a set");
        panic!("{}", message.as_str())
    }
}
