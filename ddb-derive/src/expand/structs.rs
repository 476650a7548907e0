//! A struct with named fields.

use proc_macro2::TokenStream;
use quote::{format_ident, quote, quote_spanned};
use syn::ext::IdentExt as _;
use syn::{Ident, Type};

use super::conversion::{
    convert, field_schema, field_type, make_default, set_absence, use_conversions,
};
use super::impls::{expand_strict, from_item, from_map, implement, is_key, span_at};
use super::keys::{Keys, expand_key};
use super::names::{always_check_names, check_names, expand_names};
use super::runtime::Runtime;
use super::versions;
use crate::model::{
    ContainerDefault, Conversion, Default, Field, Form, Model, Names, Role, Struct, Target,
    Template, Unmapped,
};

pub fn expand(model: &Model, data: &Struct, runtime: &Runtime) -> TokenStream {
    let hidden = runtime.hidden();
    let reader = Reader::new(data);
    let Reader { image, .. } = &reader;
    let function = Read {
        model,
        data,
        runtime,
        hidden: &hidden,
        constructor: &quote!(Self),
        own_names: &quote!(<Self as #hidden::#image>::NAMES),
    };
    let read = reader.implement(&function);
    let versions = (!data.versions.is_empty()).then(|| versions::expand(model, data, runtime));
    let schema = function.expand_schema();
    let from_attribute =
        implement(model, &quote!(#runtime::FromAttribute), None, &from_map(runtime, &schema));
    let whole = (model.target == Target::Image).then(|| expand_whole(model, data, runtime));
    let this = &model.this;
    let check = function.expand_item_check(&quote!(<#this as #hidden::#image>::NAMES));
    quote!(#read #versions #from_attribute #whole #check)
}

/// The traits and functions that read the attributes of the struct: those of every image or, for a
/// struct with older versions, those of its newest version.
struct Reader {
    image: Ident,
    read: Ident,
    lossy: Ident,
    read_lossy: Ident,
}

impl Reader {
    fn new(data: &Struct) -> Self {
        let names = if data.versions.is_empty() {
            ["ReadImage", "read_image", "ReadImageLossy", "read_image_lossy"]
        } else {
            ["Versioned", "read_newest", "VersionedLossy", "read_newest_lossy"]
        };
        let [image, read, lossy, read_lossy] = names.map(|name| format_ident!("{name}"));
        Self { image, read, lossy, read_lossy }
    }

    fn implement(&self, function: &Read<'_>) -> TokenStream {
        let Self { image, read, lossy, read_lossy } = self;
        let Read { model, data, hidden, .. } = function;
        let names = function.expand_names();
        let body = function.expand_body();
        let option = quote!(::core::option::Option);
        let (body, lossy) = if data.is_strict {
            let is_total = data.default.is_some();
            (if is_total { quote!(#option::Some({ #body })) } else { body }, None)
        } else {
            let function = quote! {
                fn #read_lossy(__image: &mut #hidden::Image<'_>) -> Self {
                    #body
                }
            };
            let body = quote!(#option::Some(<Self as #hidden::#lossy>::#read_lossy(__image)));
            (body, Some(implement(model, &quote!(#hidden::#lossy), None, &function)))
        };
        let is_key = is_key(model);
        let strict = quote! {
            const NAMES: &'static #hidden::ImageNames = &#names;

            #is_key

            fn #read(__image: &mut #hidden::Image<'_>) -> #option<Self> {
                #body
            }
        };
        let strict = implement(model, &quote!(#hidden::#image), None, &strict);
        quote!(#strict #lossy)
    }
}

/// The impls that only a whole image has.
fn expand_whole(model: &Model, data: &Struct, runtime: &Runtime) -> TokenStream {
    if data.is_strict {
        return expand_strict(model, runtime);
    }
    let none = TokenStream::new();
    let image = implement(model, &quote!(#runtime::FromStreamImage), None, &none);
    let lossy = implement(model, &quote!(#runtime::image::FromImageLossy), None, &none);
    let of = quote!(::core::convert::From<#runtime::Item>);
    let from = implement(model, &of, None, &from_item(runtime));
    quote!(#image #lossy #from)
}

/// A variant with named fields.
pub struct FieldsVariant {
    /// The names of the variant's attributes.
    pub names: TokenStream,
    pub schema: TokenStream,
    /// The function body that reads the variant.
    pub read: TokenStream,
    /// The check, outside of any function, that no two fields claim one attribute.
    pub check: Option<TokenStream>,
}

pub fn expand_variant(
    model: &Model,
    ident: &Ident,
    data: &Struct,
    runtime: &Runtime,
) -> FieldsVariant {
    let hidden = runtime.hidden();
    let mut function = Read {
        model,
        data,
        runtime,
        hidden: &hidden,
        constructor: &quote!(Self::#ident),
        own_names: &TokenStream::new(),
    };
    let names = function.expand_names();
    let own_names = quote!(const { &#names });
    function.own_names = &own_names;
    let read = function.expand_body();
    let schema = function.expand_schema();
    let check = function.expand_item_check(&quote!(&#names));
    FieldsVariant { names, schema, read, check }
}

/// The number of fields that one chunk of a large struct takes out of their slots.
const CHUNK: usize = 16;

/// Generates the function that reads an image.
struct Read<'m> {
    model: &'m Model,
    data: &'m Struct,
    runtime: &'m Runtime,
    hidden: &'m TokenStream,
    /// `Self`, or the path of a variant.
    constructor: &'m TokenStream,
    /// The expression of the [`names`](Read::expand_names).
    own_names: &'m TokenStream,
}

/// The source of a field's value if the attribute is missing.
enum Otherwise<'m> {
    /// None: the struct cannot be built.
    Fail,
    /// The type's `Default`. The lossy conversion reports the replacement.
    Lossy,
    Own(&'m Default),
    /// The field keeps the value that it has in the container's default.
    Container,
}

impl Read<'_> {
    fn otherwise<'m>(&self, own: Option<&'m Default>) -> Otherwise<'m> {
        match (own, &self.data.default) {
            (Some(own), _) => Otherwise::Own(own),
            (None, Some(_)) => Otherwise::Container,
            (None, None) if self.data.is_strict => Otherwise::Fail,
            (None, None) => Otherwise::Lossy,
        }
    }

    fn expand_names(&self) -> TokenStream {
        expand_names(self.data, self.runtime, |ty, default| {
            let hidden = self.runtime.at(span_at(ty)).hidden();
            let flatten = match self.otherwise(default) {
                Otherwise::Lossy => quote!(FlattenLossy),
                Otherwise::Fail | Otherwise::Own(_) | Otherwise::Container => quote!(Flatten),
            };
            quote_spanned!(span_at(ty)=> <#ty as #hidden::#flatten>::NAMES)
        })
    }

    /// A reference to the schema.
    fn expand_schema(&self) -> TokenStream {
        let hidden = self.hidden;
        let Struct { fields, unmapped, templates, .. } = self.data;
        let has_default = self.data.default.is_some();
        let keys = templates.iter().map(|template| {
            let Template { attribute, text, literals, .. } = template;
            let prefix = literals.first().map_or("", String::as_str);
            let is_required = self.expand_is_required(template);
            quote!(#hidden::AttributeSchema::key(&[#attribute], #text, #prefix, #is_required))
        });
        let attributes = fields.iter().enumerate().filter_map(|(index, field)| {
            let Role::Attribute { names, conversion, default, writing } = &field.role else {
                return None;
            };
            let names = names.iter();
            let mut schema = field_schema(self.runtime, &field.ty, conversion);
            if let Form::Set = writing.form {
                let absence = set_absence(self.runtime, &field.ty);
                schema = quote!(#hidden::FieldSchema::with_absence(#schema, #absence));
            }
            let is_in_key = templates.iter().any(|template| template.contains(index));
            if has_default || default.is_some() || is_in_key {
                schema = quote!(#hidden::FieldSchema::with_default(#schema));
            }
            Some(quote!(#hidden::AttributeSchema::new(&[#(#names),*], #schema)))
        });
        let attributes = keys.chain(attributes);
        let flattened = fields.iter().filter_map(|field| {
            let Role::Flatten { default, .. } = &field.role else { return None };
            let ty = &field.ty;
            let (flatten, is_optional) = match self.otherwise(default.as_ref()) {
                Otherwise::Lossy => (quote!(FlattenLossy), false),
                Otherwise::Fail => (quote!(Flatten), false),
                Otherwise::Own(_) | Otherwise::Container => (quote!(Flatten), true),
            };
            let span = span_at(ty);
            let at_type = self.runtime.at(span).hidden();
            let schema = quote_spanned!(span=> <#ty as #at_type::#flatten>::SCHEMA);
            Some(if is_optional {
                quote!(#hidden::FlattenedSchema::optional(#schema))
            } else {
                schema
            })
        });
        let collects_rest = matches!(unmapped, Unmapped::Collected { .. });
        let schema = quote! {
            #hidden::Schema::of_struct(&[#(#attributes),*], &[#(#flattened),*], #collects_rest)
        };
        let schema = if templates.iter().any(|template| template.is_primary) {
            let key = expand_key(templates, self.runtime);
            quote!(#hidden::Schema::with_key(#schema, #key))
        } else {
            schema
        };
        let schema = match self.expand_may_refuse() {
            Some(may_refuse) => quote!(#hidden::Schema::may_refuse(#schema, #may_refuse)),
            None => schema,
        };
        versions::expand_schema(self.data, &schema, self.runtime)
    }

    /// Whether an image without the key attribute does not fit: always for the table's key, and for
    /// another one if a field that has no other source needs it.
    fn expand_is_required(&self, template: &Template) -> TokenStream {
        if template.is_primary {
            return quote!(true);
        }
        let needed = self.data.fields.iter().enumerate().filter(|&(index, field)| {
            let sources = self.data.templates.iter().filter(|other| other.contains(index));
            matches!(field.role, Role::Key) && template.contains(index) && sources.count() == 1
        });
        self.any_required(needed.map(|(_, field)| field))
    }

    /// Whether an image may not fit because it has none of several index keys that contain a field.
    fn expand_may_refuse(&self) -> Option<TokenStream> {
        let needed = self.data.fields.iter().enumerate().filter(|&(index, field)| {
            let sources: Vec<_> =
                self.data.templates.iter().filter(|template| template.contains(index)).collect();
            let is_primary = sources.iter().any(|template| template.is_primary);
            matches!(field.role, Role::Key) && sources.len() > 1 && !is_primary
        });
        let mut needed = needed.map(|(_, field)| field).peekable();
        needed.peek().is_some().then(|| self.any_required(needed))
    }

    /// Whether any of these fields of a key is required.
    fn any_required<'f>(&self, fields: impl Iterator<Item = &'f Field>) -> TokenStream {
        if self.data.default.is_some() {
            return quote!(false);
        }
        let hidden = self.hidden;
        let needed = fields.map(|Field { ty, .. }| {
            quote!(#hidden::Absence::is_required(&#hidden::KeyField::<#ty>::ABSENCE))
        });
        quote!({
            use #hidden::KeyShape as _;
            false #(| #needed)*
        })
    }

    fn expand_item_check(&self, names: &TokenStream) -> Option<TokenStream> {
        if !self.model.generics.params.is_empty() {
            return None;
        }
        always_check_names(self.data, names, self.runtime)
    }

    /// Reads the attributes in one pass into a slot for each field, then reads the flattened fields
    /// and handles unread attributes, and finally builds the struct.
    fn expand_body(&self) -> TokenStream {
        let hidden = self.hidden;
        let Struct { fields, unmapped, .. } = self.data;
        let check = (!self.model.generics.params.is_empty())
            .then(|| check_names(self.data, self.own_names, self.runtime))
            .flatten()
            .map(|check| quote!(const { #check };));
        let use_defaults = (!self.data.is_strict && self.data.default.is_none())
            .then(|| quote!(use #hidden::{HasDefault as _, NeedsDefault as _, Unreadable as _};));
        let use_conversions = fields
            .iter()
            .any(|field| match &field.role {
                Role::Attribute { conversion, .. } => conversion.needs_traits(),
                Role::Key | Role::Flatten { .. } | Role::Skip { .. } => false,
            })
            .then(|| use_conversions(self.runtime));
        let slots = fields.iter().filter_map(|field| self.expand_slot(field));
        let keys = Keys::new(self.data, self.model.item(), self.runtime);
        let use_keys = keys.expand_use();
        let key_slots = keys.expand_slots();
        let check_keys = keys.expand_checks();
        let flattens = fields.iter().any(|field| matches!(field.role, Role::Flatten { .. }));
        let track_unread = (flattens || !matches!(unmapped, Unmapped::Ignored))
            .then(|| quote!(#hidden::Image::track_unread(__image);));
        let pass = self.expand_pass(&keys);
        // Whatever the order of the fields is, `rest` and `deny_unknown` come last: they get the
        // attributes that no flattened field reads.
        let flattened = fields.iter().filter_map(|field| self.expand_flattened(field));
        let unmapped = self.expand_unmapped();
        let build = self.expand_build();
        quote! {
            #check
            #use_defaults
            #use_conversions
            #use_keys
            #(#slots)*
            #key_slots
            #track_unread
            #pass
            #check_keys
            #(#flattened)*
            #unmapped
            #build
        }
    }

    fn expand_slot(&self, field: &Field) -> Option<TokenStream> {
        let Role::Attribute { names, conversion, default, writing } = &field.role else {
            return None;
        };
        let mut field_type = field_type(self.runtime, &field.ty, conversion);
        if let Form::Set = writing.form {
            let hidden = self.hidden;
            let absence = set_absence(self.runtime, &field.ty);
            field_type = quote!({
                let __type = #field_type;
                #hidden::FieldType::new(#hidden::FieldType::expected(&__type), #absence)
            });
        }
        // A `NULL` is a missing set.
        let is_set = matches!(writing.form, Form::Set);
        let has_default = is_set || default.is_some() || self.data.default.is_some();
        Some(self.slot(&field.ident, Some(names), &field_type, has_default))
    }

    fn slot(
        &self,
        ident: &Ident,
        names: Option<&Names>,
        field_type: &TokenStream,
        has_default: bool,
    ) -> TokenStream {
        let hidden = self.hidden;
        let local = local(ident);
        let names = names.into_iter().flat_map(Names::iter);
        let new = if has_default { quote!(with_default) } else { quote!(new) };
        quote! {
            let mut #local = #hidden::Slot::new(
                &const { #hidden::Field::#new(&[#(#names),*], #field_type) },
            );
        }
    }

    /// Reads each attribute that a field claims into the field's slot.
    fn expand_pass(&self, keys: &Keys<'_>) -> Option<TokenStream> {
        let hidden = self.hidden;
        let mut arms = Vec::new();
        for field in &self.data.fields {
            if let Role::Attribute { names, conversion, .. } = &field.role {
                for (rank, name) in (0_u16..).zip(names.iter()) {
                    let read = self.expand_entry(field, conversion, rank);
                    arms.push(quote!(#name => #read,));
                }
            }
        }
        arms.extend(keys.expand_arms());
        (!arms.is_empty()).then(|| {
            quote! {
                #hidden::Image::read_attributes(__image, &mut |__name, __entry| match __name {
                    #(#arms)*
                    _ => {}
                });
            }
        })
    }

    /// Reads an attribute into its slot.
    ///
    /// The code names the field's type. If that type cannot be read, the error is then identical to
    /// the one of the slot, and rustc reports it once.
    fn expand_entry(&self, field: &Field, conversion: &Conversion, rank: u16) -> TokenStream {
        let hidden = self.hidden;
        let local = local(&field.ident);
        let ty = &field.ty;
        if conversion.is_none() {
            return quote!(#hidden::Entry::read::<#ty>(__entry, &mut #local, #rank));
        }
        let convert = convert(self.runtime, ty, conversion);
        quote!(#hidden::Entry::read_with(__entry, &mut #local, #rank, |__attribute| #convert))
    }

    fn expand_flattened(&self, field: &Field) -> Option<TokenStream> {
        let Role::Flatten { default, .. } = &field.role else { return None };
        let local = local(&field.ident);
        let ty = &field.ty;
        let span = span_at(ty);
        let hidden = self.runtime.at(span).hidden();
        let value = match self.otherwise(default.as_ref()) {
            Otherwise::Fail => {
                quote_spanned!(span=> <#ty as #hidden::Flatten>::__read_flattened(__image))
            }
            Otherwise::Lossy => {
                let flatten = quote_spanned!(span=> #hidden::FlattenLossy);
                quote_spanned!(span=> <#ty as #flatten>::__read_flattened_lossy(__image))
            }
            Otherwise::Container => {
                quote_spanned!(span=> <#ty as #hidden::Flatten>::__read_flattened_optional(__image))
            }
            Otherwise::Own(default) => {
                let default = make_default(self.runtime, ty, default);
                let value = quote_spanned! {span=>
                    <#ty as #hidden::Flatten>::__read_flattened_optional(__image)
                };
                quote!(::core::option::Option::unwrap_or_else(#value, #default))
            }
        };
        Some(quote!(let #local = #value;))
    }

    fn expand_unmapped(&self) -> Option<TokenStream> {
        let (hidden, own_names) = (self.hidden, self.own_names);
        match &self.data.unmapped {
            Unmapped::Ignored => None,
            Unmapped::Denied => Some(quote! {
                #hidden::Image::deny_unread(__image, #hidden::ImageNames::expected(#own_names));
            }),
            Unmapped::Collected { ident, ty } => {
                let span = span_at(ty);
                let at_type = self.runtime.at(span).hidden();
                let field_type = quote_spanned!(span=> <#ty as #at_type::CollectRest>::FIELD_TYPE);
                let slot = self.slot(ident, None, &field_type, false);
                let local = local(ident);
                Some(quote! {
                    #slot
                    <#ty as #hidden::CollectRest>::__collect_rest(__image, &mut #local);
                })
            }
        }
    }

    /// Builds the struct from the slots.
    fn expand_build(&self) -> TokenStream {
        match &self.data.default {
            Some(default) => self.expand_assignments(default),
            None => self.expand_literal(),
        }
    }

    /// Takes the value out of every slot, so that all missing attributes are reported, and then
    /// builds the struct.
    ///
    /// If taking a value unwinds or returns, all the other values and slots have to be dropped. In
    /// one large function, the compiler needs quadratic time for these drops, so a large struct
    /// takes its values in chunks.
    fn expand_literal(&self) -> TokenStream {
        let mut values: Vec<_> =
            self.data.fields.iter().map(|field| self.expand_value(field)).collect();
        if let Unmapped::Collected { ident, ty } = &self.data.unmapped {
            values.push(self.expand_slot_value(ident, ty, None, false));
        }
        let idents = values.iter().map(|value| value.ident);
        let locals = values.iter().map(|value| local(value.ident));
        let constructor = self.constructor;
        let build = quote!(#constructor { #(#idents: #locals),* });
        let build =
            if self.data.is_strict { quote!(::core::option::Option::Some(#build)) } else { build };
        let take = if values.len() > 2 * CHUNK {
            self.expand_chunks(&values)
        } else {
            let take = values.iter().map(|value| &value.take);
            let check = expand_check(&values);
            quote!(#(#take)* #check)
        };
        quote!(#take #build)
    }

    fn expand_chunks(&self, values: &[Value<'_>]) -> TokenStream {
        let hidden = self.hidden;
        let some = quote!(::core::option::Option::Some);
        let mut take = Vec::new();
        let mut chunks = Vec::new();
        let mut patterns = Vec::new();
        for (index, values) in values.chunks(CHUNK).enumerate() {
            let chunk = format_ident!("__chunk_{index}");
            let statements = values.iter().map(|value| &value.take);
            let check = expand_check(values);
            let locals = values.iter().map(|value| local(value.ident));
            let locals = quote!((#(#locals,)*));
            let result = if self.data.is_strict { quote!(#some(#locals)) } else { locals };
            take.push(quote! {
                let #chunk = #hidden::out_of_line(|| {
                    #(#statements)*
                    #check
                    #result
                });
            });
            chunks.push(chunk);
            patterns.push(result);
        }
        let otherwise =
            self.data.is_strict.then(|| quote!(else { return ::core::option::Option::None }));
        quote!(#(#take)* let (#(#patterns,)*) = (#(#chunks,)*) #otherwise;)
    }

    fn expand_value<'m>(&self, field: &'m Field) -> Value<'m> {
        let Field { ident, ty, role, .. } = field;
        let local = local(ident);
        match role {
            Role::Attribute { default, conversion, .. } => {
                self.expand_slot_value(ident, ty, default.as_ref(), conversion.is_none())
            }
            Role::Key => self.expand_slot_value(ident, ty, None, false),
            Role::Flatten { default, .. } => {
                let is_optional = matches!(self.otherwise(default.as_ref()), Otherwise::Fail);
                Value { ident, take: TokenStream::new(), is_optional }
            }
            Role::Skip { default } => {
                let default = default.as_ref().unwrap_or(&Default::Trait);
                let default = make_default(self.runtime, ty, default);
                Value { ident, take: quote!(let #local = (#default)();), is_optional: false }
            }
        }
    }

    fn expand_slot_value<'m>(
        &self,
        ident: &'m Ident,
        ty: &Type,
        default: Option<&Default>,
        is_plain: bool,
    ) -> Value<'m> {
        let hidden = self.hidden;
        let local = local(ident);
        let otherwise = self.otherwise(default);
        let is_optional = matches!(otherwise, Otherwise::Fail);
        let take = match otherwise {
            Otherwise::Own(default) => {
                let default = make_default(self.runtime, ty, default);
                quote!(#hidden::Image::take_or(__image, #local, #default))
            }
            Otherwise::Fail => quote!(#hidden::Image::take(__image, #local)),
            Otherwise::Container => quote!(#hidden::Image::take_optional(__image, #local)),
            Otherwise::Lossy => {
                let span = span_at(ty);
                let at_type = self.runtime.at(span).hidden();
                let default = if is_plain {
                    quote_spanned! {span=>
                        (&&#at_type::DefaultOf::<#ty>::TYPE).__lossy_default()
                    }
                } else {
                    quote_spanned!(span=> <#ty as #at_type::LossyDefault>::__lossy_value)
                };
                quote!(#hidden::Image::take_lossy(__image, #local, #default))
            }
        };
        Value { ident, take: quote!(let #local = #take;), is_optional }
    }

    /// Starts with the container's default and assigns the fields that were read. Unlike struct
    /// update syntax, this also works for a type with `Drop`, out of which no field can be moved.
    fn expand_assignments(&self, default: &ContainerDefault) -> TokenStream {
        let hidden = self.hidden;
        let default = match default {
            ContainerDefault::Trait(span) => {
                let hidden = self.runtime.at(*span).hidden();
                quote_spanned!(*span=> <Self as #hidden::FieldDefault>::__field_value())
            }
            ContainerDefault::Expr(expr) => quote!((|| -> Self { #expr })()),
        };
        let assign = self.data.fields.iter().filter_map(|Field { ident, ty, role, .. }| {
            let local = local(ident);
            let (value, own) = match role {
                Role::Attribute { default, .. } => {
                    (quote!(#hidden::Image::take_optional(__image, #local)), default)
                }
                Role::Key => (quote!(#hidden::Image::take_optional(__image, #local)), &None),
                Role::Flatten { default: Some(_), .. } => {
                    return Some(quote!(__value.#ident = #local;));
                }
                Role::Flatten { default: None, .. } => (quote!(#local), &None),
                Role::Skip { default: None } => return None,
                Role::Skip { default: Some(default) } => {
                    let default = make_default(self.runtime, ty, default);
                    return Some(quote!(__value.#ident = (#default)();));
                }
            };
            Some(if let Some(own) = own {
                let own = make_default(self.runtime, ty, own);
                quote!(__value.#ident = ::core::option::Option::unwrap_or_else(#value, #own);)
            } else {
                quote! {
                    if let ::core::option::Option::Some(__read) = #value {
                        __value.#ident = __read;
                    }
                }
            })
        });
        let rest = match &self.data.unmapped {
            Unmapped::Collected { ident, .. } => {
                let local = local(ident);
                Some(quote! {
                    if let ::core::option::Option::Some(__read) =
                        #hidden::Image::take_optional(__image, #local)
                    {
                        __value.#ident = __read;
                    }
                })
            }
            Unmapped::Ignored | Unmapped::Denied => None,
        };
        quote! {
            let mut __value: Self = #default;
            #(#assign)*
            #rest
            __value
        }
    }
}

/// The code that takes a field's value out of its slot.
struct Value<'m> {
    ident: &'m Ident,
    /// The statement that takes the value, and reports a problem if it is missing.
    take: TokenStream,
    /// Whether the statement yields an `Option`. The struct cannot be built if that is `None`.
    is_optional: bool,
}

/// Generates the return of `None` for missing required values. All fields share one exit, because
/// each exit has to drop all the other fields.
fn expand_check(values: &[Value<'_>]) -> Option<TokenStream> {
    let locals: Vec<_> =
        values.iter().filter(|value| value.is_optional).map(|value| local(value.ident)).collect();
    (!locals.is_empty()).then(|| {
        quote! {
            let (#(::core::option::Option::Some(#locals),)*) = (#(#locals,)*) else {
                return ::core::option::Option::None;
            };
        }
    })
}

/// The local variable of a field: `__field_type` for `r#type`.
pub fn local(ident: &Ident) -> Ident {
    format_ident!("__field_{}", ident.unraw(), span = span_at(ident))
}
