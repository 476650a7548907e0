//! `DetectChanges`: a struct beside the user's, with a flag for each field.
//!
//! The keys are only read for the names of attributes.

use proc_macro2::TokenStream;
use quote::{format_ident, quote, quote_spanned};
use syn::ext::IdentExt as _;
use syn::{Data, DeriveInput, Fields, Ident, Type, Visibility};

use crate::attr::Keys;
use crate::attr::case::Case;
use crate::attr::key::Scope;
use crate::errors::{Errors, Mistake};
use crate::expand::{Runtime, bound_types, span_at};

/// A field that is compared.
struct Compared {
    ident: Ident,
    visibility: Visibility,
    ty: Type,
    /// The name of its attribute, if it has one of its own.
    name: Option<String>,
}

pub fn derive(input: &DeriveInput) -> TokenStream {
    let errors = Errors::default();
    // Mistakes in the keys are reported by the derive that reads the struct.
    let container = Keys::parse(&input.attrs, Scope::Struct, &Errors::default());
    let fields = lower(input, &container, &errors);
    match errors.finish(fields) {
        Ok(fields) => expand(input, &container, &fields),
        Err(mistakes) => mistakes,
    }
}

fn lower(input: &DeriveInput, container: &Keys, errors: &Errors) -> Result<Vec<Compared>, Mistake> {
    let fields = match &input.data {
        Data::Struct(data) => match &data.fields {
            Fields::Named(fields) => &fields.named,
            Fields::Unnamed(_) | Fields::Unit => {
                return Err(errors.at(
                    &input.ident,
                    "the changes are named after fields, and this struct has none with a name: \
                     compare its values with `==`",
                ));
            }
        },
        Data::Enum(_) | Data::Union(_) => {
            return Err(errors.at(
                &input.ident,
                "the changes are those of a struct's fields: derive `DetectChanges` for the struct \
                 in each variant, or compare the values with `==`",
            ));
        }
    };
    let ignored = Errors::default();
    let is_converted =
        container.transparent.is_some() || container.try_from.is_some() || container.from.is_some();
    let mut compared = Vec::new();
    for field in fields {
        // Every named field has an identifier.
        let Some(ident) = &field.ident else { continue };
        let keys = Keys::parse(&field.attrs, Scope::Field, &ignored);
        if keys.skip.is_some() {
            continue;
        }
        let has_attribute = !is_converted && keys.flatten.is_none() && keys.rest.is_none();
        let is_in_key = keys.stored.is_none() && container.has_in_template(ident);
        let name = keys.name_of(ident, container.rename_all, Case::rename_field).value;
        compared.push(Compared {
            ident: ident.clone(),
            visibility: field.vis.clone(),
            ty: field.ty.clone(),
            name: (has_attribute && !is_in_key).then_some(name),
        });
    }
    Ok(compared)
}

fn expand(input: &DeriveInput, container: &Keys, fields: &[Compared]) -> TokenStream {
    let runtime = Runtime::new(&container.crate_path());
    let hidden = runtime.hidden();
    let DeriveInput { ident, vis, generics, .. } = input;
    let changes = format_ident!("{}Changes", ident.unraw(), span = ident.span());
    let doc = format!("The fields of [`{}`] that a change has changed.", ident.unraw());
    let flags = fields.iter().map(|field| {
        let Compared { ident, visibility, .. } = field;
        let doc = format!("Whether `{}` has changed.", ident.unraw());
        quote!(#[doc = #doc] #visibility #ident: ::core::primitive::bool)
    });
    let idents: Vec<_> = fields.iter().map(|field| &field.ident).collect();
    let named = fields.iter().filter_map(|Compared { ident, name, .. }| {
        let name = name.as_ref()?;
        Some(quote!((#name, self.#ident)))
    });
    let compared = fields.iter().map(|Compared { ident, ty, .. }| {
        let span = span_at(ty);
        let differ = quote_spanned!(span=> <#ty as ::core::cmp::PartialEq>::ne);
        quote!(#ident: #differ(&__old.#ident, &__new.#ident))
    });
    let need = quote!(::core::cmp::PartialEq);
    let types = fields.iter().map(|field| &field.ty);
    let where_clause = bound_types(generics, ident, types, &need);
    let (impl_generics, ty_generics, _) = generics.split_for_impl();
    quote! {
        #[doc = #doc]
        #[derive(
            ::core::clone::Clone,
            ::core::marker::Copy,
            ::core::fmt::Debug,
            ::core::cmp::PartialEq,
            ::core::cmp::Eq,
        )]
        // The program may use only some of the flags, and there is one for each field.
        #[allow(clippy::struct_excessive_bools, dead_code)]
        #vis struct #changes {
            #(#flags,)*
        }

        // The program may use one of the two functions, or only the fields.
        #[automatically_derived]
        #[allow(dead_code)]
        impl #changes {
            /// Returns `true` if any field has changed.
            #[must_use]
            #vis fn any(&self) -> ::core::primitive::bool {
                #hidden::any_changed(&[#(self.#idents),*])
            }

            /// The names of the attributes that have changed, in the order of the fields. A field
            /// that is flattened, is part of a key, or collects the rest has no name.
            #vis fn names(
                &self,
            ) -> impl ::core::iter::Iterator<Item = &'static ::core::primitive::str> {
                #hidden::changed_names([#(#named),*])
            }
        }

        #[automatically_derived]
        #[allow(deprecated)]
        impl #impl_generics #runtime::DetectChanges for #ident #ty_generics #where_clause {
            type Changes = #changes;

            fn changes(__old: &Self, __new: &Self) -> #changes {
                #changes { #(#compared),* }
            }
        }
    }
}
