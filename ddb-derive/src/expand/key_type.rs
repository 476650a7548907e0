//! The type of the key alone.

use proc_macro2::{Span, TokenStream, TokenTree};
use quote::{ToTokens, format_ident, quote};
use syn::ext::IdentExt as _;
use syn::{
    GenericParam, Generics, Ident, Member, Type, Visibility, WherePredicate, parse_quote,
    parse_quote_spanned,
};

use super::impls::{implement, span_at};
use super::keys::{expand_key, key_fields};
use super::runtime::{Runtime, respan};
use super::write::key_type;
use crate::mentions::idents_in;
use crate::model::{
    Content, Direction, Field, Kind, Model, OtherVariant, Placeholder, Role, Selector, Struct,
    Tagged, TaggedVariant, Target, Template, Unmapped,
};

/// Declares the type of the key, with its impls, for a struct with `key` or an enum with `by_key`.
///
/// The type is only reachable through its impls, so its name cannot conflict with a type of the
/// user's. An enum with generic parameters gets no such type, nor does a struct whose key needs
/// parameters that it does not mention.
pub fn expand(model: &Model, runtime: &Runtime) -> Option<TokenStream> {
    match &model.kind {
        _ if model.key_of.is_some() => None,
        Kind::Struct(data) => {
            key_of_struct(data, &model.this).map(|data| expand_struct(model, data, runtime))
        }
        Kind::Tagged(data) if model.generics.params.is_empty() => match data.selector {
            Selector::Key(span) => Some(expand_enum(model, data, span, runtime)),
            Selector::Tag(_) => None,
        },
        _ => None,
    }
}

