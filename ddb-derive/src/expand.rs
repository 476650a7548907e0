//! From the model to tokens.
//!
//! Every path is absolute and every method is called by one, never with a dot, which a trait of the
//! user's could answer: the code means the same wherever the type stands. Its variables begin with
//! two underscores: a user's default is an expression among them.

mod newtype;
mod structure;
mod variants;

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::spanned::Spanned as _;
use syn::{DeriveInput, Member, Path, Type, WherePredicate};

use crate::bounds::infer_where_clause;
use crate::errors::Errors;
use crate::lower::{Outline, container_place, lower};
use crate::model::{Conversion, Default, Input, Kind};
use crate::parse::Keys;
use crate::skeleton;

pub fn derive(input: &DeriveInput) -> TokenStream {
    let errors = Errors::default();
    let keys = Keys::parse(&input.attrs, container_place(&input.data), &errors);
    let outline = Outline::of(&keys);
    let lowered = lower(input, &keys, &errors);
    if lowered.is_none() {
        errors.make_sure(
            &input.ident,
            "`FromStreamImage` cannot be derived for this type: implement it by hand",
        );
    }
    match (errors.check(), lowered) {
        (Ok(()), Some(lowered)) => expand(&lowered),
        (errors, _) => {
            let errors = errors.err();
            let skeleton = skeleton::expand(input, &outline);
            quote!(#errors #skeleton)
        }
    }
}

fn expand(input: &Input) -> TokenStream {
    match &input.kind {
        Kind::Struct(data) => structure::expand(input, data),
        Kind::Newtype(data) => newtype::expand(input, data),
        Kind::Enum(data) => variants::expand(input, data),
    }
}

/// `impl … Trait for Type where … { body }`, with one more bound where a newtype asks for it.
fn implement(
    input: &Input,
    of: &TokenStream,
    also: Option<WherePredicate>,
    body: &TokenStream,
) -> TokenStream {
    let ident = &input.ident;
    let mut generics = input.generics.clone();
    generics.where_clause = infer_where_clause(input);
    generics.make_where_clause().predicates.extend(also);
    let (impl_generics, ty_generics, where_clause) = generics.split_for_impl();
    quote! {
        #[automatically_derived]
        #[allow(deprecated)]
        impl #impl_generics #of for #ident #ty_generics #where_clause {
            #body
        }
    }
}

/// Lets an error in generated code point at the user's tokens.
fn span_at(tokens: &impl ToTokens) -> Span {
    Span::call_site().located_at(tokens.span())
}

/// Brings the functions into scope that [`convert`] calls for a type that is no `Option`, and calls
/// one, so that the import is used.
fn use_conversion(krate: &Path) -> TokenStream {
    quote! {
        use #krate::__private::Conversion as _;
        let _ = #krate::__private::Convert::<()>::convert_absent;
    }
}

/// The path with another span, so that an error in what it begins is on that span alone.
fn respan(path: &Path, span: Span) -> TokenStream {
    let tokens = path.to_token_stream().into_iter().map(|mut token| {
        token.set_span(span);
        token
    });
    tokens.collect()
}

/// The constant that says how a field is read.
fn describe_field(
    krate: &Path,
    names: &[String],
    ty: &Type,
    conversion: &Conversion,
    has_default: bool,
) -> TokenStream {
    let reader = match conversion {
        Conversion::FromAttribute => reader_of(krate, ty, &quote!(FromAttribute)),
        conversion => {
            let expected = expect(krate, ty, conversion);
            let absent = absent(krate, ty, conversion);
            quote! {
                #krate::__private::Reader::<#ty> {
                    expected: #expected,
                    absent: || #absent,
                }
            }
        }
    };
    let new = if has_default { quote!(with_default) } else { quote!(new) };
    quote!(#krate::__private::Field::#new(&[#(#names),*], #reader))
}

/// The same for a field that collects the rest, which has no name.
fn describe_rest(krate: &Path, ty: &Type) -> TokenStream {
    let reader = reader_of(krate, ty, &quote!(CollectRest));
    quote!(#krate::__private::Field::new(&[], #reader))
}

/// How the type says that it is read, by the trait.
fn reader_of(krate: &Path, ty: &Type, of: &TokenStream) -> TokenStream {
    let krate = respan(krate, span_at(ty));
    quote_spanned!(span_at(ty)=> <#ty as #krate::#of>::READER)
}

/// What the type is read from, for error messages.
fn expect(krate: &Path, ty: &Type, conversion: &Conversion) -> TokenStream {
    let tags = match conversion {
        Conversion::FromAttribute => {
            return quote_spanned!(span_at(ty)=> <#ty as #krate::FromAttribute>::EXPECTED);
        }
        Conversion::FromStr => quote!(#krate::__private::TEXT),
        Conversion::TryFrom(from) => {
            quote_spanned!(span_at(from)=> #krate::Expected::tags(&<#from as #krate::FromAttribute>::EXPECTED))
        }
        Conversion::UnixTime => quote!(#krate::Tags::of(&[#krate::Tag::N])),
        Conversion::Serde | Conversion::With(_) => quote!(#krate::Tags::ANY),
    };
    quote_spanned!(span_at(ty)=> #krate::Expected::of::<#ty>(#tags))
}

/// Reads `attribute` into the type.
fn convert(krate: &Path, ty: &Type, conversion: &Conversion) -> TokenStream {
    let span = span_at(ty);
    let krate = respan(krate, span);
    let convert = quote_spanned!(span=> #krate::__private::Convert::<#ty>);
    match conversion {
        Conversion::FromAttribute => {
            quote_spanned!(span=> <#ty as #krate::FromAttribute>::from_attribute(__attribute))
        }
        Conversion::FromStr => quote_spanned!(span=> #convert::convert_from_str(__attribute)),
        Conversion::Serde => quote_spanned!(span=> #convert::convert_serde(__attribute)),
        Conversion::TryFrom(from) => {
            quote_spanned!(span=> #convert::convert_try_from::<#from>(__attribute))
        }
        Conversion::UnixTime => quote_spanned!(span=> #convert::convert_unix_time(__attribute)),
        Conversion::With(module) => {
            let from_attribute = quote_spanned!(span_at(module)=> #module::from_attribute);
            quote_spanned!(span=> #convert::convert_with(__attribute, #from_attribute))
        }
    }
}

/// What stands for an attribute that is not there.
fn absent(krate: &Path, ty: &Type, conversion: &Conversion) -> TokenStream {
    let span = span_at(ty);
    let krate = respan(krate, span);
    match conversion {
        Conversion::FromAttribute => {
            quote_spanned!(span=> <#ty as #krate::FromAttribute>::absent())
        }
        Conversion::TryFrom(from) => {
            quote_spanned!(span=> #krate::__private::Convert::<#ty>::convert_absent_from::<#from>())
        }
        _ => quote_spanned!(span=> #krate::__private::Convert::<#ty>::convert_absent()),
    }
}

/// A function that makes the default of the field.
fn make_default(krate: &Path, member: &Member, ty: &Type, default: &Default) -> TokenStream {
    match default {
        Default::Trait => {
            quote_spanned!(span_at(ty)=> <#ty as #krate::FieldDefault>::field_default)
        }
        Default::Expr(expr) => quote!(|| -> #ty { #expr }),
        Default::OfContainer(span) => {
            let krate = respan(krate, *span);
            quote_spanned!(*span=> || -> #ty { <Self as #krate::FieldDefault>::field_default().#member })
        }
        Default::OfContainerExpr(expr) => quote! {
            || -> #ty {
                let __container: Self = #expr;
                __container.#member
            }
        },
    }
}
