//! The types that are read from an attribute, one file for each family.

mod binary;
mod float;
mod integer;
mod map;
mod optional;
mod pointer;
mod scalar;
mod sequence;
mod tuple;
mod value;
