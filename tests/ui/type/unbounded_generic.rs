//! A generic struct of a type that cannot be read.

use ddb_core::FromStreamImage;

fn use_it<T>(image: ddb_core::Item) {
    let _ = Page::<T>::from_image(image);
}

#[derive(FromStreamImage)]
struct Page<T> {
    items: Vec<T>,
}

fn main() {}
