//! The impls that write a type: `IntoItem` and `IntoAttribute`.

mod enums;
mod field;
pub mod key_type;
mod keys;
mod structs;
mod tagged;

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::{Member, Type, WherePredicate};

use super::impls::{implement, span_at};
use super::runtime::Runtime;
use crate::model::{Conversion, Converted, Element, Kind, Model, Newtype, Target, Tuple};

use self::field::{convert, is_plain, options};

pub fn expand(model: &Model) -> TokenStream {
    let runtime = Runtime::new(&model.krate);
    match &model.kind {
        Kind::Struct(data) => structs::expand(model, data, &runtime),
        Kind::Tuple(data) => expand_tuple(model, data, &runtime),
        Kind::Newtype(data) => expand_newtype(model, data, &runtime),
        Kind::Enum(data) => enums::expand(model, data, &runtime),
        Kind::Tagged(data) => tagged::expand(model, data, &runtime),
        Kind::Converted(data) => expand_converted(model, data, &runtime),
    }
}

/// A type that is written as a map.
struct WrittenMap {
    /// A reference to the names of the attributes.
    names: TokenStream,
    /// Writes the attributes.
    write: TokenStream,
    /// Writes the table's key alone, from a reference, if the type can have one.
    write_key: Option<TokenStream>,
}

