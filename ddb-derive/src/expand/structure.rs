//! A struct with named fields.

use proc_macro2::TokenStream;
use quote::{format_ident, quote, quote_spanned};
use syn::ext::IdentExt as _;
use syn::{Ident, Member, Path};

use super::{
    convert, describe_field, describe_rest, implement, make_default, span_at, use_conversion,
};
use crate::model::{Conversion, Field, Input, Role, Struct};

pub fn expand(input: &Input, data: &Struct) -> TokenStream {
    let krate = &input.krate;
    let read = expand_read(krate, data);
    let from_attribute = implement(
        input,
        &quote!(#krate::FromAttribute),
        None,
        &quote! {
            const EXPECTED: #krate::Expected = #krate::__private::expect_struct::<Self>();

            fn from_attribute(
                __attribute: #krate::Attribute<'_>,
            ) -> ::core::result::Result<Self, #krate::Unfit> {
                #krate::__private::read_struct(__attribute)
            }
        },
    );
    let conversions =
        if data.is_strict { expand_strict(input, &read) } else { expand_lossy(input, &read) };
    quote!(#conversions #from_attribute)
}

/// The generated function gives an `Option`: a field may have no default.
fn expand_strict(input: &Input, read: &TokenStream) -> TokenStream {
    let krate = &input.krate;
    let from_image = implement(
        input,
        &quote!(#krate::FromStreamImage),
        None,
        &quote! {
            fn read(__image: &mut #krate::__private::Image<'_>) -> ::core::option::Option<Self> {
                #read
            }
        },
    );
    let try_from = implement(
        input,
        &quote!(::core::convert::TryFrom<#krate::Item>),
        None,
        &try_from_item(krate),
    );
    quote!(#from_image #try_from)
}

/// The generated function always gives the struct.
fn expand_lossy(input: &Input, read: &TokenStream) -> TokenStream {
    let krate = &input.krate;
    let lossy = implement(
        input,
        &quote!(#krate::FromImageLossy),
        None,
        &quote! {
            fn read_lossy(__image: &mut #krate::__private::Image<'_>) -> Self {
                #read
            }
        },
    );
    let from_image = implement(
        input,
        &quote!(#krate::FromStreamImage),
        None,
        &quote! {
            fn read(__image: &mut #krate::__private::Image<'_>) -> ::core::option::Option<Self> {
                ::core::option::Option::Some(<Self as #krate::FromImageLossy>::read_lossy(__image))
            }
        },
    );
    let from =
        implement(input, &quote!(::core::convert::From<#krate::Item>), None, &from_item(krate));
    quote!(#lossy #from_image #from)
}

pub(super) fn from_item(krate: &Path) -> TokenStream {
    quote! {
        fn from(__image: #krate::Item) -> Self {
            #krate::__private::convert_image(__image)
        }
    }
}

pub(super) fn try_from_item(krate: &Path) -> TokenStream {
    quote! {
        type Error = #krate::ImageError;

        fn try_from(__image: #krate::Item) -> ::core::result::Result<Self, Self::Error> {
            <Self as #krate::FromStreamImage>::from_image(__image)
        }
    }
}

/// One pass over the attributes into a slot a field, then what is left, then the struct.
fn expand_read(krate: &Path, data: &Struct) -> TokenStream {
    let fields = &data.fields;
    let converts = fields.iter().any(|field| {
        matches!(&field.role, Role::Attribute { conversion, .. } if !matches!(conversion, Conversion::FromAttribute))
    });
    let use_conversion = converts.then(|| use_conversion(krate));
    let slots = fields.iter().filter_map(|field| expand_slot(krate, field));
    let asks_for_left = data.deny_unknown
        || fields.iter().any(|field| matches!(field.role, Role::Flatten { .. } | Role::Rest));
    let track_left = asks_for_left.then(|| quote!(#krate::__private::Image::track_left(__image);));
    let pass = expand_pass(krate, fields);
    // The rest is what the flattened fields leave, wherever the fields stand.
    let flattened =
        fields.iter().filter_map(|field| expand_flattened(krate, field, data.is_strict));
    let rest = fields.iter().filter_map(|field| expand_rest(krate, field));
    let flattens = fields.iter().any(|field| matches!(field.role, Role::Flatten { .. }));
    let deny_left = data.deny_unknown.then(|| {
        // Nobody here knows the names that a flattened field has.
        let fields = if flattens { &[] } else { fields.as_slice() };
        let names = fields.iter().flat_map(|field| match &field.role {
            Role::Attribute { names, .. } => names.as_slice(),
            _ => &[],
        });
        quote!(#krate::__private::Image::deny_left(__image, &[#(#names),*]);)
    });
    let take = fields.iter().map(|field| expand_take(krate, field, data.is_strict));
    let build = fields.iter().map(|field| {
        let ident = &field.ident;
        let local = local(ident);
        if is_optional(field, data.is_strict) {
            quote!(#ident: #local?)
        } else {
            quote!(#ident: #local)
        }
    });
    let build = quote!(Self { #(#build),* });
    let value = if data.is_strict { quote!(::core::option::Option::Some(#build)) } else { build };
    quote! {
        #use_conversion
        #(#slots)*
        #track_left
        #pass
        #(#flattened)*
        #(#rest)*
        #deny_left
        #(#take)*
        #value
    }
}

/// The local variable of a field: `r#type` has `__field_type`.
fn local(ident: &Ident) -> Ident {
    format_ident!("__field_{}", ident.unraw(), span = span_at(ident))
}

fn expand_slot(krate: &Path, field: &Field) -> Option<TokenStream> {
    let ty = &field.ty;
    let described = match &field.role {
        Role::Attribute { names, conversion, default } => {
            describe_field(krate, names, ty, conversion, default.is_some())
        }
        Role::Rest => describe_rest(krate, ty),
        Role::Flatten { .. } | Role::Skip { .. } => return None,
    };
    let local = local(&field.ident);
    Some(quote!(let mut #local = #krate::__private::Slot::new(&const { #described });))
}

/// Reads each attribute that a field claims into the field's slot.
fn expand_pass(krate: &Path, fields: &[Field]) -> Option<TokenStream> {
    let mut arms = Vec::new();
    for field in fields {
        if let Role::Attribute { names, conversion, .. } = &field.role {
            for (rank, name) in (0_u16..).zip(names) {
                let read = expand_entry(krate, field, conversion, rank);
                arms.push(quote!(#name => #read,));
            }
        }
    }
    (!arms.is_empty()).then(|| {
        quote! {
            #krate::__private::Image::read_attributes(__image, &mut |__name, __entry| match __name {
                #(#arms)*
                _ => {}
            });
        }
    })
}

/// Names the type, so that one that cannot be read is a single error on it, the same here as in its
/// slot.
fn expand_entry(krate: &Path, field: &Field, conversion: &Conversion, rank: u16) -> TokenStream {
    let local = local(&field.ident);
    let ty = &field.ty;
    match conversion {
        Conversion::FromAttribute => {
            quote!(#krate::__private::Entry::read::<#ty>(__entry, &mut #local, #rank))
        }
        conversion => {
            let convert = convert(krate, ty, conversion);
            quote!(#krate::__private::Entry::read_with(__entry, &mut #local, #rank, |__attribute| #convert))
        }
    }
}

fn expand_rest(krate: &Path, field: &Field) -> Option<TokenStream> {
    let local = local(&field.ident);
    let ty = &field.ty;
    matches!(field.role, Role::Rest)
        .then(|| quote!(#krate::__private::Image::read_rest::<#ty>(__image, &mut #local);))
}

fn expand_flattened(krate: &Path, field: &Field, is_strict: bool) -> Option<TokenStream> {
    let local = local(&field.ident);
    let ty = &field.ty;
    let span = span_at(ty);
    match &field.role {
        Role::Flatten { default: Some(default) } => {
            let default = make_default(krate, &member(field), ty, default);
            Some(
                quote_spanned!(span=> let #local = <#ty as #krate::Flatten>::flatten_or(__image, #default);),
            )
        }
        Role::Flatten { default: None } if is_strict => {
            Some(quote_spanned!(span=> let #local = <#ty as #krate::Flatten>::flatten(__image);))
        }
        Role::Flatten { default: None } => Some(
            quote_spanned!(span=> let #local = <#ty as #krate::FlattenLossy>::flatten_lossy(__image);),
        ),
        Role::Attribute { .. } | Role::Rest | Role::Skip { .. } => None,
    }
}

/// Takes the value out of the slot. All slots are taken before the struct is built, so that all
/// that is missing is reported.
fn expand_take(krate: &Path, field: &Field, is_strict: bool) -> Option<TokenStream> {
    let local = local(&field.ident);
    let ty = &field.ty;
    let value = match &field.role {
        Role::Flatten { .. } => return None,
        Role::Skip { default } => {
            let default = make_default(krate, &member(field), ty, default);
            quote!((#default)())
        }
        Role::Attribute { default: Some(default), .. } => {
            let default = make_default(krate, &member(field), ty, default);
            quote!(#krate::__private::Image::take_or(__image, #local, #default))
        }
        Role::Attribute { default: None, .. } | Role::Rest if is_strict => {
            quote!(#krate::__private::Image::take(__image, #local))
        }
        Role::Attribute { default: None, .. } | Role::Rest => {
            let default =
                quote_spanned!(span_at(ty)=> <#ty as #krate::LossyDefault>::lossy_default);
            quote!(#krate::__private::Image::take_lossy(__image, #local, #default))
        }
    };
    Some(quote!(let #local = #value;))
}

/// Whether the field's local is an `Option` of its value.
fn is_optional(field: &Field, is_strict: bool) -> bool {
    let has_default = match &field.role {
        Role::Attribute { default, .. } | Role::Flatten { default } => default.is_some(),
        Role::Rest => false,
        Role::Skip { .. } => true,
    };
    is_strict && !has_default
}

fn member(field: &Field) -> Member {
    Member::Named(field.ident.clone())
}
