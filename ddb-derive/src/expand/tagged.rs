//! An enum whose variants a tag or the key tells apart.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote, quote_spanned};
use syn::ext::IdentExt as _;
use syn::{Ident, Type};

use super::impls::{expand_strict, from_map, implement, is_key, span_at};
use super::keys::expand_key;
use super::runtime::Runtime;
use super::structs::{FieldsVariant, expand_variant};
use crate::model::{Content, Model, OtherVariant, Selector, Tagged, TaggedVariant, Target};

pub fn expand(model: &Model, data: &Tagged, runtime: &Runtime) -> TokenStream {
    let hidden = runtime.hidden();
    let mut variants: Vec<_> = (0_u16..)
        .zip(&data.variants)
        .map(|(index, variant)| Variant::new(model, index, variant, runtime))
        .collect();
    variants.extend(data.other.as_ref().map(|other| Variant::other(other, runtime)));

    let (tag, select) = match &data.selector {
        Selector::Tag(tag) => (Some(tag), quote!(#hidden::select_variant)),
        Selector::Key(_) => (None, quote!(#hidden::select_by_key)),
    };
    // The type of a key uses the selection of its enum.
    let selection = model.key_of.is_none().then(|| Selection::new(model, data, runtime));
    let (selection, check_in_function) =
        selection.map(|Selection { impls, check_in_function }| (impls, check_in_function)).unzip();
    let check_in_function = check_in_function.flatten();
    let item = model.item();

    let names = variants.iter().filter_map(|variant| {
        let (name, names) = (&variant.name, variant.names.as_ref()?);
        Some(quote!((#name, #names)))
    });
    let reads = variants.iter().map(|variant| &variant.read);
    // The index is always that of a variant, so the last one needs no number.
    let patterns = (0..variants.len()).map(|index| match u16::try_from(index) {
        Ok(index) if usize::from(index) + 1 < variants.len() => quote!(#index),
        _ => quote!(_),
    });
    let is_key = is_key(model);
    // The names of the variants may be equal, because each image is read as one of them. A field
    // around the enum cannot map the tag, because it would take the text out of an owned item.
    let image = quote! {
        const NAMES: &'static #hidden::ImageNames =
            &#hidden::ImageNames::new(&[#tag], &[#tag], &[#(#names),*]);

        #is_key

        fn read_image(__image: &mut #hidden::Image<'_>) -> ::core::option::Option<Self> {
            #check_in_function
            match #select::<#item>(__image)? {
                #(#patterns => #reads,)*
            }
        }
    };
    let image = implement(model, &quote!(#hidden::ReadImage), None, &image);
    let schema = expand_schema(model, data, &variants, runtime);
    let from_attribute =
        implement(model, &quote!(#runtime::FromAttribute), None, &from_map(runtime, &schema));
    let whole = (model.target == Target::Image).then(|| expand_strict(model, runtime));
    let fields = variants.iter().map(|variant| &variant.fields);
    quote!(#selection #image #from_attribute #whole #(#fields)*)
}

/// The code that selects the variant.
struct Selection {
    /// The impl with the tags or the keys, and the check of the keys outside of any function.
    impls: TokenStream,
    /// The check of the keys in a generic enum, whose parameters are only known in a function.
    check_in_function: Option<TokenStream>,
}

impl Selection {
    fn new(model: &Model, data: &Tagged, runtime: &Runtime) -> Self {
        let hidden = runtime.hidden();
        let span = match &data.selector {
            Selector::Tag(tag) => {
                let tags = expand_tags(tag, data, runtime);
                let tags = quote!(const TAGS: &'static #hidden::Tags = &#tags;);
                let impls = implement(model, &quote!(#hidden::TaggedEnum), None, &tags);
                return Self { impls, check_in_function: None };
            }
            Selector::Key(span) => *span,
        };
        let keys = expand_keys(data, runtime);
        let impls = implement(model, &quote!(#hidden::KeyedEnum), None, &keys);
        let check = |this: &TokenStream| {
            let hidden = runtime.at(span).hidden();
            let keys = quote!(<#this as #hidden::KeyedEnum>::KEYS);
            quote_spanned!(span=> #hidden::VariantKeys::check(#keys))
        };
        if model.generics.params.is_empty() {
            let check = check(&model.this.to_token_stream());
            let impls = quote!(#impls #[allow(deprecated)] const _: () = #check;);
            return Self { impls, check_in_function: None };
        }
        let check = check(&quote!(Self));
        Self { impls, check_in_function: Some(quote!(const { #check };)) }
    }
}

/// The code of a variant.
struct Variant {
    name: String,
    /// The names of the variant's attributes, unless it has none.
    names: Option<TokenStream>,
    /// A reference to the schema of the variant's content.
    schema: TokenStream,
    /// The expression that reads the variant.
    read: TokenStream,
    /// The impl that reads the variant's own fields.
    fields: Option<TokenStream>,
}

impl Variant {
    fn new(model: &Model, index: u16, variant: &TaggedVariant, runtime: &Runtime) -> Self {
        let TaggedVariant { ident, content, .. } = variant;
        let name = ident.unraw().to_string();
        let hidden = runtime.hidden();
        match content {
            Content::Unit => Self::unit(ident, runtime),
            Content::Image(ty) => {
                let span = span_at(ty);
                let at_type = runtime.at(span).hidden();
                let names = quote_spanned!(span=> <#ty as #at_type::VariantContent>::NAMES);
                let schema = quote_spanned!(span=> <#ty as #at_type::VariantContent>::SCHEMA);
                Self { names: Some(names), schema, ..Self::content(ident, ty, runtime) }
            }
            Content::Fields(data) => {
                let FieldsVariant { names, schema, read, check } =
                    expand_variant(model, ident, data, runtime);
                let body = quote! {
                    fn read_fields(
                        __image: &mut #hidden::Image<'_>,
                    ) -> ::core::option::Option<Self> {
                        #read
                    }
                };
                let fields = implement(model, &quote!(#hidden::ReadFields<#index>), None, &body);
                Self {
                    name: name.clone(),
                    names: Some(quote!(&#names)),
                    schema,
                    read: quote!(#hidden::read_fields::<Self, #index>(__image, #name)),
                    fields: Some(quote!(#fields #check)),
                }
            }
        }
    }

    fn other(OtherVariant { ident, item }: &OtherVariant, runtime: &Runtime) -> Self {
        match item {
            Some(item) => Self::content(ident, item, runtime),
            None => Self::unit(ident, runtime),
        }
    }

    fn unit(ident: &Ident, runtime: &Runtime) -> Self {
        let hidden = runtime.hidden();
        // `Variant {}` also constructs a variant that is declared as `Variant()` or `Variant`.
        let read = quote!(::core::option::Option::Some(Self::#ident {}));
        let schema = quote!(&#hidden::Schema::UNIT);
        Self { name: ident.unraw().to_string(), names: None, schema, read, fields: None }
    }

    fn content(ident: &Ident, ty: &Type, runtime: &Runtime) -> Self {
        let name = ident.unraw().to_string();
        let span = span_at(ty);
        let hidden = runtime.at(span).hidden();
        let read = quote_spanned!(span=> #hidden::read_content::<#ty, _>);
        let read = quote!(#read(__image, #name, Self::#ident));
        Self { name, names: None, schema: TokenStream::new(), read, fields: None }
    }
}

/// A reference to the schema.
fn expand_schema(
    model: &Model,
    data: &Tagged,
    variants: &[Variant],
    runtime: &Runtime,
) -> TokenStream {
    let hidden = runtime.hidden();
    let item = model.item();
    let variants = variants
        .iter()
        .take(data.variants.len())
        .map(|Variant { name, schema, .. }| quote!(#hidden::VariantSchema::new(#name, #schema)));
    let variants = quote!(&[#(#variants),*]);
    let other_collects = data.other.as_ref().is_some_and(|other| other.item.is_some());
    match data.selector {
        Selector::Tag(_) => quote! {
            &#hidden::Schema::of_tagged(
                <#item as #hidden::TaggedEnum>::TAGS,
                #variants,
                #other_collects,
            )
        },
        Selector::Key(_) => quote! {
            &#hidden::Schema::of_keyed(
                <#item as #hidden::KeyedEnum>::KEYS,
                #variants,
                #other_collects,
            )
        },
    }
}

/// The constants with the names and the keys of the variants.
fn expand_keys(data: &Tagged, runtime: &Runtime) -> TokenStream {
    let hidden = runtime.hidden();
    let names: Vec<_> =
        data.variants.iter().map(|variant| variant.ident.unraw().to_string()).collect();
    let keys = data.variants.iter().zip(&names).map(|(variant, name)| {
        let key = match &variant.content {
            Content::Unit => quote!(&[]),
            Content::Image(ty) => {
                let span = span_at(ty);
                let hidden = runtime.at(span).hidden();
                quote_spanned!(span=> <#ty as #hidden::KeyedStruct>::KEY)
            }
            Content::Fields(data) => expand_key(&data.templates, runtime),
        };
        quote!(#hidden::VariantKey::new(#name, #key))
    });
    let keys = quote!(&[#(#keys),*]);
    let other = expand_other(data);
    quote! {
        const NAMES: &'static [&'static ::core::primitive::str] = &[#(#names),*];

        const KEYS: &'static #hidden::VariantKeys =
            &#hidden::VariantKeys::new(&#hidden::ComparedKeys::new(#keys), #other);
    }
}

/// The index of the variant for what no other variant claims.
fn expand_other(data: &Tagged) -> TokenStream {
    if data.other.is_none() {
        return quote!(::core::option::Option::None);
    }
    let index = u16::try_from(data.variants.len()).unwrap_or(u16::MAX);
    quote!(::core::option::Option::Some(#index))
}

/// The constant with the tags.
pub fn expand_tags(tag: &str, data: &Tagged, runtime: &Runtime) -> TokenStream {
    let hidden = runtime.hidden();
    let mut names = Vec::new();
    let mut prefixes = Vec::new();
    let mut labels = Vec::new();
    for (index, variant) in (0_u16..).zip(&data.variants) {
        names.extend(variant.names.iter().map(|name| (name, index)));
        prefixes.extend(variant.prefixes.iter().map(|prefix| (prefix, index)));
        labels.extend(variant.names.first().cloned());
        labels.extend(variant.prefixes.iter().map(|prefix| format!("{prefix}…")));
    }
    names.sort_unstable();
    prefixes.sort_unstable_by_key(|(prefix, _)| std::cmp::Reverse(prefix.len()));
    let pairs = |pairs: Vec<(&String, u16)>| {
        let pairs = pairs.into_iter().map(|(text, index)| quote!((#text, #index)));
        quote!(&[#(#pairs),*])
    };
    let (names, prefixes) = (pairs(names), pairs(prefixes));
    let other = expand_other(data);
    quote!(#hidden::Tags::new(#tag, #names, #prefixes, #other, &[#(#labels),*]))
}
