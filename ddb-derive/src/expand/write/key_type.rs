//! The type of the key alone, which is written if the type whose key it is can be written.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::ext::IdentExt as _;
use syn::{Type, WherePredicate, parse_quote, parse_quote_spanned};

use super::super::impls::{self, span_at};
use super::super::keys::key_fields;
use super::super::runtime::Runtime;
use super::super::structs::local;
use crate::model::{Content, Model, Struct, Tagged};

/// The code that writes a key.
pub struct WrittenKey {
    /// Writes the key from a reference to it.
    write: TokenStream,
    /// The bounds of the impls: what the derive of the type with the key implements.
    bounds: Vec<WherePredicate>,
}

/// The key of a struct.
pub fn struct_parts(data: &Struct, this: &Type, runtime: &Runtime) -> WrittenKey {
    let (pattern, write, bound) = parts(data, 0, this, runtime);
    WrittenKey { write: quote!(let Self { #pattern } = self; #write), bounds: vec![bound] }
}

/// The key of an enum.
pub fn variant_parts(data: &Tagged, this: &Type, runtime: &Runtime) -> WrittenKey {
    let hidden = runtime.hidden();
    let mut bounds = Vec::new();
    let mut arms = Vec::new();
    for (index, variant) in data.variants.iter().enumerate() {
        let ident = &variant.ident;
        let name = ident.unraw().to_string();
        let check = check_key(index, &quote!(#this), runtime);
        match &variant.content {
            Content::Unit => {}
            Content::Image(ty) => {
                let span = span_at(ty);
                let hidden = runtime.at(span).hidden();
                bounds.push(parse_quote_spanned!(span=> for<'__inner> #ty: #hidden::WriteContent));
                arms.push(quote_spanned! {span=>
                    Self::#ident(__content) => {
                        #hidden::ItemWriter::write_variant(__writer, #name, |__writer| {
                            <#ty as #hidden::WriteContent>::__write_content_key(
                                __content,
                                __writer,
                            );
                            #check
                        });
                    }
                });
            }
            Content::Fields(data) => {
                let (pattern, write, bound) = parts(data, index, this, runtime);
                bounds.push(bound);
                arms.push(quote! {
                    Self::#ident { #pattern } => {
                        #hidden::ItemWriter::write_variant(__writer, #name, |__writer| {
                            #write
                            #check
                        });
                    }
                });
            }
        }
    }
    if let Some(other) = data.other.as_ref().filter(|other| other.item.is_some()) {
        let ident = &other.ident;
        arms.push(quote! {
            Self::#ident(__item) => #hidden::write_item_as_key(__item, __writer),
        });
    }
    let no_key = data.variants.iter().any(|variant| matches!(variant.content, Content::Unit))
        || data.other.as_ref().is_some_and(|other| other.item.is_none());
    let rest = no_key.then(|| quote!(_ => #hidden::refuse_key(__writer),));
    WrittenKey { write: quote!(match self { #(#arms)* #rest }), bounds }
}

/// The check that a key selects the variant with this index, of an enum with `by_key`.
pub fn check_key(variant: usize, this: &TokenStream, runtime: &Runtime) -> TokenStream {
    let hidden = runtime.hidden();
    quote! {
        #hidden::ItemWriter::check_key(__writer, <#this as #hidden::KeyedEnum>::KEYS, #variant);
    }
}

/// The pattern of the fields, the code that writes them, and the bound that the code needs.
fn parts(
    data: &Struct,
    variant: usize,
    this: &Type,
    runtime: &Runtime,
) -> (TokenStream, TokenStream, WherePredicate) {
    let hidden = runtime.hidden();
    let fields = key_fields(data);
    let idents: Vec<_> = fields.iter().map(|&index| &data.fields[index].ident).collect();
    let locals: Vec<_> = idents.iter().map(|ident| local(ident)).collect();
    let types = fields.iter().map(|&index| &data.fields[index].ty);
    let parts = quote!((#(&'__key #types,)*));
    let bound = parse_quote!(for<'__key> #this: #hidden::WriteKeyParts<#parts, #variant>);
    let write = quote! {
        <#this as #hidden::WriteKeyParts<_, #variant>>::__write_key_parts(
            (#(#locals,)*),
            __writer,
        );
    };
    (quote!(#(#idents: #locals),*), write, bound)
}

/// The impls that write the key.
pub fn implement(key: &Model, written: &WrittenKey, runtime: &Runtime) -> TokenStream {
    let hidden = runtime.hidden();
    let WrittenKey { write, bounds } = written;
    let implement = |of: TokenStream, body: TokenStream| {
        impls::implement(key, &of, bounds.iter().cloned(), &body)
    };
    let item = implement(
        quote!(#hidden::WriteItem),
        quote! {
            const NAMES: &'static #hidden::ImageNames = &#hidden::ImageNames::UNKNOWN;

            fn write_item(self, __writer: &mut #hidden::ItemWriter) {
                #hidden::WriteItem::write_key(&self, __writer);
            }

            fn write_key(&self, __writer: &mut #hidden::ItemWriter) {
                #write
            }
        },
    );
    let attribute = implement(
        quote!(#runtime::IntoAttribute),
        quote! {
            fn into_attribute(
                self,
            ) -> ::core::result::Result<#runtime::AttributeValue, #runtime::AttributeError> {
                #hidden::write_map(self)
            }
        },
    );
    let whole = implement(quote!(#runtime::IntoItem), TokenStream::new());
    quote!(#item #attribute #whole)
}
