//! Key attributes whose text is made of fields.

use proc_macro2::TokenStream;
use quote::{format_ident, quote, quote_spanned};
use syn::ext::IdentExt as _;
use syn::{Ident, Type};

use super::impls::span_at;
use super::runtime::Runtime;
use super::structs::local;
use crate::model::{Field, Placeholder, Role, Struct, Template};

/// Generates the code that reads the keys of a struct.
pub struct Keys<'m> {
    templates: &'m [Template],
    occurrences: Vec<Occurrence<'m>>,
    /// The type of the items, for messages.
    item: Type,
    runtime: &'m Runtime,
}

/// An occurrence of a field in a template, with a slot of its own. If the field has no attribute of
/// its own, the slot of its first occurrence is the field's slot. The others are compared with it.
struct Occurrence<'m> {
    field: &'m Field,
    /// The index of the template.
    template: usize,
    placeholder: &'m Placeholder,
    slot: Ident,
    /// Whether the slot is the one of the field.
    is_first: bool,
}

impl<'m> Keys<'m> {
    pub fn new(data: &'m Struct, item: Type, runtime: &'m Runtime) -> Self {
        let mut seen = vec![false; data.fields.len()];
        let mut occurrences = Vec::new();
        for (index, template) in data.templates.iter().enumerate() {
            for (place, placeholder) in template.fields.iter().enumerate() {
                let field = &data.fields[placeholder.field];
                let was_seen = std::mem::replace(&mut seen[placeholder.field], true);
                let is_first = !was_seen && matches!(field.role, Role::Key);
                let slot = if is_first {
                    local(&field.ident)
                } else {
                    format_ident!("__key_{index}_{place}")
                };
                let template = index;
                occurrences.push(Occurrence { field, template, placeholder, slot, is_first });
            }
        }
        Self { templates: &data.templates, occurrences, item, runtime }
    }

    /// Imports the traits whose functions parse the fields.
    pub fn expand_use(&self) -> Option<TokenStream> {
        let hidden = self.runtime.hidden();
        (!self.occurrences.is_empty())
            .then(|| quote!(use #hidden::{KeyShape as _, ParseKey as _, ParseVariant as _};))
    }

    pub fn expand_slots(&self) -> TokenStream {
        let hidden = self.runtime.hidden();
        let fields = self.occurrences.iter().map(
            |Occurrence { field, template, placeholder, slot, .. }| {
                let template = &self.templates[*template];
                let (ty, name) = (&field.ty, &template.attribute);
                let span = span_at(ty);
                let place = format!("{} in {}", field.ident.unraw(), template.text);
                let padded = (placeholder.width > 0).then(|| {
                    let hidden = self.runtime.at(span).hidden();
                    quote_spanned!(span=> #hidden::check_padded::<#ty>();)
                });
                quote! {
                    let mut #slot = #hidden::Slot::new(
                        &const {
                            #padded
                            #hidden::Field::new(&[#name], #hidden::key_field(
                                #hidden::KeyField::<#ty>::EXPECTED,
                                #hidden::KeyField::<#ty>::ABSENCE,
                                #place,
                            ))
                        },
                    );
                }
            },
        );
        let keys = self.templates.iter().enumerate().map(|(index, template)| {
            let (constant, is_read) = (constant(index), is_read(index));
            let value = self.expand_template(template);
            quote!(let #constant = #value; let mut #is_read = false;)
        });
        quote!(#(#fields)* #(#keys)*)
    }

    /// The arms that read the key attributes.
    pub fn expand_arms(&self) -> Vec<TokenStream> {
        let hidden = self.runtime.hidden();
        let templates = self.templates.iter().enumerate();
        let arms = templates.map(|(index, template)| {
            let attribute = &template.attribute;
            let (constant, is_read) = (constant(index), is_read(index));
            let inside = self.occurrences.iter().filter(|occurrence| occurrence.template == index);
            let reads = inside.map(|Occurrence { field, slot, .. }| {
                let ty = &field.ty;
                let span = span_at(ty);
                let hidden = self.runtime.at(span).hidden();
                let field = quote_spanned!(span=> #hidden::KeyField::<#ty>);
                let parse = quote_spanned!(span=> (&&#field::__inner()).__parse_key(__text));
                quote! {
                    #hidden::KeyFields::read(__fields, &mut #slot, |__text| {
                        ::core::result::Result::map(#parse, #field::__wrap)
                    });
                }
            });
            quote! {
                #attribute => #hidden::Entry::read_key(
                    __entry,
                    #constant,
                    &mut #is_read,
                    &mut |__fields| { #(#reads)* },
                ),
            }
        });
        arms.collect()
    }

    fn expand_template(&self, template: &Template) -> TokenStream {
        let Template { text, literals, is_primary, .. } = template;
        let (hidden, item) = (self.runtime.hidden(), &self.item);
        quote! {
            &const {
                #hidden::KeyTemplate::new(
                    &[#(#literals),*],
                    #hidden::expect_key::<#item>(#text),
                    #is_primary,
                )
            }
        }
    }

    /// Checks that the item has its key, and compares the values of a field that has several
    /// sources.
    pub fn expand_checks(&self) -> TokenStream {
        let hidden = self.runtime.hidden();
        let templates = self.templates.iter().enumerate();
        let primary = templates.filter(|(_, template)| template.is_primary);
        let expect = primary.map(|(index, template)| {
            let attribute = &template.attribute;
            let (constant, is_read) = (constant(index), is_read(index));
            quote!(#hidden::Image::expect_key(__image, #attribute, #constant, #is_read);)
        });
        let others = self.occurrences.iter().filter(|occurrence| !occurrence.is_first);
        let agree = others.map(|Occurrence { field, slot, .. }| {
            let span = span_at(&field.ty);
            let (hidden, ty) = (self.runtime.at(span).hidden(), &field.ty);
            let own = local(&field.ident);
            quote_spanned!(span=> #hidden::Image::agree::<#ty>(__image, &mut #own, #slot);)
        });
        quote!(#(#expect)* #(#agree)*)
    }
}

/// The patterns of the attributes of the table's key.
pub fn expand_key(templates: &[Template], runtime: &Runtime) -> TokenStream {
    let hidden = runtime.hidden();
    let patterns = templates.iter().filter(|template| template.is_primary).map(
        |Template { attribute, literals, .. }| {
            quote!(#hidden::KeyPattern::new(#attribute, &[#(#literals),*]))
        },
    );
    quote!(&[#(#patterns),*])
}

/// The indices of the fields in the table's key, in the order of their declaration.
pub fn key_fields(data: &Struct) -> Vec<usize> {
    let is_used = |index: &usize| {
        let mut templates = data.templates.iter().filter(|template| template.is_primary);
        templates.any(|template| template.contains(*index))
    };
    (0..data.fields.len()).filter(is_used).collect()
}

/// The local variable that refers to a template.
fn constant(index: usize) -> Ident {
    format_ident!("__template_{index}")
}

/// The local variable that says whether a key attribute has been read.
fn is_read(index: usize) -> Ident {
    format_ident!("__key_{index}")
}
