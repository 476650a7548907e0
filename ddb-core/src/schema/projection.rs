//! The projection that fetches the attributes that a type needs.

use std::collections::HashMap;

use crate::image::FromStreamImage;

/// The attributes that a type is read from, as the `ProjectionExpression` of a `GetItem`, a `Query` or
/// a `Scan`, with its `ExpressionAttributeNames`.
///
/// Every name is replaced by a placeholder, because [more than 500 words are
/// reserved](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ReservedWords.html). The
/// placeholders are `#0`, `#1` and so on. For a `Query` with other expressions, add their names to
/// these.
///
/// ```
/// use ddb_core::{FromStreamImage, projection};
///
/// #[derive(FromStreamImage)]
/// struct Order {
///     id: u64,
///     status: String,
/// }
///
/// let projection = projection::<Order>().expect("the attributes are known");
/// assert_eq!(projection.expression, "#0, #1");
/// assert_eq!(projection.names["#1"], "status");
/// ```
#[cfg_attr(
    feature = "aws-sdk-dynamodb",
    doc = r"
With the SDK:

```
use aws_sdk_dynamodb::operation::get_item::builders::GetItemFluentBuilder;
use ddb_core::{FromStreamImage, projection};

/// Fetches no more of an item than the type needs.
fn project<T: FromStreamImage>(request: GetItemFluentBuilder) -> GetItemFluentBuilder {
    match projection::<T>() {
        Some(projection) => request
            .projection_expression(projection.expression)
            .set_expression_attribute_names(Some(projection.names)),
        None => request,
    }
}
```
"
)]
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Projection {
    /// The value of `ProjectionExpression`.
    pub expression: String,
    /// The value of `ExpressionAttributeNames`: the attribute of each placeholder.
    pub names: HashMap<String, String>,
}

/// Derives the projection that fetches what a type needs: its attributes with their aliases, those of
/// older versions, its tag and its keys.
///
/// `None` if the type needs every attribute, because it has a `rest` field or an `other(Item)`
/// variant, or is converted from an `Item`, and if it needs none. With `deny_unknown`, a read with the projection does not
/// notice unknown attributes, since it does not fetch them.
#[must_use]
pub fn projection<T: FromStreamImage>() -> Option<Projection> {
    let mut names = Vec::new();
    T::SCHEMA.image()?.collect_names(&mut names)?;
    if names.is_empty() {
        return None;
    }
    let expression: Vec<_> = (0..names.len()).map(placeholder).collect();
    Some(Projection {
        expression: expression.join(", "),
        names: expression.into_iter().zip(names.into_iter().map(str::to_owned)).collect(),
    })
}

fn placeholder(index: usize) -> String {
    format!("#{index}")
}