/// The impls of a type that is written as a map.
fn implement_map(model: &Model, map: &WrittenMap, runtime: &Runtime) -> TokenStream {
    let hidden = runtime.hidden();
    let WrittenMap { names, write, write_key } = map;
    let write_key = write_key.as_ref().map(|write_key| {
        quote! {
            fn write_key(&self, __writer: &mut #hidden::ItemWriter) {
                #write_key
            }
        }
    });
    let write_item = quote! {
        const NAMES: &'static #hidden::ImageNames = #names;

        fn write_item(self, __writer: &mut #hidden::ItemWriter) {
            #write
        }

        #write_key
    };
    let write_item = implement(model, &quote!(#hidden::WriteItem), None, &write_item);
    let into_attribute = quote! {
        fn into_attribute(
            self,
        ) -> ::core::result::Result<#runtime::AttributeValue, #runtime::AttributeError> {
            #hidden::write_map(self)
        }
    };
    let into_attribute = implement(model, &quote!(#runtime::IntoAttribute), None, &into_attribute);
    quote!(#write_item #into_attribute)
}

/// The impls that only a whole item has. `also` is a further bound.
fn implement_item(
    model: &Model,
    also: Option<WherePredicate>,
    runtime: &Runtime,
) -> Option<TokenStream> {
    if model.target != Target::Image {
        return None;
    }
    let none = TokenStream::new();
    let item = implement(model, &quote!(#runtime::IntoItem), also.clone(), &none);
    let this = &model.this;
    let mut generics = model.generics.clone();
    generics.where_clause = super::bounds::infer_where_clause(model);
    if let Some(also) = also {
        generics.make_where_clause().predicates.push(also);
    }
    let (impl_generics, _, where_clause) = generics.split_for_impl();
    Some(quote! {
        #item

        #[automatically_derived]
        #[allow(deprecated)]
        impl #impl_generics ::core::convert::TryFrom<#this> for #runtime::Item #where_clause {
            type Error = #runtime::ItemError;

            fn try_from(__value: #this) -> ::core::result::Result<Self, #runtime::ItemError> {
                #runtime::IntoItem::into_item(__value)
            }
        }
    })
}

fn expand_tuple(model: &Model, data: &Tuple, runtime: &Runtime) -> TokenStream {
    let hidden = runtime.hidden();
    let elements = data.elements.iter().map(|element| {
        let member = &element.member;
        let Element { ty, conversion, form, .. } = element;
        let value = convert(runtime, ty, conversion, *form, false, &quote!(self.#member));
        into_attribute(runtime, ty, is_plain(conversion, *form), &value)
    });
    let use_conversions = uses(data.elements.iter().map(|element| &element.conversion), runtime);
    let body = quote! {
        fn into_attribute(
            self,
        ) -> ::core::result::Result<#runtime::AttributeValue, #runtime::AttributeError> {
            #use_conversions
            #hidden::collect_tuple([#(#elements),*])
        }
    };
    implement(model, &quote!(#runtime::IntoAttribute), None, &body)
}

fn expand_newtype(model: &Model, data: &Newtype, runtime: &Runtime) -> TokenStream {
    let Newtype { member, ty, conversion, form, .. } = data;
    let use_conversions = uses([conversion], runtime);
    let inner = |is_field| convert(runtime, ty, conversion, *form, is_field, &quote!(self.#member));
    let is_plain = is_plain(conversion, *form);
    let value = into_attribute(runtime, ty, is_plain, &inner(false));
    let field = inner(true);
    let span = span_at(ty);
    let at_type = runtime.at(span);
    let field = quote_spanned!(span=> #at_type::IntoAttribute::into_field(#field));
    let options = options(runtime, ty, conversion);
    let body = quote! {
        fn into_attribute(
            self,
        ) -> ::core::result::Result<#runtime::AttributeValue, #runtime::AttributeError> {
            #use_conversions
            #value
        }

        fn into_field(
            self,
        ) -> ::core::result::Result<
            ::core::option::Option<#runtime::AttributeValue>,
            #runtime::AttributeError,
        > {
            #use_conversions
            #field
        }

        const OPTIONS: ::core::primitive::usize = {
            #use_conversions
            #options
        };
    };
    let into_attribute = implement(model, &quote!(#runtime::IntoAttribute), None, &body);

    let inherited = is_plain.then(|| inherit_item(model, member, ty, runtime));
    quote!(#into_attribute #inherited)
}

/// The impls that a newtype has only if its field has them, see
/// [`expand_inherited`](super::newtype).
fn inherit_item(model: &Model, member: &Member, ty: &Type, runtime: &Runtime) -> TokenStream {
    let hidden = runtime.hidden();
    let bound = |of: &TokenStream| Some(syn::parse_quote!(for<'__inner> #ty: #of));
    let key = quote!(#runtime::attribute::IntoMapKey);
    let body = quote! {
        fn into_name(
            self,
        ) -> ::core::result::Result<#hidden::String, #runtime::AttributeError> {
            #key::into_name(self.#member)
        }
    };
    let map_key = implement(model, &key, bound(&key), &body);
    let write = quote!(#hidden::WriteItem);
    let body = quote! {
        const NAMES: &'static #hidden::ImageNames = <#ty as #write>::NAMES;

        fn write_item(self, __writer: &mut #hidden::ItemWriter) {
            #write::write_item(self.#member, __writer)
        }

        fn write_key(&self, __writer: &mut #hidden::ItemWriter) {
            #write::write_key(&self.#member, __writer)
        }
    };
    let write_item = implement(model, &write, bound(&write), &body);
    let whole = (model.target == Target::Image).then(|| {
        let none = TokenStream::new();
        let item = implement_item(model, bound(&write), runtime);
        let key = quote!(#runtime::key::ToKey);
        let to_key = implement(model, &key, bound(&key), &none);
        quote!(#item #to_key)
    });
    quote!(#map_key #write_item #whole)
}

fn expand_converted(model: &Model, data: &Converted, runtime: &Runtime) -> TokenStream {
    let hidden = runtime.hidden();
    let from = &data.from;
    let convert = quote!(<#from as #hidden::WrittenAs<Self>>::__written_as(self));
    if model.target == Target::Image {
        let written = WrittenMap {
            names: quote!(<#from as #hidden::WriteItem>::NAMES),
            write: quote!(#hidden::WriteItem::write_item(#convert, __writer)),
            write_key: None,
        };
        let map = implement_map(model, &written, runtime);
        // The user's `From` for `Item` would conflict with a generated `TryFrom`.
        let whole = if data.is_item {
            Some(implement(model, &quote!(#runtime::IntoItem), None, &TokenStream::new()))
        } else {
            implement_item(model, None, runtime)
        };
        return quote!(#map #whole);
    }
    let body = quote! {
        fn into_attribute(
            self,
        ) -> ::core::result::Result<#runtime::AttributeValue, #runtime::AttributeError> {
            #runtime::IntoAttribute::into_attribute(#convert)
        }

        fn into_field(
            self,
        ) -> ::core::result::Result<
            ::core::option::Option<#runtime::AttributeValue>,
            #runtime::AttributeError,
        > {
            #runtime::IntoAttribute::into_field(#convert)
        }

        const OPTIONS: ::core::primitive::usize = <#from as #runtime::IntoAttribute>::OPTIONS;
    };
    implement(model, &quote!(#runtime::IntoAttribute), None, &body)
}

/// The value of an element of a list, where nothing is left out.
fn into_attribute(
    runtime: &Runtime,
    ty: &Type,
    is_plain: bool,
    value: &TokenStream,
) -> TokenStream {
    let span = span_at(ty);
    let at_type = runtime.at(span);
    let this = if is_plain { quote!(#ty) } else { quote!(_) };
    quote_spanned!(span=> <#this as #at_type::IntoAttribute>::into_attribute(#value))
}

/// Imports the traits whose functions write converted fields.
fn uses<'m>(
    conversions: impl IntoIterator<Item = &'m Conversion>,
    runtime: &Runtime,
) -> Option<TokenStream> {
    let hidden = runtime.hidden();
    conversions
        .into_iter()
        .any(Conversion::needs_traits)
        .then(|| quote!(use #hidden::{WriteConverted as _, WriteWith as _};))
}