fn expand_struct(model: &Model, data: Struct, runtime: &Runtime) -> TokenStream {
    let hidden = runtime.hidden();
    let patterns = expand_key(&data.templates, runtime);
    let generics = used_generics(model, data.fields.iter().map(|field| &field.ty));
    let keys = generics
        .as_ref()
        .map_or_else(|| quote!(()), |generics| this(model, generics).into_token_stream());
    let has_key = quote! {
        const KEY: &'static [#hidden::KeyPattern] = #patterns;

        type Keys = #keys;
    };
    let has_key = implement(model, &quote!(#hidden::KeyedStruct), None, &has_key);
    let Some(generics) = generics else { return has_key };
    let shape = Shape::new(&quote!(Self), &data.fields);
    let fields = declare_fields(&data, true);
    // The key of a struct that has further parameters cannot name the struct.
    let has_all = generics.params.len() == model.generics.params.len();
    let key_of = if has_all { model.this.clone() } else { parse_quote!(Self) };
    let written = has_all.then(|| key_type::struct_parts(&data, &model.this, runtime));
    let key = key_model(model, key_of, generics, Kind::Struct(Box::new(data)));
    let written = written.map(|written| key_type::implement(&key, &written, runtime));
    let impls = quote!(#has_key #written);
    declare(model, &key, &quote!(struct), &fields, &[shape], &impls)
}

fn expand_enum(model: &Model, data: &Tagged, by_key: Span, runtime: &Runtime) -> TokenStream {
    // With these bounds, a struct without a key is a single error, that of the enum. See
    // `expand_inherited` for `for<'__inner>`.
    let mut bounds: Vec<WherePredicate> = Vec::new();
    let mut variants = Vec::new();
    let mut shapes = Vec::new();
    for variant in &data.variants {
        let ident = variant.ident.clone();
        let path = quote!(Self::#ident);
        let content = match &variant.content {
            Content::Image(ty) => {
                let span = span_at(ty);
                let hidden = runtime.at(span).hidden();
                let key = parse_quote_spanned!(span=> <#ty as #hidden::KeyedStruct>::Keys);
                bounds.push(parse_quote_spanned! {span=>
                    for<'__inner> #ty: #hidden::KeyedStruct<Keys: #hidden::VariantContent>
                });
                shapes.push(Shape::of_content(&path, &key));
                Content::Image(Box::new(key))
            }
            Content::Fields(data) => {
                let key = key_of_struct(data, &model.this);
                let fields = key.as_ref().map_or(&[][..], |key| &key.fields);
                shapes.push(Shape::new(&path, fields));
                key.map_or(Content::Unit, |key| Content::Fields(Box::new(key)))
            }
            Content::Unit => {
                shapes.push(Shape::new(&path, &[]));
                Content::Unit
            }
        };
        let (names, prefixes) = (Vec::new(), Vec::new());
        variants.push(TaggedVariant { ident, names, prefixes, content });
    }
    let other = data.other.as_ref().map(|OtherVariant { ident, item }| {
        let path = quote!(Self::#ident);
        shapes.push(match item {
            Some(item) => Shape::of_content(&path, item),
            None => Shape::new(&path, &[]),
        });
        OtherVariant { ident: ident.clone(), item: item.clone() }
    });
    let data = Tagged { selector: Selector::Key(by_key), variants, other };
    let declared = declare_variants(&data);
    let written = key_type::variant_parts(&data, &model.this, runtime);
    let kind = Kind::Tagged(Box::new(data));
    let mut generics = Generics::default();
    if !bounds.is_empty() {
        generics.make_where_clause().predicates.extend(bounds.clone());
    }
    let key = key_model(model, model.this.clone(), generics, kind);
    let this = &key.this;
    let has_keys = quote!(type Keys = #this;);
    let has_keys = implement(model, &quote!(#runtime::key::HasKeys), bounds, &has_keys);
    let written = key_type::implement(&key, &written, runtime);
    let impls = quote!(#has_keys #written);
    declare(model, &key, &quote!(enum), &declared, &shapes, &impls)
}

/// The model of the type of a key.
fn key_model(model: &Model, key_of: Type, generics: Generics, kind: Kind) -> Model {
    Model {
        direction: Direction::Read,
        target: Target::Image,
        vis: model.vis.clone(),
        ident: ident(model),
        this: this(model, &generics),
        key_of: Some(key_of),
        // Those of the user's bounds that apply are in the `where` clause.
        bound: None,
        generics,
        krate: model.krate.clone(),
        kind,
    }
}

/// The name of the type. It is no name that a user would write, because it hides the user's type of
/// the same name from the fields.
fn ident(model: &Model) -> Ident {
    format_ident!("__{}Keys", model.ident.unraw())
}

/// The type, with its arguments.
fn this(model: &Model, generics: &Generics) -> Type {
    let ident = ident(model);
    let (_, arguments, _) = generics.split_for_impl();
    parse_quote!(#ident #arguments)
}

fn declare(
    model: &Model,
    key: &Model,
    keyword: &TokenStream,
    content: &TokenStream,
    shapes: &[Shape],
    also: &TokenStream,
) -> TokenStream {
    let Model { vis, ident, generics, .. } = key;
    let parameters = (!generics.params.is_empty()).then(|| generics.to_token_stream());
    let where_clause = &generics.where_clause;
    let impls = super::expand(key);
    let traits = implement_traits(key, &model.ident, shapes);
    let doc = format!("The key of `{}`.", model.ident.unraw());
    quote! {
        const _: () = {
            #[doc = #doc]
            #vis #keyword #ident #parameters #where_clause { #content }

            #traits
            #also
            #impls
        };
    }
}

/// The fields of a struct or of a variant.
struct Shape {
    /// `Self`, or the path of the variant.
    path: TokenStream,
    name: String,
    members: Vec<Member>,
    types: Vec<Type>,
}

impl Shape {
    fn new(path: &TokenStream, fields: &[Field]) -> Self {
        Self {
            path: path.clone(),
            name: name_of(path),
            members: fields.iter().map(|field| Member::Named(field.ident.clone())).collect(),
            types: fields.iter().map(|field| field.ty.clone()).collect(),
        }
    }

    /// The shape of a variant with content without a name.
    fn of_content(path: &TokenStream, ty: &Type) -> Self {
        let (path, name) = (path.clone(), name_of(path));
        Self { path, name, members: vec![Member::from(0)], types: vec![ty.clone()] }
    }

    /// A pattern that binds each member to a local variable.
    fn pattern(&self, prefix: &str) -> TokenStream {
        let Self { path, members, .. } = self;
        let locals = self.locals(prefix);
        quote!(#path { #(#members: #locals),* })
    }

    fn locals(&self, prefix: &str) -> Vec<Ident> {
        (0..self.members.len()).map(|index| format_ident!("__{prefix}{index}")).collect()
    }
}

/// The name of the variant at the end of the path.
fn name_of(path: &TokenStream) -> String {
    idents_in(path.clone()).last().map(|ident| ident.unraw().to_string()).unwrap_or_default()
}

/// Implements `Clone`, `Debug`, `PartialEq`, `Eq` and `Hash`, each if all fields do.
///
/// A derived impl would require the traits of the fields' types, which need not have them.
fn implement_traits(key: &Model, item: &Ident, shapes: &[Shape]) -> TokenStream {
    let name = format!("{}Keys", item.unraw());
    let implement_for_fields = |of: TokenStream, body: TokenStream| {
        let types = shapes.iter().flat_map(|shape| &shape.types);
        let bounds = types.map(|ty| -> WherePredicate {
            let span = span_at(ty);
            let of = respan(of.clone(), span);
            parse_quote_spanned!(span=> for<'__inner> #ty: #of)
        });
        implement(key, &of, bounds, &body)
    };
    let clone = shapes.iter().map(|shape| {
        let (pattern, locals) = (shape.pattern("own"), shape.locals("own"));
        let Shape { path, members, .. } = shape;
        quote! {
            #pattern => #path { #(#members: ::core::clone::Clone::clone(#locals)),* },
        }
    });
    let debug = shapes.iter().map(|shape| {
        let (pattern, locals) = (shape.pattern("own"), shape.locals("own"));
        let name = if shape.path.to_string() == "Self" { &name } else { &shape.name };
        let fields = shape.members.iter().map(|member| match member {
            Member::Named(ident) => ident.unraw().to_string(),
            Member::Unnamed(_) => String::new(),
        });
        let is_tuple = matches!(shape.members.as_slice(), [Member::Unnamed(_)]);
        if is_tuple {
            quote! {
                #pattern => ::core::fmt::DebugTuple::finish(
                    ::core::fmt::DebugTuple::field(
                        &mut ::core::fmt::Formatter::debug_tuple(__f, #name),
                        #(#locals)*
                    ),
                ),
            }
        } else {
            quote! {
                #pattern => {
                    let mut __debug = ::core::fmt::Formatter::debug_struct(__f, #name);
                    #(let _ = ::core::fmt::DebugStruct::field(&mut __debug, #fields, #locals);)*
                    ::core::fmt::DebugStruct::finish(&mut __debug)
                }
            }
        }
    });
    let eq = shapes.iter().map(|shape| {
        let patterns = [shape.pattern("own"), shape.pattern("other")];
        let (own, other) = (shape.locals("own"), shape.locals("other"));
        let [one, two] = patterns;
        quote! {
            (#one, #two) => true #(&& ::core::cmp::PartialEq::eq(#own, #other))*,
        }
    });
    let unequal = (shapes.len() > 1).then(|| quote!(_ => false,));
    let hash = shapes.iter().map(|shape| {
        let (pattern, locals) = (shape.pattern("own"), shape.locals("own"));
        quote! {
            #pattern => { #(::core::hash::Hash::hash(#locals, __state);)* }
        }
    });
    let clone = implement_for_fields(
        quote!(::core::clone::Clone),
        quote! {
            fn clone(&self) -> Self {
                match self { #(#clone)* }
            }
        },
    );
    let debug = implement_for_fields(
        quote!(::core::fmt::Debug),
        quote! {
            fn fmt(&self, __f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                match self { #(#debug)* }
            }
        },
    );
    let partial_eq = implement_for_fields(
        quote!(::core::cmp::PartialEq),
        quote! {
            fn eq(&self, __other: &Self) -> ::core::primitive::bool {
                match (self, __other) { #(#eq)* #unequal }
            }
        },
    );
    let eq = implement_for_fields(quote!(::core::cmp::Eq), TokenStream::new());
    let hash = implement_for_fields(
        quote!(::core::hash::Hash),
        quote! {
            fn hash<__H: ::core::hash::Hasher>(&self, __state: &mut __H) {
                ::core::hash::Hash::hash(&::core::mem::discriminant(self), __state);
                match self { #(#hash)* }
            }
        },
    );
    quote!(#clone #debug #partial_eq #eq #hash)
}

fn declare_fields(data: &Struct, has_visibility: bool) -> TokenStream {
    let fields = data.fields.iter().map(|field| {
        let vis: Option<&Visibility> = has_visibility.then_some(&field.vis);
        let ty = &field.ty;
        // With the user's span, rustc would report a field that the program does not read.
        let ident = respan(field.ident.to_token_stream(), Span::call_site());
        let doc = format!("The `{}` in the key.", field.ident.unraw());
        quote!(#[doc = #doc] #vis #ident: #ty)
    });
    quote!(#(#fields),*)
}

fn declare_variants(data: &Tagged) -> TokenStream {
    let mut variants = Vec::new();
    for variant in &data.variants {
        let ident = respan(variant.ident.to_token_stream(), Span::call_site());
        let doc = format!("The key of a `{}`.", variant.ident.unraw());
        let variant = match &variant.content {
            Content::Unit => quote!(#ident),
            Content::Image(ty) => quote!(#ident(#ty)),
            // A variant whose key is text alone.
            Content::Fields(data) if data.fields.is_empty() => quote!(#ident),
            Content::Fields(data) => {
                let fields = declare_fields(data, false);
                quote!(#ident { #fields })
            }
        };
        variants.push(quote!(#[doc = #doc] #variant));
    }
    variants.extend(data.other.iter().map(|other| {
        let ident = respan(other.ident.to_token_stream(), Span::call_site());
        let item = other.item.iter();
        quote!(#[doc = "Any other key."] #ident #((#item))*)
    }));
    quote!(#(#variants),*)
}

/// The fields and the templates of the table's key.
fn key_of_struct(data: &Struct, this: &Type) -> Option<Struct> {
    let templates: Vec<_> = data.templates.iter().filter(|template| template.is_primary).collect();
    if templates.is_empty() {
        return None;
    }
    let used = key_fields(data);
    let fields = used.iter().map(|&index| {
        let Field { vis, ident, ty, .. } = &data.fields[index];
        let ty = replace_self(ty, this);
        Field { vis: vis.clone(), ident: ident.clone(), ty, role: Role::Key }
    });
    let placeholders = |template: &Template| {
        let fields = template.fields.iter().filter_map(|placeholder| {
            let field = used.iter().position(|&index| index == placeholder.field)?;
            Some(Placeholder { field, width: placeholder.width })
        });
        fields.collect()
    };
    let templates = templates.iter().map(|template| Template {
        is_primary: true,
        attribute: template.attribute.clone(),
        text: template.text.clone(),
        literals: template.literals.clone(),
        fields: placeholders(template),
    });
    Some(Struct {
        is_strict: true,
        default: None,
        fields: fields.collect(),
        unmapped: Unmapped::Ignored,
        templates: templates.collect(),
        versions: Vec::new(),
    })
}

/// The parameters that the types mention, with their bounds. `None` if the bounds mention others.
fn used_generics<'t>(model: &Model, types: impl Iterator<Item = &'t Type>) -> Option<Generics> {
    let generics = &model.generics;
    let idents: Vec<_> = types.flat_map(|ty| idents_in(ty.to_token_stream())).collect();
    let ident_of = |parameter: &GenericParam| match parameter {
        GenericParam::Type(parameter) => parameter.ident.clone(),
        GenericParam::Const(parameter) => parameter.ident.clone(),
        GenericParam::Lifetime(parameter) => parameter.lifetime.ident.clone(),
    };
    let (used, unused): (Vec<_>, Vec<_>) = generics
        .params
        .iter()
        .cloned()
        .partition(|parameter| idents.contains(&ident_of(parameter)));
    let (is_used, is_unused) = (
        |ident: &Ident| used.iter().any(|parameter| ident_of(parameter) == *ident),
        |ident: &Ident| unused.iter().any(|parameter| ident_of(parameter) == *ident),
    );
    let mut kept = Generics::default();
    let own = generics.where_clause.iter().flat_map(|clause| &clause.predicates);
    let bound = model.bound.iter().flat_map(|clause| &clause.predicates);
    for predicate in own.chain(bound) {
        let idents = idents_in(predicate.to_token_stream());
        match (idents.iter().any(is_used), idents.iter().any(is_unused)) {
            (true, true) => return None,
            (true, false) => kept.make_where_clause().predicates.push(predicate.clone()),
            (false, _) => {}
        }
    }
    if used.iter().any(|parameter| idents_in(parameter.to_token_stream()).iter().any(is_unused)) {
        return None;
    }
    kept.params = used.into_iter().collect();
    Some(kept)
}

/// The type with `Self` replaced, which means another type in the declaration of the key.
fn replace_self(ty: &Type, this: &Type) -> Type {
    fn replace(tokens: TokenStream, this: &Type) -> TokenStream {
        let replaced = tokens.into_iter().map(|token| match token {
            TokenTree::Ident(ident) if ident == "Self" => this.to_token_stream(),
            TokenTree::Group(group) => {
                let inner = replace(group.stream(), this);
                let mut replaced = proc_macro2::Group::new(group.delimiter(), inner);
                replaced.set_span(group.span());
                TokenTree::Group(replaced).into()
            }
            token => token.into(),
        });
        replaced.collect()
    }
    syn::parse2(replace(ty.to_token_stream(), this)).unwrap_or_else(|_| ty.clone())
}
