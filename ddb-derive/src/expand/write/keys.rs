//! Generates the code that writes key attributes.

use proc_macro2::{Ident, TokenStream};
use quote::{quote, quote_spanned};
use syn::ext::IdentExt as _;
use syn::parse_quote;

use super::super::bounds::infer_where_clause;
use super::super::impls::span_at;
use super::super::keys::key_fields;
use super::super::runtime::Runtime;
use super::super::structs::local;
use crate::model::{Model, Struct, Template};

/// Imports the traits whose functions write the fields of these templates.
fn uses<'t>(
    templates: impl IntoIterator<Item = &'t Template>,
    runtime: &Runtime,
) -> Option<TokenStream> {
    let hidden = runtime.hidden();
    templates
        .into_iter()
        .any(|template| !template.fields.is_empty())
        .then(|| quote!(use #hidden::{KeyShape as _, WriteKeyText as _, WriteUnitEnum as _, WriteVariantName as _};))
}

/// The impl that writes the table's key from references to the fields in it. It serves the struct,
/// or the variant with this index, and the type of its key.
pub fn implement_parts(
    model: &Model,
    data: &Struct,
    variant: usize,
    runtime: &Runtime,
) -> Option<TokenStream> {
    let hidden = runtime.hidden();
    let templates: Vec<_> = primary(data).collect();
    if templates.is_empty() {
        return None;
    }
    let fields = key_fields(data);
    let types = fields.iter().map(|&index| &data.fields[index].ty);
    let parts = quote!((#(&'__key #types,)*));
    let locals = fields.iter().map(|&index| local(&data.fields[index].ident));
    let use_keys = uses(templates.iter().copied(), runtime);
    let keys = templates
        .iter()
        .map(|template| expand_key(data, template, runtime, |local| quote!(#local)));
    let mut generics = model.generics.clone();
    generics.where_clause = infer_where_clause(model);
    generics.params.insert(0, parse_quote!('__key));
    let this = &model.this;
    let (impl_generics, _, where_clause) = generics.split_for_impl();
    Some(quote! {
        #[automatically_derived]
        #[allow(deprecated)]
        impl #impl_generics #hidden::WriteKeyParts<#parts, #variant> for #this #where_clause {
            fn __write_key_parts(
                (#(#locals,)*): #parts,
                __writer: &mut #hidden::ItemWriter,
            ) {
                #use_keys
                #(#keys)*
            }
        }
    })
}

/// Writes the table's key. `reference` makes a reference of a field's local variable.
pub fn write_primary(
    data: &Struct,
    variant: usize,
    runtime: &Runtime,
    reference: impl Fn(&Ident) -> TokenStream,
) -> Option<TokenStream> {
    primary(data).next()?;
    let hidden = runtime.hidden();
    let parts =
        key_fields(data).into_iter().map(|index| reference(&local(&data.fields[index].ident)));
    Some(quote! {
        <Self as #hidden::WriteKeyParts<_, #variant>>::__write_key_parts(
            (#(#parts,)*),
            __writer,
        );
    })
}

/// Writes the keys of indexes from the local variables.
pub fn write_index_keys(data: &Struct, runtime: &Runtime) -> TokenStream {
    let templates: Vec<_> = data.templates.iter().filter(|template| !template.is_primary).collect();
    let use_keys = uses(templates.iter().copied(), runtime);
    let keys = templates
        .iter()
        .map(|template| expand_key(data, template, runtime, |local| quote!(&#local)));
    quote!(#use_keys #(#keys)*)
}

fn primary(data: &Struct) -> impl Iterator<Item = &Template> {
    data.templates.iter().filter(|template| template.is_primary)
}

fn expand_key(
    data: &Struct,
    template: &Template,
    runtime: &Runtime,
    reference: impl Fn(&Ident) -> TokenStream,
) -> TokenStream {
    let hidden = runtime.hidden();
    let Template { attribute, text, literals, .. } = template;
    let pieces = template.fields.iter().map(|placeholder| {
        let field = &data.fields[placeholder.field];
        let (ty, value) = (&field.ty, reference(&local(&field.ident)));
        let name = field.ident.unraw().to_string();
        let span = span_at(ty);
        let hidden = runtime.at(span).hidden();
        let key = quote_spanned!(span=> #hidden::KeyField::<#ty>);
        let value = quote_spanned!(span=> #key::__as_option(#value));
        let text = quote_spanned!(span=> (&&&#key::__inner()).__key_text(__value));
        let width = placeholder.width;
        let width = if width > 0 {
            quote_spanned!(span=> { #hidden::check_padded::<#ty>(); #width })
        } else {
            quote!(#width)
        };
        quote! {
            #hidden::KeyPiece::new(
                #name,
                #width,
                ::core::option::Option::map_or(
                    #value,
                    #hidden::PieceText::None,
                    |__value| #text,
                ),
            )
        }
    });
    let write = if template.is_primary { quote!(write_key) } else { quote!(write_index_key) };
    quote! {
        #hidden::ItemWriter::#write(
            __writer,
            #attribute,
            #text,
            &[#(#literals),*],
            &[#(#pieces),*],
        );
    }
}
