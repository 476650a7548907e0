//! The types that are read from an attribute, one file for each family.

mod binary;
mod collection;
mod float;
mod integer;
mod map;
mod optional;
mod pointer;
mod raw;
mod scalar;
mod tuple;
