//! Key attributes whose text is made of fields.

use serde_dynamo::AttributeValue;

use crate::error::{AttributeError, Unwritable};
use crate::read::{Split, split_key};
use crate::write::ItemWriter;

/// The text of a field in a key.
pub struct KeyPiece {
    /// The name of the field.
    field: &'static str,
    /// The number of digits to which the field is padded, or zero.
    width: usize,
    text: PieceText,
}

/// The text of a field, if it has one.
pub enum PieceText {
    /// The field is `None`.
    None,
    /// The field is an `other` variant without a name of its own.
    NoForm,
    /// The text.
    Some(String),
}

impl KeyPiece {
    /// The text of a field.
    #[must_use]
    pub fn new(field: &'static str, width: usize, text: PieceText) -> Self {
        Self { field, width, text }
    }
}

impl ItemWriter {
    /// Writes an attribute of an index's key. It is left out if all of its fields are `None`, so
    /// that the item is not in the index.
    ///
    /// Source: [Sparse indexes](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/bp-indexes-general-sparse-indexes.html).
    pub fn write_index_key(
        &mut self,
        attribute: &'static str,
        template: &'static str,
        literals: &'static [&'static str],
        pieces: &[KeyPiece],
    ) {
        if pieces.is_empty() || !pieces.iter().all(|piece| matches!(piece.text, PieceText::None)) {
            self.write_key(attribute, template, literals, pieces);
        }
    }

    /// Writes an attribute of the table's key.
    pub fn write_key(
        &mut self,
        attribute: &'static str,
        template: &'static str,
        literals: &'static [&'static str],
        pieces: &[KeyPiece],
    ) {
        match join(template, literals, pieces) {
            Ok(text) => self.insert(attribute, AttributeValue::S(text)),
            Err(error) => self.fail(attribute, error),
        }
    }
}

/// Joins the pieces, and splits the text again, which must give the same pieces.
fn join(
    template: &'static str,
    literals: &'static [&'static str],
    pieces: &[KeyPiece],
) -> Result<String, AttributeError> {
    let mut text = literals.first().copied().unwrap_or_default().to_owned();
    let mut written = Vec::with_capacity(pieces.len());
    for (piece, literal) in pieces.iter().zip(literals.iter().skip(1)) {
        let KeyPiece { field, width, text: value } = piece;
        let fail = |reason| Err(AttributeError::unwritable(reason));
        let value = match value {
            PieceText::Some(value) => value,
            PieceText::None => return fail(Unwritable::NoneInKey { field, template }),
            PieceText::NoForm => return fail(Unwritable::NoFormInKey { field, template }),
        };
        if value.is_empty() {
            return fail(Unwritable::EmptyInKey { field, template });
        }
        if *width > 0 && value.len() > *width {
            return fail(Unwritable::TooWide { field, template });
        }
        let start = text.len();
        text.extend(std::iter::repeat_n('0', width.saturating_sub(value.len())));
        text.push_str(value);
        written.push((*field, start..text.len()));
        text.push_str(literal);
    }
    let mut split = split_key(literals, &text);
    for (field, range) in written {
        let piece = split.as_mut().and_then(Split::take);
        if piece != text.get(range) {
            return Err(AttributeError::unwritable(Unwritable::SplitsOtherwise {
                field,
                template,
            }));
        }
    }
    Ok(text)
}
